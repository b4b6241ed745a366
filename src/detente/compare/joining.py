"""Records joined best first: the strongest pair before the next, whatever the order in which they come."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.compare.cluster import Light

Fit = Callable[["Light", "Light"], float]
LOOKED_AT = 8
"""Members of a group that a record is set against."""
MOST_TRIED = 64
"""Records or groups of one key that are tried, the latest."""


def join_best(
    lights: Sequence[Light],
    known: Mapping[int, tuple[Sequence[Light], Sequence[str]]],
    near: Sequence[set[int]],
    fit: Fit,
    *,
    judged: frozenset[str] = frozenset(),
    apart: frozenset[frozenset[str]] = frozenset(),
) -> list[tuple[int | None, list[int]]]:
    """Join records of one day with each other and with the groups that are there already.

    Two groups are as near as their worst two members. Those that are there are not joined with each other.

    Args:
        lights: the records, in the order of telling, which decides between pairs that fit as well.
        known: the groups that are there: members, and the ids among them that somebody judged.
        near: for each record the groups it may join.
        fit: how well two records go together; 0: not at all.
        judged: ids that stand in ``apart``.
        apart: pairs of ids that people keep apart.

    Returns:
        Each group with the records in it, by place: its number, or None for a new one.
    """
    joining = _Joining(fit, apart)
    nodes = {number: joining.add(members, ids, old=number) for number, (members, ids) in known.items()}
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, (light, numbers) in enumerate(zip(lights, near, strict=True)):
        others = {nodes[number] for number in numbers}
        others.update(other for key in light.keys for other in sharing[key][-MOST_TRIED:])
        node = joining.add([light], [light.id] if light.id in judged else [], places=[place])
        for other in sorted(others):
            joining.set_against(other, node)
        for key in light.keys:
            sharing[key].append(node)
    return joining.run()


class _Joining:
    """Groups by number, and how well any two of them fit."""

    def __init__(self, fit: Fit, apart: frozenset[frozenset[str]]) -> None:
        self._fit, self._apart = fit, apart
        self._members: dict[int, list[Light]] = {}
        self._judged: dict[int, list[str]] = {}
        self._old: dict[int, int] = {}
        self._places: dict[int, list[int]] = {}
        self._near: dict[int, set[int]] = {}
        self._fits: dict[tuple[str, str], float] = {}
        self._heap: list[tuple[float, int, int]] = []
        self._following = 0

    def add(
        self,
        members: Sequence[Light],
        judged: Sequence[str],
        *,
        old: int | None = None,
        places: Sequence[int] = (),
    ) -> int:
        """Enter a group; its number here."""
        node = self._following
        self._following += 1
        self._members[node], self._judged[node] = list(members), list(judged)
        self._places[node], self._near[node] = list(places), set()
        if old is not None:
            self._old[node] = old
        return node

    def set_against(self, one: int, other: int) -> None:
        """Note how well two groups fit."""
        worst = self._worst(one, other)
        if worst > 0:
            self._near[one].add(other)
            self._near[other].add(one)
            heapq.heappush(self._heap, (-worst, one, other))

    def run(self) -> list[tuple[int | None, list[int]]]:
        """Join while anything fits; the groups that hold records, in the order of their first."""
        while self._heap:
            _, one, other = heapq.heappop(self._heap)
            if one in self._members and other in self._members:
                self._join(one, other)
        found = [(self._old.get(node), sorted(places)) for node, places in self._places.items() if places]
        return sorted(found, key=lambda group: group[1])

    def _join(self, one: int, other: int) -> None:
        near = (self._near.pop(one) | self._near.pop(other)) - {one, other}
        members = (self._members.pop(one) + self._members.pop(other))[:LOOKED_AT]
        old = self._old.pop(one, None)
        old = self._old.pop(other, None) if old is None else old
        places = self._places.pop(one) + self._places.pop(other)
        new = self.add(members, self._judged.pop(one) + self._judged.pop(other), old=old, places=places)
        for third in sorted(near):
            self._near[third] -= {one, other}
            if old is None or third not in self._old:
                self.set_against(third, new)

    def _worst(self, one: int, other: int) -> float:
        """The worst fit of two groups' members; 0 where somebody keeps two of them apart."""
        if self._apart and any(
            frozenset((a, b)) in self._apart for a in self._judged[one] for b in self._judged[other]
        ):
            return 0.0
        worst = float("inf")
        for a in self._members[one]:
            for b in self._members[other]:
                worst = min(worst, self._of(a, b))
                if not worst:
                    return 0.0
        return worst

    def _of(self, a: Light, b: Light) -> float:
        found = self._fits.get((a.id, b.id))
        if found is None:
            found = self._fit(a, b)
            if found:  # what does not fit is hardly asked again
                self._fits[a.id, b.id] = self._fits[b.id, a.id] = found
        return found
