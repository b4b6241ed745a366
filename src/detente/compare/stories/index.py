"""Which articles share rare terms with one: an inverted index that stays cheap however long it grows."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import Ints, Terms

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
LATEST = 200
"""So many of the latest articles are kept for a term: one that more hold tells little."""
ASKED = 40
"""So many of an article's weightiest terms are looked up."""


class TermIndex:
    """Term → the latest articles that hold it among their weightiest; ``ASKED`` entries an article.

    Memory beside these: 16 bytes an article, to add up what it shares without sorting.
    """

    def __init__(self) -> None:
        self._held: dict[int, int | array[int]] = {}  # most terms are one article's: no array for them
        self._total: Floats = np.zeros(0, np.float64)
        self._last: Places = np.zeros(0, np.intp)

    def add(self, row: int, words: Terms) -> None:
        """Enter an article under its weightiest terms."""
        if row >= len(self._total):
            self._total = np.zeros(2 * row + 1000, np.float64)
            self._last = np.zeros(2 * row + 1000, np.intp)
        for slot in words.slots[:ASKED].tolist():
            held = self._held.setdefault(slot, row)
            if isinstance(held, array):
                held.append(row)
                if len(held) > LATEST:
                    del held[0]
            elif held != row:
                self._held[slot] = array("i", (held, row))

    def near(self, words: Terms, most: int) -> Ints:
        """The ``most`` articles that share most weight of terms with one, the nearest first."""
        rows, counts, weights = array("i"), [], []
        for slot, value in zip(words.slots[:ASKED].tolist(), words.values[:ASKED].tolist(), strict=True):
            held = self._held.get(slot)
            if held is None:
                continue
            if isinstance(held, array):
                rows.extend(held)
                counts.append(len(held))
            else:
                rows.append(held)
                counts.append(1)
            weights.append(value * value)
        found, totals = self._add_up(np.array(rows, np.intp), np.repeat(weights, counts))
        if len(found) > most:
            keep = totals >= np.partition(totals, -most)[-most]
            found, totals = found[keep], totals[keep]
        order = np.lexsort((found, -totals))[:most]
        return np.asarray(found[order], np.int32)

    def _add_up(self, rows: Places, weights: Floats) -> tuple[Places, Floats]:
        """The rows, each once, with the sum of its weights."""
        nth = np.arange(len(rows))
        self._last[rows] = nth
        found = rows[self._last[rows] == nth]
        np.add.at(self._total, rows, weights)
        totals = self._total[found]
        self._total[found] = 0.0
        return found, totals
