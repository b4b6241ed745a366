"""Stories as sparse vectors, and each one's likest: for telling which belong to one longer story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from detente.compare.stories.profile import SLOTS

Floats = npt.NDArray[np.float32]
BLOCK = 256  # rows multiplied at once: bounds the memory of likenesses


def _rows(rows: list[tuple[npt.NDArray[np.int32], Floats]], most: int) -> Any:
    """Sparse rows of the ``most`` weightiest slots each, at length one."""
    ends, kept_slots, kept_values = [0], [], []
    for slots, values in rows:
        if len(slots) > most:
            best = np.lexsort((slots, -values))[:most]
            slots, values = slots[best], values[best]
        length = float(np.sqrt(np.sum(values * values))) or 1.0
        kept_slots.append(slots)
        kept_values.append((values / length).astype(np.float32))
        ends.append(ends[-1] + len(slots))
    shape = (len(rows), SLOTS)
    empty_i, empty_f = np.empty(0, np.int32), np.empty(0, np.float32)
    return sp.csr_matrix(
        (np.concatenate([empty_f, *kept_values]), np.concatenate([empty_i, *kept_slots]), ends), shape=shape
    )


def stack(totals: list[dict[int, float]], *, most: int) -> Any:
    """Rows from sums of vectors: the ``most`` weightiest slots of each, at length one."""
    return _rows(
        [(np.fromiter(t, np.int32, len(t)), np.fromiter(t.values(), np.float32, len(t))) for t in totals],
        most,
    )


def nearest(
    vectors: Any, days: npt.NDArray[np.float64], *, most: int, least: float, decay: float
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each row's ``most`` likest rows with their likeness, which fades with the days between them."""
    flipped = vectors.T.tocsr()
    for start in range(0, vectors.shape[0], BLOCK):
        product = (vectors[start : start + BLOCK] @ flipped).tocsr()
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
