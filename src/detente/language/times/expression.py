"""One time expression of a paragraph, as the readers see it."""

from __future__ import annotations

from dataclasses import dataclass

from detente.record import Date


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression.

    ``start`` and ``end`` are token indices in the paragraph's parse; ``date`` carries the span of the
    words; ``kind`` is DATE, TIME, DURATION or SET; ``value`` the TIMEX3 value ("2014-03-05", "P2W").
    ``offset`` is the token "after" or "before" that the expression counts from; -1 where there is none.
    """

    start: int
    end: int
    date: Date
    kind: str
    value: str
    offset: int = -1
