"""Stories as sparse vectors, and each one's likest: for telling which belong to one longer story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import SLOTS, Terms

BLOCK = 256  # rows multiplied at once, and
MOST = 4_000_000  # likenesses held at once at the most: fewer rows where there are many
HOLDERS = 300
"""So many stories are found by a term, those in which it weighs most: one that more hold tells little."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows as scipy lays them out: row ``i`` stands from ``indptr[i]`` up to ``indptr[i + 1]``."""

    data: npt.NDArray[np.float32]
    indices: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int64]
    shape: tuple[int, int]

    def matrix(self) -> Any:
        """The same for scipy, which takes 0.2 CPU seconds to load."""
        import scipy.sparse as sp

        return sp.csr_matrix((self.data, self.indices, self.indptr), shape=self.shape)


def stack(totals: Sequence[Terms], *, most: int) -> Rows:
    """Sparse rows from sums of vectors: the ``most`` weightiest slots of each, at length one.

    A slot that no row holds has no column, so that a small pile costs little.
    """
    ends, kept_slots, kept_values = [0], [], []
    for total in totals:
        slots, values = total.slots, total.values
        if len(slots) > most:
            best = np.lexsort((slots, -values))[:most]
            slots, values = slots[best], values[best]
        length = float(np.sqrt(np.sum(values * values))) or 1.0
        kept_slots.append(slots)
        kept_values.append((values / length).astype(np.float32))
        ends.append(ends[-1] + len(slots))
    slots, columns = np.unique(np.concatenate([np.empty(0, np.int32), *kept_slots]), return_inverse=True)
    values = np.concatenate([np.empty(0, np.float32), *kept_values])
    shape = (len(totals), len(slots))
    return Rows(values, columns.astype(np.int32), np.array(ends, np.int64), shape)


class Sums:
    """Room to compare and to add up vectors of terms below ``slots``: two numbers a slot.

    What is added is added in the order of the terms, so that the sums are the same on every run.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._dense: npt.NDArray[np.float64] = np.zeros(slots, np.float64)
        self._at: npt.NDArray[np.int32] = np.zeros(slots, np.int32)

    def dots(self, one: Terms, others: Sequence[Terms]) -> npt.NDArray[np.float64]:
        """For each of the others the sum of the products of the values of the terms that it and one hold."""
        if not others:
            return np.empty(0, np.float64)
        self._dense[one.slots] = one.values
        products = np.concatenate([other.values for other in others])
        products = products * self._dense[np.concatenate([other.slots for other in others])]
        self._dense[one.slots] = 0.0
        owners = np.repeat(np.arange(len(others)), [len(other.slots) for other in others])
        return np.bincount(owners, products, len(others)).astype(np.float64)

    def add(self, one: Terms, other: Terms) -> Terms:
        """The sum of two vectors: the longer one's terms, then those that only the shorter holds."""
        large, small = (one, other) if len(one.slots) >= len(other.slots) else (other, one)
        values = large.values.astype(np.float64)
        self._at[large.slots] = np.arange(1, len(large.slots) + 1)
        at = self._at[small.slots]
        self._at[large.slots] = 0
        held = at > 0
        values[at[held] - 1] += small.values[held]
        slots = np.concatenate([large.slots, small.slots[~held]])
        return Terms(slots, np.concatenate([values, small.values[~held]]))


def rows_of(vectors: Rows) -> list[Terms]:
    """The rows of a sparse matrix, each as its terms."""
    cuts = [slice(start, end) for start, end in zip(vectors.indptr, vectors.indptr[1:], strict=False)]
    return [Terms(vectors.indices[cut], vectors.data[cut]) for cut in cuts]


def nearest(vectors: Rows, *, most: int, least: float) -> Iterator[list[int]]:
    """Of each row in turn the ``most`` likest rows, the likest first.

    A term leads to the ``HOLDERS`` rows in which it weighs most (champion lists: Manning, Raghavan and
    Schütze, 2008, 7.1.2), so the cost is linear in the rows; twice ``most`` of those that share most with a
    row over these are compared with it by all terms. Up to so many rows that hold a term, nothing is missed.
    """
    if vectors.shape[0] > HOLDERS:
        yield from _nearest_of_many(vectors, most=most, least=least)
        return
    every = np.arange(vectors.shape[0], dtype=np.int32)
    for row, made in enumerate(_products(vectors)):
        likeness = made.astype(np.float64)
        likeness[row] = 0.0
        found: list[int] = every[_highest(likeness, every, most=most, least=least)].tolist()
        yield found


def _products(vectors: Rows) -> Iterator[npt.NDArray[np.float32]]:
    """Each row's products with all rows, to the last bit those that scipy gives."""
    count, ends = vectors.shape[0], vectors.indptr
    by_column = np.argsort(vectors.indices, kind="stable")
    holders = np.repeat(np.arange(count), np.diff(ends))[by_column]
    values = vectors.data[by_column]
    sizes = np.bincount(vectors.indices, minlength=vectors.shape[1])
    begins = np.cumsum(sizes) - sizes
    for first, last in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        columns = vectors.indices[first:last]
        held = sizes[columns]
        places = np.repeat(begins[columns] - np.cumsum(held) + held, held) + np.arange(held.sum())
        sums = np.zeros(count, np.float32)
        np.add.at(sums, holders[places], values[places] * np.repeat(vectors.data[first:last], held))
        yield sums


def _nearest_of_many(rows: Rows, *, most: int, least: float) -> Iterator[list[int]]:
    vectors = rows.matrix()
    held = _champions(vectors)
    terms, sums = rows_of(rows), Sums(vectors.shape[1])
    whole = held.nnz == vectors.nnz
    count = vectors.shape[0]
    block = max(1, min(BLOCK, MOST // max(1, count)))
    for start in range(0, count, block):
        product = (vectors[start : start + block] @ held).tocsr()
        for row, at, end in zip(range(start, count), product.indptr, product.indptr[1:], strict=False):
            others, likeness = product.indices[at:end], product.data[at:end].astype(np.float64)
            likeness[others == row] = 0.0
            if not whole:
                others = others[_highest(likeness, others, most=2 * most, least=0.0)]
                others = others[others != row]
                likeness = sums.dots(terms[row], [terms[other] for other in others])
            found: list[int] = others[_highest(likeness, others, most=most, least=least)].tolist()
            yield found


def _champions(vectors: Any) -> Any:
    """The columns as rows, of each its ``HOLDERS`` highest values alone."""
    import scipy.sparse as sp

    flipped = vectors.T.tocsr()
    held = np.diff(flipped.indptr)
    columns = np.repeat(np.arange(len(held)), held)
    order = np.lexsort((flipped.indices, -flipped.data, columns))
    kept = order[np.arange(len(order)) - np.repeat(flipped.indptr[:-1], held) < HOLDERS]
    kept.sort()
    ends = np.concatenate([[0], np.cumsum(np.minimum(held, HOLDERS))])
    return sp.csr_matrix((flipped.data[kept], flipped.indices[kept], ends), shape=flipped.shape)


def _highest(
    values: npt.NDArray[np.float64], names: npt.NDArray[np.int32], *, most: int, least: float
) -> npt.NDArray[np.intp]:
    """Where the ``most`` highest values stand that are ``least`` or more, highest first, then by name."""
    keep = np.flatnonzero(values >= least)
    if len(keep) > most:
        bar = np.partition(values[keep], -most)[-most]
        keep = keep[values[keep] >= bar]
    order: npt.NDArray[np.intp] = keep[np.lexsort((names[keep], -values[keep]))][:most]
    return order
