"""Sentences that an outlet rewrote: the same content words in another order or with other words between.

Looked for only between two articles one of which carried the other: there a sentence of the same content
is a rewrite, while between independent reports it is two reporters telling one thing. So a paraphrase says
what became of a sentence (see ``lineage``) and never makes an origin.

Limits: a rewrite in wholly other words is not found; words are compared as they stand, not by stem, and
a sentence that became two is found as one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.compare.shared import MarkedWords
from detente.compare.words import Codes

Range = tuple[int, int]
Side = tuple[MarkedWords, Codes]


@dataclass(frozen=True, slots=True)
class ParaphraseSettings:
    """When a sentence is a rewrite of another. Set on rewrites by hand of invented reports; don't tune alone.

    ``told``: narrator's words that the articles share at least; ``likeness``: content words in both beside
    those in either; ``least``: fewest content words in both, ``plainly`` of them no names or numbers;
    ``covered``: a sentence that shared passages cover by more than this is none.
    """

    told: float = 11.0
    likeness: float = 0.45
    least: int = 6
    plainly: int = 3
    covered: float = 0.3


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Two sentences by their word ranges, how many content words both have, and their share of all."""

    a: Range
    b: Range
    words: int
    likeness: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: Range
    content: frozenset[int]
    names: frozenset[int]


def find_rewrites(a: Side, b: Side, covered: tuple[int, int], settings: ParaphraseSettings) -> list[Rewrite]:
    """Pairs of sentences that say the same in other words, each sentence once, the likest first.

    Args:
        a: the marked words of one article and their numbers.
        b: the other's.
        covered: the words on either side that shared passages cover or many articles carry, one bit a word.
        settings: when a sentence is a rewrite.
    """
    ones, others = (
        list(_sentences(marked, codes, bits, settings))
        for (marked, codes), bits in zip((a, b), covered, strict=True)
    )
    found = sorted(
        (r for one in ones for other in others if (r := _compare(one, other, settings)) is not None),
        key=lambda r: (-r.likeness, r.a, r.b),
    )
    taken: tuple[set[Range], set[Range]] = (set(), set())
    kept = []
    for rewrite in found:
        if rewrite.a not in taken[0] and rewrite.b not in taken[1]:
            taken[0].add(rewrite.a)
            taken[1].add(rewrite.b)
            kept.append(rewrite)
    return kept


def _sentences(
    marked: MarkedWords, codes: Codes, covered: int, settings: ParaphraseSettings
) -> Iterator[_Sentence]:
    """The narrator's sentences that no shared passage covers, with their content words."""
    for start, end in marked.sentences:
        size = end - start
        mask = (1 << size) - 1
        if size < settings.least or (covered >> start & mask).bit_count() > settings.covered * size:
            continue
        if 2 * (marked.quoted >> start & mask).bit_count() > size:
            continue
        words = codes[start:end].tolist()
        plain, named = marked.plain >> start, marked.named >> start
        content = frozenset(w for i, w in enumerate(words) if not plain >> i & 1)
        names = frozenset(w for i, w in enumerate(words) if named >> i & 1 and i)
        if len(content) >= settings.least:
            yield _Sentence((start, end), content, names)


def _compare(one: _Sentence, other: _Sentence, settings: ParaphraseSettings) -> Rewrite | None:
    both = one.content & other.content
    if len(both) < settings.least or len(both - one.names - other.names) < settings.plainly:
        return None
    likeness = len(both) / len(one.content | other.content)
    if not settings.likeness <= likeness < 1:  # with all words the same it is a stock phrase of the pile
        return None
    return Rewrite(one.place, other.place, len(both), likeness)
