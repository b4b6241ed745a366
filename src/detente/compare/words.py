"""The words of an article's body as numbers, with the place of each: what passages are aligned on.

Case, punctuation and the shape of quotation marks do not count; a word is a run of letters or
digits. The same word has the same number on every run and machine, so nothing depends on the order
in which articles come. Two different words share a number about once in four thousand million; an
alignment of several words makes that harmless.

The numbers are worked out for all words of a text at once: a word's number is the difference of two
running sums of its letters, each times a power that its place gives, divided by the power of its
first place (Karp and Rabin 1987, modulo 2^64), then mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from detente.record import Article

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
WORD = re.compile(r"[^\W_]+")
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_TABLE = 0x3000  # characters looked up; those above (Han, Hangul, kana, emoji) are asked one by one
_SLICE = 1 << 16  # characters worked on at once: the tables of powers hold so many


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Body words in reading order: number, start and end in the article's text, paragraph, and whether the
    first character is a capital or a digit."""

    codes: Codes
    starts: Places
    ends: Places
    paragraphs: Places
    capital: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.codes)


def _fold(character: str) -> int:
    """A letter or digit as the number of its lower case; 0 for all else."""
    if not character.isalnum():
        return 0
    folded = character.casefold()
    return ord(folded if len(folded) == 1 else character.lower()[0])


@cache
def _letters() -> U64:
    return np.array([_fold(chr(c)) for c in range(_TABLE)], np.uint64)


@cache
def _capitals() -> npt.NDArray[np.bool_]:
    return np.array([chr(c).isupper() or chr(c).isdigit() for c in range(_TABLE)], bool)


@cache
def _powers() -> tuple[U64, U64]:
    """The powers of the base and of its inverse, modulo 2^64."""
    bases = (_BASE, pow(_BASE, -1, 1 << 64))
    up, down = (np.cumprod(np.full(_SLICE, base, np.uint64), dtype=np.uint64) for base in bases)
    return up, down


def _folded(characters: npt.NDArray[np.uint32]) -> U64:
    letters = _letters()
    high = np.flatnonzero(characters >= _TABLE)
    if not len(high):
        found: U64 = letters[characters]
        return found
    found = letters[np.where(characters >= _TABLE, 0, characters)]
    kinds, which = np.unique(characters[high], return_inverse=True)
    found[high] = np.array([_fold(chr(c)) for c in kinds.tolist()], np.uint64)[which]
    return found


def _cut(text: str) -> tuple[Codes, Places, Places, npt.NDArray[np.bool_]]:
    """The words of up to ``_SLICE`` characters: numbers, starts, ends, capitals."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = _folded(characters)
    inside = np.zeros(len(letters) + 2, bool)
    inside[1:-1] = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    up, down = _powers()
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * up[: len(letters)], out=sums[1:])
    codes = (sums[ends] - sums[starts]) * down[starts]
    codes ^= codes >> np.uint64(32)
    codes *= _MIX
    first = characters[starts]
    capital = _capitals()[np.where(first < _TABLE, first, 0)]
    return (codes >> np.uint64(32)).astype(np.uint32), starts, ends, capital


def _slices(text: str) -> Iterable[tuple[int, str]]:
    """The text in parts of at most ``_SLICE`` characters, cut at white space where there is any."""
    place = 0
    while len(text) - place > _SLICE:
        window = text[place : place + _SLICE]
        cut = max(window.rfind(" "), window.rfind("\n")) + 1 or _SLICE
        yield place, window[:cut]
        place += cut
    yield place, text[place:]


def cut_words(text: str) -> tuple[Codes, Places, Places, npt.NDArray[np.bool_]]:
    """Every word of a text: its number, start and end, and whether it begins with a capital or a digit."""
    if len(text) <= _SLICE:
        return _cut(text)
    parts = [(place, _cut(part)) for place, part in _slices(text)]
    return (
        np.concatenate([p[0] for _, p in parts]),
        np.concatenate([p[1] + place for place, p in parts]),
        np.concatenate([p[2] + place for place, p in parts]),
        np.concatenate([p[3] for _, p in parts]),
    )


def word_codes(text: str) -> Codes:
    """The numbers of a text's words."""
    return cut_words(text)[0]


def body_codes(article: Article) -> Codes:
    """The numbers alone: what a whole pile is indexed by."""
    return word_codes("\n".join([article.text[start:end] for start, end in article.body]))


def body_words(article: Article) -> BodyWords:
    """The numbers with their places, for the articles that share text."""
    pieces = [article.text[start:end] for start, end in article.body]
    codes, starts, ends, capital = cut_words("\n".join(pieces))
    lengths = np.array([len(p) + 1 for p in pieces], np.int64)
    begins = np.cumsum(lengths) - lengths
    paragraphs = np.searchsorted(begins, starts, "right") - 1
    if len(pieces):
        moved = (np.array([start for start, _ in article.body], np.int64) - begins)[paragraphs]
        starts, ends = starts + moved, ends + moved
    return BodyWords(codes, starts, ends, paragraphs, capital)


def gram_hashes(codes: Codes, size: int) -> U64:
    """A 64-bit number for every ``size`` neighbouring words (empty when the text is shorter)."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    wide = codes.astype(np.uint64)
    total = wide[:count] * np.uint64(_BASE)
    for offset in range(1, size):
        total += wide[offset : offset + count]
        if offset < size - 1:
            total *= np.uint64(_BASE)
    total ^= total >> np.uint64(31)
    total *= _MIX
    total ^= total >> np.uint64(29)
    return total
