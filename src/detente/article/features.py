"""What the line model sees of each unit: layout, punctuation, cohesion with the page's prose, hashed words.

Everything is counted over arrays of code points, so a page of 200 lines costs about two milliseconds.
Words enter as hash buckets; which buckets carry weight was decided in training (only those met on
several domains), so no page can be recalled from them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.article.units import Unit

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

BUCKET_BITS = 20
# Of a long paragraph the first and the last words tell enough; more only costs time.
HEAD_WORDS, TAIL_WORDS = 32, 10
_LETTER, _UPPER, _DIGIT, _CJK, _END, _PUNCT = 1, 2, 4, 8, 16, 32
_QUOTES = "\"“”„«»‘’'"
_POWERS = np.array([pow(1_099_511_628_211, k + 1, 2**64) for k in range(32)], dtype=np.uint64)
_PROSE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Features:
    """``dense`` one row a unit; ``buckets`` the hashed tokens, ``owner`` the unit each belongs to."""

    dense: Floats
    buckets: Ints
    owner: Ints


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Character classes and lower-case forms of the Basic Multilingual Plane."""
    classes = np.zeros(65536, dtype=np.uint8)
    lower = np.arange(65536, dtype=np.uint32)
    for code in range(65536):
        char = chr(code)
        category = unicodedata.category(char)
        if category[0] in "LM":
            classes[code] |= _LETTER
        if category == "Lu":
            classes[code] |= _UPPER
            if len(char.lower()) == 1:
                lower[code] = ord(char.lower())
        if category == "Nd":
            classes[code] |= _DIGIT
            lower[code] = ord("0")
        if category[0] in "PS":
            classes[code] |= _PUNCT
        if 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7AF:
            classes[code] |= _CJK
    for char in ".!?…。！？।؟":
        classes[ord(char)] |= _END
    return classes, lower


