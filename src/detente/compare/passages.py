"""Passages: words that stand in two or more articles, aligned word for word, and what the sharing means.

1. Every body is turned into word numbers and indexed (``candidates``).
2. Candidate pairs are aligned (``align``); nothing is kept for pairs that share nothing.
3. Each shared passage is weighed (``shared``) and named: text, quotation, document, boilerplate, formula
   or background.
4. Between articles that carry text, sentences in other words are found (``paraphrase``).
5. Passages of many pairs that stand in the same place become one with many spans (``merge_passages``).

Limits: text shared within one article is not looked for; fewer than eight shared words are no passage;
a translation shares no words and is not found.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import merge
from typing import TYPE_CHECKING

import numpy as np

from detente.compare.align import Aligned, AlignSettings, Grams, Run, align, grams_of, index_words
from detente.compare.candidates import GRAM, CandidateSettings, GramIndex
from detente.compare.cluster import NO_DAY, days_of
from detente.compare.order import in_order
from detente.compare.pair_shares import PairShare, PairShares, Share
from detente.compare.paraphrase import ParaphraseSettings, Side, find_rewrites
from detente.compare.pile import Pile
from detente.compare.places import Numbers, join_places
from detente.compare.shared import (
    Bits,
    MarkedWords,
    PackedWords,
    Weight,
    count_within,
    mark_words,
    pack_words,
    to_bits,
    unpack_words,
    weigh,
)
from detente.compare.shelf import Shelf
from detente.compare.words import Codes, body_codes, gram_hashes
from detente.forks import Spread, at_once

if TYPE_CHECKING:
    from detente.compare.alignments import Alignments

Pair = tuple[int, int, bool, list[Aligned]]
"""Two articles by number, whether they are linked, and the passages they share."""
PREPARED = 1000  # texts that are held ready for the next pair, some 25 kB each
MARKED = 4096  # articles whose marks are held, some 6 kB each


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How passages are found and named. Tuned on the provenance pairs (dev); don't tune alone.

    ``plain``: prose has at least this share of function words; ``quoted``: from this share on a passage is
    a quotation; ``formula``: fewer told words than this are a name, a title or a set phrase;
    ``background_days``: a passage that comes back after so many days, and is not most of the article,
    is stock background, unless it has ``background_words`` and more; ``recurring``: passages of so many
    articles that come back after that time are boilerplate, whatever they say. A passage under
    ``sentence`` words is background when it comes back after ``late_days`` or tells of the past.
    ``document``: from this share of a document's words on it is a document.
    """

    candidates: CandidateSettings = field(default_factory=CandidateSettings)
    align: AlignSettings = field(default_factory=AlignSettings)
    plain: float = 0.18
    quoted: float = 0.6
    formula: float = 6.0
    background_days: int = 10
    background_words: int = 60
    recurring: int = 3
    late_days: int = 3
    sentence: float = 25.0
    document: float = 0.5
    paraphrase: ParaphraseSettings = field(default_factory=ParaphraseSettings)


class _Marks:
    """Marked words of articles, each marked once, and the days of all; what is not held lies on disk.

    Which articles share words hangs on no order, so in a large pile every pair asks for another two.
    """

    def __init__(self, pile: Pile, ids: list[str], days: list[int], stock: Callable[[int], int]) -> None:
        self.pile, self.ids, self.days, self._stock_of = pile, ids, days, stock
        self._kept: dict[int, MarkedWords] = {}
        self._aside: Shelf[PackedWords] = Shelf(PackedWords)
        self._place = array("i", [-1]) * len(ids)  # where an article is put aside
        self._stock: dict[int, int] = {}

    def stock(self, number: int) -> int:
        """The words of an article that stand in common five-grams, one bit a word."""
        found = self._stock.get(number)
        if found is None:
            if len(self._stock) >= MARKED:
                self._stock.pop(next(iter(self._stock)))
            found = self._stock[number] = self._stock_of(number)
        return found

    def __getitem__(self, number: int) -> MarkedWords:
        found = self._kept.pop(number, None)
        if found is None:
            found = self._marked(number)
            if len(self._kept) >= MARKED:
                self._put_aside(next(iter(self._kept)))
        self._kept[number] = found
        return found

    def _marked(self, number: int) -> MarkedWords:
        if self._place[number] >= 0:
            return unpack_words(self._aside[self._place[number]])
        article = self.pile.article(self.ids[number])
        return mark_words(article, self.pile.reading(article.id, "statements"))

    def _put_aside(self, number: int) -> None:
        marked = self._kept.pop(number)
        if self._place[number] < 0:
            self._place[number] = self._aside.put(pack_words(marked))


def stock_of(telling: Bits) -> int:
    """The words that stand in five-grams which tell nothing, one bit a word."""
    starts = to_bits(~telling)
    return starts | starts << 1 | starts << 2 | starts << 3 | starts << 4


