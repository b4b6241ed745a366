"""What sharing words means: one wrote and another carried, or both heard the same speaker?

Every body word is marked: inside quotation marks, in a sentence that reports speech, part of a name
or a number. Words told by the narrator weigh for a shared origin; words of a speaker, names and
formulae do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.compare.cues import cues
from detente.compare.words import BodyWords, Vocabulary, body_words
from detente.record import Article, Reading

_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLE = re.compile(r"\b[A-Z][a-z]{0,3}$")  # Maj., Sen., J.: their stop ends no sentence
_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_OPEN_SINGLE = re.compile(r"(?<![^\s(\[—–-])[‘'](?=\w)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|I['’]m)\b(?!\.)")
_CLOSE_SINGLE = re.compile(r"(?<=[,.!?…])['’](?!\w)|(?<=\w)['’](?=[\s,.;:)]|$)")


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """An article's body words with marks: ``quoted``, ``reported`` speech, ``named``, ``plain`` (a function
    word), and the ``block`` of body that no furniture interrupts."""

    words: BodyWords
    quoted: bytearray
    reported: bytearray
    named: bytearray
    plain: bytearray
    block: list[int]


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


def mark_words(article: Article, reading: Reading | None, vocabulary: Vocabulary) -> MarkedWords:
    """Mark every body word of an article."""
    words = body_words(article, vocabulary)
    count = len(words)
    quoted, reported = bytearray(count), bytearray(count)
    text = article.text
    for start, end in article.body:
        _paint(quoted, words, quoted_ranges(text, start, end))
        sentences = list(sentence_ranges(text, start, end))
        _paint(reported, words, (s for s in sentences if cues().report.search(text, *s)))
        # A narrator says no "I": such a sentence is a speaker's, its quotation marks lost on the way.
        _paint(quoted, words, (s for s in sentences if _FIRST_PERSON.search(text, *s)))
    for statement in reading.statements if reading else ():
        spans = [(s.start, s.end) for s in statement.content]
        _paint(quoted if statement.kind == "direct" else reported, words, spans)
    return MarkedWords(
        words, quoted, reported, _names(text, words), _plain(text, words), _blocks(article, words)
    )


def _paint(marks: bytearray, words: BodyWords, ranges: Iterable[tuple[int, int]]) -> None:
    for start, end in ranges:
        first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
        marks[first:last] = b"\x01" * (last - first)


def _names(text: str, words: BodyWords) -> bytearray:
    return bytearray(text[s].isupper() or text[s].isdigit() for s in words.starts)


def _plain(text: str, words: BodyWords) -> bytearray:
    known = cues().function_words
    return bytearray(text[s:e].casefold() in known for s, e in zip(words.starts, words.ends, strict=True))


def _blocks(article: Article, words: BodyWords) -> list[int]:
    """Which uninterrupted block of body each word stands in: furniture between two paragraphs parts them."""
    edges = sorted(start for start, _, _ in article.furniture)
    of_paragraph = [bisect_left(edges, start) for start, _ in article.body]
    return [of_paragraph[p] for p in words.paragraphs]


@dataclass(frozen=True, slots=True)
class Weight:
    """What a passage weighs for a shared origin. ``told``: narrator's words that are no names, those in
    sentences that report speech at half; ``quoted``: the share of its words inside quotation marks;
    ``speech``: the share quoted or in sentences that report speech on both sides."""

    told: float
    quoted: float
    plain: float
    named: float
    speech: float = 0.0


def weigh(a: MarkedWords, b: MarkedWords, runs: Iterable[tuple[int, int, int]]) -> Weight:
    """Weigh the shared words of a passage; a word quoted on either side is a speaker's."""
    total = quoted = plain = named = speech = halves = 0
    for i, j, length in runs:
        total += length
        plain += sum(a.plain[i : i + length])
        for quote_a, quote_b, report_a, report_b, name_a, name_b in zip(
            a.quoted[i : i + length], b.quoted[j : j + length],
            a.reported[i : i + length], b.reported[j : j + length],
            a.named[i : i + length], b.named[j : j + length], strict=True,
        ):  # fmt: skip
            if quote_a or quote_b:
                quoted += 1
                speech += 1
                continue
            reported = report_a and report_b
            speech += reported
            if name_a and name_b:
                named += 1
            else:
                halves += 1 if reported else 2
    told = halves / 2
    return Weight(told, quoted / total, plain / total, named / total, speech / total)
