"""Which articles share rare terms with one: an inverted index that stays cheap however long it grows."""

from __future__ import annotations

import numpy as np

from detente.compare.stories.profile import Ints, Terms

LATEST = 200
"""So many of the latest articles are kept for a term: one that more hold tells little."""
ASKED = 40
"""So many of an article's weightiest terms are looked up."""


class TermIndex:
    """Term → the latest articles that hold it among their weightiest; ``ASKED`` entries an article."""

    def __init__(self) -> None:
        self._held: dict[int, int | list[int]] = {}  # most terms are one article's: no list for them

    def add(self, row: int, words: Terms) -> None:
        """Enter an article under its weightiest terms."""
        for slot in words.slots[:ASKED].tolist():
            held = self._held.setdefault(slot, row)
            if isinstance(held, list):
                held.append(row)
                if len(held) > LATEST:
                    del held[0]
            elif held != row:
                self._held[slot] = [held, row]

    def near(self, words: Terms, most: int) -> Ints:
        """The ``most`` articles that share most weight of terms with one, the nearest first."""
        rows: list[int] = []
        weights: list[float] = []
        for slot, value in zip(words.slots[:ASKED].tolist(), words.values[:ASKED].tolist(), strict=True):
            held = self._held.get(slot)
            if isinstance(held, int):
                rows.append(held)
                weights.append(value * value)
            elif held:
                rows.extend(held)
                weights.extend([value * value] * len(held))
        if not rows:
            return np.empty(0, np.int32)
        found, where = np.unique(np.array(rows, np.int32), return_inverse=True)
        totals = np.bincount(where, weights=np.array(weights))
        order = np.lexsort((found, -totals))[:most]
        return np.asarray(found[order], np.int32)
