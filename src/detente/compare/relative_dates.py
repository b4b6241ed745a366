"""What "last week", "two days ago" or "March 14" means on a day that the comparison found.

An article read without a date keeps the words of its dates unresolved; once its company places it, they
are resolved here, to the same ranges that the language layer gives a dated article: weeks from Monday to
Sunday, "two weeks ago" a week, "overnight" two days.

Limits: English; no seasons, holidays, quarters or decades; "within days" and "in two weeks" stay open.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from detente.record import Date, Span

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = calendar.month_name[1:]
_NUMBERS = (
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS = "day|week|month|year"
_WAYS = {"last": -1, "previous": -1, "next": 1, "coming": 1}
SUNDAY = 7
_NEAR = {"yesterday": -1, "tomorrow": 1, "today": 0, "tonight": 0, "last night": -1}
_Range = tuple[dt.date, dt.date, str]
_Rule = Callable[[re.Match[str], dt.date, bool], _Range | None]


def resolve(words: str, day: Date, *, after: bool, span: Span | None = None) -> Date | None:
    """The inferred date of some words in a report of ``day``; None where no rule reads them.

    Args:
        words: the words of a date, as cited.
        day: the report's own day or range of days.
        after: True for what is planned: a weekday or "March 14" is then the next one.
        span: the words' place, kept in the date.
    """
    first, last = day.first_day, day.last_day
    if first is None or last is None:
        return None
    for pattern, rule in _RULES:
        found = pattern.search(words)
        if found is None:
            continue
        early, late = rule(found, first, after), rule(found, last, after)
        if early is None or late is None:
            return None
        precision = "week" if late[2] == "day" and early != late else late[2]
        return Date(early[0].isoformat(), late[1].isoformat(), precision, "inferred", span)
    return None


def _ago(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    word = found["n"].casefold()
    count = int(word) if word.isdigit() else max(1, _NUMBERS.index("a" if word == "an" else word))
    return _shift(day, found["unit"].casefold(), -count)


def _unit(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    way, unit = found["way"].casefold(), found["unit"].casefold()
    shifted = _shift(day, unit, _WAYS.get(way, 0))
    if shifted is not None and (way, unit) == ("last", "week") and day.isoweekday() == SUNDAY:
        # Where weeks begin on Sunday, it is the week that ended yesterday: both are meant.
        return shifted[0], day - dt.timedelta(1), "week"
    return shifted


def _shift(day: dt.date, unit: str, count: int) -> _Range | None:
    """The whole unit that lies ``count`` units away."""
    if unit == "day":
        return _one(day + dt.timedelta(count))
    if unit == "week":
        monday = day + dt.timedelta(7 * count - day.weekday())
        return monday, monday + dt.timedelta(6), "week"
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, 1), dt.date(year, month + 1, last), "month"
    return dt.date(day.year + count, 1, 1), dt.date(day.year + count, 12, 31), "year"


def _one(day: dt.date) -> _Range:
    return day, day, "day"


def _overnight(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    return day - dt.timedelta(1), day, "day"


def _near(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    return _one(day + dt.timedelta(_NEAR[" ".join(found.group().casefold().split())]))


def _part_of_day(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    return _one(day)


def _weekend(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    """The weekend before the day; after it for what is planned."""
    way = (found["way"] or "").casefold()
    ahead = way in ("next", "coming") or (after and way not in ("last", "past"))
    if ahead:
        saturday = day + dt.timedelta((5 - day.weekday()) % 7)
    else:
        saturday = day - dt.timedelta((day.weekday() - 5) % 7)
    return saturday, saturday + dt.timedelta(1), "day"


def _weekday(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    wanted = DAYS.index(found["weekday"].capitalize())
    way = (found["way"] or "").casefold()
    if way == "next":
        return _one(day + dt.timedelta((wanted - day.weekday() - 1) % 7 + 1))
    if way == "last":
        return _one(day - dt.timedelta((day.weekday() - wanted - 1) % 7 + 1))
    if after:
        return _one(day + dt.timedelta((wanted - day.weekday()) % 7))
    return _one(day - dt.timedelta((day.weekday() - wanted) % 7))


def _month_day(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    """The "March 14" last before the day, or next after it for what is planned."""
    month, number = 1 + _MONTHS.index(found["month"] or found["month2"]), int(found["day"] or found["day2"])
    for year in (day.year, day.year + 1) if after else (day.year, day.year - 1):
        try:
            there = dt.date(year, month, number)
        except ValueError:
            continue
        if (there >= day) if after else (there <= day):
            return _one(there)
    return None


def _month(found: re.Match[str], day: dt.date, after: bool) -> _Range | None:
    month = 1 + _MONTHS.index(found["month"])
    away = (month - day.month) % 12 if after else -((day.month - month) % 12)
    return _shift(day, "month", away)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (_rule(rf"\b(?P<n>\d{{1,2}}|an|{'|'.join(_NUMBERS)})\s+(?P<unit>{_UNITS})s?\s+(?:ago|earlier)\b"), _ago),
    (_rule(r"\b(?:(?P<way>last|this|next|past|coming)\s+)?weekend\b"), _weekend),
    (
        re.compile(
            rf"(?:\b(?P<way>last|next)\s+)?(?<!until )\b(?P<weekday>{'|'.join(DAYS)})\b", re.IGNORECASE
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"\b(?:(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{'|'.join(_MONTHS)}))\b(?!,?\s+\d{{4}})"
        ),
        _month_day,
    ),
    (_rule(rf"\b(?P<way>last|previous|this|next|coming)\s+(?P<unit>{_UNITS})\b"), _unit),
    (_rule(r"\bovernight\b"), _overnight),
    (_rule(r"\b(?:yesterday|tomorrow|today|tonight|last\s+night)\b"), _near),
    (_rule(r"\bthis\s+(?:morning|afternoon|evening)\b|\b(?:early|late)\s+in\s+the\s+day\b"), _part_of_day),
    (re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})\b(?!\s+\d)"), _month),
)
