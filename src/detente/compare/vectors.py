"""Stories as sparse vectors, and each one's likest: for telling which belong to one longer story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import SLOTS, Terms

BLOCK = 256  # rows multiplied at once, and
MOST = 4_000_000  # likenesses held at once at the most: fewer rows where there are many
FEW = (
    1000  # rows up to which scipy's multiplication saves less than the 0.2 CPU seconds that loading it costs
)

Products = Iterator[tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows: the slots and values of the row ``i`` stand from ``ends[i]`` up to ``ends[i + 1]``."""

    slots: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1


def stack(totals: Sequence[Terms], *, most: int) -> Rows:
    """Sparse rows from sums of vectors: the ``most`` weightiest slots of each, at length one."""
    ends = [0]
    kept_slots: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)]
    kept_values: list[npt.NDArray[np.float32]] = [np.empty(0, np.float32)]
    for total in totals:
        slots, values = total.slots, total.values
        if len(slots) > most:
            best = np.lexsort((slots, -values))[:most]
            slots, values = slots[best], values[best]
        length = float(np.sqrt(np.sum(values * values))) or 1.0
        kept_slots.append(slots)
        kept_values.append((values / length).astype(np.float32))
        ends.append(ends[-1] + len(slots))
    return Rows(np.concatenate(kept_slots), np.concatenate(kept_values), np.array(ends, np.int64))


class Sums:
    """Room to compare and to add up vectors of terms: two numbers a slot, whatever the number of vectors.

    What is added is added in the order of the terms, so that the sums are the same on every run.
    """

    def __init__(self) -> None:
        self._dense: npt.NDArray[np.float64] = np.zeros(SLOTS, np.float64)
        self._at: npt.NDArray[np.int32] = np.zeros(SLOTS, np.int32)

    def dot(self, one: Terms, other: Terms) -> float:
        """The sum of the products of the values of the terms that both hold."""
        small, large = (one, other) if len(one.slots) <= len(other.slots) else (other, one)
        if not len(small.slots):
            return 0.0
        self._dense[large.slots] = large.values
        products = small.values * self._dense[small.slots]
        self._dense[large.slots] = 0.0
        return float(np.cumsum(products)[-1])

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


def nearest(
    rows: Rows, days: npt.NDArray[np.float64], *, most: int, least: float, decay: float
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each row's ``most`` likest rows with their likeness, which fades with the days between them."""
    products = _products_of_few(rows) if len(rows) <= FEW else _products_of_many(rows)
    for row, (others, made) in enumerate(products):
        likeness = made.astype(np.float64)
        gap = np.abs(days[others] - days[row])
        likeness = likeness * np.exp(-np.nan_to_num(gap) / decay)
        likeness[others == row] = 0.0
        keep = np.flatnonzero(likeness >= least)
        order = keep[np.lexsort((others[keep], -likeness[keep]))][:most]
        yield row, list(zip(others[order].tolist(), likeness[order].tolist(), strict=True))


def _products_of_many(rows: Rows) -> Products:
    """Each row's products with the rows that it shares a slot with."""
    import scipy.sparse as sp

    count = len(rows)
    vectors = sp.csr_matrix((rows.values, rows.slots, rows.ends), shape=(count, SLOTS))
    flipped = vectors.T.tocsr()
    block = max(1, min(BLOCK, MOST // max(1, count)))
    for start in range(0, count, block):
        product = (vectors[start : start + block] @ flipped).tocsr()
        for i in range(product.shape[0]):
            cut = slice(product.indptr[i], product.indptr[i + 1])
            yield product.indices[cut], product.data[cut]


def _products_of_few(rows: Rows) -> Products:
    """The same sums in the same order, to the last bit, without scipy."""
    every = np.arange(len(rows), dtype=np.int32)
    held, which, counts = np.unique(rows.slots, return_inverse=True, return_counts=True)
    by_slot = np.argsort(which, kind="stable")
    holders, values = np.repeat(every, np.diff(rows.ends))[by_slot], rows.values[by_slot]
    begins = np.concatenate([[0], np.cumsum(counts)])[: len(held)]
    for first, last in zip(rows.ends[:-1].tolist(), rows.ends[1:].tolist(), strict=True):
        slots = which[first:last]
        sizes = counts[slots]
        places = np.repeat(begins[slots] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        sums = np.zeros(len(rows), np.float32)
        np.add.at(sums, holders[places], values[places] * np.repeat(rows.values[first:last], sizes))
        yield every, sums