def _mix(hashes: Hashes, salt: int) -> Hashes:
    mixed = (hashes + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed


def _buckets(hashes: Hashes, salt: int) -> Ints:
    return (_mix(hashes, salt) >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)


def hash_name(name: str) -> int:
    """The bucket of a named token (an HTML class or tag), apart from those of words."""
    value = 0
    for char in name:
        value = (value * 1_000_003 + ord(char) + 1) % 2**64
    return int(_buckets(np.array([value], dtype=np.uint64), 99)[0])


class _Page:
    """Arrays over one page's code points, words and units."""

    def __init__(self, text: str, units: Sequence[Unit]) -> None:
        classes, lower = _tables()
        self.codes: NDArray[Any] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        low = np.minimum(self.codes, 65535)
        self.kinds = classes[low]
        self.starts = np.array([u.start for u in units], dtype=np.int64)
        self.ends = np.array([u.end for u in units], dtype=np.int64)
        self.count = len(units)
        self._find_words(lower[low].astype(np.uint64))

    def _find_words(self, lower: Hashes) -> None:
        inside = (self.kinds & (_LETTER | _DIGIT)) > 0
        alone = (self.kinds & _CJK) > 0
        before = np.concatenate(([False], inside[:-1]))
        starts = inside & (~before | alone | np.concatenate(([False], alone[:-1])))
        places = np.flatnonzero(inside)
        first = np.flatnonzero(starts[places])
        self.word_at: Ints = places[first]
        self.word_unit: Ints = np.searchsorted(self.starts, self.word_at, side="right") - 1
        if not len(first):
            self.words: Hashes = np.zeros(0, dtype=np.uint64)
            self.word_size: Ints = np.zeros(0, dtype=np.int64)
            return
        self.word_size = np.diff(np.append(first, len(places)))
        position = np.arange(len(places)) - np.repeat(first, self.word_size)
        terms = (lower[places] + np.uint64(7)) * _POWERS[np.minimum(position, 31)]
        self.words = np.add.reduceat(terms, first)

    def per_unit(self, mask: NDArray[Any]) -> Floats:
        """How many code points of each unit the mask holds for."""
        return np.add.reduceat(mask.astype(np.int32), self.starts).astype(np.float32)

    def per_word(self, values: NDArray[Any]) -> Floats:
        """Sums over the words of each unit."""
        return np.bincount(self.word_unit, weights=values, minlength=self.count).astype(np.float32)


def find_features(
    text: str,
    units: Sequence[Unit],
    *,
    extra: Floats | None = None,
    names: tuple[Ints, Ints] | None = None,
) -> Features:
    """Features of every unit of a page.

    Args:
        text: the page's whole text.
        units: at least one, in order.
        extra: more dense columns (HTML: tags, links, what extractors keep).
        names: buckets of named tokens beside the words, and the unit of each.
    """
    page = _Page(text, units)
    dense, unit_hash = _dense(page, units)
    if extra is not None:
        dense = np.concatenate([dense, extra], axis=1)
    buckets, owner = _tokens(page, unit_hash)
    if names:
        buckets = np.concatenate([buckets, names[0]])
        owner = np.concatenate([owner, names[1]])
        order = np.argsort(owner, kind="stable")
        buckets, owner = buckets[order], owner[order]
    return Features(dense.astype(np.float32), buckets, owner)


def _tokens(page: _Page, unit_hash: Hashes) -> tuple[Ints, Ints]:
    units = page.word_unit
    counts = np.bincount(units, minlength=page.count)
    ends = np.cumsum(counts)
    rank = np.arange(len(units)) - np.repeat(ends - counts, counts)
    left = counts[units] - rank
    near = (rank < HEAD_WORDS) | (left <= TAIL_WORDS)
    pair = near[:-1] & (units[:-1] == units[1:]) if len(units) else np.zeros(0, dtype=bool)
    both = page.words[:-1] * np.uint64(31) + page.words[1:] if len(units) else page.words
    first, last = rank == 0, left == 1
    short = counts <= 8
    everyone = np.arange(page.count)
    opening = page.codes[page.starts].astype(np.uint64)
    closing = page.codes[page.ends - 1].astype(np.uint64)
    parts = [
        (_buckets(page.words[near], 1), units[near]),
        (_buckets(both[pair], 2), units[:-1][pair]),
        (_buckets(page.words[first], 3), units[first]),
        (_buckets(page.words[last], 4), units[last]),
        (_buckets(unit_hash[short], 5), everyone[short]),
        (_buckets(opening, 6), everyone),
        (_buckets(closing, 7), everyone),
    ]
    buckets = np.concatenate([b for b, _ in parts])
    owner = np.concatenate([u for _, u in parts])
    order = np.argsort(owner, kind="stable")
    return buckets[order], owner[order]


def _dense(page: _Page, units: Sequence[Unit]) -> tuple[Floats, Hashes]:
    columns = _shape(page) + _punctuation(page) + _layout(units)
    words = page.per_word(np.ones(len(page.words)))
    context, unit_hash = _context(page, words)
    return np.stack(columns + context, axis=1).astype(np.float32), unit_hash


def _shape(page: _Page) -> list[Floats]:
    kinds = page.kinds
    size = (page.ends - page.starts).astype(np.float32)
    words = page.per_word(np.ones(len(page.words)))
    some = np.maximum(words, 1)
    letters = np.maximum(page.per_unit((kinds & _LETTER) > 0), 1)
    capital = (kinds[page.word_at] & _UPPER) > 0
    number = (kinds[page.word_at] & _DIGIT) > 0
    return [
        np.log1p(size) / 6,
        np.log1p(words) / 5,
        page.per_word(page.word_size) / some / 10,
        page.per_word(capital) / some,
        page.per_unit((kinds & _UPPER) > 0) / letters,
        page.per_word(number) / some,
        page.per_unit((kinds & _PUNCT) > 0) / size,
        page.per_unit((kinds & _CJK) > 0) / letters,
        page.per_word(page.word_size <= 3) / some,
        (words == 0).astype(np.float32),
    ]


# Groups of marks whose number (up to three) tells a kind of line.
_GROUPS = (
    "|",
    "©®",
    "@",
    "/\\",
    ">»→›<",
    '"“”„«»',
    "()[]",
    ":",
    "?",
    "!",
    "#",
    "…",
    ",、，،",
    _QUOTES,
    _QUOTES + ")",
    "*•·-–+▪#>|",
)
_COMMAS, _QUOTED, _CLOSERS, _BULLETS = 12, 13, 14, 15


@cache
def _groups() -> NDArray[np.uint32]:
    """Bit set of the groups each code point belongs to."""
    table = np.zeros(65536, dtype=np.uint32)
    for bit, chars in enumerate(_GROUPS):
        for char in chars:
            table[ord(char)] |= np.uint32(1 << bit)
    return table


def _punctuation(page: _Page) -> list[Floats]:
    kinds, codes = page.kinds, page.codes
    opening, closing = page.starts, page.ends - 1
    marks = _groups()[np.minimum(codes, 65535)]
    inner = np.where((marks[closing] & (1 << _CLOSERS)) > 0, np.maximum(closing - 1, opening), closing)
    after = np.append(codes[1:], 32)
    quoted = np.append((marks[1:] & (1 << _QUOTED)) > 0, False)
    ends = ((kinds & _END) > 0) & ((after <= 32) | quoted | ((kinds & _CJK) > 0))
    present = marks > 0
    return [
        np.log1p(page.per_unit(ends)) / 3,
        ((kinds[inner] & _END) > 0).astype(np.float32),
        (codes[closing] == ord(":")).astype(np.float32),
        ((kinds[closing] & _LETTER) > 0).astype(np.float32),
        ((kinds[closing] & _DIGIT) > 0).astype(np.float32),
        ((kinds[opening] & (_LETTER | _UPPER)) == _LETTER).astype(np.float32),
        ((marks[opening] & (1 << _QUOTED)) > 0).astype(np.float32),
        ((marks[opening] & (1 << _BULLETS)) > 0).astype(np.float32),
        ((kinds[opening] & _DIGIT) > 0).astype(np.float32),
        *_mark_counts(page, marks, np.flatnonzero(present)),
    ]


def _mark_counts(page: _Page, marks: NDArray[np.uint32], places: Ints) -> list[Floats]:
    """Commas on a log scale, then each group of marks counted up to three."""
    unit = np.searchsorted(page.starts, places, side="right") - 1
    own = marks[places]
    columns: list[Floats] = []
    for bit in (_COMMAS, *range(_COMMAS)):
        counts = np.bincount(unit[(own & (1 << bit)) > 0], minlength=page.count).astype(np.float32)
        columns.append(np.log1p(counts) / 3 if bit == _COMMAS else np.minimum(counts, 3) / 3)
    return columns


def _layout(units: Sequence[Unit]) -> list[Floats]:
    count = len(units)
    blanks = np.array([min(u.blanks, 3) for u in units], dtype=np.float32) / 3
    index = np.arange(count, dtype=np.float32)
    return [
        blanks,
        np.append(blanks[1:], np.float32(1)),
        np.array([min(u.indent, 8) for u in units], dtype=np.float32) / 8,
        # Once "more than one line". No page in training was hard-wrapped, so its weight is its random
        # start, and it took whole wrapped articles for furniture: held at zero.
        np.zeros(count, dtype=np.float32),
        index / max(count - 1, 1),
        np.minimum(index, 20) / 20,
        np.minimum(count - 1 - index, 20) / 20,
        np.full(count, np.log1p(count) / 8, dtype=np.float32),
        np.full(count, blanks.mean(), dtype=np.float32),
    ]


def _context(page: _Page, words: Floats) -> tuple[list[Floats], Hashes]:
    """Where the unit stands to the page's prose, and how many of its words that prose shares."""
    kinds, closing = page.kinds, page.ends - 1
    prose = (words >= _PROSE_WORDS) & ((kinds[closing] & _PUNCT) > 0)
    weight = np.where(prose, words, 0)
    total = max(float(weight.sum()), 1.0)
    before = np.concatenate(([0.0], np.cumsum(weight)[:-1])) / total
    after = 1 - before - weight / total
    unit_hash = _unit_hash(page)
    inverse = _ranks(unit_hash)
    copies = np.bincount(inverse)
    shared, strong = _cohesion(page, prose)
    gap_before, gap_after = _gaps(prose)
    return [
        before.astype(np.float32),
        after.astype(np.float32),
        np.minimum(copies[inverse] - 1, 4).astype(np.float32) / 4,
        shared,
        strong,
        gap_before,
        gap_after,
        np.full(page.count, np.log1p(total) / 9, dtype=np.float32),
        np.full(page.count, prose.mean(), dtype=np.float32),
    ], unit_hash


def _ranks(values: Hashes) -> Ints:
    """The place of each value among the different ones, in order (``numpy.unique``'s inverse, sooner)."""
    order = np.argsort(values)
    ordered = values[order]
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.cumsum(np.concatenate(([0], ordered[1:] != ordered[:-1])))
    return ranks


def _unit_hash(page: _Page) -> Hashes:
    hashes = np.zeros(page.count, dtype=np.uint64)
    if len(page.words):
        first = np.flatnonzero(np.diff(page.word_unit, prepend=-1))
        present = page.word_unit[first]
        rank = np.arange(len(page.words)) - np.repeat(first, np.diff(np.append(first, len(page.words))))
        hashes[present] = np.add.reduceat(page.words * _POWERS[np.minimum(rank, 31)], first)
    return hashes


def _cohesion(page: _Page, prose: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Share of a unit's longer words that other prose units of the page hold: once, and three times."""
    long = page.word_size >= 4
    units, words = page.word_unit[long], page.words[long]
    if not len(words):
        zero = np.zeros(page.count, dtype=np.float32)
        return zero, zero
    inverse = _ranks(words)
    pairs = np.sort(inverse * page.count + units)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    pair_word, pair_unit = pairs // page.count, pairs % page.count
    holders = np.bincount(pair_word, weights=prose[pair_unit], minlength=int(inverse.max()) + 1)
    others = holders[inverse] - prose[units]
    number = np.maximum(np.bincount(units, minlength=page.count), 1)
    once = np.bincount(units, weights=others >= 1, minlength=page.count) / number
    thrice = np.bincount(units, weights=others >= 3, minlength=page.count) / number
    return once.astype(np.float32), thrice.astype(np.float32)


def _gaps(prose: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Log distance, in units, to the nearest prose before and after."""
    count = len(prose)
    index = np.arange(count)
    last = np.maximum.accumulate(np.where(prose, index, -50))
    last = np.concatenate(([-50], last[:-1]))
    following = np.minimum.accumulate(np.where(prose, index, count + 50)[::-1])[::-1]
    following = np.append(following[1:], count + 50)
    return (
        (np.log1p(np.minimum(index - last, 50)) / 4).astype(np.float32),
        (np.log1p(np.minimum(following - index, 50)) / 4).astype(np.float32),
    )
