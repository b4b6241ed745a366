"""Handlers of expressions that need a reference day: "last Saturday", "in March", "two weeks ago".

A handler gets the parse, the token range, its class letters and the context, and returns a
:class:`Found` or None where the words are no time expression after all. ``HANDLERS`` names one a rule.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from detente.language.times.context import Context, Found, Handler
from detente.language.times.direction import FUTURE, direction
from detente.language.times.holidays import read_holiday
from detente.language.times.numbers import number_of, ordinal_of, value_of, year_ahead
from detente.language.times.offsets import has_complement
from detente.language.times.periods import (
    compares_sums,
    quarter_before,
    read_fiscal,
    read_half,
    read_long,
    read_period_of_year,
    read_quarter,
    read_this_period,
    read_word_year,
    read_year_ago,
    read_year_end,
)
from detente.language.times.stated import (
    read_before_christ,
    read_decade,
    read_full,
    read_iso,
    read_length,
    read_month_year,
    read_parts,
    read_recent,
    read_set,
    read_vague,
    read_year,
)
from detente.language.times.values import duration, range_of, shift
from detente.language.times.words import load_words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _month_day(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    if letters == "WtO":
        return _weekday(doc, start, start + 1, "W", context)
    parts = read_parts(doc, start, letters)
    if "day" not in parts or "month" not in parts:
        return None
    reference = context.day
    if reference is None:
        return Found(start, end, "DATE", f"XXXX-{parts['month']:02d}-{parts['day']:02d}", "stated")
    told = year_ahead(doc, end)
    if told is not None:
        year = told
    elif context.history:
        year = context.year_of(parts["month"], parts["day"])
    else:
        year = _year_for(reference, parts["month"], parts["day"], _way(doc, start, end))
    value = f"{year:04d}-{parts['month']:02d}-{parts['day']:02d}"
    return Found(start, end, "DATE", value, "stated") if range_of(value) else None


def _way(doc: Doc, start: int, end: int) -> int:
    before = doc[start - 1].lower_ if start else ""
    if before in load_words().bounds:
        return FUTURE
    return direction(doc[start:end].root)


def _year_for(reference: dt.date, month: int, day: int, way: int, *, ahead: int = 150) -> int:
    """The year of a date without one: the near one of last time and next time.

    A report looks ahead with a future verb, or when the next time is within ``ahead`` days (a third of
    them with a past verb: "decided he must leave by Jan. 14").
    """
    here = (month, day) >= (reference.month, reference.day)
    following = reference.year if here else reference.year + 1
    distance = (dt.date(following, month, min(day, 28)) - reference).days
    limit = {FUTURE: 300, 0: ahead}.get(way, ahead // 3)
    if (month, day) == (reference.month, reference.day) or distance <= limit:
        return following
    return following - 1


def _season_year(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    year = doc[end - 1].text[-4:]
    if "S" in letters:
        season = value_of(doc, start + letters.index("S"), "S")
        return Found(start, end, "DATE", f"{year}-{season}", "stated")
    unit = value_of(doc, start + letters.index("U"), "U")
    number = ordinal_of(doc[start + letters.index("O")].lower_)
    if unit == "Q" and 1 <= number <= 4:
        return Found(start, end, "DATE", f"{year}-Q{number}", "stated")
    return Found(end - 1, end, "DATE", year, "stated")


def _clock(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    text = doc[start].lower_.removesuffix("am").removesuffix("pm")
    if letters[0] == "n":
        text = value_of(doc, start, "n")
    hours, _, minutes = text.partition(":")
    if not hours.isdigit():
        return None
    if len(hours) == 4 and not minutes:
        hours, minutes = hours[:2], hours[2:]
    hour = int(hours)
    if hour > 24 or (letters == "C" and not minutes):
        return None
    half = doc[start].lower_[-2:] + (doc[start + 1].lower_ if "A" in letters else "")
    if letters[-1] == "P":
        half = "am" if value_of(doc, end - 1, "P") == "MO" else "pm"
    if "p" in half and hour < 12:
        hour += 12
    elif "a" in half and hour == 12:
        hour = 0
    day = _day_nearby(doc, start, end, context)
    return Found(start, end, "TIME", f"{day}T{hour:02d}:{minutes or '00':0>2}", "resolved")


def _day_nearby(doc: Doc, start: int, end: int, context: Context) -> str:
    """The day of a clock time: a weekday beside it, else the reference day."""
    words = load_words()
    for i in (end, end + 1, start - 1, start - 2, end + 2, end + 3):
        if 0 <= i < len(doc) and words.classes.get(doc[i].lower_) == "W" and doc[i].text[0].isupper():
            found = _weekday(doc, i, i + 1, "W", context)
            if found is not None:
                return found.value
    reference = context.day
    return reference.isoformat() if reference else "XXXX-XX-XX"


def _ago(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    if letters.startswith("F"):
        unit = value_of(doc, end - 1, "U")
        day = context.told_day(way=direction(doc[start])) if unit == "D" else context.narrative
        value = shift(day, unit, 0) if day else ""
        return Found(start, end, "DATE", value or "", "resolved")
    if letters[0] == "t":
        return _day_before(doc, start, end, letters, context)
    at = letters.index("U") if "U" in letters else letters.index("P")
    unit = value_of(doc, start + at, "U") if letters[at] == "U" else "D"
    number = number_of(doc, start, end, letters[:at])
    last = letters[-1]
    if doc[end - 1].lower_ in ("after", "before", "prior") and has_complement(doc, end):
        return Found(start, end - 1, "DURATION", duration(number, unit), "resolved", offset=end - 1)
    if doc[end - 1].lower_ == "after":
        return Found(start, end - 1, "DURATION", duration(number, unit), "stated")
    reference = context.day if last == "G" else context.narrative
    if not number.isdigit():
        return Found(start, end, "DATE", "PAST_REF" if last != "F" else "FUTURE_REF", "resolved")
    if reference is None:
        return Found(start, end, "DATE", "", "resolved")
    count = int(number) * (1 if last == "F" else -1)
    if unit == "Y" and count == -1 and context.quarter and compares_sums(doc, start):
        return Found(start, end, "DATE", quarter_before(context), "resolved")
    value = shift(reference, unit, count)
    if value is None:
        return None
    return Found(start, end, "DATE", value, "resolved")


def _day_before(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "The day before", "the week after": next to the date mentioned last, or to yesterday."""
    reference, unit = context.narrative, value_of(doc, start + 1, "U")
    way = 1 if letters[-1] == "F" else -1
    following = doc[end].lower_ if end < len(doc) else ""
    if following in ("yesterday", "tomorrow") and context.day is not None:
        reference, end = context.day + dt.timedelta(way), end + 1
    elif has_complement(doc, end):  # "the day before the talks": no date of its own
        return Found(start, end - 1, "DATE", "", "resolved", offset=end - 1)
    value = shift(reference, unit, way) if reference is not None else ""
    return Found(start, end, "DATE", value or "", "resolved")


