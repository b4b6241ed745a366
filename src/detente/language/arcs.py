"""The model's own parser of sentences, its moves taken in all texts of a batch side by side.

spaCy walks through one text after the other and asks at every step which kinds of move are allowed, each time
under Python's lock: two fifths of what was left of the parse. Here the texts of a batch take their first move
together, then their second, and so on: what a move hangs on (the words on top of the stack and next in the
buffer, and their outermost dependants) is gathered for all of them at once.

The moves and when they are allowed are those of spaCy's arc-eager system. A word on the stack that has a head
stands right above it, so a left arc that takes the word away from that head takes its last dependant to the
right. The sums are spaCy's, in its order; products of matrices may differ in the last bit. The outcome is the
parser's (``tests/language/test_arcs.py`` compares); a text parsed in part already goes to spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.pipeline import DependencyParser, Pipe
from spacy.pipeline._parser_internals.nonproj import DELIMITER, deprojectivize
from spacy.tokens import Doc

from detente.language.entities import Scores, is_plain

FACTORY = "detente_parser"

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_FEATURES = 8  # two words of the buffer, three of the stack, a left child of both tops, a right child of one
_SIDE_BY_SIDE = 14  # texts: as quick as spaCy at 12 to 16, half its time at 40
_KINDS = "SDLRB"  # shift, reduce, left arc, right arc, break between sentences
_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_GROWS = np.array([1, -1, -1, 1, 0])  # what each kind does to the depth of the stack
_ROOM = 3  # empty places below each stack, so that three words can be asked of any


@dataclass(frozen=True, slots=True)
class _Moves:
    """The moves by number: their kinds, their labels, and those allowed by what is allowed of the kinds."""

    kinds: Ints
    labels: npt.NDArray[np.uint64]
    decorated: Flags  # its label tells of a head that only a crossing arc reaches
    root: int
    forbidden: Floats  # by shift, reduce, arc and break as bits: 0 where allowed, else minus infinity

    @classmethod
    def of(cls, names: Sequence[str], strings: Any) -> _Moves:
        """A parser's moves, by their names ("L-nsubj", "S" and the like)."""
        kinds = np.array([_KINDS.index(name[0]) for name in names])
        labels = [name[2:] for name in names]
        bit = np.array([1, 2, 4, 4, 8])[kinds]
        allowed = (np.arange(16)[:, None] & bit) > 0
        return cls(
            kinds, np.array([strings.add(label) if label else 0 for label in labels], dtype=np.uint64),
            np.array([DELIMITER in label for label in labels]), strings.add("ROOT"),
            np.where(allowed, np.float32(0), np.float32(-np.inf)),
        )  # fmt: skip


