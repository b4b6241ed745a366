"""How sure it is that two articles tell one story: regression trees that were learnt, in plain numpy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt


class Scorer:
    """Trees whose leaves add up to log-odds (gradient boosting).

    ``arrays``: ``feature``, ``below``, ``left``, ``right`` and ``value`` are trees × nodes, a leaf has
    feature -1; ``start`` is where the sum begins and ``depth`` the longest way to a leaf.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.arrays = arrays
        self._feature = arrays["feature"].astype(np.int64)
        self._below = arrays["below"].astype(np.float64)
        self._left = arrays["left"].astype(np.int64)
        self._right = arrays["right"].astype(np.int64)
        self._value = arrays["value"].astype(np.float64)
        self._start = float(arrays["start"])
        self._depth = int(arrays["depth"])

    def odds(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The log-odds that each row's two articles tell one story."""
        trees = np.arange(len(self._feature))
        rows = np.arange(len(features))[:, None]
        node = np.zeros((len(features), len(trees)), np.int64)
        for _ in range(self._depth):
            feature = self._feature[trees, node]
            low = features[rows, np.maximum(feature, 0)] <= self._below[trees, node]
            step = np.where(low, self._left[trees, node], self._right[trees, node])
            node = np.where(feature < 0, node, step)
        return np.asarray(self._start + self._value[trees, node].sum(1), np.float64)


@cache
def load_scorer() -> Scorer:
    """The scorer of ``data/compare/stories.npz`` (how it was made: ``training/stories``)."""
    with files("detente").joinpath("data/compare/stories.npz").open("rb") as source:
        arrays = np.load(source)
        return Scorer({name: arrays[name] for name in arrays.files})
