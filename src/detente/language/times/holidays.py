"""Holidays: "Thanksgiving Day", "Christmas 1963", "last Easter"; ``data/times.toml`` holds their rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from detente.language.times.context import Context, Found
from detente.language.times.direction import FUTURE, direction
from detente.language.times.words import load_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 4


def read_holiday(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The holiday nearest to the reference day on the side that "last", "next" or the verb tells."""
    name, end = _name_at(doc, end - 1)
    if not name:
        return None
    rule = load_words().holidays[name]
    following = doc[end].text if end < len(doc) else ""
    if len(following) == 4 and following.isdigit():
        return Found(start, end + 1, "DATE", day_of(rule, int(following)).isoformat(), "stated")
    if end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].dep_ != "appos":
        return None  # "the Easter Offensive": a name
    if context.day is None:
        return Found(start, end, "DATE", "", "resolved")
    ahead = letters[0] == "X" or (letters[0] == "y" and direction(doc[end - 1]) == FUTURE)
    day = _nearest(rule, context.day, ahead=ahead, nearest=letters[0] == "y" and not ahead)
    return Found(start, end, "DATE", day.isoformat(), "resolved")


def _name_at(doc: Doc, i: int) -> tuple[str, int]:
    """The longest holiday name that begins at a token, and the token after it."""
    holidays = load_words().holidays
    for end in range(min(len(doc), i + _LONGEST), i, -1):
        name = " ".join(t.lower_ for t in doc[i:end])
        if name in holidays:
            return name, end
    return "", i


def _nearest(rule: str, reference: dt.date, *, ahead: bool, nearest: bool) -> dt.date:
    days = [day_of(rule, reference.year + offset) for offset in (-1, 0, 1)]
    if ahead:
        return min(day for day in days if day >= reference)
    # "He will be home by Christmas", told without a future verb, a few weeks before.
    soon = [day for day in days if 0 <= (day - reference).days <= 45]
    if nearest and soon:
        return soon[0]
    return max(day for day in days if day <= reference)


def day_of(rule: str, year: int) -> dt.date:
    """The day of a holiday's rule in a year."""
    if rule.startswith("easter"):
        return _easter(year) + dt.timedelta(int(rule.removeprefix("easter")))
    month, _, rest = rule.partition("-")
    weekday, _, nth = rest.partition("-")
    if not nth:
        return dt.date(year, int(month), int(weekday))
    if nth == "e":  # the Tuesday after the first Monday
        return _nth(year, int(month), 1, 1) + dt.timedelta(1)
    return _nth(year, int(month), int(weekday), int(nth))


def _nth(year: int, month: int, weekday: int, nth: int) -> dt.date:
    if nth < 0:
        last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        return last - dt.timedelta((last.isoweekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> dt.date:
    """Western Easter (the anonymous Gregorian rule)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