def _day_part(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    part = value_of(doc, start + letters.index("P"), "P") if "P" in letters else "NI"
    suffix = f"T{part}"
    if "M" in letters:
        at = letters.index("o") + 1
        handler = read_full if "Y" in letters else _month_day
        day = handler(doc, start + at, end, letters[at:], context)
        value = day.value if day else ""
    elif "Q" in letters:
        at = start + letters.index("Q")
        day = _deictic(doc, at, at + 1, "Q", context)
        value = day.value.partition("T")[0] if day else ""
    elif "W" in letters:
        i = start + letters.index("W")
        day = _weekday(doc, i, i + 1, "W", context)
        value = day.value if day else ""
    elif context.day is None:
        value = ""
    elif letters == "P" and part == "NI":
        return None
    else:
        offset = {"L": -1, "X": 1}.get(letters[0], 0)
        reference = context.day if letters[0] in "LXH" else (context.narrative or context.day)
        value = (reference + dt.timedelta(offset)).isoformat()
    return Found(start, end, "TIME", value + suffix if value else "", "resolved")


def _bounded(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    return _unit_from(
        doc, end - 1, letters[-2] if letters[-2] in "LXHJ" else "H", letters[-1], start, end, context
    )


def _unit_from(
    doc: Doc, i: int, way: str, letter: str, start: int, end: int, context: Context
) -> Found | None:
    reference = context.narrative if way == "J" else context.day
    if way == "J" and letter == "U" and value_of(doc, i, "U") == "D":
        reference = context.told_day(way=direction(doc[i]))
    if reference is None:
        return Found(start, end, "DATE", "", "resolved")
    count = {"L": -1, "X": 1}.get(way, 0)
    if letter == "S":
        return Found(start, end, "DATE", _season_near(reference, value_of(doc, i, "S"), way), "resolved")
    unit = value_of(doc, i, "U")
    value = shift(reference, unit, count)
    if unit.startswith("T"):
        return Found(start, end, "DURATION", duration("1", unit), "resolved")
    kind = "TIME" if unit == "NI" else "DATE"
    return Found(start, end, kind, value or "", "resolved")


def _season_near(reference: dt.date, season: str, way: str) -> str:
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = reference.year
    if way == "L" and first >= reference.month - 2:
        year -= 1
    elif way == "X" and first <= reference.month:
        year += 1
    elif season == "WI" and reference.month < 3:
        year -= 1
    return f"{year:04d}-{season}"


def _relative(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    way = next(c for c in letters if c in "LXHJ")
    unit_letter = letters[-1]
    word = doc[start + letters.index(way)].lower_
    if letters == "HU" and word == "these":
        return Found(start, end, "DATE", "PRESENT_REF", "resolved")
    counted = any(c in "nDN" for c in letters)
    unit = value_of(doc, end - 1, "U") if unit_letter == "U" else ""
    plural = doc[end - 1].tag_ in ("NNS", "NNPS")
    if unit_letter == "U" and (counted or plural or word == "past"):
        number = number_of(doc, start, end, letters) if counted else ("X" if plural else "1")
        return Found(start, end, "DURATION", duration(number, unit), "stated")
    if word in ("following", "preceding", "previous", "subsequent", "ensuing") and context.narrative:
        context = Context(context.published, context.narrative)
    return _unit_from(doc, end - 1, way, unit_letter, start, end, context)


def _weekday(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    i = start + letters.index("W")
    wanted = int(value_of(doc, i, "W"))
    reference = context.day
    if doc[i].lower_.endswith("days"):
        return Found(start, end, "SET", f"XXXX-WXX-{wanted}", "stated")
    if reference is None:
        return Found(start, end, "DATE", "", "resolved")
    back = (reference.isoweekday() - wanted) % 7
    ahead = (wanted - reference.isoweekday()) % 7
    word = doc[start].lower_ if letters[0] in "LXHJ" else ""
    if letters[0] == "L":
        day = reference - dt.timedelta(back or 7)
    elif letters[0] == "X":
        day = reference + dt.timedelta(ahead or 7)
    elif word == "this" or _as_soon_as(doc, start) or direction(doc[i]) == FUTURE or context.history:
        day = reference + dt.timedelta(ahead)
    else:
        day = reference - dt.timedelta(back)
    return Found(start, end, "DATE", day.isoformat(), "resolved")


def _as_soon_as(doc: Doc, start: int) -> bool:
    """ "As soon as Tuesday", "as early as Monday"."""
    before = [t.lower_ for t in doc[max(0, start - 3) : start]]
    return before[:1] == ["as"] == before[2:] and before[1] in ("soon", "early", "late")


def _month(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    i = start + letters.index("M")
    month = int(value_of(doc, i, "M"))
    if len(doc[i].text) <= 3 and month != 5:
        return None
    reference = context.day
    told = year_ahead(doc, end)
    if told is not None:
        return Found(start, end, "DATE", f"{told:04d}-{month:02d}", "stated")
    if reference is None:
        return Found(start, end, "DATE", f"XXXX-{month:02d}", "stated")
    way = {"L": -1, "X": 1}.get(letters[0]) or _way(doc, start, end)
    if letters[-1] == "U" and value_of(doc, end - 1, "U") == "Y" and not context.history:
        year = reference.year + {"L": -1, "X": 1}.get(letters[-2], 0)
    elif letters[0] == "L":
        year = reference.year - (month >= reference.month)
    elif letters[0] == "X":
        year = reference.year + (month <= reference.month)
    else:
        day = reference.day if month == reference.month else 15
        year = context.year_of(month) if context.history else _year_for(reference, month, day, way, ahead=120)
    return Found(start, end, "DATE", f"{year:04d}-{month:02d}", "stated")


def _season(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    following = doc[end].lower_ if end < len(doc) else ""
    if doc[end - 1].lower_ == "fall" and following in ("of", "in", "from"):
        return None  # "the fall of the city"
    if letters == "S" and (not context.history or doc[start].lower_ == "fall"):
        return None
    way = next((c for c in letters if c in "LXHJ"), "H")
    return _unit_from(doc, end - 1, way, "S", start, end, context)


def _century(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    number = ordinal_of(doc[start + letters.index("O")].lower_)
    unit = value_of(doc, end - 1, "U")
    if unit == "C":
        return Found(start, end, "DATE", f"{number - 1:02d}", "stated")
    return read_quarter(doc, start, end, letters, context)


def _deictic(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    value = value_of(doc, start, "Q")
    number, _, part = value.partition("T")
    if context.day is None:
        return Found(start, end, "TIME" if part else "DATE", "", "resolved")
    night = doc[start].lower_ == "overnight"
    offset = int(number) + (night and direction(doc[start]) == FUTURE)
    day = (context.day + dt.timedelta(offset)).isoformat()
    kind = "TIME" if part else "DATE"
    return Found(start, end, kind, day + (f"T{part}" if part else ""), "resolved", longer=int(night))


HANDLERS: dict[str, Handler] = {
    "iso": read_iso, "full": read_full, "month_day": _month_day, "month_year": read_month_year,
    "season_year": _season_year, "clock": _clock, "ago": _ago, "day_part": _day_part, "bounded": _bounded,
    "relative": _relative, "weekday": _weekday, "month": _month, "season": _season, "decade": read_decade,
    "century": _century, "year": read_year, "deictic": _deictic, "set": read_set, "length": read_length,
    "vague": read_vague, "recent": read_recent, "before_christ": read_before_christ,
    "holiday": read_holiday, "year_ago": read_year_ago, "period_of_year": read_period_of_year,
    "half": read_half, "fiscal": read_fiscal, "this_period": read_this_period, "year_end": read_year_end,
    "word_year": read_word_year, "long": read_long,
}  # fmt: skip
