"""What a handler of time expressions gets and makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.record import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc


# Days: set on WikiWars development documents; don't tune alone.
_STEP, _BACK_RATE, _AHEAD_RATE, _TURN = 100, 0.5, 0.5, 120
_SOON = 100
GUESSED, IN_PASSING = 150, 200


@dataclass(frozen=True, slots=True)
class Found:
    """What a handler made: token range, kind, value and ground.

    ``offset`` is the token "after" or "before" it counts from; ``dates`` is False for a period that
    dates no event by itself ("the worst day of the year"); ``longer`` days go on after the value's last.
    """

    start: int
    end: int
    kind: str
    value: str
    basis: str
    offset: int = -1
    dates: bool = True
    longer: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A date told in a history: its days, and what continuing it costs in days."""

    first: dt.date
    last: dt.date
    cost: int


@dataclass(slots=True)
class Context:
    """The reference days: ``published``, and in a history the date mentioned last."""

    published: dt.date | None
    anchor: dt.date | None = None
    last: dt.date | None = None
    last_day: dt.date | None = None
    told: list[Told] = field(default_factory=list)
    quarter: str = ""

    @property
    def history(self) -> bool:
        """True when relative expressions count from the date mentioned last."""
        return self.anchor is not None

    @property
    def day(self) -> dt.date | None:
        """The day that "yesterday" and "last week" count from."""
        return self.anchor or self.published

    @property
    def narrative(self) -> dt.date | None:
        """The day that "two days later" and "that year" count from."""
        return self.anchor or self.last or self.published

    def told_day(self, *, way: int) -> dt.date | None:
        """The day that "later in the day" speaks of: the last one told, in a report only a fit one.

        ``way`` is how the verb looks: back (-1) it does not speak of a coming day, ahead (1) of no past one.
        """
        if self.anchor is not None:
            return self.anchor
        if self.last_day is None or self.published is None:
            return self.last_day or self.published
        return self.published if way * (self.last_day - self.published).days < 0 else self.last_day

    def year_of(self, month: int, day: int = 15) -> int:
        """The year of a month or day without one in a history: the way that the last dates told go on.

        Each of the last dates offers its nearest years; going back, a date told longer ago and a year
        told in passing ("planned for 1976") cost more.
        """
        best = min(
            ((_away(dt.date(year, month, min(day, 28)), told) + _STEP * step + told.cost, year))
            for step, told in enumerate(reversed(self.told))
            for year in range(max(1, told.first.year - 1), told.last.year + 2)
        ) if self.told else None  # fmt: skip
        return best[1] if best else (self.day or dt.date.min).year

    def tell(self, value: str) -> None:
        """Remember the latest quarter spoken of: one of the last year up to the day of publication."""
        if len(value) != 7 or value[5] != "Q" or self.day is None:
            return
        year, number = self.day.year, (self.day.month + 2) // 3
        gone = f"{year - 1:04d}-Q{number}"
        if max(self.quarter, gone) < value <= f"{year:04d}-Q{number}":
            self.quarter = value

    def mention(self, date: Date, *, cost: int = 0) -> None:
        """Remember a date as the one mentioned last; ``cost`` says how much it is told in passing."""
        if date.first_day is None or date.last_day is None:
            return
        self.last = date.first_day
        if date.precision in ("day", "minute"):
            self.last_day = date.last_day
        if self.anchor is not None and date.precision not in ("decade",):
            self.anchor = date.first_day
            self.told = [*self.told[-3:], Told(date.first_day, date.last_day, cost)]


def _away(day: dt.date, told: Told) -> float:
    """The days from a date told to a day: within its year little, into another year more."""
    if day < told.first:
        days = (told.first - day).days
        return _BACK_RATE * days if day.year == told.first.year else _TURN + days
    days = max(0, (day - told.last).days)
    return _AHEAD_RATE * days + (0 if day.year == told.last.year or days < _SOON else _TURN)


Handler = Callable[["Doc", int, int, str, Context], Found | None]
