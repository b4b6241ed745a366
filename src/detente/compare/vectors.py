"""Stories as sparse vectors, and each one's likest: for telling which belong to one longer story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from detente.compare.stories.profile import SLOTS, Terms

BLOCK = 256  # rows multiplied at once, and
MOST = 4_000_000  # likenesses held at once at the most: fewer rows where there are many


def stack(totals: Sequence[Terms], *, most: int) -> Any:
    """Sparse rows from sums of vectors: the ``most`` weightiest slots of each, at length one."""
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
    shape = (len(totals), SLOTS)
    empty_i, empty_f = np.empty(0, np.int32), np.empty(0, np.float32)
    return sp.csr_matrix(
        (np.concatenate([empty_f, *kept_values]), np.concatenate([empty_i, *kept_slots]), ends), shape=shape
    )


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
    vectors: Any, days: npt.NDArray[np.float64], *, most: int, least: float, decay: float
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each row's ``most`` likest rows with their likeness, which fades with the days between them."""
    flipped = vectors.T.tocsr()
    count = vectors.shape[0]
    block = max(1, min(BLOCK, MOST // max(1, count)))
    for start in range(0, count, block):
        product = (vectors[start : start + block] @ flipped).tocsr()
        for i in range(product.shape[0]):
            row = start + i
            cut = slice(product.indptr[i], product.indptr[i + 1])
            others, likeness = product.indices[cut], product.data[cut].astype(np.float64)
            gap = np.abs(days[others] - days[row])
            likeness = likeness * np.exp(-np.nan_to_num(gap) / decay)
            likeness[others == row] = 0.0
            keep = np.flatnonzero(likeness >= least)
            order = keep[np.lexsort((others[keep], -likeness[keep]))][:most]
            yield row, list(zip(others[order].tolist(), likeness[order].tolist(), strict=True))
