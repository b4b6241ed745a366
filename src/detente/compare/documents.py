"""Which words of an article are a document's: a statement, a communiqué, a treaty that several outlets quote.

A document has one writer as a wire story has, but who quotes it has not copied who else quotes it. Its words
are known by what stands beside them:

* quotation marks in a paragraph that names the document as the one who says it ("the treaty provides", "said
  in a statement", "according to the communiqué");
* a sentence that names the document and ends in a colon: what follows in the paragraph, and the next
  paragraphs while they are quoted or read like law;
* two words of law in one sentence ("shall", "hereby").

Limits: a press release that an outlet prints as its own words, and says so nowhere, is not known for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from detente.compare.cues import cues
from detente.compare.marking import DOCUMENT, LEGAL, Flags, find_phrases
from detente.compare.words import BodyWords, Places, word_codes

BACK = 5  # words before a document's name in which "in a" or "according to the" may stand
Range = tuple[int, int]


@cache
def _codes(name: str) -> frozenset[int]:
    return frozenset(code for word in getattr(cues(), name) for code in word_codes(word).tolist())


@cache
def _before() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(word_codes(phrase).tolist()) for phrase in cues().document_before)


def find_document_words(
    text: str, words: BodyWords, flags: Flags, sentences: Places, quotations: Places
) -> list[Range]:
    """The word ranges that are a document's words; ``sentences`` and ``quotations`` are word ranges too."""
    named = find_phrases(words, flags, DOCUMENT)
    legal = [n for n, _ in find_phrases(words, flags, LEGAL)]
    if not named and len(legal) < 2:
        return []
    lawful = list(_lawful(sentences, legal))
    speaking = {int(words.paragraphs[n]) for n, end in named if _speaks(words, n, end)}
    quoted = [(a, b) for a, b in quotations.tolist() if a < b and int(words.paragraphs[a]) in speaking]
    return [*lawful, *quoted, *_introduced(text, words, named, sentences, [*lawful, *quotations.tolist()])]


def _lawful(sentences: Places, legal: list[int]) -> Iterator[Range]:
    """The sentences with two words of law."""
    hits = np.array(legal, np.int64)
    counts = np.searchsorted(hits, sentences[:, 1]) - np.searchsorted(hits, sentences[:, 0])
    yield from sentences[counts >= 2].tolist()


def _speaks(words: BodyWords, first: int, end: int) -> bool:
    """Is the document named the one whose words are told?"""
    after = words.codes[end : end + 2].tolist()
    if any(code in _codes("document_says") for code in after):
        return True
    before = tuple(words.codes[max(0, first - BACK) : first].tolist())
    for at in range(1, len(before)):
        if before[at] in _codes("determiners") and any(before[:at][-len(p) :] == p for p in _before()):
            return True
    return False


def _introduced(
    text: str, words: BodyWords, named: list[Range], sentences: Places, likely: list[Range]
) -> Iterator[Range]:
    """What follows a sentence that names a document and ends in a colon."""
    names = np.array([n for n, _ in named], np.int64)
    paragraphs = words.paragraphs
    starts = {a for a, b in likely if a < b}
    for start, end in sentences.tolist():
        if end <= start or end >= len(words) or not _ends_in_colon(text, words, end):
            continue
        if np.searchsorted(names, end) == np.searchsorted(names, start):
            continue
        stop = int(np.searchsorted(paragraphs, paragraphs[end], "right"))
        while stop < len(words) and stop in starts:
            stop = int(np.searchsorted(paragraphs, paragraphs[stop], "right"))
        yield end, stop


def _ends_in_colon(text: str, words: BodyWords, end: int) -> bool:
    between = text[words.ends[end - 1] : words.starts[end]]
    return ":" in between and not between[: between.index(":")].strip()
