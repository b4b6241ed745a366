"""Places of many pairs that carry the same words, joined: what two shares have in common, many have.

Worked out over all places at once: rows sorted by article and start, edges between the two sides of every
share and between places of one article that are nearly one, then the connected parts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
SAME_PLACE = 0.7  # two spans of one article are one place when they share this much of the longer
TRIED = 8  # places that begin after one and are compared with it


Place = tuple[int, int, int]
"""Article number, start and end."""


def join_places(one: Numbers, other: Numbers) -> Numbers:
    """The group of each pair of places, by the number of the group's first place in the order of articles.

    ``one`` and ``other`` hold a place a row.
    """
    if not len(one):
        return np.empty(0, np.int64)
    rows = np.concatenate([one, other])
    places, which = np.unique(rows, axis=0, return_inverse=True)
    which = which.reshape(-1)
    left, right = which[: len(one)], which[len(one) :]
    near, nearly = _same_places(places)
    ends = (np.concatenate([left, near]), np.concatenate([right, nearly]))
    groups: Numbers = _lowest(len(places), *ends)[left]
    return groups


def _lowest(count: int, one: Numbers, other: Numbers) -> Numbers:
    """The lowest number that each of so many is reached from over edges; loading scipy for it costs more."""
    lowest = np.arange(count)
    while True:
        low, high = np.minimum(lowest[one], lowest[other]), np.maximum(lowest[one], lowest[other])
        apart = low != high
        if not apart.any():
            return lowest
        one, other = one[apart], other[apart]
        np.minimum.at(lowest, high[apart], low[apart])
        while not np.array_equal(further := lowest[lowest], lowest):
            lowest = further


def _same_places(places: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of rows that are nearly one place of one article."""
    article, start, end = places.T
    found = [np.empty((2, 0), np.int64)]
    for step in range(1, min(TRIED, len(places) - 1) + 1):
        common = np.minimum(end[step:], end[:-step]) - start[step:]
        longer = np.maximum(end[step:] - start[step:], end[:-step] - start[:-step])
        near = np.flatnonzero((article[step:] == article[:-step]) & (common >= SAME_PLACE * longer))
        found.append(np.stack([near, near + step]))
    one, other = np.concatenate(found, axis=1)
    return one, other
