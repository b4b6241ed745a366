"""What a handler of time expressions gets and makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.record import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Found:
    """What a handler made: token range, kind, value and ground."""

    start: int
    end: int
    kind: str
    value: str
    basis: str


@dataclass(slots=True)
class Context:
    """The reference days: ``published``, and in a history the date mentioned last."""

    published: dt.date | None
    anchor: dt.date | None = None
    last: dt.date | None = None
    dated: dt.date | None = None
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

    @property
    def year_anchor(self) -> dt.date | None:
        """The date that a month without a year continues.

        The last one whose words name the year: years guessed on guessed years drift. A winter alone is
        carried over ("In December … In January").
        """
        if self.dated is not None and self.anchor is not None:
            turned = self.anchor.year == self.dated.year and self.anchor.month >= 10
            return self.anchor if turned else self.dated
        return self.anchor

    def tell(self, value: str) -> None:
        """Remember the latest quarter spoken of, up to the day of publication."""
        if len(value) != 7 or value[5] != "Q" or self.day is None:
            return
        now = f"{self.day.year:04d}-Q{(self.day.month + 2) // 3}"
        if self.quarter < value <= now:
            self.quarter = value

    def mention(self, date: Date, *, with_year: bool = False) -> None:
        """Remember a date as the one mentioned last; ``with_year`` when its words name the year."""
        if date.first_day is None:
            return
        if date.basis == "stated" and with_year:
            self.dated = date.first_day
        self.last = date.first_day
        if self.anchor is not None and date.precision not in ("decade",):
            self.anchor = date.first_day


Handler = Callable[["Doc", int, int, str, Context], Found | None]
