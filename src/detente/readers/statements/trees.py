"""Boosted trees and lookup tables in plain numpy: what the trained ranker needs at run time.

Trees are stored as flat node arrays and filled up when loaded; every row walks every tree at once, so one
article costs a few vectorised passes. Made by ``training/statements/train.py``; no scikit-learn at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
MODEL_FILE = "statements.npz"
_TOGETHER = 128  # rows whose walk stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble of regression trees whose sum, with ``base``, is the raw score.

    A leaf points to itself, so walking ``depth`` steps ends in a leaf from any row.
    """

    feature: NDArray[np.int16]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    roots: NDArray[np.int32]
    base: float
    depth: int
    _tests: tuple[Places, Floats] = field(init=False, repr=False, compare=False)
    _levels: tuple[Places, ...] = field(init=False, repr=False, compare=False)
    _ends: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every tree filled up to its full depth, level by level: the children of node n are 2n and 2n + 1 of
        # the next level, so that nothing need be looked up to go on. Numbers of the machine's own width.
        # Many nodes ask the same of a row, so a node holds only the number of its question.
        levels, node = [np.zeros(0, np.uint64)], self.roots.astype(np.intp)
        for _ in range(self.depth):
            leaf = self.left[node] == node  # both ways lead to itself again
            bits = self.threshold[node].astype(np.float32).view(np.uint32)
            levels.append(np.where(leaf, 0, self.feature[node]).astype(np.uint64) << np.uint64(32) | bits)
            node = np.column_stack([self.left[node], self.right[node]]).astype(np.intp).ravel()
        asked, number = np.unique(np.concatenate(levels), return_inverse=True)
        tests = (asked >> np.uint64(32)).astype(np.intp), asked.astype(np.uint32).view(np.float32)
        object.__setattr__(self, "_tests", tests)
        ends = np.cumsum([len(level) for level in levels])[:-1]
        object.__setattr__(self, "_levels", tuple(np.split(number.astype(np.intp), ends)[1:]))
        object.__setattr__(self, "_ends", self.value[node])

    def scores(self, rows: Floats) -> Floats:
        """The raw score of each row."""
        parts = [self._scores(rows[at : at + _TOGETHER]) for at in range(0, len(rows), _TOGETHER)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _scores(self, rows: Floats) -> Floats:
        feature, threshold = self._tests
        answers = np.ascontiguousarray(rows.T).take(feature, axis=0) > threshold[:, None]  # a row a question
        flat, own = answers.ravel(), np.arange(len(rows), dtype=np.intp)
        node = np.arange(len(self.roots), dtype=np.intp)[:, None].repeat(len(rows), axis=1)
        for level, asked in enumerate(self._levels):
            if level:
                place = asked.take(node)
                place *= len(rows)
                place += own
                right = flat.take(place)
            else:
                right = answers.take(asked, axis=0)
            node += node
            node += right
        ends: Floats = np.ascontiguousarray(self._ends.take(node).T)  # summed in the same order as ever
        total: Floats = ends.sum(axis=1) + np.float32(self.base)
        return total

    def probabilities(self, rows: Floats) -> Floats:
        """The score of each row through the logistic function."""
        result: Floats = (1.0 / (1.0 + np.exp(-self.scores(rows)))).astype(np.float32)
        return result


@dataclass(frozen=True, slots=True)
class Tables:
    """What training counted about words.

    ``cues``: "lemma/kind" → how often the word is a cue, and the log of how often it was seen;
    ``phrases``: the same with its particle; ``types`` and ``routes``: how the content and the speaker
    of that cue stand to it (shares over ``spans.TYPES`` and ``sources.ROUTES``); ``nouns``: how often a
    common noun speaks; ``breaks``: how often a content ends before a word.
    """

    cues: Mapping[str, tuple[float, float]]
    phrases: Mapping[str, float]
    types: Mapping[str, Floats]
    routes: Mapping[str, Floats]
    nouns: Mapping[str, float]
    breaks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranker:
    """The whole trained part: four ensembles, the tables and the projection of the word vectors."""

    cue: Trees
    content: Trees
    source: Trees
    final: Trees
    tables: Tables
    projection: Floats


def tables_from(data: Mapping[str, Any]) -> Tables:
    """Read the tables from the arrays of the model file."""
    cues = {
        str(k): (float(a), float(b)) for k, a, b in zip(data["cue_keys"], *data["cue_stats"], strict=True)
    }
    wide = [str(k) for k in data["wide_keys"]]

    def single(name: str) -> dict[str, float]:
        return {str(k): float(v) for k, v in zip(data[f"{name}_keys"], data[f"{name}_rates"], strict=True)}

    types = dict(zip(wide, data["wide_types"].astype(np.float32), strict=True))
    routes = dict(zip(wide, data["wide_routes"].astype(np.float32), strict=True))
    return Tables(cues, single("phrase"), types, routes, single("noun"), single("break"))


def trees_from(data: Mapping[str, Any], name: str) -> Trees:
    """Read one ensemble from the arrays of the model file."""
    feature, threshold, left, right, value, roots = (
        data[f"{name}_{part}"] for part in ("feature", "threshold", "left", "right", "value", "roots")
    )
    base, depth = float(data[f"{name}_base"]), int(data[f"{name}_depth"])
    return Trees(feature, threshold, left, right, value, roots, base, depth)


@cache
def load_ranker() -> Ranker:
    """Load the trained ranker that ships with detente, once a process."""
    with (files("detente") / "data" / MODEL_FILE).open("rb") as file:
        data = dict(np.load(file, allow_pickle=False))
    cue, content, source, final = (trees_from(data, name) for name in ("cue", "content", "source", "final"))
    return Ranker(cue, content, source, final, tables_from(data), data["projection"].astype(np.float32))
