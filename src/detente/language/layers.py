"""The model's layers below its decisions, from texts to a vector a token: fewer steps, the same numbers.

The lower half of these layers looks at a token alone: its form, its norm, whether space follows. So the model
is asked once a kind of token and the row is kept; only the upper half, which looks at neighbours, runs over
every token. It is written out here, a thousand tokens at a time, so that what it works on stays in the
processor's cache.

The numbers are spaCy's, to the last bit where matrices are multiplied by the same library
(``tests/language/test_layers.py`` compares). Rows are computed ``_BLOCK`` at a time, however few are new, so
that a row does not hang on the company in which its token was first met. A network of another build is left
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, ORTH, SPACY
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model

Network: TypeAlias = Any  # a thinc.api.Model, whose arrays a type checker does not take for numpy's
Floats = npt.NDArray[np.float32]
_SEEN = {"ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "SPACY"}
_BLOCK = 256  # rows that are computed together
_KEPT = 65_536  # kinds of token whose rows are kept, 25 MB; then it begins afresh
_AT_ONCE = 1_000  # tokens: 0.22 CPU s for 27,656, but 0.28 for all at once and 0.23 for 250 at a time
_MIX = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)  # one number from three


class QuickVectors:
    """A vector for each token of a text, as the network that it stands for computes it."""

    def __init__(self, network: Network) -> None:
        embed, encode = network.layers
        self._width = int(network.get_dim("nO"))
        self._rows = _Rows(embed, self._width)
        self._pad = int(encode.attrs["pad"])
        self._windows = [_Window(layer) for layer in encode.layers[0].layers]

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each text, in order; one text at least has a token."""
        return [vectors for block in _blocks(self._rows.of(docs)) for vectors in self._encode(block)]

    def _encode(self, texts: list[Floats]) -> list[Floats]:
        """Texts through the upper layers together, with empty rows between them as spaCy puts them."""
        starts = np.cumsum([self._pad, *(len(text) + self._pad for text in texts)])
        values = np.zeros((starts[-1], self._width), dtype=np.float32)
        for start, text in zip(starts, texts, strict=False):
            values[start : start + len(text)] = text
        for window in self._windows:
            values = window(values)
        return [values[start : start + len(text)] for start, text in zip(starts, texts, strict=False)]


class _Rows:
    """What the lower layers make of each kind of token, kept."""

    def __init__(self, embed: Network, width: int) -> None:
        self._embed = embed
        self._known: dict[int, int] = {}
        self._table = np.empty((_KEPT, width), dtype=np.float32)
        self._lock = Lock()

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """The rows of texts."""
        tokens = np.concatenate([doc.to_array([ORTH, NORM, SPACY]).astype(np.uint64) for doc in docs])
        kinds = (tokens * _MIX).sum(axis=1).tolist()
        with self._lock:
            new = {kind: i for i, kind in enumerate(kinds) if kind not in self._known}
            if len(self._known) + len(new) > len(self._table):
                self._known.clear()
                new = {kind: i for i, kind in enumerate(kinds)}
                self._table = np.empty((max(_KEPT, len(new)), self._table.shape[1]), dtype=np.float32)
            if new:
                self._learn(new, tokens, docs[0].vocab)
            rows = self._table[[self._known[kind] for kind in kinds]]
        return np.split(rows, np.cumsum([len(doc) for doc in docs])[:-1])

    def _learn(self, new: dict[int, int], tokens: npt.NDArray[np.uint64], vocab: Any) -> None:
        """Ask the model for the rows of new kinds, of texts that hold ``_BLOCK`` of them each."""
        kinds = iter(new)
        while block := list(islice(kinds, _BLOCK)):
            wanted = tokens[[new[kind] for kind in block]]
            wanted = np.resize(wanted, (_BLOCK, 3))  # repeated to the full size
            words = [vocab.strings[int(form)] for form in wanted[:, 0]]
            text = Doc(vocab, words=words, spaces=wanted[:, 2].astype(bool).tolist())
            text.from_array([NORM], np.ascontiguousarray(wanted[:, 1:2]))  # type: ignore[arg-type]
            first = len(self._known)
            self._table[first : first + len(block)] = self._embed.predict([text])[0][: len(block)]
            self._known.update(zip(block, range(first, first + len(block)), strict=True))


