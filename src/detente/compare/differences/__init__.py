"""Where independent accounts do not agree, with both sides' words, a severity and a one-line why.

Not listed: rounding that is compatible, a toll that grows from day to day, paraphrase, different things
counted, one origin's own cuts (see ``lineage``), and different events that look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from detente.compare.differences.accounts import (
    find_event_differences,
    find_meeting_differences,
    find_silences,
)
from detente.compare.differences.casualties import find_casualty_differences
from detente.compare.differences.dates import find_date_differences
from detente.compare.differences.deeds import find_deed_differences
from detente.compare.differences.denials import find_denials
from detente.compare.differences.distances import find_distance_differences
from detente.compare.differences.firsts import find_order_differences
from detente.compare.differences.names import find_name_differences
from detente.compare.differences.numbers import find_number_differences
from detente.compare.differences.sides import Accounts
from detente.compare.differences.votes import find_vote_differences
from detente.compare.differences.wording import find_wording_differences
from detente.compare.merged import Merged
from detente.record import Difference, Event, Measure, Span

if TYPE_CHECKING:
    from detente.compare.comparison import Comparison

_GRADE = {"high": 0, "medium": 1, "low": 2}


def find_differences(comparison: Comparison) -> Iterator[Difference]:
    """All differences of a pile, the gravest first; one entry where two rules find the same."""
    found = {d.id: d for d in _find(comparison)}
    order = comparison.order
    yield from sorted(
        found.values(), key=lambda d: (_GRADE[d.severity], d.kind, order.span(d.sides[0].spans[0]), d.id)
    )


def _cited_by(comparison: Comparison) -> Callable[[Span], list[str]]:
    """Looks up the events and measures that rest on some words, article by article."""
    events, measures = comparison.merged("events"), comparison.merged("measures")

    def look(span: Span) -> list[str]:
        reading = comparison.pile.reading(span.article, "events", "measures")
        found: list[tuple[Merged, Event | Measure]]
        found = [(events, r) for r in reading.events if _rests_on(r, span)]
        found += [(measures, r) for r in reading.measures if _rests_on(r, span)]
        return [one for merged, record in found if (one := merged.id_of(record.id)) is not None]

    return look


def _rests_on(record: Event | Measure, span: Span) -> bool:
    return any(cited.overlaps(span) for cited in record.evidence[:1])


def _find(comparison: Comparison) -> Iterator[Difference]:
    pile, accounts, order = comparison.pile, Accounts.of(comparison), comparison.order
    removed = comparison.judged.wrong
    yield from find_casualty_differences(pile.readings("figures"), pile, accounts, removed=removed)
    yield from find_number_differences(pile.readings("figures"), pile, accounts, removed=removed)
    figures = pile.readings("figures")
    yield from find_distance_differences(figures, pile, accounts, removed=removed)
    yield from find_deed_differences(pile.articles(), accounts)
    yield from find_vote_differences(pile.articles(), accounts)
    yield from find_order_differences(pile.articles(), accounts)
    yield from find_date_differences(pile.articles(), accounts, _cited_by(comparison))
    yield from find_name_differences(comparison.actors(), pile, accounts)
    yield from find_wording_differences(comparison.shares, order.ids, pile, accounts)
    yield from find_event_differences(comparison.events(), comparison.merged("events"), accounts)
    told = pile.readings("statements", "events")
    yield from find_denials(told, pile, accounts, removed=removed)
    yield from find_meeting_differences(comparison.meetings(), pile, accounts)
    yield from find_silences(comparison.events(), accounts, pile, comparison.merged("events"))
