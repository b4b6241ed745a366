"""One party's improvements, block by block: the costly part of SEQ.

All states that differ only in one party's options form a block; the party moves inside it. With the grid laid
out as (block, rest), "the lowest value among my improvements" is a running minimum down the block sorted by
the party's ranks, ties skipped. Where few improvements exist (few settings are feasible) they are listed once
and followed. Where there are many and all the party's options are reversible, the order is found once; where
some are not, few rows are compared pair by pair and many are sorted for each setting of the one-way options.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from detente.conflict.graph import BACK, FORWARD, Graph, Ranks

BEST = int(np.iinfo(np.int32).max)
WORST = int(np.iinfo(np.int32).min)
MAX_PAIRS = 4096  # of rows compared one by one; measured: above this, sorting wins
SPARSE = 0.4  # share of feasible settings below which following a list beats sorted blocks (measured)
MAX_EDGES = 1_000_000  # improvements kept as a list: 8 MB a party


class Block:
    """A party's ranks laid out block by block, and which places in a block it can move between."""

    def __init__(self, graph: Graph, party: int, *, max_pairs: int = MAX_PAIRS, order: bool = True) -> None:
        self.bits = graph.bits_of(party)
        self.options = len(graph.options)
        # One gather by a kept index beats transposing twenty axes of two (measured: ten times).
        self.places = self._layout(graph.feasible.size)
        rank = np.where(graph.feasible, graph.ranks[party], np.int32(WORST))
        self.rank = self.to_rows(rank)
        self.targets = list(self._targets(graph))
        self.sorted = sum(len(to) for to in self.targets) > max_pairs
        self.reversible = [i for i, b in enumerate(self.bits) if graph.directions[b] not in (FORWARD, BACK)]
        self.rises = np.empty(0, dtype=bool)
        free = len(self.reversible) == len(self.bits)
        sparse = graph.feasible.mean() < SPARSE
        self.edges = self._list() if order and not self.sorted and (sparse or not free) else None
        ordered = order and self.edges is None and free
        self.order = self._sort() if ordered else None
        if self.order is not None:
            self.places = self.order  # any layout serves where moves go everywhere; keep one
            self.rank = self.to_rows(rank)

    def _layout(self, size: int) -> np.ndarray:
        cube = np.arange(size, dtype=np.intp).reshape((-1, *(2,) * self.options))
        axes = [self.options - bit for bit in reversed(self.bits)]
        return np.ascontiguousarray(np.moveaxis(cube, axes, range(len(axes)))).reshape(1 << len(axes), -1)

    def to_rows(self, values: Ranks) -> Ranks:
        """The grid as one row a place in the block (bit i of the row number is the party's i-th option)."""
        rows: Ranks = values[self.places]
        return rows

    def to_grid(self, rows: Ranks) -> Ranks:
        """Rows back to the grid."""
        grid = np.empty(rows.size, dtype=rows.dtype)
        grid[self.places] = rows
        return grid

    def lowest_after(self, worst: Ranks, *, best_only: bool) -> Ranks:
        """From each state, the lowest of ``worst`` among the party's improvements (BEST where none).

        Args:
            worst: neutral (BEST) at infeasible settings.
            best_only: only the party's best replies count.
        """
        if self.edges is not None and not best_only:
            out = np.full_like(worst, BEST)
            np.minimum.at(out, self.edges[0], worst[self.edges[1]])
            return out
        if self.order is not None and not best_only:
            return self._by_order(worst)
        rows = self.to_rows(worst)
        lowest = self._by_sorting if self.sorted and not best_only else self._by_pairs
        return self.to_grid(lowest(rows, best_only))

    def _list(self) -> tuple[np.ndarray, np.ndarray] | None:
        """All improvements as (from, to), where few settings are feasible; None where there are too many."""
        sources, ends, count = [], [], 0
        for at, targets in enumerate(self.targets):
            can = self.rank[at] > WORST
            for to in targets:
                columns = np.flatnonzero(can & (self.rank[to] > self.rank[at]))
                count += columns.size
                if count > MAX_EDGES:
                    return None
                sources.append(self.places[at][columns].astype(np.int32))
                ends.append(self.places[to][columns].astype(np.int32))
        nothing = [np.empty(0, dtype=np.int32)]
        return np.concatenate(sources or nothing), np.concatenate(ends or nothing)

    def _sort(self) -> np.ndarray:
        """Where on the grid each block's places stand, worst rank first: one gather then sorts any values."""
        order = np.argsort(self.rank, axis=0, kind="stable")
        ranks = np.take_along_axis(self.rank, order, axis=0)
        self.rises = ranks[1:] > ranks[:-1]
        return np.take_along_axis(self.places, order, axis=0)

    def _by_order(self, worst: Ranks) -> Ranks:
        assert self.order is not None
        values = worst[self.order]
        lowest = np.full_like(values[0], BEST)
        above = lowest
        for row in range(len(values) - 1, -1, -1):
            # ``lowest`` holds all rows of greater or equal rank seen so far, ``above`` the strictly greater.
            if row < len(values) - 1:
                above = np.where(self.rises[row], lowest, above)
            lowest = np.minimum(lowest, values[row])
            values[row] = above
        out = np.empty_like(worst)
        out[self.order] = values
        return out

    def _by_pairs(self, rows: Ranks, best_only: bool) -> Ranks:
        out = np.full_like(rows, BEST)
        for at, targets in enumerate(self.targets):
            here = self.rank[at]
            best = self.rank[targets].max(axis=0) if best_only and targets else None
            for to in targets:
                better = self.rank[to] > here
                if best is not None:
                    better &= self.rank[to] == best
                # np.where and a plain minimum are vectorised; a masked minimum is not.
                np.minimum(out[at], np.where(better, rows[to], np.int32(BEST)), out=out[at])
        return out

    def _by_sorting(self, rows: Ranks, best_only: bool) -> Ranks:
        del best_only  # best replies never come here
        out = np.full_like(rows, BEST)
        for at, to in self._groups():
            same = at == to
            rank = self.rank[to] if same else np.concatenate([self.rank[to], self.rank[at]])
            value = rows[to] if same else np.concatenate([rows[to], np.full_like(rows[at], BEST)])
            found = _lowest_above(rank, value)
            out[at] = np.minimum(out[at], found if same else found[len(to) :])
        return out

    def _groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """Rows that share the settings of one-way options, paired with the rows that they lead to."""
        free = sum(1 << i for i in self.reversible)
        fixed = sorted({row & ~free for row in range(len(self.targets))})
        inside = [row for row in range(len(self.targets)) if row & ~free == 0]
        for here in fixed:
            reached = {here, *(row & ~free for row in self.targets[here])}
            for there in sorted(reached):
                yield [here | row for row in inside], [there | row for row in inside]

    def _targets(self, graph: Graph) -> Iterator[list[int]]:
        for row in range(1 << len(self.bits)):
            choices = []
            for i, bit in enumerate(self.bits):
                taken = row >> i & 1
                fixed = graph.directions[bit] == (FORWARD if taken else BACK)
                choices.append([taken << i] if fixed else [0, 1 << i])
            yield [to for to in map(sum, product(*choices)) if to != row]


def _lowest_above(rank: Ranks, value: Ranks) -> Ranks:
    """In each column, for each row the lowest value among rows of strictly greater rank."""
    order = np.argsort(rank, axis=0, kind="stable")
    ranks = np.take_along_axis(rank, order, axis=0)
    values = np.take_along_axis(value, order, axis=0)
    found = np.full_like(values, BEST)
    lowest = values[-1].copy()
    for row in range(len(ranks) - 2, -1, -1):
        found[row] = np.where(ranks[row + 1] > ranks[row], lowest, found[row + 1])
        np.minimum(lowest, values[row], out=lowest)
    out = np.empty_like(found)
    np.put_along_axis(out, order, found, axis=0)
    return out
