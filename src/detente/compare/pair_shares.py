"""What any two articles share: passage by passage, pair by pair, and all pairs of a pile in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from detente.compare.places import Numbers, Place

MEANINGS = ("text", "document", "quotation", "background", "formula", "boilerplate")
"""What sharing words may mean, the most telling first."""


@dataclass(frozen=True, slots=True)
class Share:
    """One passage of two articles (numbers in the order of telling): places, shared words, and what it is.

    ``rewritten``: a sentence in other words; ``words`` are those both have, ``similarity`` their share.
    """

    a: int
    b: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    words: int
    similarity: float
    shared: str
    told: float
    rewritten: bool = False

    @property
    def a_place(self) -> Place:
        """Where it stands in the first article."""
        return self.a, *self.a_span

    @property
    def b_place(self) -> Place:
        """Where it stands in the second article."""
        return self.b, *self.b_span


@dataclass(frozen=True, slots=True)
class PairShare:
    """All that two articles share; ``a_words`` and ``b_words`` are the lengths of their bodies."""

    a: int
    b: int
    shares: tuple[Share, ...]
    a_words: int
    b_words: int

    @property
    def told(self) -> float:
        """Narrator's words shared as text; a document counts where it is most of the shorter article."""
        counted = ("text", "document") if 2 * self._words("text", "document") >= self._shorter else ("text",)
        return sum(s.told for s in self.shares if s.shared in counted)

    @property
    def words(self) -> int:
        """All words shared as text."""
        return self._words("text")

    def _words(self, *meanings: str) -> int:
        return sum(s.words for s in self.shares if s.shared in meanings and not s.rewritten)

    @property
    def _shorter(self) -> int:
        return max(1, min(self.a_words, self.b_words))

    @property
    def coverage(self) -> float:
        """Shared text beside the shorter body."""
        return min(1.0, self.words / self._shorter)


class PairShares(Sequence[PairShare]):
    """Pairs in flat arrays: some 20 bytes a pair and 42 a passage. A pair is made when it is asked for."""

    def __init__(self, pairs: Iterable[PairShare] = ()) -> None:
        self._pairs = array("I")  # four numbers a pair: the two articles and the lengths of their bodies
        self._ends = array("Q", [0])  # of each pair, where its shares end
        self._spans = array("I")  # six numbers a share: its pair, its spans and its words
        self._weights = array("d")  # two numbers a share: similarity and told
        self._kinds = array("B")  # two numbers a share: what it is, and whether it is rewritten
        for pair in pairs:
            self.append(pair)

    def append(self, pair: PairShare) -> None:
        """Enter a pair."""
        for share in pair.shares:
            self._spans.extend((len(self), *share.a_span, *share.b_span, share.words))
            self._weights.extend((share.similarity, share.told))
            self._kinds.extend((MEANINGS.index(share.shared), share.rewritten))
        self._pairs.extend((pair.a, pair.b, pair.a_words, pair.b_words))
        self._ends.append(len(self._spans) // 6)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> PairShare: ...
    @overload
    def __getitem__(self, number: slice) -> list[PairShare]: ...
    def __getitem__(self, number: int | slice) -> PairShare | list[PairShare]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        a, b, a_words, b_words = self._pairs[4 * number : 4 * number + 4]
        shares = tuple(self.share(n) for n in range(self._ends[number], self._ends[number + 1]))
        return PairShare(a, b, shares, a_words, b_words)

    def __iter__(self) -> Iterator[PairShare]:
        return (self[n] for n in range(len(self)))

    def share(self, number: int) -> Share:
        """One passage of all, in the order of the pairs."""
        pair, a_start, a_end, b_start, b_end, words = self._spans[6 * number : 6 * number + 6]
        similarity, told = self._weights[2 * number : 2 * number + 2]
        kind, rewritten = self._kinds[2 * number : 2 * number + 2]
        a, b = self._pairs[4 * pair : 4 * pair + 2]
        return Share(
            a, b, (a_start, a_end), (b_start, b_end), words, similarity, MEANINGS[kind], told, bool(rewritten)
        )

    def places(self) -> tuple[Numbers, Numbers]:
        """Where every passage stands on either side: article, start and end."""
        spans = np.array(self._spans, np.int64).reshape(-1, 6)
        ends = np.array(self._pairs, np.int64).reshape(-1, 4)[spans[:, 0], :2]
        one = np.concatenate([ends[:, :1], spans[:, 1:3]], axis=1)
        return one, np.concatenate([ends[:, 1:], spans[:, 3:5]], axis=1)

    def mark(self, numbers: Iterable[int], meaning: str, *, of: Sequence[str]) -> None:
        """Give passages of some meanings (``of``) another one."""
        changed = {MEANINGS.index(one) for one in of}
        for number in numbers:
            if self._kinds[2 * number] in changed:
                self._kinds[2 * number] = MEANINGS.index(meaning)
