"""Groups of events that are one act: within one story, by evidence that was weighed on gold.

``same.event_fit`` joins what fits beyond doubt. What it leaves apart (another verb, a party read at another
depth or badly) is joined here when both stand in one story, best first, by the average of their members'
log-odds. Nothing is joined over what excludes one act: another day, place, status, or parties that are named
on both sides and are not one.

An act that comes back shows itself by groups that exclude each other (two days, two counterparts). A group
that would go with either about as well, say an undated "Adams met Sokolov", is left alone.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.compare.act_evidence import Scene, keys_of, load_scorer
from detente.compare.actor_map import ActorMap
from detente.compare.cluster import Light
from detente.compare.parties import conflicts
from detente.compare.same import event_fit
from detente.compare.shelf import Sorter
from detente.compare.stories.scorer import Scorer

MOST_TRIED = 12
"""Groups of one key that are tried: an act told more often in one story is told again and again."""
MOST_MEMBERS = 6
"""Members of a group that are compared with another's."""
LEAST = 0.0
"""Log-odds from which two events are one act."""
MARGIN = 0.25
"""By how much a group's rival, which its partner excludes, must be weaker than the partner."""
APART = float("-inf")
ASPECTS = 5
TOLERATED = 0.25
"""Share of the pairs of two groups that may conflict in one aspect: readers misread a party or a day."""
UNLIKE = -1.0
"""Log-odds of a pair that conflicts, of two tellings in one report, strangers, or other words."""


def join_acts(
    groups: Iterable[list[int]],
    lights: Callable[[int], Light],
    story_at: Callable[[int], int],
    actors: ActorMap,
    *,
    apart: frozenset[frozenset[str]] = frozenset(),
    scorer: Scorer | None = None,
) -> Iterator[list[int]]:
    """The groups, those of one story that are one act joined; one story's lights are in memory at a time.

    Args:
        groups: places of lights, as :func:`detente.compare.cluster.group_lights` gives them.
        lights: the light at a place.
        story_at: the number of the story that is told at a place; a group's is that of its first.
        actors: what the parties are.
        apart: pairs of ids that people keep apart.
        scorer: trees other than ours.
    """
    by_story: Sorter[int, list[int]] = Sorter(list[int])
    for group in groups:
        by_story.add(story_at(group[0]), group)
    for _, told in by_story.groups():
        if len(told) == 1:
            yield told[0]
            continue
        members = {n: sorted(map(lights, group), key=_most_telling) for n, group in enumerate(told)}
        joined = _Joining(members, actors, apart, scorer or load_scorer()).run()
        rest = set(range(len(told))).difference(*joined)
        yield from (sorted(place for n in numbers for place in told[n]) for numbers in joined)
        yield from (told[n] for n in sorted(rest))


def _most_telling(light: Light) -> tuple[bool, int]:
    """What names a day of its own and most parties comes first, of several what was told first."""
    return not light.stated, -len(light.actors[0]) - len(light.actors[1])


@dataclass
class _Joining:
    """The groups of one story and what is known of their pairs."""

    groups: dict[int, list[Light]]
    actors: ActorMap
    apart: frozenset[frozenset[str]]
    scorer: Scorer
    near: dict[int, dict[int, float]] = field(default_factory=dict)
    _odds: dict[tuple[str, str], tuple[float, tuple[bool | None, ...]]] = field(default_factory=dict)

    def run(self) -> list[list[int]]:
        """The numbers of the groups that are one, each list in order."""
        self.scene = Scene([m for members in self.groups.values() for m in members], self.actors)
        parts = {number: [number] for number in self.groups}
        self.near = {number: {} for number in self.groups}
        for one, other in self._candidates():
            self.near[one][other] = self.near[other][one] = self._score(one, other)
        heap = [(-v, a, b) for a, near in self.near.items() for b, v in near.items() if a < b and v > 0]
        heapq.heapify(heap)
        following = max(self.groups) + 1
        while heap:
            value, one, other = heapq.heappop(heap)
            if one in self.groups and other in self.groups and not self._rival(one, other, -value):
                self._join(one, other, following)
                parts[following] = sorted(parts.pop(one) + parts.pop(other))
                for near, score in self.near[following].items():
                    if score > 0:
                        heapq.heappush(heap, (-score, near, following))
                following += 1
        return [numbers for numbers in parts.values() if len(numbers) > 1]

    def _join(self, one: int, other: int, new: int) -> None:
        self.groups[new] = sorted(self.groups.pop(one) + self.groups.pop(other), key=_most_telling)
        near = {*self.near.pop(one), *self.near.pop(other)} - {one, other}
        self.near[new] = {}
        for number in sorted(near):
            self.near[number].pop(one, None)
            self.near[number].pop(other, None)
            self.near[new][number] = self.near[number][new] = self._score(number, new)

    def _candidates(self) -> Iterable[tuple[int, int]]:
        """Pairs of groups that share a kind with a verb, a code or a party."""
        by_key: dict[str, list[int]] = defaultdict(list)
        pairs: dict[tuple[int, int], None] = {}
        for number, members in self.groups.items():
            keys = {key: None for light in members for key in keys_of(light)}
            for key in keys:
                pairs.update(dict.fromkeys((other, number) for other in by_key[key][-MOST_TRIED:]))
                by_key[key].append(number)
        return pairs

    def _score(self, one: int, other: int) -> float:
        """The average log-odds of the two groups' members; ``APART`` where they exclude one act."""
        total, count = 0.0, 0
        against, known = [0] * ASPECTS, [0] * ASPECTS
        for a in self.groups[one][:MOST_MEMBERS]:
            for b in self.groups[other][:MOST_MEMBERS]:
                pair = self._pair(a, b)
                if pair is None:
                    return APART
                odds, conflicting = pair
                total, count = total + odds, count + 1
                for n, conflict in enumerate(conflicting):
                    known[n] += conflict is not None
                    against[n] += conflict is True
        if any(bad > TOLERATED * of for bad, of in zip(against, known, strict=True)) or self._judged(
            one, other
        ):
            return APART
        return total / count

    def _judged(self, one: int, other: int) -> bool:
        return bool(self.apart) and any(
            frozenset((a.id, b.id)) in self.apart for a in self.groups[one] for b in self.groups[other]
        )

    def _pair(self, a: Light, b: Light) -> tuple[float, tuple[bool | None, ...]] | None:
        """Log-odds and conflicts of two events; None for two kinds."""
        if a.kind != b.kind:
            return None
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if key not in self._odds:
            conflicting = conflicts(a, b, self.actors)
            unlike = True in conflicting or self.scene.other_victims(a, b)
            unlike = unlike or a.article == b.article or self.scene.other_words(a, b)
            unlike = unlike and not event_fit(a, b)
            odds = UNLIKE if unlike else self._weigh(a, b)
            self._odds[key] = odds, conflicting
        return self._odds[key]

    def _weigh(self, a: Light, b: Light) -> float:
        return float(self.scorer.odds(np.array([self.scene.signs(a, b)], np.float64))[0]) - LEAST

    def _rival(self, one: int, other: int, score: float) -> bool:
        """True when one of the two goes about as well with a third that excludes its partner."""
        for mine, partner in ((one, other), (other, one)):
            for third, value in self.near[mine].items():
                near = third != partner and value > max(0.0, score - MARGIN)
                if near and self.near[third].get(partner) == APART:
                    return True
        return False
