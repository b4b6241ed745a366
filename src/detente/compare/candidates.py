"""Which pairs of articles may share a passage: an inverted index of word five-grams, winnowed.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) keeps of every eight neighbouring five-grams
the one with the least hash: two texts that share twelve words in a row share at least one kept
five-gram, wherever the words stand. Five-grams that many articles carry link each article only to
the first that carries it and to its neighbour, so a text printed two hundred times costs two hundred
links and not twenty thousand.

Memory: 12 bytes a kept five-gram, about two for nine words: some 1.1 kB for an article of 400 words,
twice that while sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from detente.compare.words import U64, Codes, gram_hashes

GRAM = 5
WINDOW = 8
BATCH_WORDS = 200_000
_MAX = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True)
class CandidateSettings:
    """When two articles are worth aligning. Tuned on pairs of the dev stories; don't tune alone.

    ``common``: a five-gram in more articles than this links to the first and the neighbour only.
    ``rare``: one shared five-gram is enough when at most so many articles carry it.
    ``least`` and ``least_common``: how many shared five-grams make a candidate, of those that few and
    those that many carry.
    """

    common: int = 24
    rare: int = 4
    least: int = 2
    least_common: int = 4


def _slide(values: U64, pick: np.ufunc) -> U64:
    """``pick`` over every ``WINDOW`` neighbours, by doubling (WINDOW is a power of two)."""
    step = 1
    while step < WINDOW:
        values = pick(values[:-step], values[step:])
        step *= 2
    return values


def winnow(hashes: U64) -> npt.NDArray[np.bool_]:
    """Which of the hashes are the least of some window of ``WINDOW`` neighbours."""
    padded = np.concatenate([np.full(WINDOW - 1, _MAX), hashes, np.full(WINDOW - 1, _MAX)])
    highest = _slide(_slide(padded, np.minimum), np.maximum)
    kept: npt.NDArray[np.bool_] = (highest == hashes) & (hashes != _MAX)
    return kept


@dataclass(slots=True)
class GramIndex:
    """Kept five-grams of a pile, filled article by article, then asked for candidate pairs."""

    settings: CandidateSettings = field(default_factory=CandidateSettings)
    articles: int = 0
    _waiting: list[Codes] = field(default_factory=list)
    _waiting_words: int = 0
    _hashes: list[U64] = field(default_factory=list)
    _owners: list[npt.NDArray[np.uint32]] = field(default_factory=list)

    def add(self, codes: Codes) -> int:
        """Enter the next article's words; returns its number (0, 1, 2 …)."""
        self._waiting.append(codes)
        self._waiting_words += len(codes)
        self.articles += 1
        if self._waiting_words >= BATCH_WORDS:
            self._flush()
        return self.articles - 1

    def _flush(self) -> None:
        if not self._waiting:
            return
        codes = np.concatenate(self._waiting)
        lengths = np.array([len(c) for c in self._waiting])
        first = self.articles - len(self._waiting)
        owners = np.repeat(np.arange(first, self.articles, dtype=np.uint32), lengths)
        self._waiting, self._waiting_words = [], 0
        hashes = gram_hashes(codes, GRAM)
        if not len(hashes):
            return
        # A five-gram that runs over the end of an article is none.
        hashes[owners[: len(hashes)] != owners[GRAM - 1 :]] = _MAX
        kept = winnow(hashes)
        self._hashes.append(hashes[kept])
        self._owners.append(owners[: len(hashes)][kept])

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Candidate pairs of article numbers, the lower first, in order."""
        self._flush()
        if not self._hashes:
            return
        hashes, owners = np.concatenate(self._hashes), np.concatenate(self._owners)
        order = np.argsort(hashes, kind="stable")
        hashes, owners = hashes[order], owners[order]
        fresh = np.ones(len(hashes), bool)  # one entry an article and five-gram
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        hashes, owners = hashes[fresh], owners[fresh]
        starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
        sizes = np.diff(np.concatenate([starts, [len(hashes)]]))
        yield from _choose(owners, starts, sizes, self.articles, self.settings)


def _choose(
    owners: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
    total: int,
    settings: CandidateSettings,
) -> Iterator[tuple[int, int]]:
    few: list[U64] = []
    rare: list[U64] = []
    for size in range(2, settings.common + 1):
        groups = starts[sizes == size]
        if len(groups):
            members = owners[groups[:, None] + np.arange(size)].astype(np.uint64)
            a, b = np.triu_indices(size, 1)
            few.append((members[:, a] * np.uint64(total) + members[:, b]).ravel())
            if size <= settings.rare:
                rare.append(few[-1])
    many = list(_links(owners, starts, sizes, total, settings.common))
    chosen = [np.empty(0, np.uint64)]
    for keys, least in ((few, settings.least), (rare, 1), (many, settings.least_common)):
        if keys:
            values, counts = np.unique(np.concatenate(keys), return_counts=True)
            chosen.append(values[counts >= least])
    for key in np.unique(np.concatenate(chosen)).tolist():
        yield divmod(key, total)


def _links(
    owners: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
    total: int,
    common: int,
) -> Iterable[U64]:
    """First-to-each and neighbour links of the five-grams that many articles carry."""
    for start, size in zip(starts[sizes > common], sizes[sizes > common], strict=True):
        members = owners[start : start + size].astype(np.uint64)
        yield members[0] * np.uint64(total) + members[1:]
        yield members[1:-1] * np.uint64(total) + members[2:]
