"""Which pairs of articles may share a passage: an inverted index of word five-grams, winnowed.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) keeps of every eight neighbouring five-grams
the one with the least hash: two texts that share twelve words in a row share at least one kept
five-gram, wherever the words stand. Five-grams that many articles carry link each article only to
the first that carries it and to its neighbour, so a text printed two hundred times costs two hundred
links and not twenty thousand. Nor does such a five-gram start an alignment of any other pair: a set
phrase that a thousand articles carry would otherwise be aligned half a million times.

How many places hold a five-gram is counted for all of them, kept or not, in a table of small counts by
hash (with 2.7 five-grams a count at the most, two in one do no harm).

Memory: 12 bytes a kept five-gram, about two for nine words: some 1.1 kB for an article of 400 words,
three times that while sorting, and half a kB an article for the counts (64 MB at most).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.compare.words import U64, Codes, Places, gram_hashes

GRAM = 5
WINDOW = 8
BATCH_WORDS = 200_000
SLOTS_AN_ARTICLE = 256
MOST_BITS = 25
_FULL = np.uint16(30_000)
U32 = npt.NDArray[np.uint32]
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth aligning (``a`` below ``b``, in order) and how.

    ``linked``: the pair stands for all that carry the same common five-grams, so all that it shares is
    looked for; for other pairs the common five-grams are no place to start from.
    """

    a: Places
    b: Places
    linked: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.a)


@dataclass(slots=True)
class GramIndex:
    """Kept five-grams of a pile, filled article by article, then asked for candidate pairs.

    ``expected``: about how many articles will come; it sets the size of the table of counts.
    """

    settings: CandidateSettings = field(default_factory=CandidateSettings)
    expected: int = 4096
    articles: int = 0
    _waiting: list[Codes] = field(default_factory=list)
    _waiting_words: int = 0
    _hashes: list[U64] = field(default_factory=list)
    _owners: list[U32] = field(default_factory=list)
    _counts: npt.NDArray[np.uint16] = field(init=False)
    _found: Candidates | None = None

    def __post_init__(self) -> None:
        wanted = (SLOTS_AN_ARTICLE * max(self.expected, 256) - 1).bit_length()
        self._counts = np.zeros(1 << min(wanted, MOST_BITS), np.uint16)

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
        self._count(hashes)
        kept = winnow(hashes)
        self._hashes.append(hashes[kept])
        self._owners.append(owners[: len(hashes)][kept])

    def _count(self, hashes: U64) -> None:
        slots = self._slots(hashes)
        np.add.at(self._counts, slots, np.uint16(1))
        full = slots[self._counts[slots] > _FULL]
        self._counts[full] = _FULL

    def _slots(self, hashes: U64) -> Places:
        return (hashes >> np.uint64(20)).astype(np.int64) & (len(self._counts) - 1)

    def telling(self, hashes: U64) -> npt.NDArray[np.bool_]:
        """Which five-grams are not common: ``settings.common`` places in the pile or fewer hold them."""
        return self._counts[self._slots(hashes)] <= self.settings.common

    def candidates(self) -> Candidates:
        """The pairs worth aligning, worked out once. No article can be entered afterwards."""
        if self._found is None:
            self._found = self._find()
        return self._found

    def _find(self) -> Candidates:
        self._flush()
        if not self._hashes:
            return Candidates(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, bool))
        hashes, owners = np.concatenate(self._hashes), np.concatenate(self._owners)
        self._hashes, self._owners = [], []
        order = np.argsort(hashes, kind="stable")
        hashes, owners = hashes[order], owners[order]
        fresh = _changes(hashes)
        fresh[1:] |= owners[1:] != owners[:-1]  # one entry an article and five-gram
        hashes, owners = hashes[fresh], owners[fresh]
        starts = np.flatnonzero(_changes(hashes))
        sizes = np.diff(np.concatenate([starts, [len(hashes)]]))
        shared = sizes > 1
        starts, sizes = starts[shared], sizes[shared]
        return _choose(owners, starts, sizes, self.telling(hashes[starts]), self.articles, self.settings)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Candidate pairs of article numbers, the lower first, in order."""
        found = self.candidates()
        return zip(found.a.tolist(), found.b.tolist(), strict=True)


def _changes(values: npt.NDArray[np.unsignedinteger[Any]]) -> npt.NDArray[np.bool_]:
    """Where a sorted array's value is not the one before."""
    changes = np.ones(len(values), bool)
    changes[1:] = values[1:] != values[:-1]
    return changes


def _choose(
    owners: U32,
    starts: Places,
    sizes: Places,
    telling: npt.NDArray[np.bool_],
    total: int,
    settings: CandidateSettings,
) -> Candidates:
    """Pairs of articles that share enough five-grams. ``owners`` are listed five-gram by five-gram."""
    few: list[U64] = []
    rare: list[U64] = []
    for size in range(2, settings.common + 1):
        groups = starts[telling & (sizes == size)]
        if len(groups):
            members = owners[groups[:, None] + np.arange(size)].astype(np.uint64)
            a, b = np.triu_indices(size, 1)
            few.append((members[:, a] * np.uint64(total) + members[:, b]).ravel())
            if size <= settings.rare:
                rare.append(few[-1])
    linked = _enough(_links(owners, starts[~telling], sizes[~telling], total), settings.least_common)
    chosen = np.unique(np.concatenate([_enough(few, settings.least), _enough(rare, 1), linked]))
    a, b = np.divmod(chosen.astype(np.int64), total)
    return Candidates(a, b, np.isin(chosen, linked, assume_unique=True))


def _enough(keys: list[U64], least: int) -> U64:
    """The keys that come at least so often, in order."""
    values, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *keys]), return_counts=True)
    return values[counts >= least]


def _links(owners: U32, starts: Places, sizes: Places, total: int) -> list[U64]:
    """First-to-each and neighbour links of the five-grams that many articles carry."""
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.repeat(starts, sizes) + within
    members, firsts = owners[at].astype(np.uint64), np.repeat(owners[starts], sizes).astype(np.uint64)
    second, third = within > 0, np.flatnonzero(within > 1)
    return [
        firsts[second] * np.uint64(total) + members[second],
        members[third - 1] * np.uint64(total) + members[third],
    ]
