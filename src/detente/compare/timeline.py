"""The timeline: day by day what happened, was planned or is said, by what matters.

An entry is a day, a range where reports give no day ("in March"), or all days after one, for what is planned
and told without a day. Within a day the records come by
weight: origins first (an account that three wrote beats one that ten copied), then material events before
words, then how sure the reader was. The headline is copied from the report that tells the weightiest of
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from detente.compare.cluster import day_text, days_of
from detente.compare.counting import Counter3, count_reports
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.compare.told_dates import find_days
from detente.record import Date, Event, Measure, Meeting, Span, TimelineDay

D = TypeVar("D", str, int)
MATERIAL = frozenset(("COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"))
"""PLOVER types of material cooperation and conflict (quads 2 and 4)."""
LONGEST = 31  # days: what is known only to the season or year is no entry
OPEN = -1  # the last day of what may be any day: it stands behind all else of the day it was told
PAST = 0  # the last day of what was done by then, on no day told: behind that day's own entries
HEADLINE = 200  # characters of evidence that a headline may copy


@dataclass(frozen=True, slots=True)
class _Told:
    """What an entry takes of a record: its weight, and its best citation."""

    weight: float
    layer: str
    id: str
    span: Span | None
    articles: frozenset[str]
    date: Date


def weight_of(record: Event | Meeting | Measure) -> float:
    """How much a record matters: origins, material or not, how sure."""
    material = isinstance(record, Measure) or (isinstance(record, Event) and record.type in MATERIAL)
    met = isinstance(record, Meeting)
    firm = record.status in ("happened", "ongoing", "held", "done", "decided")
    dated = record.date.basis in ("stated", "resolved")
    told = "narrator" in record.asserted_by
    return (
        2.0 * min(record.count.origins, 5) + 1.0 * material + 0.8 * met + 0.6 * firm + 0.6 * dated
        + 0.4 * told + 0.2 * min(record.count.reports, 10) + record.confidence
    )  # fmt: skip


def rank_days(weights: Mapping[D, float]) -> list[D]:
    """The days that matter most first: what T17 is measured on (``find_days`` weighs them)."""
    return sorted(weights, key=lambda day: (-weights[day], day))


def choose_entries(
    days: Sequence[tuple[float, Sequence[Event | Meeting | Measure]]], *, most: int
) -> set[str]:
    """The ids of the ``most`` records that matter most.

    One record of each of the days that matter most, the weightiest of the day; where there are fewer days,
    the second of each, and so on.

    Args:
        days: the weight of each day with its records.
        most: how many.
    """
    order = rank_days({n: weight for n, (weight, _) in enumerate(days)})
    within = [sorted(records, key=lambda r: (-weight_of(r), r.id)) for _, records in days]
    rounds = range(max(map(len, within), default=0))
    ranked = (within[n][r].id for r in rounds for n in order if r < len(within[n]))
    return set(islice(ranked, most))


def make_timeline(
    events: Iterable[Event],
    meetings: Iterable[Meeting],
    measures: Iterable[Measure],
    pile: Pile,
    counter: Counter3,
) -> Iterator[TimelineDay]:
    """The days in order; each lists its records' ids, the weightiest first, of several the first given."""
    told: Sorter[tuple[int, int], _Told] = Sorter(_Told)
    for layer, records in (("events", events), ("meetings", meetings), ("measures", measures)):
        for record in records:
            key = _key(record.date)
            if record.status != "hypothetical" and key is not None:
                told.add((key[0], -key[1]), _tell(layer, record))
    weights: Mapping[str, float] | None = None
    for (first, last), day in told.groups():
        weights = find_days(pile.articles()) if weights is None else weights
        yield _day(day, pile, counter, weight=_weight((first, -last), weights))


def _weight(key: tuple[int, int], weights: Mapping[str, float]) -> float:
    """A day's weight; of a range the mean of its days' over their number, none for what has no day."""
    first, last = key
    days = [weights.get(day_text(day), 0.0) for day in range(first, last + 1)]
    return round(sum(days) / len(days) ** 2, 3) if days else 0.0


def _tell(layer: str, record: Event | Meeting | Measure) -> _Told:
    articles = frozenset(span.article for span in record.evidence)
    span = next(iter(record.evidence), None)
    return _Told(weight_of(record), layer, record.id, span, articles, record.date)


def _key(date: Date) -> tuple[int, int] | None:
    """First and last day as numbers, the last ``OPEN`` for some day after; None for what is no entry.

    Of what was done by a day it is that day and ``PAST``.
    """
    if date.open and date.first_day is not None:
        return date.first_day.toordinal(), OPEN
    if date.past and date.last_day is not None:
        return date.last_day.toordinal(), PAST
    first, last = days_of(date)
    return None if first < 0 or last - first > LONGEST else (first, last)


def _firmest(dates: Iterable[Date]) -> Date:
    """The date with the firmest ground, of several the first."""
    bases = ("stated", "resolved", "inferred", "published")
    return min(dates, key=lambda date: bases.index(date.basis))


def _day(day: Iterable[_Told], pile: Pile, counter: Counter3, *, weight: float) -> TimelineDay:
    found = sorted(day, key=lambda f: -f.weight)
    span = next((f.span for f in found if f.span is not None), None)
    headline, evidence = _headline(span, pile)
    return TimelineDay(
        date=_whole_days(_firmest(f.date for f in found)),
        events=tuple(f.id for f in found if f.layer == "events"),
        meetings=tuple(f.id for f in found if f.layer == "meetings"),
        measures=tuple(f.id for f in found if f.layer == "measures"),
        headline=headline,
        evidence=evidence,
        count=count_reports({article for f in found for article in f.articles}, counter),
        weight=weight,
    )


def _whole_days(date: Date) -> Date:
    """The date without its clock time: an entry is a day or a range of days."""
    precision = "day" if date.precision in ("minute", "hour") else date.precision
    return Date(date.from_[:10], date.to[:10], precision, date.basis, date.span)


def _headline(span: Span | None, pile: Pile) -> tuple[str, tuple[Span, ...]]:
    """The cited words themselves, cut at a word where they are long."""
    if span is None:
        return "", ()
    text = pile.article(span.article).text
    end = span.end
    if end - span.start > HEADLINE:
        cut = text.rfind(" ", span.start, span.start + HEADLINE)
        end = cut if cut > span.start else span.start + HEADLINE
    return text[span.start : end], (Span(span.article, span.start, end),)
