"""How sure it is that two articles tell one story: regression trees that were learnt, in plain numpy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_LEAVES = 16


class Scorer:
    """Trees whose leaves add up to log-odds (gradient boosting).

    ``arrays``: ``feature``, ``below``, ``left``, ``right`` and ``value`` are trees × nodes, a leaf has
    feature -1; ``start`` is where the sum begins and ``depth`` the longest way to a leaf.

    No way down a tree is walked: every node of every tree is asked at once, and a node whose answer is no
    strikes out the leaves to its left; the first leaf that is left is the one (QuickScorer, Lucchese et al.
    2015). A tree has at most ``MOST_LEAVES`` leaves.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.arrays = arrays
        feature = arrays["feature"].astype(np.int64)
        trees = len(feature)
        inner = max(1, int((feature >= 0).sum(1).max()))
        self._feature = np.zeros((inner, trees), np.intp)
        self._below = np.full((inner, trees), np.inf, np.float64)  # an unused node says yes
        self._struck = np.zeros((inner, trees), np.uint16)
        self._value = np.zeros((trees, MOST_LEAVES), np.float64)
        for tree in range(trees):
            self._lay_out(tree)
        self._tree = np.arange(trees)
        self._start = float(arrays["start"])

    def _lay_out(self, tree: int) -> None:
        """Number a tree's leaves from the left, and note for each node which leaves stand on its left."""
        feature, left, right = (self.arrays[name][tree].tolist() for name in ("feature", "left", "right"))
        leaves = inner = 0
        open_nodes: list[tuple[int, int]] = [(0, -1)]  # a node, and the inner node to close before it
        while open_nodes:
            node, closed = open_nodes.pop()
            if closed >= 0:
                self._struck[closed, tree] ^= np.uint16((1 << leaves) - 1)
            if feature[node] < 0:
                self._value[tree, leaves] = self.arrays["value"][tree, node]
                leaves += 1
                continue
            self._feature[inner, tree] = feature[node]
            self._below[inner, tree] = self.arrays["below"][tree, node]
            self._struck[inner, tree] = (1 << leaves) - 1
            open_nodes += [(int(right[node]), inner), (int(left[node]), -1)]
            inner += 1

    def odds(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The log-odds that each row's two articles tell one story."""
        columns = np.ascontiguousarray(features.T, np.float64)
        struck = np.zeros((len(self._tree), len(features)), np.uint16)
        for feature, below, mask in zip(self._feature, self._below, self._struck, strict=True):
            struck |= (columns[feature] > below[:, None]) * mask[:, None]
        leaf = _FIRST_FREE[struck]
        return np.asarray(self._start + self._value[self._tree[:, None], leaf].sum(0), np.float64)


_FREE = ~np.arange(1 << MOST_LEAVES, dtype=np.uint32)
_FIRST_FREE = np.log2((_FREE & -_FREE.astype(np.int64)).astype(np.float64)).astype(np.uint8)
"""The lowest bit that is not set, for each mask of leaves struck out."""


@cache
def load_scorer() -> Scorer:
    """The scorer of ``data/compare/stories.npz`` (how it was made: ``training/stories``)."""
    with files("detente").joinpath("data/compare/stories.npz").open("rb") as source:
        arrays = np.load(source)
        return Scorer({name: arrays[name] for name in arrays.files})
