"""A small tagger over the units of a page: hashed words and layout in, four probabilities a unit out.

The word vectors of a unit are averaged, joined to its dense features, and passed through dilated
convolutions along the page, so every unit is judged with some 15 neighbours to either side and a mean of
the whole page. Weights are plain arrays (``data/*.npz``, float16); inference needs numpy alone.
``training/articles/train.py`` makes them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.article.features import BUCKET_BITS, Features, Floats

HEADS = ("article", "headline", "byline", "date")
DILATIONS = (1, 2, 4, 8)
DATA = Path(__file__).parent.parent / "data"


class Network:
    """Trained networks that differ only in their random start, read at once: the mean of what they say.

    They share the buckets that hold a vector and the scale of the features, so a page's words are looked up
    once, and every layer is one product of matrices for all members and all three of its taps.
    """

    def __init__(self, members: list[dict[str, NDArray[np.generic]]]) -> None:
        """Take the arrays that training made, one dictionary a member; at least one.

        Raises:
            ValueError: if the members were not trained on the same buckets and scales.
        """
        first = members[0]
        for member in members[1:]:
            if any(not np.array_equal(member[key], first[key]) for key in ("kept", "mean", "scale")):
                raise ValueError("The members of a network must share their buckets and scales.")
        kept = first["kept"].astype(np.int64)
        # Buckets that no vector was kept for stand behind the last one.
        self.rows: NDArray[np.signedinteger[Any]] = np.full(
            1 << BUCKET_BITS, len(kept), dtype=np.int16 if len(kept) < 32_767 else np.int32
        )
        self.rows[kept] = np.arange(len(kept))
        self.mean, self.scale = first["mean"].astype(np.float32), first["scale"].astype(np.float32)
        self.count = len(members)
        self.embed = np.concatenate([m["embed"] for m in members], axis=1).astype(np.float32)
        self.w = {key: np.stack([m[key] for m in members]).astype(np.float32) for key in _STACKED}
        self.taps = [
            np.concatenate([np.stack([m[f"c{k}{side}"] for m in members]) for side in "mlr"], axis=2).astype(
                np.float32
            )
            for k in range(len(DILATIONS))
        ]
        self.biases = [
            np.stack([m[f"c{k}b"] for m in members]).astype(np.float32) for k in range(len(DILATIONS))
        ]

    def score(self, features: Features) -> Floats:
        """Probabilities, one row a unit, one column a head (see ``HEADS``)."""
        w = self.w
        dense = (features.dense - self.mean) / self.scale
        hidden = self._words(features) @ w["we"] + dense @ w["wd"] + w["b0"][:, None]
        hidden = np.maximum(hidden, 0)
        hidden += hidden.mean(axis=1, keepdims=True) @ w["wg"]
        for layer, step in enumerate(DILATIONS):
            hidden += np.maximum(self._convolve(hidden, layer, step), 0)
        logits = hidden @ w["wo"] + w["bo"][:, None]
        chances = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        result: Floats = chances.mean(axis=0).astype(np.float32)
        return result

    def _words(self, features: Features) -> Floats:
        """Sums of the word vectors of each unit, one layer a member."""
        count, size = len(features.dense), self.embed.shape[1]
        result = np.zeros((count, size), dtype=np.float32)
        rows = self.rows[features.buckets]
        known = rows < len(self.embed)
        owner = features.owner[known]
        if len(owner):
            first = np.flatnonzero(np.diff(owner, prepend=-1))
            result[owner[first]] = np.add.reduceat(self.embed[rows[known]], first, axis=0)
        number = np.bincount(features.owner, minlength=count).astype(np.float32)
        result /= np.sqrt(np.maximum(number, 1))[:, None]
        return result.reshape(count, self.count, size // self.count).transpose(1, 0, 2)

    def _convolve(self, hidden: Floats, layer: int, step: int) -> Floats:
        taps = hidden @ self.taps[layer]
        width = hidden.shape[2]
        result = taps[:, :, :width] + self.biases[layer][:, None]
        if hidden.shape[1] > step:
            result[:, step:] += taps[:, :-step, width : 2 * width]
            result[:, :-step] += taps[:, step:, 2 * width :]
        return result


_STACKED = ("we", "wd", "b0", "wg", "wo", "bo")


@cache
def load_network(name: str, folder: Path = DATA) -> Network:
    """The networks kept as ``NAME.npz``: arrays named ``0.embed``, ``1.embed`` …"""
    members: dict[str, dict[str, NDArray[np.generic]]] = {}
    with np.load(folder / f"{name}.npz") as arrays:
        for key in arrays.files:
            member, _, field = key.partition(".")
            members.setdefault(member, {})[field] = arrays[key]
    return Network([members[key] for key in sorted(members)])