@dataclass(slots=True)
class _States:
    """Where each text of a batch stands. Words have one number over the batch, from 1; 0 stands for none.

    ``top`` is the place of the topmost word in ``stack`` and ``front`` that of the first word in ``back``,
    where words stand that were put back from the stack; both are ``bottom`` where there is none.
    """

    following: Ints  # the next word that never was on the stack
    end: Ints
    bottom: Ints
    top: Ints
    front: Ints
    stack: Ints
    back: Ints
    head: Ints
    move: Ints  # the one that gave a word its head
    left: Ints  # the last left child that a word was given
    right: Ints
    elder: Ints  # the right child that its head was given before it
    begins: Flags  # a sentence begins here
    returned: Flags  # put back, and not to be shifted again
    any_back: bool = False

    @classmethod
    def of(cls, lengths: Ints) -> _States:
        """The first states of texts of so many words, none of them empty."""
        ends = np.cumsum(lengths) + 1
        starts, total = ends - lengths, int(ends[-1])
        bottom = np.cumsum(lengths + _ROOM) - lengths - 1
        stack, back = (np.zeros(int(bottom[-1] + lengths[-1]) + 1, dtype=np.int64) for _ in range(2))
        head, move, left, right, elder = (np.zeros(total, dtype=np.int64) for _ in range(5))
        begins, returned = np.zeros(total, dtype=bool), np.zeros(total, dtype=bool)
        begins[starts] = True
        return cls(
            starts, ends, bottom, bottom.copy(), bottom.copy(), stack, back, head, move, left, right, elder,
            begins, returned,
        )  # fmt: skip

    def buffer(self) -> tuple[Ints, Ints]:
        """The first and the second word of each buffer."""
        first = self.following * (self.following < self.end)
        second = (self.following + 1) * (self.following + 1 < self.end)
        if self.any_back:
            held = self.front - self.bottom
            second = np.where(held > 1, self.back[self.front - 1], np.where(held == 1, first, second))
            first = np.where(held > 0, self.back[self.front], first)
        return first, second

    def take(self, moves: Ints, kinds: Ints, first: Ints, second: Ints, top: Ints) -> None:
        """Take one move in each text, whose buffers begin with ``first`` and stacks end with ``top``."""
        self._left_arcs(*_at(kinds == _LEFT, first, top, moves))
        self._right_arcs(*_at(kinds == _RIGHT, first, top, moves))
        self.begins[second[kinds == _BREAK]] = True
        reduced = np.flatnonzero(kinds == _REDUCE)
        self._put_back(reduced[(self.head[top[reduced]] == 0) & (self.top - self.bottom > 1)[reduced]], top)
        pushed = (kinds == _SHIFT) | (kinds == _RIGHT)
        self.stack[self.top[pushed] + 1] = first[pushed]
        self.top += _GROWS[kinds]
        if self.any_back:
            held = pushed & (self.front > self.bottom)
            self.front -= held
            pushed &= ~held
            self.any_back = bool((self.front > self.bottom).any())
        self.following += pushed

    def _left_arcs(self, heads: Ints, children: Ints, moves: Ints) -> None:
        before = self.head[children]
        had = np.flatnonzero(before)
        self.right[before[had]] = self.elder[children[had]]
        self.head[children] = heads
        self.move[children] = moves
        self.left[heads] = children
        self.returned[heads] = False

    def _right_arcs(self, children: Ints, heads: Ints, moves: Ints) -> None:
        self.head[children] = heads
        self.move[children] = moves
        self.elder[children] = self.right[heads]
        self.right[heads] = children

    def _put_back(self, texts: Ints, top: Ints) -> None:
        if len(texts):  # a word without a head above other words goes back to the buffer
            self.returned[top[texts]] = True
            self.front[texts] += 1
            self.back[self.front[texts]] = top[texts]
            self.any_back = True

    def leave_ended(self) -> None:
        """Go on without the texts that have nothing left on the stack or in the buffer."""
        ended = (self.top == self.bottom) & (self.following == self.end) & (self.front == self.bottom)
        if ended.any():
            on = np.flatnonzero(~ended)
            self.following, self.end, self.bottom = self.following[on], self.end[on], self.bottom[on]
            self.top, self.front = self.top[on], self.front[on]


def _at(which: npt.NDArray[np.bool_], *values: Ints) -> list[Ints]:
    places = np.flatnonzero(which)
    return [value[places] for value in values]


