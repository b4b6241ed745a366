"""Passages: words that stand in two or more articles, aligned word for word, and what the sharing means.

1. Every body is turned into word numbers and indexed (``candidates``).
2. Candidate pairs are aligned (``align``); nothing is kept for pairs that share nothing.
3. Each shared passage is weighed (``shared``) and named: text, quotation, document, boilerplate, formula
   or background.
4. Passages of many pairs that stand in the same place become one with many spans.

Limits: text shared within one article is not looked for; fewer than eight shared words are no passage;
a translation shares no words and is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.compare.align import Aligned, AlignSettings, Run, align, index_words
from detente.compare.candidates import CandidateSettings, GramIndex
from detente.compare.cues import cues
from detente.compare.pile import Pile
from detente.compare.shared import MarkedWords, Weight, mark_words, weigh
from detente.compare.words import Codes, Vocabulary, body_codes
from detente.record import Article, Span


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How passages are found and named. Tuned on the provenance pairs (dev); don't tune alone.

    ``plain``: prose has at least this share of function words; ``quoted``: from this share on a passage is
    a quotation; ``formula``: fewer told words than this are a name, a title or a set phrase;
    ``background_days``: a passage that comes back after so many days, and is not most of the article,
    is stock background; ``boilerplate_days``: words that come back in three articles over so many days.
    """

    candidates: CandidateSettings = field(default_factory=CandidateSettings)
    align: AlignSettings = field(default_factory=AlignSettings)
    plain: float = 0.18
    quoted: float = 0.6
    formula: float = 6.0
    background_days: int = 10
    background_words: int = 60


@dataclass(frozen=True, slots=True)
class Share:
    """One passage of two articles (numbers in id order): places, shared words, and what it is."""

    a: int
    b: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    words: int
    similarity: float
    shared: str
    told: float


@dataclass(frozen=True, slots=True)
class PairShare:
    """All that two articles share; ``a_words`` and ``b_words`` are the lengths of their bodies."""

    a: int
    b: int
    shares: tuple[Share, ...]
    a_words: int
    b_words: int

    @property
    def told(self) -> float:
        """Narrator's words shared as text."""
        return sum(s.told for s in self.shares if s.shared in ("text", "document"))

    @property
    def words(self) -> int:
        """All words shared as text."""
        return sum(s.words for s in self.shares if s.shared in ("text", "document"))

    @property
    def coverage(self) -> float:
        """Shared text beside the shorter body."""
        return min(1.0, self.words / max(1, min(self.a_words, self.b_words)))


class _Marks:
    """Marked words of the articles last asked for; a bounded cache."""

    def __init__(self, pile: Pile, ids: list[str], vocabulary: Vocabulary, size: int = 512) -> None:
        self.pile, self.ids, self.vocabulary, self.size = pile, ids, vocabulary, size
        self._kept: dict[int, tuple[Article, MarkedWords]] = {}

    def __getitem__(self, number: int) -> tuple[Article, MarkedWords]:
        found = self._kept.pop(number, None)
        if found is None:
            article = self.pile.article(self.ids[number])
            found = article, mark_words(article, self.pile.reading(article.id), self.vocabulary)
            if len(self._kept) >= self.size:
                self._kept.pop(next(iter(self._kept)))
        self._kept[number] = found
        return found


def find_shares(pile: Pile, *, settings: PassageSettings | None = None) -> Iterator[PairShare]:
    """What any two articles of the pile share, pair by pair in the order of ids."""
    settings = settings or PassageSettings()
    vocabulary = Vocabulary()
    index = GramIndex(settings.candidates)
    bodies: list[Codes] = []
    ids: list[str] = []
    for article in pile.articles():
        codes = body_codes(article, vocabulary)
        index.add(codes)
        bodies.append(codes)
        ids.append(article.id)
    marks = _Marks(pile, ids, vocabulary)
    for a, b, found in align_pairs(index, bodies, settings.align):
        shares = tuple(_name_shares(a, b, found, marks, settings))
        if shares:
            yield PairShare(a, b, shares, len(bodies[a]), len(bodies[b]))


