"""What sharing words means: one wrote and another carried, or both heard the same speaker?

Every body word is marked: inside quotation marks, in a sentence that reports speech, part of a name
or a number. Words told by the narrator weigh for a shared origin; words of a speaker, names and
formulae do not.

Marks are whole numbers with one bit a word, so that weighing a run of words costs a few shifts and
not a step a word. Memory: about 15 bytes a word of a marked article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.documents import find_document_words
from detente.compare.marking import FIRST, NOTICE, PAST, PLAIN, REPORT, YOU, find_phrases, flag_words
from detente.compare.words import BodyWords, Places, body_words
from detente.record import Article, Reading

_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLE = re.compile(r"\b[A-Z][a-z]{0,3}$")  # Maj., Sen., J.: their stop ends no sentence
_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_OPEN_SINGLE = re.compile(r"(?<![^\s(\[—–-])[‘'](?=\w)")
_CLOSE_SINGLE = re.compile(r"(?<=[,.!?…])['’](?!\w)|(?<=\w)['’](?=[\s,.;:)]|$)")
Range = tuple[int, int]
Bits = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """An article's body words with marks, one bit a word, the first word lowest.

    ``quoted``; ``reported`` speech; ``named``; ``plain`` (a function word); ``document``.
    ``notices``, ``past`` and ``address`` are the word ranges of phrases of page furniture, of the past, and
    of "you". ``blocks`` are the word ranges of body that no furniture interrupts,
    ``sentences`` those of sentences.
    """

    starts: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.uint32]
    quoted: int
    reported: int
    named: int
    plain: int
    document: int
    notices: list[Range]
    past: list[Range]
    address: list[Range]
    blocks: list[int]
    sentences: list[Range]

    def __len__(self) -> int:
        return len(self.starts)

    def place(self, first: int, last: int) -> Range:
        """Where the words from ``first`` up to ``last`` stand in the article's text."""
        return int(self.starts[first]), int(self.ends[last - 1])

    def bits(self, start: int, end: int) -> int:
        """The words that begin between two places of the text, one bit a word."""
        first, last = np.searchsorted(self.starts, [start, end]).tolist()
        return (1 << int(last)) - (1 << int(first))

    def block(self, word: int) -> int:
        """Which uninterrupted block of body a word stands in."""
        return bisect_left(self.blocks, word + 1)


_BITS = ("quoted", "reported", "named", "plain", "document")
PackedWords = tuple[
    bytes, bytes, tuple[bytes, ...], list[Range], list[Range], list[Range], list[int], list[Range]
]
"""Marked words as they are put aside."""


def pack_words(marked: MarkedWords) -> PackedWords:
    """Marked words in a form that can be put aside."""
    size = (len(marked) + 7) // 8
    bits = tuple(getattr(marked, name).to_bytes(size, "little") for name in _BITS)
    ranges = (marked.notices, marked.past, marked.address, marked.blocks, marked.sentences)
    return marked.starts.tobytes(), marked.ends.tobytes(), bits, *ranges


def unpack_words(packed: PackedWords) -> MarkedWords:
    """The marked words that were packed."""
    starts, ends, bits, notices, past, address, blocks, sentences = packed
    quoted, reported, named, plain, document = (int.from_bytes(part, "little") for part in bits)
    places = np.frombuffer(starts, np.uint32), np.frombuffer(ends, np.uint32)
    marks = quoted, reported, named, plain, document
    return MarkedWords(*places, *marks, notices, past, address, blocks, sentences)


def count_within(ranges: list[Range], first: int, last: int) -> int:
    """How many of the sorted ranges stand wholly in the words from ``first`` up to ``last``."""
    found = 0
    for start, end in ranges[bisect_left(ranges, (first, 0)) :]:
        if start >= last:
            break
        found += end <= last
    return found


def quoted_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a paragraph stands inside quotation marks; one left open runs to the paragraph's end."""
    opened: int | None = None
    found = False
    for match in _DOUBLE.finditer(text, start, end):
        found = True
        mark = match.group()
        if opened is None and mark not in ("”", "»"):
            opened = match.start()
        elif opened is not None and mark not in ("“", "«", "„"):
            yield opened, match.end()
            opened = None
        elif opened is None:  # a closing mark whose opening stands in an earlier paragraph
            yield start, match.end()
    if opened is not None:
        yield opened, end
    if not found:
        yield from _single_ranges(text, start, end)


def _single_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Quotations in single marks: only those that open before a word and close after a word."""
    place = start
    while (opening := _OPEN_SINGLE.search(text, place, end)) is not None:
        closing = _CLOSE_SINGLE.search(text, opening.end(), end)
        stop = closing.end() if closing else end
        yield opening.start(), stop
        place = max(stop, opening.end())


def sentence_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph cut at full stops before a capital; coarse, for weighing only, never for citing."""
    place = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if _TITLE.search(text, max(place, match.start() - 5), match.start()):
            continue
        yield place, match.end()
        place = match.end()
    if place < end:
        yield place, end


