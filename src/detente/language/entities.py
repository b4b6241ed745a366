"""The model's own recogniser of names, its decisions taken for a whole batch at once.

spaCy walks through each text token by token and asks of all 74 moves whether they are allowed, which takes a
third of the whole parse. Yet outside a name a move hangs on the token alone: one product of matrices decides
every token of a batch; from each token that would begin a name, the name is then followed to its end, all of
them side by side. Of names that overlap the first is kept, as it is when walking from left to right.

The sums are spaCy's, in its order; the product may differ in the last bit. The outcome is the recogniser's
(``tests/language/test_entities.py`` compares). A text that holds names already goes to spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import ENT_IOB, ENT_TYPE, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer, Pipe
from spacy.tokens import Doc

from detente.language.layers import quick_vectors

FACTORY = "detente_entity_recognizer"

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_FEATURES = 3  # the token, the first of the open name, the one before if a name is open
_INSIDE, _FIRST, _OUTSIDE = 1, 3, 2  # spaCy's numbers for a token's place in a name


@dataclass(frozen=True, slots=True)
class _Moves:
    """The moves by kind, as columns of the scores: all but ``out`` have one a label."""

    labels: tuple[int, ...]  # hashes
    begin: Ints
    inside: Ints
    last: Ints
    unit: Ints
    out: int

    @classmethod
    def of(cls, names: Sequence[str], strings: Any) -> _Moves:
        """A recogniser's moves, by their names ("B-ORG", "O" and the like)."""
        labels = [name[2:] for name in names if name.startswith("B-")]
        begin, inside, last, unit = (
            np.array([names.index(f"{kind}-{label}") for label in labels]) for kind in "BILU"
        )
        return cls(tuple(strings[label] for label in labels), begin, inside, last, unit, out=names.index("O"))


@dataclass(frozen=True, slots=True)
class _Batch:
    """The tokens of a batch of texts, one after the other."""

    last: npt.NDArray[np.bool_]  # the last token of a text
    bound: npt.NDArray[np.bool_]  # no name reaches from here into the next token
    space: npt.NDArray[np.bool_]


