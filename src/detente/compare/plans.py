"""What was planned, and what the reports say became of it.

A plan is a meeting, measure or event told as to come. What became of it must be told by another report, not
earlier than the plan was, of the same kind, by the same parties, at no other place and on the day planned;
a plan told without a day is matched with the first such thing of the fortnight after. Likeness of words
alone links nothing. What was called off or put off may be told in the same report. Where nothing in the
pile tells, the plan says so.

Limits: parties must be named (a plan of nobody named is left out); one that took place on another day
without a report that says it was moved stays unreported; threats and offers are events of their own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from detente.compare.actor_map import ActorMap
from detente.compare.cluster import NO_DAY, day_text, days_of
from detente.compare.counting import count_reports
from detente.compare.merging import borrowed_day, content_words
from detente.compare.pile import Pile
from detente.compare.planned import (
    DEEDS,
    DONE,
    LATE,
    LAYERS,
    SAME_ACT,
    SAME_THING,
    SOON,
    Key,
    Outcome,
    Told,
    day_fits,
    keys_of_done,
    keys_of_plan,
    parties_of,
    places_fit,
    plan_cues,
    same_round,
    sentence_at,
)
from detente.compare.same import formats_fit, jaccard
from detente.record import Date, Plan, Span, make_id

if TYPE_CHECKING:
    from detente.compare.comparison import Comparison


def find_plans(comparison: Comparison) -> Iterator[Plan]:
    """Every plan of the pile with what became of it, by the day it was told."""
    finder = _Finder(comparison)
    planned, done = finder.gather()
    for group in _one_telling(planned):
        plan = finder.plan(group, done)
        if plan is not None:
            yield plan


def _one_telling(planned: list[Told]) -> list[list[Told]]:
    """Planned records of the same words together: a meeting to come is also an event."""
    groups: list[list[Told]] = []
    by_article: dict[str, list[list[Told]]] = defaultdict(list)
    for told in planned:
        near = [g for a in sorted(told.articles) for g in by_article[a]]
        group = next((g for g in near if _same_words(g, told)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(told)
        for article in told.articles:
            by_article[article].append(group)
    return groups


def _same_words(group: list[Told], told: Told) -> bool:
    spans = [span for member in group for span in member.record.evidence if member.layer != told.layer]
    return bool(spans) and all(any(s.shares_most(o) for o in spans) for s in told.record.evidence)


class _Finder:
    """The pile's plans and what may have become of them."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.pile: Pile = comparison.pile
        self.actors: ActorMap = comparison.actor_map
        self.published: dict[str, int] = {}
        self.end = NO_DAY

    def gather(self) -> tuple[list[Told], dict[str, list[Told]]]:
        """The planned records; and by the id of each, what was done or called off that may be of it.

        Two passes over the layers: only what shares kind, party and day with a plan is held.
        """
        if not self._any_planned():
            return [], {}
        for article in self.pile.articles():
            self.published[article.id] = days_of(article.published)[0]
        self.end = max(self.published.values(), default=NO_DAY)
        planned = [self._told(*found) for found in self._records() if _is_plan(*found)]
        wanted: dict[Key, list[str]] = defaultdict(list)
        for plan in planned:
            for key in keys_of_plan(plan):
                wanted[key].append(plan.record.id)
        done: dict[str, dict[str, Told]] = defaultdict(dict)
        for layer, record in self._records():
            if record.status in DONE:
                told = self._told(layer, record)
                for plan_id in (p for key in keys_of_done(told) for p in wanted.get(key, ())):
                    done[plan_id][record.id] = told
        return planned, {plan_id: list(found.values()) for plan_id, found in done.items()}

    def _any_planned(self) -> bool:
        return any(
            light.status == "planned" for layer in LAYERS for light in self.comparison.merged(layer).lights
        )

    def _records(self) -> Iterator[tuple[str, Any]]:
        for layer in LAYERS:
            for record in self.comparison.layer(layer):
                yield layer, record

    def _told(self, layer: str, record: Any) -> Told:
        parties, others = parties_of(record)
        first, last = days_of(record.date)
        days = sorted(self.published[s.article] for s in record.evidence)
        known = [day for day in days if day != NO_DAY]
        return Told(
            layer, record, frozenset(parties), frozenset(others), first, last, borrowed_day(record.date),
            known[0] if known else NO_DAY, known[-1] if known else NO_DAY,
            frozenset(s.article for s in record.evidence),
        )  # fmt: skip

    def plan(self, group: list[Told], done: dict[str, list[Told]]) -> Plan | None:
        """What became of what some planned records tell; None where no party is named."""
        named = [told for told in group if told.parties]
        if not named:
            return None
        found = [
            o for told in named for other in done.get(told.record.id, ()) for o in self._became(told, other)
        ]
        best = min(found, key=_best, default=None)
        if best is None and not any(told.layer != "events" or self._is_ahead(told) for told in named):
            return None  # "to protest against it": a purpose as often as a plan
        return self._make(group, best)

    def _became(self, plan: Told, done: Told) -> Iterator[Outcome]:
        if done.last_told < plan.first_told or done.last_told == NO_DAY:
            return
        if done.record.status == "cancelled":
            if self._called_off(plan, done):
                yield self._change(done)
            return
        if done.articles <= plan.articles or (done.last != NO_DAY and done.last < plan.first_told):
            return
        day = day_fits(plan, done)
        why = self._fits(plan, done, day) if day else ""
        if why:
            yield Outcome("happened", done, 0.9 if plan.dated else 0.6, f"{why}, {day}", done.record.date)

    def _fits(self, plan: Told, done: Told, day: str) -> str:
        """Why what was done is what was planned; empty where it is not."""
        if not places_fit(plan.record, done.record):
            return ""
        if plan.layer == "meetings" and done.layer == "meetings":
            return self._meeting_fits(plan, done, day)
        if plan.layer == "meetings" and done.layer == "events":
            return self._body_acted(plan, done, day)
        if plan.layer != done.layer or plan.layer == "meetings":
            return ""
        return self._act_fits(plan, done)

    def _meeting_fits(self, plan: Told, done: Told, day: str) -> str:
        if not formats_fit(plan.record.format, done.record.format):
            return ""
        exact = bool(plan.record.place and done.record.place)
        if not plan.dated and done.first == plan.first_told and not exact:
            return ""  # of that day too, and perhaps what went before
        shared, mine = plan.parties & done.parties, self._told_by_name(plan.parties)
        if len(plan.parties) > 1:
            if len(shared) > 1 and same_round(mine, done.parties, exact):
                return "the same parties"
            same = exact and plan.dated and len(self._countries(mine)) > 1
            return (
                "the same countries"
                if same and self._countries(mine) == self._countries(done.parties)
                else ""
            )
        if not shared or not plan.dated:
            return ""
        there = plan.record.place and (done.record.place or self._datelined(done, plan.record.place))
        if plan.record.format == "visit":
            return f"the same visitor in {plan.record.place}" if there else ""
        return "the same party" if plan.parties == done.parties and done.dated else ""

    def _told_by_name(self, parties: frozenset[str]) -> frozenset[str]:
        """Without groups ("Western ministers") where two others are left."""
        named = frozenset(p for p in parties if self.actors.types.get(p) not in ("group", "unnamed"))
        return named if len(named) > 1 else parties

    def _countries(self, parties: Iterable[str]) -> frozenset[str]:
        return frozenset(self.actors.country.get(p) or p for p in parties)

    def _datelined(self, told: Told, place: str) -> bool:
        """True when a report of it was written there."""
        lines = (self.pile.article(a).dateline or "" for a in sorted(told.articles))
        return any(place.casefold() in line.casefold() for line in lines)

    def _body_acted(self, plan: Told, done: Told, day: str) -> str:
        """ "X is to meet on Tuesday to vote on …": on that day X voted."""
        one = len(plan.parties) == 1 and plan.parties == done.parties and plan.dated and done.dated
        body = one and self.actors.types.get(min(plan.parties)) in ("organisation", "group")
        if not body or done.record.status != "happened" or not done.record.lemma:
            return ""
        sentence = content_words(*sentence_at(self.pile, plan.record.evidence[0]))
        return "the same body did what it was to meet for" if self._begins(sentence, done) else ""

    def _begins(self, words: frozenset[str], done: Told) -> bool:
        verb = done.record.lemma[:6]
        return len(verb) > 3 and any(word.startswith(verb) for word in words)

    def _act_fits(self, plan: Told, done: Told) -> str:
        if plan.layer == "measures" and plan.record.kind != done.record.kind:
            return ""
        events = plan.layer == "events"
        if events and (plan.record.type, plan.record.lemma) != (done.record.type, done.record.lemma):
            return ""
        shared = [p for p in sorted(plan.parties & done.parties) if self._is_someone(p)]
        if not shared or (plan.others and done.others and not plan.others & done.others):
            return ""
        if events and plan.others & done.others:
            return "the same act by the same parties"
        names = {word[:6] for p in shared for word in self.actors.names[p].casefold().split()}
        words = jaccard(self._words(plan) - names, self._words(done) - names)
        return "the same act by the same party" if words >= (SAME_ACT if events else SAME_THING) else ""

    def _is_ahead(self, told: Told) -> bool:
        """True for what somebody is to do on a day that was not over when it was told."""
        return told.dated and told.last >= told.first_told and any(map(self._is_someone, told.parties))

    def _is_someone(self, party: str) -> bool:
        """False for "protesters" and "people", who are others each time."""
        return self.actors.types.get(party) not in ("group", "unnamed") or bool(
            self.actors.country.get(party)
        )

    def _words(self, told: Told) -> frozenset[str]:
        span = told.record.evidence[0]
        return content_words(self.pile.article(span.article), (span,))

    def _called_off(self, plan: Told, done: Told) -> bool:
        """True when a cancellation is that of the plan: its parties, no other place, no other day."""
        if plan.layer != "meetings" or not formats_fit(plan.record.format, done.record.format):
            return False
        if not places_fit(plan.record, done.record):
            return False
        placed = bool(plan.record.place and done.record.place)
        both = len(plan.parties & done.parties) > 1 and same_round(plan.parties, done.parties, placed)
        own = bool(done.parties) and done.parties <= plan.parties and (placed or len(plan.parties) == 1)
        if not (both or own) or not any(map(self._is_someone, plan.parties & done.parties)):
            return False
        if not self._moved(done) and not self._says("off", done):
            return False
        if done.dated and plan.dated and not self._moved(done):  # its own day, or that of the calling off
            return plan.first_told - LATE <= done.last and done.first <= plan.last
        last = plan.last if plan.dated else plan.first_told + SOON
        return done.first_told <= last + LATE

    def _moved(self, done: Told) -> bool:
        return self._says("moved", done) or self._new_day(done) is not None

    def _says(self, cues: str, done: Told) -> bool:
        return any(plan_cues(cues).search(self._quote(span)) for span in done.record.evidence)

    def _quote(self, span: Span) -> str:
        return self.pile.article(span.article).words(span).casefold()

    def _change(self, done: Told) -> Outcome:
        day = day_text(done.first_told) if done.first_told != NO_DAY else "an undated day"
        if not self._moved(done):
            return Outcome("cancelled", done, 0.8, f"called off, as told on {day}", None)
        then = self._new_day(done)
        if then is None:
            return Outcome("moved", done, 0.8, f"put off, as told on {day}, and no new day is told", None)
        to = then.from_[:10] if then.from_ == then.to else f"{then.from_[:10]} to {then.to[:10]}"
        return Outcome("moved", done, 0.8, f"moved to {to}, as told on {day}", then)

    def _new_day(self, done: Told) -> Date | None:
        """The day that stands behind "until"."""
        span = done.record.date.span
        if not done.dated or span is None:
            return None
        before = self.pile.article(span.article).text[max(0, span.start - 12) : span.start].casefold()
        return done.record.date if plan_cues("until").search(before) else None

    def _make(self, group: list[Told], best: Outcome | None) -> Plan:
        about = tuple(t.record.id for t in group)
        dates = [t.record.date for t in group if t.dated]
        date = dates[0] if dates else group[0].record.date
        evidence = tuple(dict.fromkeys(s for t in group for s in t.record.evidence))
        outcome = tuple(best.told.record.evidence) if best else ()
        told = count_reports((s.article for s in outcome or evidence), self.comparison.counter)
        return Plan(
            id=make_id("pl", *about),
            about=about,
            became=best.became if best else "unreported",
            by=(best.told.record.id,) if best else (),
            date=date,
            then=best.then if best else None,
            evidence=evidence,
            outcome=outcome,
            why=best.why if best else self._unreported(date),
            count=told,
            confidence=best.confidence if best else 0.5,
        )

    def _unreported(self, date: Date) -> str:
        """Why nothing is told; a day after the last report could not be told yet."""
        told = "no report of it taking place in this pile"
        first = days_of(date)[0]
        if self.end == NO_DAY or first == NO_DAY or first < self.end:
            return told
        return f"{told}, whose last report is of {dt.date.fromordinal(self.end).isoformat()}"


def _is_plan(layer: str, record: Any) -> bool:
    """True for what is to be done; words to come (a demand, praise) are no plan."""
    return record.status == "planned" and (layer != "events" or record.type in DEEDS)


def _best(outcome: Outcome) -> tuple[int, int, int]:
    """Took place before moved before called off; then by layer, then the first day."""
    rank = ("happened", "moved", "cancelled").index(outcome.became)
    layer = LAYERS.index(outcome.told.layer)
    return rank, layer, outcome.told.first
