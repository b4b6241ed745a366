"""How rare a term is, counted as articles come; and an article's vectors by it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import KEPT, SLOTS, Floats, Ints, Profile, Terms

PRIOR = 50.0
"""Articles supposed beside those seen, so that a small pile has an idea of a rare word."""
PRIOR_SHARE = 0.005
"""Of those, the share that holds any given term."""


class Rarity:
    """In how many articles each term was seen. Memory: ``SLOTS`` counts of four bytes."""

    def __init__(self) -> None:
        self.articles = 0
        self._counts: npt.NDArray[np.int32] = np.zeros(SLOTS, np.int32)

    def add(self, profile: Profile) -> None:
        """Count an article's terms."""
        self.articles += 1
        self._counts[np.union1d(profile["words"].slots, profile["pairs"].slots)] += 1

    def of(self, slots: Ints) -> Floats:
        """The weight of terms: the log of one over the share of articles that hold them."""
        few = PRIOR * PRIOR_SHARE
        found = np.log((self.articles + PRIOR) / (self._counts[slots] + few)).astype(np.float32)
        return np.asarray(found, np.float32)

    def share(self, slots: Ints) -> Floats:
        """The share of the articles seen that hold each term."""
        return np.asarray(self._counts[slots] / max(1, self.articles), np.float32)

    def ranked(self, terms: Terms) -> Terms:
        """Terms by what they weigh with their rarity, the weightiest first."""
        values = terms.values * self.of(terms.slots)
        order = np.lexsort((terms.slots, -values))
        return Terms(terms.slots[order], values[order])

    def vector(self, terms: Terms, channel: str) -> Terms:
        """The channel's weightiest terms, at length one, the weightiest first."""
        found = self.ranked(terms)
        return Terms(found.slots[: KEPT[channel]], unit(found.values[: KEPT[channel]]))


def unit(values: Floats) -> Floats:
    """Values at length one."""
    return np.asarray(values / (float(np.sqrt(values @ values)) or 1.0), np.float32)