class QuickRecognizer(Pipe):
    """A recogniser of names that decides as another does, a batch at a time."""

    def __init__(self, name: str) -> None:
        self.name = name

    def take(self, recognizer: EntityRecognizer) -> None:
        """Stand for this recogniser from now on."""
        self._plain = recognizer
        self.model = recognizer.model
        self._vectors = quick_vectors(recognizer.model.layers[0].layers[0])
        names = [recognizer.moves.get_class_name(i) for i in range(recognizer.moves.n_moves)]
        self._moves = _Moves.of(names, recognizer.vocab.strings)

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Find the names of texts, so many at a time."""
        texts = iter(stream)
        while docs := list(islice(texts, batch_size)):
            fresh = [doc for doc in docs if len(doc) and not doc.has_annotation("ENT_IOB")]
            for doc in docs:
                if len(doc) and doc.has_annotation("ENT_IOB"):
                    self._plain(doc)
            if fresh:
                self._find(fresh)
            yield from docs

    def _find(self, docs: list[Doc]) -> None:
        """Set the names of texts that hold none yet and are not empty."""
        features, scores = self._network(docs)
        batch = _look(docs)
        starts, ends, labels = self._names(features, scores, batch)
        kept = _first_of_overlapping(starts, ends)
        types = np.zeros(len(batch.last), dtype=np.uint64)
        places = np.full(len(batch.last), _OUTSIDE, dtype=np.uint64)
        hashes = np.array(self._moves.labels, dtype=np.uint64)
        for start, end, label in zip(starts[kept], ends[kept], labels[kept], strict=True):
            types[start:end] = hashes[label]
            places[start:end] = _INSIDE
            places[start] = _FIRST
        rows = np.stack((places, types), axis=1)
        at = 0
        for doc in docs:
            doc.from_array([ENT_IOB, ENT_TYPE], rows[at : at + len(doc)])  # type: ignore[arg-type]
            at += len(doc)

    def _network(self, docs: list[Doc]) -> tuple[Floats, Scores]:
        """What each token adds to a state in each of its parts (first row: no token); the last layer."""
        vectors, lower, upper = self.model.layers
        if self._vectors is not None:
            values = vectors.layers[-1].predict(np.concatenate(self._vectors(docs)))
        else:
            values = vectors.predict(docs)
        return lower.predict(values), Scores(lower.get_param("b"), upper)

    def _names(self, features: Floats, scores: Scores, batch: _Batch) -> tuple[Ints, Ints, Ints]:
        """Start, end and label of every name that would be found if no other were open, in order."""
        moves = self._moves
        none = features[0]
        found = scores(features[1:, 0] + none[1] + none[2])
        allowed = np.full(found.shape[1], -np.inf, dtype=np.float32)
        allowed[[*moves.begin, *moves.unit, moves.out]] = 0
        found += allowed
        found[np.ix_(batch.bound | batch.space, moves.begin)] = -np.inf
        found[np.ix_(batch.space, moves.unit)] = -np.inf
        guess = found.argmax(axis=1)
        label_of = np.full(found.shape[1], -1)
        label_of[moves.begin] = label_of[moves.unit] = np.arange(len(moves.labels))
        starts = np.flatnonzero(guess != moves.out)
        labels = label_of[guess[starts]]
        ends = starts + 1
        begun = np.flatnonzero(np.isin(guess[starts], moves.begin))
        ends[begun] = self._follow(features, scores, batch, starts[begun], labels[begun])
        return starts, ends, labels

    def _follow(self, features: Floats, scores: Scores, batch: _Batch, starts: Ints, labels: Ints) -> Ints:
        """Where names that begin at these tokens end, by the token after."""
        ends = starts + 1
        still = np.arange(len(starts))
        while len(still):
            here, which = ends[still], labels[still]
            found = scores(features[here + 1, 0] + features[starts[still] + 1, 1] + features[here, 2])
            row = np.arange(len(still))
            closes = found[row, self._moves.last[which]] > found[row, self._moves.inside[which]]
            ends[still] += 1
            still = still[~(closes | batch.bound[here])]
        return ends


class Scores:
    """From the sum of a state's features to the scores of the moves: the largest of two pieces, one layer."""

    def __init__(self, added: Floats, upper: Any) -> None:
        self._added, self._upper = added.ravel(), upper

    def __call__(self, states: Floats) -> Floats:
        """The scores of a row each."""
        states = states.reshape(len(states), -1) + self._added
        return cast(Floats, self._upper.predict(np.maximum(states[:, 0::2], states[:, 1::2])))


def _look(docs: list[Doc]) -> _Batch:
    rows = np.concatenate([doc.to_array([SENT_START, IS_SPACE]) for doc in docs])
    lengths = [len(doc) for doc in docs]
    last = np.zeros(len(rows), dtype=bool)
    last[np.cumsum(lengths) - 1] = True
    bound = last.copy()
    bound[:-1] |= rows[1:, 0] == 1
    return _Batch(last, bound, rows[:, 1] == 1)


def _first_of_overlapping(starts: Ints, ends: Ints) -> list[int]:
    kept, free = [], 0
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if start >= free:
            kept.append(i)
            free = end
    return kept


@Language.factory(FACTORY)
def make_quick_recognizer(nlp: Language, name: str) -> QuickRecognizer:
    """spaCy's way to make the component."""
    return QuickRecognizer(name)


def quicken(model: Language, *, name: str = "ner") -> None:
    """Put a :class:`QuickRecognizer` in place of a model's recogniser, if it is of the kind known here."""
    pipe = model.get_pipe(name) if name in model.pipe_names else None
    if isinstance(pipe, EntityRecognizer) and is_plain(pipe, _FEATURES):
        model.replace_pipe(name, FACTORY).take(pipe)  # type: ignore[attr-defined]


def is_plain(pipe: DependencyParser | EntityRecognizer, features: int) -> bool:
    """True for a greedy pipe with two pieces and an upper layer, all of its moves seen in training.

    ``features``: how many words a state of it looks at.
    """
    model = pipe.model
    lower = model.get_ref("lower")
    return bool(
        pipe.cfg["beam_width"] == 1
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and (lower.get_dim("nF"), lower.get_dim("nP")) == (features, 2)
    )
