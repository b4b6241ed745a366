"""Which records of a layer are one: each record's group, by number, with the lights put aside on disk."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from detente.compare.cluster import Light
from detente.compare.ids import Ids
from detente.compare.shelf import Shelf

Numbers = npt.NDArray[np.int64]
NONE = -1


class Merged:
    """The groups of one layer. A group is known by its least member: by that one's number, and by its id.

    Memory: some 60 bytes a record.
    """

    def __init__(self) -> None:
        self.ids = Ids()
        self.places = np.empty(0, np.int64)
        self.lights: Shelf[Light] = Shelf(Light)
        self._least = np.empty(0, np.int64)
        self._size = np.empty(0, np.int64)
        self._members = np.empty(0, np.int64)
        self._start = np.empty(0, np.int64)

    def put(self, light: Light) -> None:
        """Enter a record, before any is grouped."""
        self.ids.add(light.id)
        self.lights.put(light)

    def told(self, articles: Sequence[int]) -> None:
        """Give the place in the order of telling of each record's article; within it records keep theirs."""
        order = np.argsort(np.array(articles, np.int64), kind="stable")
        self.places = np.empty(len(order), np.int64)
        self.places[order] = np.arange(len(order))

    def place_of(self, record_id: str) -> int:
        """The place of a record in the order of telling; that of the ids' order where none was given."""
        number = self.ids.find(record_id)
        return NONE if number is None else int(self._order()[number])

    def first_told(self, group_id: str) -> int:
        """The place of the member of a merged record that was told first."""
        number = self.ids.find(group_id)
        return NONE if number is None else int(self._order()[self._members[self._start[number]]])

    def _order(self) -> Numbers:
        return self.places if len(self.places) == len(self.ids) else self.ids.ranks()

    def group(self, groups: Iterable[Sequence[int]]) -> None:
        """Say which records are one, by number; every one stands in one group, or in none any more."""
        count = len(self.ids)
        members, lengths = array("q"), array("q")
        places = self._order()
        for group in groups:
            members.extend(sorted(group, key=places.__getitem__))
            lengths.append(len(group))
        self._members, sizes = np.array(members, np.int64), np.array(lengths, np.int64)
        self._least, self._size = np.full(count, NONE), np.zeros(count, np.int64)
        self._start = np.zeros(count, np.int64)
        if not len(sizes):
            return
        starts = np.cumsum(sizes) - sizes
        ranks = self.ids.ranks()
        order = np.argsort(ranks)
        least = order[np.minimum.reduceat(ranks[self._members], starts)]
        self._least[self._members] = np.repeat(least, sizes)
        self._size[least], self._start[least] = sizes, starts

    def group_of(self, record_id: str) -> tuple[int | None, int]:
        """The number of a record's group (None: it has none) and how many records are in it."""
        number = self.ids.find(record_id)
        group = NONE if number is None else int(self._least[number])
        return (None, 0) if group == NONE else (group, int(self._size[group]))

    def id_of(self, record_id: str) -> str | None:
        """The id of the merged record that a record is in."""
        group, _ = self.group_of(record_id)
        return None if group is None else self.ids[group]

    def lights_of(self, group_id: str) -> Iterator[Light]:
        """The lights of a merged record's members, the first told first."""
        number = self.ids.find(group_id)
        return iter(()) if number is None else (self.lights[n] for n in self._numbers_of(number).tolist())

    def joined(self) -> Iterator[list[str]]:
        """The ids of the members of every group of several."""
        for group in np.flatnonzero(self._size > 1).tolist():
            yield [self.ids[n] for n in self._numbers_of(group).tolist()]

    def _numbers_of(self, group: int) -> Numbers:
        start = int(self._start[group])
        return self._members[start : start + int(self._size[group])]

    def join(self, same: Iterable[tuple[str, str]]) -> None:
        """Put records together that people judged to be one."""
        changed: dict[int, list[int]] = {}
        where: dict[int, int] = {}

        def find(record_id: str) -> int | None:
            number = self.ids.find(record_id)
            return None if number is None else where.get(number, int(self._least[number]))

        for one, other in same:
            first, second = find(one), find(other)
            if first is None or second is None or first == second:
                continue
            moved = changed.get(second, self._numbers_of(second).tolist())
            changed[first] = changed.get(first, self._numbers_of(first).tolist()) + moved
            changed[second] = []
            where.update(dict.fromkeys(moved, first))
        self._change(changed)

    def remove(self, removed: frozenset[str]) -> None:
        """Take out what people judged wrong: a merged record (it bears its least member's id) whole."""
        numbers = {n for one in sorted(removed) if (n := self.ids.find(one)) is not None}
        changed: dict[int, list[int]] = {}
        for number in sorted(numbers):
            group = int(self._least[number])
            members = changed.get(group, self._numbers_of(group).tolist())
            changed[group] = [] if group in numbers else [m for m in members if m != number]
        self._change(changed)

    def _change(self, changed: dict[int, list[int]]) -> None:
        if not changed:
            return
        groups = [
            changed[group] if group in changed else self._numbers_of(group).tolist()
            for group in np.flatnonzero(self._size).tolist()
        ]
        self.group([g for g in groups if g])
