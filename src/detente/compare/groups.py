"""Things that belong together: a union of groups that stays small and deterministic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
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
