"""Events, meetings, measures and positions of many articles made one, with all their citations.

Two passes over the pile: the first keeps a light of every record and groups the lights; the second
streams the readings again, rewrites ids, and gives out a merged record when its last member has come.
Lights and the records of groups that are still open are put aside on disk.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

from detente.compare.actor_map import ActorMap
from detente.compare.acts import join_acts
from detente.compare.cluster import NO_DAY, Light, days_of, group_lights, order_of
from detente.compare.counting import Counter3, count_reports
from detente.compare.cues import cues
from detente.compare.merged import Merged
from detente.compare.order import Order
from detente.compare.pile import Pile
from detente.compare.same import event_fit, measure_fit, meeting_fit, position_fit
from detente.compare.shelf import Shelf
from detente.compare.words import WORD
from detente.readers.events.merge import is_often
from detente.readers.measures import measure_id, measure_kinds
from detente.record import Article, Date, Event, Measure, Meeting, Position, Reading, Span

CODE = 3
"""Figures of a CAMEO code that narrow an event's type; the fourth tells kinds of weapon and the like."""
R = TypeVar("R", Event, Meeting, Measure, Position)
"""A record that is merged across articles."""


def content_words(article: Article, spans: Iterable[Span]) -> frozenset[str]:
    """The words of some spans that carry content, cut to six letters (arrive, arrived, arrival)."""
    plain = cues().function_words
    return frozenset(
        word[:6]
        for span in spans
        for word in map(str.casefold, WORD.findall(article.text, span.start, span.end))
        if word not in plain
    )


def has_own_words(date: Date, article: Article) -> bool:
    """True for a date that rests on words of its own, not on the day of publication."""
    return date.basis in ("stated", "resolved") and (date.span is None or date.span != article.published.span)


@dataclass(frozen=True, slots=True)
class Rule(Generic[R]):
    """How one layer is merged: where its records stand, their light, and when two fit."""

    layer: str
    record: type[R]
    light: Callable[[R, Article, ActorMap], Light]
    fit: Callable[[Light, Light], float]
    merge: Callable[[list[R]], R]
    rewrite: Callable[[R, ActorMap], R]


def group_layer(
    pile: Pile,
    rule: Rule[Any],
    actors: ActorMap,
    *,
    removed: frozenset[str],
    same: Iterable[tuple[str, str]] = (),
    apart: frozenset[frozenset[str]] = frozenset(),
    stories: Mapping[str, str] | None = None,
    events: Merged | None = None,
    order: Order | None = None,
) -> Merged:
    """First pass: decide which records of a layer are one.

    ``events``: the groups of events, for measures that are one where these are.
    ``stories``: article → story, for a layer whose records are also joined by the story in which they stand.
    ``order``: in which the articles tell; None goes by their ids.
    """
    merged, order = Merged(), order or Order()
    first, last, told_at = array("q"), array("q"), array("q")
    numbers: dict[str, int] = {}
    story = array("I")
    for reading in pile.readings(rule.layer):
        records = getattr(reading, rule.layer)
        if records:
            article = pile.article(reading.article)
            told = days_of(article.published)[0]
            for record in records:
                light = rule.light(record, article, actors)
                light.told = told
                light.story = "" if stories is None else stories.get(light.article, light.article)
                story.append(numbers.setdefault(light.story, len(numbers)))
                merged.put(light)
                first.append(light.first)
                last.append(light.last)
                told_at.append(order.place(light.article))
    merged.told(told_at)
    sequence = order_of(first, last, merged.places)
    lights = (merged.lights[n] for n in sequence.tolist())
    groups: Iterator[list[int]] = (
        sequence[places].tolist() for places in group_lights(lights, rule.fit, apart=apart)
    )
    if stories is not None:
        groups = join_acts(groups, merged.lights.__getitem__, story.__getitem__, actors, apart=apart)
    merged.group(groups)
    if events is not None:
        merged.join(p for p in same_measures(events, merged) if frozenset(p) not in apart)
    merged.join(same)
    merged.remove(removed)
    return merged


def same_measures(events: Merged, measures: Merged) -> Iterator[tuple[str, str]]:
    """Pairs of measures that are one because the events that they are were found to be one act."""
    for members in events.joined():
        for kind in measure_kinds():
            made = [i for i in (measure_id(m, kind) for m in members) if measures.ids.find(i) is not None]
            yield from pairwise(made)


def merge_layer(
    readings: Iterable[Reading], rule: Rule[R], merged: Merged, actors: ActorMap, counter: Counter3
) -> Iterator[R]:
    """Second pass: the records of the pile, ids rewritten, counts as reports · origins · outlets."""
    aside: Shelf[R] = Shelf(rule.record)
    waiting: dict[int, list[int]] = defaultdict(list)
    for reading in readings:
        for record in getattr(reading, rule.layer):
            group, size = merged.group_of(record.id)
            if group is None:
                continue
            record = rule.rewrite(record, actors)
            if size == 1:
                yield _finish(merged.ids[group], [record], rule, counter)
                continue
            waiting[group].append(aside.put(record))
            if len(waiting[group]) == size:
                held = sorted((aside[n] for n in waiting.pop(group)), key=lambda m: merged.place_of(m.id))
                yield _finish(merged.ids[group], held, rule, counter)


