"""Grouping records of many articles that report one thing, without comparing all with all.

Records come in the order of their day and id, whatever the order of reading. Each is compared only with
the groups that share one of its keys (an actor, a place, a word) in a neighbouring day, the latest
``MOST_TRIED`` of them, and joins the best that fits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from detente.record import Date

MOST_TRIED = 64
NO_DAY = -1


@dataclass(slots=True)
class Light:
    """What is kept of a record to group it: days, keys to look it up by, and what the rule needs.

    ``described``: of the actors, those told by a description with its words, and persons with none.
    ``told``: the day of the report it stands in; ``story``: the story that it tells, "" where nobody asked.
    ``code``: how a code book narrows the kind, "" where none does.
    """

    id: str
    article: str
    first: int
    last: int
    stated: bool
    keys: tuple[str, ...]
    kind: str
    status: str
    actors: tuple[frozenset[str], frozenset[str]]
    place: str | None
    words: frozenset[str]
    lemma: str = ""
    described: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: int = NO_DAY
    code: str = ""
    story: str = ""


def days_of(date: Date) -> tuple[int, int]:
    """A date's first and last day as numbers; ``NO_DAY`` twice when it is unknown."""
    first, last = date.first_day, date.last_day
    return (first.toordinal(), last.toordinal()) if first and last else (NO_DAY, NO_DAY)


def day_text(day: int) -> str:
    """A day number as ISO text."""
    return dt.date.fromordinal(day).isoformat()


@dataclass(slots=True)
class Cluster:
    """Records held to be one; the first member stands for it."""

    members: list[Light] = field(default_factory=list)


Fit = Callable[[Light, Light], float]


def group_lights(
    lights: Iterable[Light],
    fit: Fit,
    *,
    slack: int = 1,
    apart: frozenset[frozenset[str]] = frozenset(),
) -> list[Cluster]:
    """Group records; ``fit`` says how well two go together (0: not at all).

    A record joins the group whose *worst* member it fits best, so that groups do not drift.
    """
    clusters: list[Cluster] = []
    by_key: dict[tuple[str, int], list[int]] = defaultdict(list)
    for light in sorted(lights, key=lambda x: (x.first, x.last, x.id)):
        number = _best(light, clusters, by_key, fit, slack, apart)
        if number is None:
            number = len(clusters)
            clusters.append(Cluster())
        clusters[number].members.append(light)
        for key in light.keys:
            for day in _buckets(light):
                held = by_key[key, day]
                if not held or held[-1] != number:
                    held.append(number)
    return clusters


def _buckets(light: Light) -> range | tuple[int, ...]:
    """The days a record is entered under; a long range under its ends and middle only."""
    if light.first == NO_DAY:
        return (NO_DAY,)
    if light.last - light.first <= 7:
        return range(light.first, light.last + 1)
    return (light.first, (light.first + light.last) // 2, light.last)


def _best(
    light: Light,
    clusters: list[Cluster],
    by_key: dict[tuple[str, int], list[int]],
    fit: Fit,
    slack: int,
    apart: frozenset[frozenset[str]],
) -> int | None:
    tried: dict[int, None] = {}
    days = _buckets(light)
    around = sorted({d + s for d in days for s in range(-slack, slack + 1)} if days != (NO_DAY,) else days)
    for key in light.keys:
        for day in around:
            tried.update(dict.fromkeys(by_key.get((key, day), ())[-MOST_TRIED:]))
    best, best_fit = None, 0.0
    for number in sorted(tried):
        members = clusters[number].members
        worst = min(fit(light, other) for other in members[:8])
        if apart and any(frozenset((light.id, m.id)) in apart for m in members):
            continue
        if worst > best_fit:
            best, best_fit = number, worst
    return best