def mark_words(article: Article, reading: Reading | None) -> MarkedWords:
    """Mark every body word of an article."""
    words = body_words(article)
    flags = flag_words(words)
    text = article.text
    quotations: list[Range] = []
    sentences: list[Range] = []
    for start, end in article.body:
        quotations.extend(quoted_ranges(text, start, end))
        sentences.extend(sentence_ranges(text, start, end))
    told, marked = _word_ranges(words, sentences), _word_ranges(words, quotations)
    documents = find_document_words(text, words, flags, told, marked)
    reported = _holding(told, [first for first, _ in find_phrases(words, flags, REPORT)], len(words))
    # A narrator says no "I": such a sentence is a speaker's, its quotation marks lost on the way.
    speaking = [n for n in np.flatnonzero(flags & FIRST).tolist() if not text.startswith(".", words.ends[n])]
    quoted = np.concatenate([marked, _holding(told, speaking, len(words))])
    for statement in reading.statements if reading else ():
        found = _word_ranges(words, [(s.start, s.end) for s in statement.content])
        if statement.kind == "direct":
            quoted = np.concatenate([quoted, found])
        else:
            reported = np.concatenate([reported, found])
    return MarkedWords(
        words.starts.astype(np.uint32), words.ends.astype(np.uint32),
        to_bits(_painted(quoted, len(words))), to_bits(_painted(reported, len(words))),
        to_bits(words.capital), to_bits(flags & PLAIN != 0),
        to_bits(_painted(np.array(documents, np.int64).reshape(-1, 2), len(words))),
        find_phrases(words, flags, NOTICE), find_phrases(words, flags, PAST),
        [(n, n + 1) for n in np.flatnonzero(flags & YOU).tolist()],
        _block_ends(article, words),
        [(a, b) for a, b in told.tolist() if a < b],
    )  # fmt: skip


def _word_ranges(words: BodyWords, ranges: list[Range]) -> Places:
    """Character ranges as word ranges, one row each."""
    return np.searchsorted(words.starts, np.array(ranges, np.int64).reshape(-1, 2))


def _holding(ranges: Places, hits: list[int], count: int) -> Places:
    """The ranges that hold one of the words given."""
    if not hits:
        return ranges[:0]
    before = np.concatenate([[0], np.cumsum(np.bincount(hits, minlength=count))])
    return ranges[before[ranges[:, 1]] > before[ranges[:, 0]]]


def _painted(ranges: Places, count: int) -> Bits:
    """One mark a word: does it stand in any of the ranges?"""
    size = count + 1
    edges = np.bincount(ranges[:, 0], minlength=size) - np.bincount(ranges[:, 1], minlength=size)
    painted: Bits = np.cumsum(edges)[:count] > 0
    return painted


def to_bits(marks: Bits) -> int:
    """Marks as a whole number, the first mark lowest."""
    return int.from_bytes(np.packbits(marks, bitorder="little").tobytes(), "little")


def _block_ends(article: Article, words: BodyWords) -> list[int]:
    """The word after each block of body: furniture between two paragraphs parts them."""
    edges = sorted({start for start, _, _ in article.furniture})
    return sorted(set(np.searchsorted(words.starts, edges).tolist()) - {0, len(words)})


@dataclass(frozen=True, slots=True)
class Weight:
    """What a passage weighs for a shared origin. ``told``: narrator's words that are no names, those in
    sentences that report speech at half; ``quoted``: the share of its words inside quotation marks;
    ``speech``: the share quoted or in sentences that report speech on both sides; ``document``: the share
    that either side gives as a document's words."""

    told: float
    quoted: float
    plain: float
    named: float
    speech: float = 0.0
    document: float = 0.0


def weigh(a: MarkedWords, b: MarkedWords, runs: Iterable[tuple[int, int, int]], *, stock: int = 0) -> Weight:
    """Weigh the shared words of a passage; a word quoted on either side is a speaker's.

    ``stock`` marks words of ``a`` that count for nothing: phrases that many articles carry.
    """
    total = quoted = plain = named = reported = told = document = 0
    for i, j, length in runs:
        mask = (1 << length) - 1
        total += length
        plain += (a.plain >> i & mask).bit_count()
        unquoted = mask & ~(a.quoted >> i | b.quoted >> j)
        names = a.named >> i & b.named >> j
        own = unquoted & ~(names | stock >> i)
        speech = a.reported >> i & b.reported >> j
        document += ((a.document >> i | b.document >> j) & mask).bit_count()
        quoted += length - unquoted.bit_count()
        reported += (speech & unquoted).bit_count()
        named += (unquoted & names).bit_count()
        told += 2 * own.bit_count() - (speech & own).bit_count()
    shares = (quoted, plain, named, quoted + reported, document)
    return Weight(told / 2, *(count / total for count in shares))
