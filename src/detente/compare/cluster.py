"""Grouping records of many articles that report one thing, without comparing all with all.

Records come in the order of their day, then of their telling (``order``), whatever the order of reading. Each
is compared only with the groups that share one of its keys (an actor, a place, a word) in a neighbouring day,
the latest ``MOST_TRIED`` of them; of a day's records the best pair is joined first. A group that no later day
can meet is given back, so memory is that of some days' records, and of all that have no day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

import numpy as np
import numpy.typing as npt

from detente.compare.joining import LOOKED_AT, MOST_TRIED, Fit, join_best
from detente.record import Date

NO_DAY = -1


@dataclass(slots=True)
class Light:
    """What is kept of a record to group it: days, keys to look it up by, and what the rule needs.

    ``described``: of the actors, those told by a description with its words, and persons with none.
    ``told``: the day of the report it stands in; ``story``: the story that it tells, "" where nobody asked.
    ``start``: where its words begin. ``code``: how a code book narrows the kind, "" where none does.
    ``until``: the day by which it was done, of what names no day of its own but was told as done before.
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
    start: int = 0
    until: int = NO_DAY


def days_of(date: Date) -> tuple[int, int]:
    """A date's first and last day as numbers; ``NO_DAY`` twice when it is unknown."""
    first, last = date.first_day, date.last_day
    return (first.toordinal(), last.toordinal()) if first and last else (NO_DAY, NO_DAY)


def day_text(day: int) -> str:
    """A day number as ISO text."""
    return dt.date.fromordinal(day).isoformat()


BATCH = 256
"""Records of one day that are joined best first; where a day has more they come in the order of telling."""


@dataclass(slots=True)
class Cluster:
    """Records held to be one: their places in the order of days, and the first few of them.

    ``until``: the last day under which it is entered; ``judged``: ids of members that are kept apart from
    some other record.
    """

    places: list[int] = field(default_factory=list)
    members: list[Light] = field(default_factory=list)
    until: int = NO_DAY
    judged: list[str] = field(default_factory=list)


Held = dict[int, dict[str, list[int]]]


def group_lights(
    lights: Iterable[Light],
    fit: Fit,
    *,
    slack: int = 1,
    apart: frozenset[frozenset[str]] = frozenset(),
) -> Iterator[list[int]]:
    """Group records; ``fit`` says how well two go together (0: not at all).

    The records of a day are joined best first, with each other and with the groups that are there, by the
    *worst* fit of any two members, so that groups do not drift (:func:`detente.compare.joining.join_best`).
    Only the groups that a later day can still meet are held; what is given back are the groups' places in
    the order given.

    Args:
        lights: in the order of :func:`order_of`.
        fit: how well two records go together.
        slack: days beside a record's own in which its like are looked for.
        apart: pairs of ids that people keep apart.
    """
    judged = frozenset(one for pair in apart for one in pair)
    alive: dict[int, Cluster] = {}
    held: Held = {}
    place, following = 0, 0
    for batch in _batches(lights):
        yield from _passed(alive, held, batch[0].first - slack)
        near = [_near(light, held, slack) for light in batch]
        known = {n: (alive[n].members, alive[n].judged) for n in sorted(set().union(*near))}
        for number, numbers in join_best(batch, known, near, fit, judged=judged, apart=apart):
            if number is None:
                number, following = following, following + 1
                alive[number] = Cluster()
            for n in numbers:
                _enter(batch[n], place + n, number, alive[number], held, judged)
        place += len(batch)
    yield from (cluster.places for cluster in alive.values())


def _batches(lights: Iterable[Light]) -> Iterator[list[Light]]:
    """The records of one first day, at most ``BATCH`` at once."""
    for _, day in groupby(lights, key=lambda light: light.first):
        while batch := list(islice(day, BATCH)):
            yield batch


def order_of(
    first: Sequence[int], last: Sequence[int], places: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The order in which records are grouped: by first and last day, then by their places in the telling."""
    return np.lexsort((places, np.array(last, np.int64), np.array(first, np.int64)))


def _passed(alive: dict[int, Cluster], held: Held, day: int) -> Iterator[list[int]]:
    """Let go of the days before ``day`` and of the groups that stand under no later one."""
    for old in [one for one in held if one < day]:
        del held[old]
    for number in [n for n, cluster in alive.items() if cluster.until < day]:
        yield alive.pop(number).places


def _enter(
    light: Light, place: int, number: int, cluster: Cluster, held: Held, judged: frozenset[str]
) -> None:
    cluster.places.append(place)
    if len(cluster.members) < LOOKED_AT:
        cluster.members.append(light)
    if light.id in judged:
        cluster.judged.append(light.id)
    days = _buckets(light)
    cluster.until = max(cluster.until, days[-1])
    for day in days:
        keys = held.setdefault(day, {})
        for key in light.keys:
            numbers = keys.setdefault(key, [])
            if not numbers or numbers[-1] != number:
                numbers.append(number)


def _buckets(light: Light) -> range | tuple[int, ...]:
    """The days a record is entered under; a long range under its ends and middle only."""
    if light.first == NO_DAY:
        return (NO_DAY,)
    if light.last - light.first <= 7:
        return range(light.first, light.last + 1)
    return (light.first, (light.first + light.last) // 2, light.last)


def _near(light: Light, held: Held, slack: int) -> set[int]:
    """The groups that share a key with a record in a neighbouring day."""
    days = _buckets(light)
    around = sorted({d + s for d in days for s in range(-slack, slack + 1)} if days != (NO_DAY,) else days)
    near = [held[day] for day in around if day in held]
    return {n for key in light.keys for keys in near for n in keys.get(key, ())[-MOST_TRIED:]}