def _finish(group: str, held: list[R], rule: Rule[R], counter: Counter3) -> R:
    record = rule.merge(held) if len(held) > 1 else held[0]
    record = _without_borrowed_day(record, held)
    articles = (span.article for member in held for span in member.evidence)
    return dataclasses.replace(record, id=group, count=count_reports(articles, counter))


def _without_borrowed_day(record: R, held: list[R]) -> R:
    """What is planned and told without a day is some day after it was first told, not that very day."""
    if getattr(record, "status", "") != "planned" or not borrowed_day(record.date):
        return record
    told = min(m.date.from_[:10] for m in held if borrowed_day(m.date))
    return dataclasses.replace(record, date=Date.after(dt.date.fromisoformat(told), basis=record.date.basis))


def borrowed_day(date: Date) -> bool:
    """True for a date that rests on no words: the report's own day, or the one its company gives it."""
    return date.known and (date.basis == "published" or (date.basis == "inferred" and date.span is None))


def union(members: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All ids of all members, each once, in order of first appearance."""
    return tuple(dict.fromkeys(i for ids in members for i in ids))


def all_evidence(members: Iterable[Any]) -> tuple[Span, ...]:
    """All members' citations, the best member's first."""
    return tuple(dict.fromkeys(span for member in members for span in member.evidence))


def best_first(members: list[R]) -> list[R]:
    """The member that says most, and most surely, first: its words and type stand for the group.

    ``members`` in the order of telling: of those that say as much the first told goes first.
    """
    return sorted(members, key=_telling, reverse=True)


def _telling(record: Any) -> float:
    date: Date = record.date
    grade = {"stated": 0.4, "resolved": 0.3, "inferred": 0.1, "published": 0.0}[date.basis]
    return (
        float(record.confidence) + (grade if date.known else -0.2) + 0.2 * bool(getattr(record, "place", 0))
    )


def best_date(members: Iterable[Any]) -> Date:
    """The date with the firmest ground: stated before resolved before published, then the narrowest.

    A day that no words name gives way to an earlier one by which another tells the act as done.
    """
    order = {"stated": 0, "resolved": 1, "published": 2, "inferred": 3}
    dates: list[Date] = [m.date for m in members]
    known = [date for date in dates if date.known]
    past = min((date for date in dates if date.past), key=lambda d: d.to, default=None)
    if not known:
        return past or dates[0]
    counts = Counter((d.from_, d.to) for d in known)

    def grade(d: Date) -> tuple[int, int, int, str]:
        first, last = days_of(d)
        return order[d.basis], -counts[d.from_, d.to], last - first, d.from_

    best = min(known, key=grade)
    return past if past is not None and borrowed_day(best) and past.to[:10] < best.from_[:10] else best


def _most_said(values: Iterable[str | None]) -> str | None:
    """The most frequent value, of several the first."""
    found = Counter(v for v in values if v).most_common(1)
    return found[0][0] if found else None


def _keys(*groups: Iterable[str], extra: Iterable[str] = ()) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(k for g in groups for k in g), *extra]))


def _event_light(event: Event, article: Article, actors: ActorMap) -> Light:
    sources, recipients = actors.all(event.sources), actors.all(event.recipients)
    first, last = days_of(event.date)
    keys = _keys(
        (f"{event.type}|{a}" for a in (*sources, *recipients)), extra=(f"{event.type}|{event.lemma}",)
    )
    kind = f"{event.type} often" if is_often(event.date, article.text) else event.type
    return Light(
        event.id, article.id, first, last, has_own_words(event.date, article), keys, kind,
        event.status, (frozenset(sources), frozenset(recipients)), _fold(event.place),
        content_words(article, event.evidence[:1]), event.lemma, _described((*sources, *recipients), actors),
        code=(event.cameo or "")[:CODE], start=event.evidence[0].start if event.evidence else 0,
        until=_until(event.date),
    )  # fmt: skip


def _until(date: Date) -> int:
    """The day by which an act was done that names no day of its own."""
    return date.last_day.toordinal() if date.past and date.last_day else NO_DAY


def _described(ids: Iterable[str], actors: ActorMap) -> dict[str, frozenset[str]]:
    """Groups and the unnamed with the words that describe them, persons with none."""
    found = {}
    for actor in ids:
        if actors.types.get(actor) in ("group", "unnamed"):
            found[actor] = frozenset(actors.names[actor].casefold().split())
        elif actors.types.get(actor) == "person":
            found[actor] = frozenset()
    return found


def _fold(place: str | None) -> str | None:
    return place.casefold() if place else None


def _rewrite_event(event: Event, actors: ActorMap) -> Event:
    return dataclasses.replace(
        event, sources=actors.all(event.sources), recipients=actors.all(event.recipients)
    )


def _merge_events(members: list[Event]) -> Event:
    ordered = best_first(members)
    best = ordered[0]
    return dataclasses.replace(
        best,
        context=union(m.context for m in ordered),
        sources=union(m.sources for m in ordered),
        recipients=union(m.recipients for m in ordered),
        date=best_date(ordered),
        place=best.place or _most_said(m.place for m in ordered),
        asserted_by=union(m.asserted_by for m in ordered),
        evidence=all_evidence(ordered),
    )


def _meeting_light(meeting: Meeting, article: Article, actors: ActorMap) -> Light:
    people = actors.all(meeting.participants)
    first, last = days_of(meeting.date)
    return Light(
        meeting.id, article.id, first, last, has_own_words(meeting.date, article), _keys(people),
        meeting.format, meeting.status, (frozenset(people), frozenset()), _fold(meeting.place),
        content_words(article, meeting.evidence[:1]),
    )  # fmt: skip


def _rewrite_meeting(meeting: Meeting, actors: ActorMap) -> Meeting:
    host = actors[meeting.host] if meeting.host else None
    return dataclasses.replace(meeting, participants=actors.all(meeting.participants), host=host)


def _merge_meetings(members: list[Meeting]) -> Meeting:
    ordered = best_first(members)
    best = ordered[0]
    return dataclasses.replace(
        best,
        participants=union(m.participants for m in ordered),
        host=best.host or _most_said(m.host for m in ordered),
        place=best.place or _most_said(m.place for m in ordered),
        date=best_date(ordered),
        topic=best.topic or _most_said(m.topic for m in ordered),
        outcome=tuple(dict.fromkeys(s for m in ordered for s in m.outcome)),
        evidence=all_evidence(ordered),
        asserted_by=union(m.asserted_by for m in ordered),
    )


def _measure_light(measure: Measure, article: Article, actors: ActorMap) -> Light:
    doers, targets = actors.all(measure.actors), actors.all(measure.targets)
    first, last = days_of(measure.date)
    return Light(
        measure.id, article.id, first, last, has_own_words(measure.date, article),
        _keys(f"{measure.kind}|{a}" for a in doers), measure.kind, measure.status,
        (frozenset(doers), frozenset(targets)), None, content_words(article, measure.evidence[:1]),
    )  # fmt: skip


def _rewrite_measure(measure: Measure, actors: ActorMap) -> Measure:
    return dataclasses.replace(
        measure, actors=actors.all(measure.actors), targets=actors.all(measure.targets)
    )


def _merge_measures(members: list[Measure]) -> Measure:
    ordered = best_first(members)
    best = ordered[0]
    return dataclasses.replace(
        best,
        actors=union(m.actors for m in ordered),
        targets=union(m.targets for m in ordered),
        amount=best.amount or _most_said(m.amount for m in ordered),
        condition=best.condition or next((m.condition for m in ordered if m.condition), None),
        date=best_date(ordered),
        evidence=all_evidence(ordered),
        asserted_by=union(m.asserted_by for m in ordered),
    )


def position_rule(issue_of: dict[str, str]) -> Rule[Position]:
    """How positions are merged, given which local issues are one."""

    def light(position: Position, article: Article, actors: ActorMap) -> Light:
        parties = actors.all(position.parties)
        issue = issue_of.get(position.issue, position.issue)
        kind = f"{issue}|{position.stance}"
        first, last = days_of(position.date)
        return Light(
            position.id, article.id, first, last, False, _keys(f"{kind}|{p}" for p in parties), kind, "",
            (frozenset(parties), frozenset()), None, content_words(article, position.evidence),
        )  # fmt: skip

    def rewrite(position: Position, actors: ActorMap) -> Position:
        return dataclasses.replace(
            position,
            issue=issue_of.get(position.issue, position.issue),
            parties=actors.all(position.parties),
            addressees=actors.all(position.addressees),
        )

    return Rule("positions", Position, light, position_fit, _merge_positions, rewrite)


def _merge_positions(members: list[Position]) -> Position:
    ordered = best_first(members)
    best = ordered[0]
    return dataclasses.replace(
        best,
        parties=union(m.parties for m in ordered),
        addressees=union(m.addressees for m in ordered),
        date=best_date(ordered),
        evidence=all_evidence(ordered),
        asserted_by=union(m.asserted_by for m in ordered),
        condition=best.condition or next((m.condition for m in ordered if m.condition), None),
    )


EVENTS: Rule[Event] = Rule("events", Event, _event_light, event_fit, _merge_events, _rewrite_event)
MEETINGS: Rule[Meeting] = Rule(
    "meetings", Meeting, _meeting_light, meeting_fit, _merge_meetings, _rewrite_meeting
)
MEASURES: Rule[Measure] = Rule(
    "measures", Measure, _measure_light, measure_fit, _merge_measures, _rewrite_measure
)
