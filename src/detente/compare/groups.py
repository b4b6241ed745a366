"""Things that belong together: a union of groups that stays small and deterministic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations, pairwise
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Disjoint groups; items never joined are groups of their own."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, item: T) -> T:
        """The item that stands for the group."""
        parent = self._parent
        root = item
        while (above := parent.get(root, root)) != root:
            root = above
        while (above := parent.get(item, item)) != root:
            parent[item] = root
            item = above
        return root

    def join(self, a: T, b: T) -> T:
        """Put two items' groups together; the lesser of the two stands for both."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return first
        if second < first:  # type: ignore[operator]
            first, second = second, first
        self._parent[second] = first
        return first

    def members(self, items: Iterable[T]) -> dict[T, list[T]]:
        """The groups among ``items``, by the item that stands for each, in the order of ``items``."""
        found: dict[T, list[T]] = defaultdict(list)
        for item in items:
            found[self.find(item)].append(item)
        return dict(found)


def group_by_pairs(
    sets: Sequence[frozenset[str]], days: Sequence[int | None] | None = None, *, near: int = 0
) -> list[list[int]]:
    """Numbers of sets that share two members, each group in order; a third set may be the bridge.

    Every pair of members leads to the sets that hold it, so that nothing is compared all with all.

    Args:
        sets: words, say.
        days: a day for each set (None: unknown); sets that share a pair must then lie ``near`` each other.
        near: days between two sets at the most; an unknown day is near every other.
    """
    groups: Groups[int] = Groups()
    holding: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, members in enumerate(sets):
        for pair in combinations(sorted(members), 2):
            holding[pair].append(number)
    for numbers in holding.values():
        if days is not None and all(days[n] is not None for n in numbers):
            numbers.sort(key=lambda n: days[n] or 0)
            steps = [(a, b) for a, b in pairwise(numbers) if (days[b] or 0) - (days[a] or 0) <= near]
        else:
            steps = [(numbers[0], other) for other in numbers[1:]]
        for one, other in steps:
            groups.join(one, other)
    return list(groups.members(range(len(sets))).values())