class _Window:
    """One of the upper layers: a token and its two neighbours to one vector, added to the token's own.

    The largest of several pieces is taken, so the weights are put piece by piece, and normalised.
    """

    def __init__(self, residual: Network) -> None:
        largest, norm = (_named(residual, name) for name in ("maxout", "layernorm"))
        weights, bias = largest.get_param("W"), largest.get_param("b")
        self._ops = largest.ops
        self._width, self._pieces, _ = weights.shape
        by_piece = weights.transpose(1, 0, 2).reshape(self._pieces * self._width, -1)
        self._weights, self._bias = np.ascontiguousarray(by_piece.T), np.ascontiguousarray(bias.T).ravel()
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, values: Floats) -> Floats:
        """The vectors of the next layer."""
        pieces: Floats = self._ops.gemm(_with_neighbours(values), self._weights)
        pieces += self._bias
        by_piece = pieces.reshape(len(values), self._pieces, self._width)
        found: Floats = by_piece[:, 0]
        for piece in range(1, self._pieces):
            found = np.maximum(found, by_piece[:, piece], out=None if piece == 1 else found)
        found -= np.add.reduce(found, axis=1, keepdims=True) / np.float32(self._width)
        spread = np.add.reduce(found * found, axis=1, keepdims=True) / np.float32(self._width)
        found *= (spread + np.float32(1e-8)) ** np.float32(-0.5)
        found *= self._scale
        found += self._shift
        found += values
        return found


def _with_neighbours(values: Floats) -> Floats:
    size, width = values.shape
    wide = np.zeros((size, 3, width), dtype=np.float32)
    wide[1:, 0], wide[:, 1], wide[:-1, 2] = values[:-1], values, values[1:]
    return wide.reshape(size, 3 * width)


def _blocks(texts: list[Floats]) -> Iterator[list[Floats]]:
    """Whole texts, about ``_AT_ONCE`` tokens together."""
    block: list[Floats] = []
    size = 0
    for text in texts:
        if block and size + len(text) > _AT_ONCE:
            yield block
            block, size = [], 0
        block.append(text)
        size += len(text)
    if block:
        yield block


def _named(network: Network, name: str) -> Network:
    return next(layer for layer in network.walk() if layer.name == name)


def _understood(network: Network) -> bool:
    """True for hashes of a token's own form below and windows of three tokens above, as spaCy builds them."""
    if len(network.layers) != 2:
        return False
    embed, encode = network.layers
    columns = [layer.attrs["columns"] for layer in embed.walk() if layer.name == "extract_features"]
    residuals = encode.layers[0].layers if encode.name.startswith("with_array") else []
    windows = [layer.attrs["window_size"] for layer in encode.walk() if layer.name == "expand_window"]
    return bool(
        columns
        and {str(column) for found in columns for column in found} <= _SEEN
        and residuals
        and all(_is_window(layer) for layer in residuals)
        and windows == [1] * len(residuals)
    )


def _is_window(layer: Network) -> bool:
    names = [part.name for part in layer.walk() if not part.layers and part.name != "dropout"]
    return layer.name.startswith("residual") and names == ["expand_window", "maxout", "layernorm"]


def quick_vectors(network: Network) -> QuickVectors | None:
    """The quick form of a network from texts to vectors; None if it is built in another way."""
    return QuickVectors(network) if _understood(network) else None


def quicken(model: Language, *, name: str = "tok2vec") -> None:
    """Have the component that gives its vectors to others compute them the quick way."""
    pipe: Any = model.get_pipe(name) if name in model.pipe_names else None
    quick = quick_vectors(pipe.model) if isinstance(pipe, Tok2Vec) else None
    if quick is not None:
        vectors = quick  # never None inside the function
        pipe.model = Model(
            "quick_vectors",
            lambda _, docs, is_train: (vectors(docs), None),
            layers=[pipe.model],
            dims={"nO": pipe.model.get_dim("nO")},
        )