def find_shares(
    pile: Pile,
    *,
    settings: PassageSettings | None = None,
    spread: Spread | None = None,
    aligned: Alignments | None = None,
) -> PairShares:
    """What any two articles of the pile share, pair by pair in the order of telling, which numbers them.

    The result hangs on neither of these:

    Args:
        pile: the articles, and their readings.
        settings: None takes ours.
        spread: over how many processes the pairs are compared.
        aligned: who shares words with whom, where that was worked out before.
    """
    settings, spread = settings or PassageSettings(), spread or Spread()
    if aligned is not None:
        marks = _Marks(pile, aligned.ids, aligned.days, aligned.stock.__getitem__)
        found = PairShares(_pair_shares(aligned.pairs(), aligned.bodies, marks, settings))
        mark_recurring(found, aligned.days, settings)
        return found
    index = GramIndex(settings.candidates, expected=len(pile.article_ids()))
    ids, days, bodies = read_bodies(pile)
    for codes in bodies:
        index.add(codes)
    index.candidates()
    jobs = spread.jobs if spread.wide else 1

    def some(number: int) -> PairShares:
        """The pairs of every so many-th article with later ones."""
        own = spread.reopen() if number and spread.reopen else pile
        marks = _Marks(own, ids, days, lambda n: stock_of(index.telling(gram_hashes(bodies[n], GRAM))))
        every = align_pairs(index, bodies, settings.align, every=(number, jobs))
        return PairShares(_pair_shares(every, bodies, marks, settings))

    parts = at_once([partial(some, number) for number in range(jobs)])
    pairs = parts[0] if jobs == 1 else PairShares(merge(*parts, key=lambda pair: (pair.a, pair.b)))
    mark_recurring(pairs, days, settings)
    return pairs


def read_bodies(pile: Pile) -> tuple[list[str], list[int], list[Codes]]:
    """The ids, days of publication and words of a pile's articles, in the order of telling."""
    told = in_order(pile.articles(), lambda a: (days_of(a.published)[0], body_codes(a)))
    return [one for one, _ in told], [day for _, (day, _) in told], [codes for _, (_, codes) in told]


def _pair_shares(
    pairs: Iterable[Pair], bodies: list[Codes], marks: _Marks, settings: PassageSettings
) -> Iterator[PairShare]:
    for a, b, linked, found in pairs:
        shares = tuple(_name_shares(a, b, found, marks, settings, linked=linked))
        if shares:
            pair = PairShare(a, b, shares, len(bodies[a]), len(bodies[b]))
            if pair.told >= settings.paraphrase.told:
                sides = (marks[a], bodies[a]), (marks[b], bodies[b])
                stock = marks.stock(a), marks.stock(b)
                pair = replace(pair, shares=(*shares, *_rewrites(pair, sides, stock, settings)))
            yield pair


def align_pairs(
    index: GramIndex, bodies: list[Codes], settings: AlignSettings, *, every: tuple[int, int] = (0, 1)
) -> Iterator[Pair]:
    """Candidate pairs that share passages: the two, whether they are linked, the passages.

    ``every``: (which, of how many) parts of the pairs, parted by their first article.
    """
    current = -1
    prepared: dict[int, Grams] = {}

    def ready(number: int) -> Grams:
        found = prepared.get(number)
        if found is None:
            if len(prepared) >= PREPARED:
                prepared.pop(next(iter(prepared)))
            found = prepared[number] = grams_of(bodies[number], index.telling)
        return found

    pairs = index.candidates()
    for a, b, linked in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.linked.tolist(), strict=True):
        if a % every[1] != every[0]:
            continue
        if a != current:
            current, indexed = a, index_words(ready(a))
        found = align(ready(b), indexed, settings, every=linked)
        if found:
            yield a, b, linked, [_swap(aligned) for aligned in found]


def _swap(x: Aligned) -> Aligned:
    runs = tuple(sorted((b, a, length) for a, b, length in x.runs))
    return Aligned(x.b_start, x.b_end, x.a_start, x.a_end, runs)


def _name_shares(
    a: int, b: int, found: list[Aligned], marks: _Marks, settings: PassageSettings, *, linked: bool
) -> Iterator[Share]:
    marked_a, marked_b = marks[a], marks[b]
    stock = 0 if linked else marks.stock(a)
    apart = _days_apart(marks.days[a], marks.days[b])
    pieces = [piece for aligned in found for piece in _cut(aligned, marked_a, marked_b)]
    total = sum(length for piece in pieces for _, _, length in piece)
    most = total >= 0.5 * min(len(marked_a), len(marked_b))
    for runs in pieces:
        words = sum(length for _, _, length in runs)
        if words < settings.align.least:
            continue
        # Phrases of many articles weigh for those pairs alone that stand for all the rest.
        weight = weigh(marked_a, marked_b, runs, stock=stock)
        (first_a, first_b, _), (last_a, last_b, length) = runs[0], runs[-1]
        stale = not most and (
            (apart > settings.background_days and words < settings.background_words)
            or (apart > settings.late_days and words < settings.sentence)
        )
        shared = name_sharing(marked_a, first_a, last_a + length, weight, stale=stale, settings=settings)
        longest = max(last_a - first_a, last_b - first_b) + length
        yield Share(
            a, b, marked_a.place(first_a, last_a + length), marked_b.place(first_b, last_b + length),
            words, words / longest, shared, weight.told,
        )  # fmt: skip


