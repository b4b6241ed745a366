"""Time expressions, resolved against the article's date, each with its granularity and basis."""

from __future__ import annotations

from dataclasses import dataclass

from detente.language.parse import Paragraph
from detente.record import Date


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression.

    ``start`` and ``end`` are token indices in the paragraph's parse; ``date`` carries the span of the
    words; ``kind`` is DATE, TIME, DURATION or SET; ``value`` the TIMEX3 value ("2014-03-05", "P2W").
    """

    start: int
    end: int
    date: Date
    kind: str
    value: str


def find_times(paragraph: Paragraph, published: Date) -> list[TimeExpression]:
    """Find the time expressions of a paragraph and resolve them against ``published``."""
    return []


def date_of(paragraph: Paragraph, token: int, times: list[TimeExpression], published: Date) -> Date:
    """The date of what the verb or noun at ``token`` reports.

    The nearest time expression that the token governs (own modifiers before the clause's, the clause
    before the sentence); else ``published`` with basis "published" (unknown when the page has no date).
    """
    return published