class QuickParser(Pipe):
    """A parser of sentences that decides as another does, a batch at a time.

    ``least`` is how many texts must move side by side, on average, for that to be quicker than spaCy's way.
    """

    def __init__(self, name: str, *, least: int = _SIDE_BY_SIDE) -> None:
        self.name, self.least = name, least

    def take(self, parser: DependencyParser) -> None:
        """Stand for this parser from now on."""
        self._plain = parser
        self.model = parser.model
        names = [parser.moves.get_class_name(i) for i in range(parser.moves.n_moves)]
        self._moves = _Moves.of(names, parser.vocab.strings)

    def __call__(self, doc: Doc) -> Doc:
        """Parse one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Parse texts, so many at a time."""
        texts = iter(stream)
        while docs := list(islice(texts, batch_size)):
            fresh = [doc for doc in docs if len(doc) and not _has_parse(doc)]
            if sum(map(len, fresh)) < self.least * max(map(len, fresh), default=1):
                fresh = []
            done = set(map(id, fresh))
            for _ in self._plain.pipe([doc for doc in docs if id(doc) not in done], batch_size=batch_size):
                pass
            if fresh:
                self._parse(fresh)
            yield from docs

    def _parse(self, docs: list[Doc]) -> None:
        """Set heads and labels of texts that have none yet and are not empty."""
        states = _States.of(np.array([len(doc) for doc in docs]))
        self._walk(states, docs)
        heads, moves, own = states.head[1:], states.move[1:], np.arange(1, len(states.head))
        free = heads == 0
        labels = np.where(free, np.uint64(self._moves.root), self._moves.labels[moves])
        rows = np.stack((np.where(free, 0, heads - own).astype(np.uint64), labels), axis=1)
        crossing = np.cumsum(np.concatenate(([False], self._moves.decorated[moves] & ~free)))
        at = 0
        for doc in docs:
            doc.from_array([HEAD, DEP], rows[at : at + len(doc)])  # type: ignore[arg-type]
            if crossing[at + len(doc)] > crossing[at]:
                deprojectivize(doc)
            at += len(doc)

    def _walk(self, states: _States, docs: list[Doc]) -> None:
        """Move on, in all texts side by side, until every one is at its end."""
        features, scores = self._network(docs)
        moves, stack = self._moves, states.stack
        while len(states.top):
            first, second = states.buffer()
            top = stack[states.top]
            words = (
                first, second, top, stack[states.top - 1], stack[states.top - 2],
                states.left[first], states.left[top], states.right[top],
            )  # fmt: skip
            found = scores(_sums(features, words))
            found += moves.forbidden.take(_allowed(states, first, second, top), axis=0)
            best = found.argmax(axis=1)
            states.take(best, moves.kinds[best], first, second, top)
            states.leave_ended()

    def _network(self, docs: list[Doc]) -> tuple[Floats, Scores]:
        """What each word adds to a state in each of its parts, a row each (first none); the last layer."""
        vectors, lower, upper = self.model.layers
        features = lower.predict(vectors.predict(docs))
        return features.reshape(len(features) * _FEATURES, -1), Scores(lower.get_param("b"), upper)


def _sums(features: Floats, words: Sequence[Ints]) -> Floats:
    """What the words of each state add up to; one part after the other, as less memory is gone through."""
    sums: Floats = features.take(words[0] * _FEATURES, axis=0)
    for part, some in enumerate(words[1:], 1):
        sums += features.take(some * _FEATURES + part, axis=0)
    return sums


def _allowed(states: _States, first: Ints, second: Ints, top: Ints) -> Ints:
    """Which kinds of move are allowed in each state: bits for shift, reduce, both arcs and break."""
    stands, more = top > 0, second > 0
    goes_on = ~states.begins[first]
    shift = ~stands | (more & goes_on & ~states.returned[first])
    stop = more & (second == first + 1) & ~states.begins[second]
    bits: Ints = shift + 2 * stands + 4 * (stands & (first > 0) & goes_on) + 8 * stop
    return bits


def _has_parse(doc: Doc) -> bool:
    return doc.has_annotation("DEP") or doc.has_annotation("HEAD") or doc.has_annotation("SENT_START")


@Language.factory(FACTORY)
def make_quick_parser(nlp: Language, name: str) -> QuickParser:
    """spaCy's way to make the component."""
    return QuickParser(name)


def quicken(model: Language, *, name: str = "parser") -> None:
    """Put a :class:`QuickParser` in place of a model's parser, if it is of the kind known here."""
    pipe = model.get_pipe(name) if name in model.pipe_names else None
    if isinstance(pipe, DependencyParser) and _understood(pipe):
        model.replace_pipe(name, FACTORY).take(pipe)  # type: ignore[attr-defined]


def _understood(parser: DependencyParser) -> bool:
    """True for a plain parser whose moves are those known here."""
    names = [parser.moves.get_class_name(i) for i in range(parser.moves.n_moves)]
    return (
        is_plain(parser, _FEATURES)
        and not any(name.endswith("-subtok") for name in names)
        and [name for name in names if name[0] in "SDB"] == ["S", "D", "B-ROOT"]
    )
