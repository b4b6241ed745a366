"""Plans and what was done, as the matching needs them, and when days, places and parties go together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.compare.cluster import NO_DAY, day_text
from detente.compare.pile import Pile
from detente.compare.same import jaccard
from detente.compare.shared import sentence_ranges
from detente.compare.timeline import MATERIAL
from detente.record import Date, Event, Measure, Meeting, Span

Key = tuple[str, str, int]
LAYERS = ("meetings", "measures", "events")
DONE = frozenset(("held", "happened", "ongoing", "cancelled"))
SOON = 14
"""Days after it was told within which a plan without a day is expected to come true."""
STAY = 3
"""Days that a visitor may stay: seen there within them, the visit took place."""
LONGEST = 200
"""Days of a plan ("in spring") that are looked through."""
LATE = 1
"""Days by which the publication may follow what is told without a day."""
WIDE = 7
"""Days beyond which a range says nothing about a planned day."""
SAME_THING = 0.15
"""Share of words in common, but for names, from which two measures of one kind by one party are one thing."""
SAME_ACT = 0.3
"""The same of two events with one verb whose other parties are not both told."""
DEEDS = MATERIAL | {"CONSULT", "CONCEDE", "AGREE"}
"""PLOVER types of what is done; AGREE stands for a meeting to come."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record as the matching needs it; ``first_told`` and ``last_told`` are the days of its reports."""

    layer: str
    record: Any
    parties: frozenset[str]
    others: frozenset[str]
    first: int
    last: int
    borrowed: bool
    first_told: int
    last_told: int
    articles: frozenset[str]

    @property
    def dated(self) -> bool:
        """True when its words give it a day."""
        return self.first != NO_DAY and not self.borrowed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan: what tells it, how sure, why, and the day it has now."""

    became: str
    told: Told
    confidence: float
    why: str
    then: Date | None


def keys_of_plan(plan: Told) -> Iterator[Key]:
    """What a record must have in common with a plan to be looked at: kind, a party, a day."""
    days = (
        range(plan.first, plan.last + STAY + 1)
        if plan.dated
        else range(plan.first_told, plan.first_told + SOON + 1)
    )
    change = range(plan.first_told, days[-1] + LATE + 1) if plan.first_told != NO_DAY else days
    for party in sorted(plan.parties):
        for kind in _kinds(plan):
            yield from ((kind, party, day) for day in days[:LONGEST])
        if plan.layer == "meetings":
            yield from (("off", party, day) for day in change[:LONGEST])
            if len(plan.parties) == 1:
                yield from (("events", party, day) for day in days[:LONGEST])


def keys_of_done(done: Told) -> Iterator[Key]:
    """The same of what was done or called off (when that was told)."""
    off = done.record.status == "cancelled"
    if not off and (done.first == NO_DAY or done.last - done.first > WIDE):
        return
    days = (done.first_told,) if off else range(done.first, done.last + 1)
    kinds = ("off",) if off else (*_kinds(done), *(("events",) if done.layer == "events" else ()))
    yield from ((kind, party, day) for party in sorted(done.parties) for kind in kinds for day in days)


def _kinds(told: Told) -> tuple[str, ...]:
    if told.layer == "meetings":
        return ("call" if told.record.format == "call" else "meeting",)
    return (told.layer + (told.record.kind if told.layer == "measures" else told.record.type),)


def parties_of(record: Meeting | Measure | Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who does it, and to whom."""
    if isinstance(record, Meeting):
        return record.participants, ()
    if isinstance(record, Measure):
        return record.actors, record.targets
    return record.sources, record.recipients


def day_fits(plan: Told, done: Told) -> str:
    """How the days go together, in words; empty where they do not."""
    if done.first == NO_DAY or done.last - done.first > WIDE:
        return ""
    if not plan.dated:
        after = done.first - plan.first_told
        near = plan.first_told != NO_DAY and 0 <= after <= SOON
        days = "a day" if after == 1 else f"{after} days"
        return (f"{days} after it was announced" if after else "on the day it was announced") if near else ""
    if plan.first <= done.last and done.first <= plan.last:
        return "on the day planned" if plan.first == plan.last else "in the days planned"
    stay = STAY if getattr(plan.record, "format", "") == "visit" else LATE if done.borrowed else 0
    return f"told of {day_text(done.first)}" if 0 <= done.first - plan.last <= stay else ""


def places_fit(a: Any, b: Any) -> bool:
    """True where both places are told only if one holds the other."""
    one, other = (getattr(a, "place", None) or "").casefold(), (getattr(b, "place", None) or "").casefold()
    return not one or not other or one in other or other in one


def same_round(plan: frozenset[str], done: frozenset[str], exact: bool) -> bool:
    """The same round: one list holds the other; two among many others only at a told place."""
    if not (plan <= done or done <= plan):
        return exact and jaccard(plan, done) >= 0.5
    return exact or abs(len(plan) - len(done)) <= 1


def sentence_at(pile: Pile, span: Span) -> tuple[Any, tuple[Span, ...]]:
    """The article and the sentence in which some words stand."""
    article = pile.article(span.article)
    for start, end in article.body:
        if start <= span.start < end:
            for first, last in sentence_ranges(article.text, start, end):
                if first <= span.start < last:
                    return article, (Span(article.id, first, last),)
    return article, (span,)


@cache
def plan_cues(name: str) -> re.Pattern[str]:
    """Whole words of ``data/compare/plans.toml``; "until" at the end of what is searched."""
    text = files("detente").joinpath("data/compare/plans.toml").read_text(encoding="utf-8")
    words = "|".join(map(re.escape, tomllib.loads(text)[name]))
    return re.compile(rf"\b(?:{words})\s+(?:the\s+)?$" if name == "until" else rf"\b(?:{words})\b")