def align_pairs(
    index: GramIndex, bodies: list[Codes], settings: AlignSettings
) -> Iterator[tuple[int, int, list[Aligned]]]:
    """Candidate pairs with the passages they share; pairs that share none are left out."""
    current, words_a = -1, [0]
    grams: dict[tuple[int, ...], list[int]] = {}
    for a, b in index.pairs():
        if a != current:
            current, words_a = a, bodies[a].tolist()
            grams = index_words(words_a)
        found = align(bodies[b].tolist(), words_a, grams, settings)
        if found:
            yield a, b, [_swap(aligned) for aligned in found]


def _swap(x: Aligned) -> Aligned:
    runs = tuple(sorted((b, a, length) for a, b, length in x.runs))
    return Aligned(x.b_start, x.b_end, x.a_start, x.a_end, runs)


def _name_shares(
    a: int, b: int, found: list[Aligned], marks: _Marks, settings: PassageSettings
) -> Iterator[Share]:
    (article_a, marked_a), (article_b, marked_b) = marks[a], marks[b]
    far = _days_apart(article_a, article_b) > settings.background_days
    pieces = [piece for aligned in found for piece in _cut(aligned, marked_a, marked_b)]
    total = sum(length for piece in pieces for _, _, length in piece)
    most = total >= 0.5 * min(len(marked_a.words), len(marked_b.words))
    for runs in pieces:
        words = sum(length for _, _, length in runs)
        if words < settings.align.least:
            continue
        place_a, place_b = _place(marked_a, runs, 0), _place(marked_b, runs, 1)
        weight = weigh(marked_a, marked_b, runs)
        text = article_a.text[place_a[0] : place_a[1]]
        stale = far and not most and words < settings.background_words
        shared = name_sharing(text, weight, stale=stale, settings=settings)
        length_a = runs[-1][0] + runs[-1][2] - runs[0][0]
        length_b = runs[-1][1] + runs[-1][2] - runs[0][1]
        yield Share(a, b, place_a, place_b, words, words / max(length_a, length_b), shared, weight.told)


def name_sharing(text: str, weight: Weight, *, stale: bool, settings: PassageSettings) -> str:
    """What sharing this passage means, from its words alone: the first rule that holds."""
    if weight.plain < settings.plain:
        return "boilerplate" if weight.named < 0.5 or len(text) > 400 else "formula"
    if len(cues().boilerplate.findall(text)) * 40 >= len(text.split()):
        return "boilerplate"
    if weight.quoted >= settings.quoted:
        return "quotation"
    if weight.quoted >= 0.1 and weight.speech >= 0.9 and weight.told < 2 * settings.formula:
        return "quotation"  # one speaker's words, half of them turned into reported speech
    if weight.told < settings.formula:
        return "quotation" if weight.quoted >= 0.2 else "formula"
    return "background" if stale else "text"


def _days_apart(a: Article, b: Article) -> int:
    first, second = a.published.first_day, b.published.first_day
    return abs((first - second).days) if first and second else 0


def _place(marked: MarkedWords, runs: list[Run], side: int) -> tuple[int, int]:
    last = runs[-1][side] + runs[-1][2] - 1
    return marked.words.starts[runs[0][side]], marked.words.ends[last]


def _cut(aligned: Aligned, a: MarkedWords, b: MarkedWords) -> list[list[Run]]:
    """An aligned passage cut where furniture interrupts the body on either side."""
    same = (
        a.block[aligned.a_start] == a.block[aligned.a_end - 1]
        and b.block[aligned.b_start] == b.block[aligned.b_end - 1]
    )
    if same:
        return [list(aligned.runs)]
    pieces: dict[tuple[int, int], list[Run]] = {}
    for place_a, place_b, length in aligned.runs:
        start = 0
        for i in range(1, length + 1):
            blocks = (a.block[place_a + start], b.block[place_b + start])
            if i == length or (a.block[place_a + i], b.block[place_b + i]) != blocks:
                pieces.setdefault(blocks, []).append((place_a + start, place_b + start, i - start))
                start = i
    return list(pieces.values())


def spans_of(share: Share, ids: list[str]) -> tuple[Span, Span]:
    """The two places of a share as spans."""
    return Span(ids[share.a], *share.a_span), Span(ids[share.b], *share.b_span)
