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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.compare.act_evidence import Scene, Weights, exclude, load_weights
from detente.compare.actors import ActorMap
from detente.compare.cluster import Cluster, Light
from detente.compare.same import event_fit

MOST_TRIED = 64
"""Groups of one key that are tried: an act told more often in one story is told again and again."""
MOST_MEMBERS = 6
"""Members of a group that are compared with another's."""
APART = float("-inf")
UNLIKE = -3.0
"""Log-odds of a pair that nothing excludes and that is no evidence of one act."""


def join_acts(
    clusters: Sequence[Cluster],
    actors: ActorMap,
    *,
    apart: frozenset[frozenset[str]] = frozenset(),
    weights: Weights | None = None,
) -> list[Cluster]:
    """The clusters, those of one story that are one act joined; the order of the first members is kept."""
    stories: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        story = cluster.members[0].story
        if story:
            stories[story].append(number)
    into = list(range(len(clusters)))
    for numbers in stories.values():
        if len(numbers) > 1:
            members = {n: clusters[n].members for n in numbers}
            for first, *others in _Joining(members, actors, apart, weights or load_weights()).run():
                for other in others:
                    into[other] = first
    joined: dict[int, Cluster] = {}
    for number, cluster in enumerate(clusters):
        joined.setdefault(into[number], Cluster()).members.extend(cluster.members)
    return list(joined.values())


@dataclass
class _Joining:
    """The groups of one story and what is known of their pairs."""

    groups: dict[int, list[Light]]
    actors: ActorMap
    apart: frozenset[frozenset[str]]
    weights: Weights
    near: dict[int, dict[int, float]] = field(default_factory=dict)
    _odds: dict[tuple[str, str], float] = field(default_factory=dict)

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
        self.groups[new] = self.groups.pop(one) + self.groups.pop(other)
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
            keys = {key: None for light in members for key in self.scene.keys(light)}
            for key in keys:
                pairs.update(dict.fromkeys((other, number) for other in by_key[key][-MOST_TRIED:]))
                by_key[key].append(number)
        return pairs

    def _score(self, one: int, other: int) -> float:
        """The average log-odds of the two groups' members; ``APART`` where two of them exclude one act."""
        total, count = 0.0, 0
        for a in self.groups[one][:MOST_MEMBERS]:
            for b in self.groups[other][:MOST_MEMBERS]:
                odds = self._pair(a, b)
                if odds == APART:
                    return APART
                total, count = total + odds, count + 1
        if self.apart and any(
            frozenset((a.id, b.id)) in self.apart for a in self.groups[one] for b in self.groups[other]
        ):
            return APART
        return total / count

    def _pair(self, a: Light, b: Light) -> float:
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if key not in self._odds:
            self._odds[key] = self._odds_of(a, b)
        return self._odds[key]

    def _odds_of(self, a: Light, b: Light) -> float:
        if exclude(a, b, self.actors):
            return APART
        if not self.scene.allows(a, b) and not event_fit(a, b):
            return UNLIKE
        return self.scene.odds(a, b, self.weights)

    def _rival(self, one: int, other: int, score: float) -> bool:
        """True when one of the two goes about as well with a third that excludes its partner."""
        for mine, partner in ((one, other), (other, one)):
            for third, value in self.near[mine].items():
                near = third != partner and value > max(0.0, score - self.weights.margin)
                if near and self.near[third].get(partner) == APART:
                    return True
        return False
