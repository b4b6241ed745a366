"""Dates as reports give them: a range, how precise it is, and on what ground.

``basis`` says where the date came from, so nothing is filled in silently:

* ``stated``    – the words name the day ("on March 5, 2014");
* ``resolved``  – the words name it relative to another date ("last Saturday");
* ``published`` – no words; the day the report was published stands in;
* ``inferred``  – from other reports (made by the comparison layer alone).

What is planned and told without a day has no day: ``from_`` says when it was told, ``to`` is empty, and the
precision stays unknown (:meth:`Date.after`). What is told as done before, without a day ("since the fall of
X"), has none either: ``to`` says when it was told, ``from_`` is empty (:meth:`Date.by`).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from detente.record.spans import Span

PRECISIONS = ("minute", "hour", "day", "week", "month", "season", "year", "decade", "unknown")
BASES = ("stated", "resolved", "published", "inferred")


@dataclass(frozen=True, slots=True)
class Date:
    """A range of days (or minutes) with its precision, basis and the words it rests on.

    ``from_`` and ``to`` are ISO 8601: ``YYYY-MM-DD``, or ``YYYY-MM-DDTHH:MM`` with an optional
    UTC offset where the precision is minute or hour. Both are inclusive, and empty when unknown;
    ``to`` alone is empty where all that is told is "not before", ``from_`` alone where it is "not after".
    """

    from_: str
    to: str
    precision: str
    basis: str
    span: Span | None = None

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision {self.precision!r} is not one of {PRECISIONS}")
        if self.basis not in BASES:
            raise ValueError(f"basis {self.basis!r} is not one of {BASES}")

    @property
    def known(self) -> bool:
        """False for the date that says nothing."""
        return self.precision != "unknown"

    @property
    def open(self) -> bool:
        """True for some day, not told which, from ``from_`` on."""
        return bool(self.from_) and not self.to

    @property
    def past(self) -> bool:
        """True for some day, not told which, until ``to``."""
        return bool(self.to) and not self.from_

    @property
    def first_day(self) -> dt.date | None:
        """The first day of the range, or None when unknown."""
        return dt.date.fromisoformat(self.from_[:10]) if self.from_ else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the range, or None when unknown."""
        return dt.date.fromisoformat(self.to[:10]) if self.to else None

    def overlaps(self, other: Date) -> bool:
        """True when both are known and share at least one day."""
        mine, theirs = (self.first_day, self.last_day), (other.first_day, other.last_day)
        if None in mine or None in theirs:
            return False
        return mine[0] <= theirs[1] and theirs[0] <= mine[1]  # type: ignore[operator]

    @classmethod
    def unknown(cls, *, basis: str = "published") -> Date:
        """The date that nothing tells."""
        return cls("", "", "unknown", basis)

    @classmethod
    def day(cls, day: dt.date, *, basis: str, span: Span | None = None) -> Date:
        """One calendar day."""
        return cls(day.isoformat(), day.isoformat(), "day", basis, span)

    @classmethod
    def after(cls, day: dt.date, *, basis: str) -> Date:
        """Some day from this one on, not told which: what is planned, and was told on this day."""
        return cls(day.isoformat(), "", "unknown", basis)

    @classmethod
    def by(cls, day: dt.date | None, *, basis: str) -> Date:
        """Some day until this one, not told which: what was told on this day as done before.

        Without a day (an undated report) it is ``inferred``: the report's, should other reports tell it.
        """
        return cls("", day.isoformat() if day else "", "unknown", basis if day else "inferred")

    @classmethod
    def month(cls, year: int, month: int, *, basis: str, span: Span | None = None) -> Date:
        """One calendar month."""
        last = monthrange(year, month)[1]
        return cls(f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last:02d}", "month", basis, span)

    @classmethod
    def year(cls, year: int, *, basis: str, span: Span | None = None) -> Date:
        """One calendar year."""
        return cls(f"{year:04d}-01-01", f"{year:04d}-12-31", "year", basis, span)

    def with_span(self, span: Span | None, basis: str | None = None) -> Date:
        """The same range, resting on other words."""
        return Date(self.from_, self.to, self.precision, basis or self.basis, span)
