"""A small tagger over the units of a page: hashed words and layout in, four probabilities a unit out.

The word vectors of a unit are averaged, joined to its dense features, and passed through dilated
convolutions along the page, so every unit is judged with some 15 neighbours to either side and a mean of
the whole page. Weights are plain arrays (``data/*.npz``, float16); inference needs numpy alone.
``training/articles/train.py`` makes them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.article.features import BUCKET_BITS, Features, Floats

HEADS = ("article", "headline", "byline", "date")
DILATIONS = (1, 2, 4, 8)
DATA = Path(__file__).parent.parent / "data"


class Network:
    """Trained weights; call :meth:`score` on the features of a page."""

    def __init__(self, weights: dict[str, NDArray[np.generic]]) -> None:
        """Take the arrays that training made."""
        self.rows = np.full(1 << BUCKET_BITS, -1, dtype=np.int32)
        self.rows[weights["kept"].astype(np.int64)] = np.arange(len(weights["kept"]))
        self.w = {name: a.astype(np.float32) for name, a in weights.items() if name != "kept"}

    def score(self, features: Features) -> Floats:
        """Probabilities, one row a unit, one column a head (see ``HEADS``)."""
        w = self.w
        dense = (features.dense - w["mean"]) / w["scale"]
        hidden = self._words(features) @ w["we"] + dense @ w["wd"] + w["b0"]
        hidden = np.maximum(hidden, 0)
        hidden = hidden + hidden.mean(axis=0) @ w["wg"]
        for layer, step in enumerate(DILATIONS):
            hidden = hidden + np.maximum(self._convolve(hidden, layer, step), 0)
        logits = hidden @ w["wo"] + w["bo"]
        result: Floats = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
        return result

    def _words(self, features: Features) -> Floats:
        count = len(features.dense)
        rows = self.rows[features.buckets]
        known = rows >= 0
        rows, owner = rows[known], features.owner[known]
        size = self.w["embed"].shape[1]
        result = np.zeros((count, size), dtype=np.float32)
        if len(rows):
            first = np.flatnonzero(np.diff(owner, prepend=-1))
            result[owner[first]] = np.add.reduceat(self.w["embed"][rows], first, axis=0)
        number = np.bincount(features.owner, minlength=count).astype(np.float32)
        return result / np.sqrt(np.maximum(number, 1))[:, None]

    def _convolve(self, hidden: Floats, layer: int, step: int) -> Floats:
        w = self.w
        result = hidden @ w[f"c{layer}m"] + w[f"c{layer}b"]
        if len(hidden) > step:
            result[step:] += hidden[:-step] @ w[f"c{layer}l"]
            result[:-step] += hidden[step:] @ w[f"c{layer}r"]
        return result


class Ensemble:
    """Networks that differ only in their random start: the mean of their probabilities."""

    def __init__(self, members: list[Network]) -> None:
        """Take the members; at least one."""
        self.members = members

    def score(self, features: Features) -> Floats:
        """Mean probabilities, one row a unit, one column a head."""
        scores = [member.score(features) for member in self.members]
        result: Floats = (sum(scores[1:], start=scores[0]) / np.float32(len(scores))).astype(np.float32)
        return result


@cache
def load_network(name: str, folder: Path = DATA) -> Ensemble:
    """The networks kept as ``NAME.npz``: arrays named ``0.embed``, ``1.embed`` …"""
    members: dict[str, dict[str, NDArray[np.generic]]] = {}
    with np.load(folder / f"{name}.npz") as arrays:
        for key in arrays.files:
            member, _, field = key.partition(".")
            members.setdefault(member, {})[field] = arrays[key]
    return Ensemble([Network(members[key]) for key in sorted(members)])
