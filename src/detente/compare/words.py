"""The words of an article's body as numbers, with the place of each: what passages are aligned on.

Case, punctuation and the shape of quotation marks do not count; a word is a run of letters or
digits. The same word has the same number on every run and machine (CRC-32), so nothing depends on
the order in which articles come. Two different words share a number about once in four thousand
million; an alignment of several words makes that harmless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from detente.record import Article

Codes = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
WORD = re.compile(r"[^\W_]+")


class Vocabulary(dict[str, int]):
    """Word → number, remembered; forgets all when it holds ``limit`` words (memory stays bounded)."""

    def __init__(self, limit: int = 1_000_000) -> None:
        super().__init__()
        self.limit = limit

    def __missing__(self, word: str) -> int:
        if len(self) >= self.limit:
            self.clear()
        code = crc32(word.casefold().encode("utf-8", "surrogatepass"))
        self[word] = code
        return code


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Body words in reading order: number, start and end in the article's text, paragraph."""

    codes: list[int]
    starts: list[int]
    ends: list[int]
    paragraphs: list[int]

    def __len__(self) -> int:
        return len(self.codes)


def body_codes(article: Article, vocabulary: Vocabulary) -> Codes:
    """The numbers alone: what a whole pile is indexed by."""
    text = "\n".join([article.text[start:end] for start, end in article.body])
    words = WORD.findall(text)
    return np.fromiter(map(vocabulary.__getitem__, words), dtype=np.uint32, count=len(words))


def body_words(article: Article, vocabulary: Vocabulary) -> BodyWords:
    """The numbers with their places, for the few articles that share text."""
    words = BodyWords([], [], [], [])
    for index, (start, end) in enumerate(article.body):
        matches = list(WORD.finditer(article.text, start, end))
        words.codes.extend(vocabulary[m.group()] for m in matches)
        words.starts.extend(m.start() for m in matches)
        words.ends.extend(m.end() for m in matches)
        words.paragraphs.extend([index] * len(matches))
    return words


def gram_hashes(codes: Codes, size: int) -> U64:
    """A 64-bit number for every ``size`` neighbouring words (empty when the text is shorter)."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    wide = codes.astype(np.uint64)
    total = np.zeros(count, np.uint64)
    for offset in range(size):
        total *= np.uint64(0x9E3779B97F4A7C15)
        total += wide[offset : offset + count]
    total ^= total >> np.uint64(31)
    total *= np.uint64(0xBF58476D1CE4E5B9)
    total ^= total >> np.uint64(29)
    return total
