"""TIMEX3 values and the days they cover.

A value is the standard's: ``2014-03-05``, ``2014-03``, ``2014``, ``2014-W10``, ``2014-Q1``, ``2014-SU``,
``201`` (a decade), ``19`` (a century), each with ``T…`` for a time of the day.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from detente.record import Date, Span

_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
Range = tuple[dt.date, dt.date, str]


def range_of(value: str) -> Range | None:
    """First day, last day and precision of a DATE or TIME value; None where it names no day."""
    day, _, _ = value.partition("T")
    try:
        return _range(day)
    except (ValueError, IndexError):
        return None


def _range(day: str) -> Range | None:
    parts = day.split("-")
    if not parts[0].isdigit():
        return None
    if len(parts) == 1:
        return _years(parts[0])
    year = int(parts[0])
    if parts[1].startswith("W") and parts[1] != "WI":
        monday = dt.date.fromisocalendar(year, int(parts[1][1:]), 1)
        if len(parts) == 3 and parts[2] == "WE":
            return monday + dt.timedelta(5), monday + dt.timedelta(6), "day"
        return monday, monday + dt.timedelta(6), "week"
    if parts[1].startswith("Q"):
        first = 3 * int(parts[1][1:]) - 2
        return dt.date(year, first, 1), _month_end(year, first + 2), "season"
    if parts[1] in _SEASONS:
        first, last = _SEASONS[parts[1]]
        return dt.date(year, first, 1), _month_end(year + (last < first), last), "season"
    if parts[1].startswith("H"):
        first = 1 if parts[1] == "H1" else 7
        return dt.date(year, first, 1), _month_end(year, first + 5), "season"
    if len(parts) == 2:
        return dt.date(year, int(parts[1]), 1), _month_end(year, int(parts[1])), "month"
    one = dt.date(year, int(parts[1]), int(parts[2]))
    return one, one, "day"


def _years(digits: str) -> Range | None:
    if len(digits) == 4:
        return dt.date(int(digits), 1, 1), dt.date(int(digits), 12, 31), "year"
    if len(digits) == 3:
        return dt.date(int(digits) * 10, 1, 1), dt.date(int(digits) * 10 + 9, 12, 31), "decade"
    if len(digits) == 2:
        return dt.date(int(digits) * 100, 1, 1), dt.date(int(digits) * 100 + 99, 12, 31), "decade"
    return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def to_date(value: str, *, basis: str, span: Span | None) -> Date:
    """The record's date for a value; unknown where the value names no day."""
    found = range_of(value)
    if found is None:
        return Date("", "", "unknown", basis, span)
    first, last, precision = found
    clock = value.partition("T")[2]
    if precision == "day" and clock[:2].isdigit() and len(clock) >= 5 and clock != "24:00":
        moment = f"{first.isoformat()}T{clock[:5]}"
        return Date(moment, moment, "minute", basis, span)
    return Date(first.isoformat(), last.isoformat(), precision, basis, span)


def shift(day: dt.date, unit: str, number: int) -> str | None:
    """The value ``number`` units from a day, at the unit's own granularity; None out of range."""
    try:
        return _shifted(day, unit, number)
    except (OverflowError, ValueError):
        return None


def _shifted(day: dt.date, unit: str, number: int) -> str:
    if unit in ("D", "NI"):
        return (day + dt.timedelta(number)).isoformat() + ("TNI" if unit == "NI" else "")
    if unit in ("W", "FN"):
        return week_of(day + dt.timedelta(number * (14 if unit == "FN" else 7)))
    if unit == "WE":
        return week_of(day + dt.timedelta(number * 7)) + "-WE"
    if unit == "M":
        months = day.year * 12 + day.month - 1 + number
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "Q":
        quarters = day.year * 4 + (day.month - 1) // 3 + number
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    if unit == "Y":
        return f"{day.year + number:04d}"
    if unit == "E":
        return f"{day.year // 10 + number:03d}"
    if unit == "C":
        return f"{day.year // 100 + number:02d}"
    return day.isoformat()  # hours and minutes stay within the day as far as we can tell


def week_of(day: dt.date) -> str:
    """The ISO week of a day ("2014-W10")."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def duration(number: str, unit: str) -> str:
    """The value of a length of time ("P2W", "PT48H", "PXD")."""
    if unit == "FN":
        return f"P{2 * int(number)}W" if number.isdigit() else "PXW"
    if unit == "E":
        return f"P{10 * int(number)}Y" if number.isdigit() else f"P{number}E"
    if unit == "C":
        return f"P{number}00Y" if number.isdigit() else "PXC"
    if unit == "NI":
        return f"P{number}NI"
    if unit == "WE":
        return f"P{number}WE"
    if unit == "Q":
        return f"P{number}Q"
    return f"PT{number}{unit[1]}" if unit.startswith("T") else f"P{number}{unit}"