def _rewrites(
    pair: PairShare, sides: tuple[Side, Side], stock: tuple[int, int], settings: PassageSettings
) -> Iterator[Share]:
    """The sentences that one of two articles with carried text has in other words."""
    (marked_a, _), (marked_b, _) = sides
    covered_a, covered_b = stock
    for share in pair.shares:
        covered_a |= marked_a.bits(*share.a_span)
        covered_b |= marked_b.bits(*share.b_span)
    for rewrite in find_rewrites(*sides, (covered_a, covered_b), settings.paraphrase):
        yield Share(
            pair.a, pair.b, marked_a.place(*rewrite.a), marked_b.place(*rewrite.b),
            rewrite.words, rewrite.likeness, "text", 0.0, rewritten=True,
        )  # fmt: skip


def name_sharing(
    marked: MarkedWords, first: int, last: int, weight: Weight, *, stale: bool, settings: PassageSettings
) -> str:
    """What sharing the words from ``first`` up to ``last`` means: the first rule that holds."""
    if weight.plain < settings.plain:
        start, end = marked.place(first, last)
        return "boilerplate" if weight.named < 0.5 or end - start > 400 else "formula"
    if count_within(marked.notices, first, last) * 40 >= last - first:
        return "boilerplate"
    if weight.document >= settings.document:
        return "document"
    if weight.quoted >= settings.quoted:
        return "quotation"
    if weight.quoted < 0.1 and count_within(marked.address, first, last) * 40 >= last - first:
        return "boilerplate"  # news does not speak to its reader; forms and notices do
    if weight.quoted >= 0.1 and weight.speech >= 0.9 and weight.told < 2 * settings.formula:
        return "quotation"  # one speaker's words, half of them turned into reported speech
    if weight.told < settings.formula:
        return "quotation" if weight.quoted >= 0.2 else "formula"
    if weight.told < settings.sentence and count_within(marked.past, first, last):
        return "background"  # a sentence on the past, which anybody may have from anywhere
    return "background" if stale else "text"


def _days_apart(first: int, second: int) -> int:
    return abs(first - second) if NO_DAY not in (first, second) else 0


def _cut(aligned: Aligned, a: MarkedWords, b: MarkedWords) -> list[list[Run]]:
    """An aligned passage cut where furniture interrupts the body on either side."""
    if a.block(aligned.a_start) == a.block(aligned.a_end - 1) and b.block(aligned.b_start) == b.block(
        aligned.b_end - 1
    ):
        return [list(aligned.runs)]
    pieces: dict[tuple[int, int], list[Run]] = {}
    for place_a, place_b, length in aligned.runs:
        start = 0
        for i in range(1, length + 1):
            blocks = (a.block(place_a + start), b.block(place_b + start))
            if i == length or (a.block(place_a + i), b.block(place_b + i)) != blocks:
                pieces.setdefault(blocks, []).append((place_a + start, place_b + start, i - start))
                start = i
    return list(pieces.values())


def mark_recurring(pairs: PairShares, days: list[int], settings: PassageSettings) -> None:
    """Words that come back in several articles over weeks are boilerplate, not carried text."""
    one, other = pairs.places()
    if len(one):
        groups = join_places(one, other)
        ends = np.stack([one[:, 0], other[:, 0]], axis=1)
        recurring = _recurring(groups, ends, np.array(days, np.int64), settings)[groups]
        pairs.mark(np.flatnonzero(recurring).tolist(), "boilerplate", of=("text", "background"))


def _recurring(groups: Numbers, ends: Numbers, days: Numbers, settings: PassageSettings) -> Bits:
    """Which groups come back: in several articles, the first and the last of them weeks apart."""
    count = int(groups.max()) + 1
    # Group and article as one number: rows of two take twenty times as long to sort.
    carried = np.unique(
        np.concatenate([groups.astype(np.int64) * len(days) + ends[:, side] for side in (0, 1)])
    )
    group, day = carried // len(days), days[carried % len(days)]
    first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, NO_DAY)
    known = day != NO_DAY
    np.minimum.at(first, group[known], day[known])
    np.maximum.at(last, group[known], day[known])
    apart = np.where(last == NO_DAY, 0, last - np.minimum(first, last))
    many = np.bincount(group, minlength=count) >= settings.recurring
    found: Bits = many & (apart > 3 * settings.background_days)
    return found
