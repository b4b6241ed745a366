"""How probable it is that two mentions in reports of one story name one act: learnt, plain numpy.

What counts: how near the two words are (``kinship``), what stands with them, whether the other report has a
nearer word, and how the words are used in all reports of the story: two that come with the same company in
different sentences are likely one act, two that one sentence tells side by side are not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

import numpy as np
import numpy.typing as npt

from detente.compare.kinship import APART, sense_distance
from detente.compare.stories.scorer import Scorer

NAMES = (
    "same lemma", "distance of senses", "common beginning", "parties in common", "number of them",
    "lemma in the other's sentence", "likeness of sentences", "words of sentences in common",
    "same report", "same sentence", "share of reports with the lemma", "rarer lemma",
    "nearer than the other's next", "nearer than the one's next", "company in common",
    "told side by side", "sentences of the rarer", "sentences of the other",
)  # fmt: skip
"""What each feature is, in order."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word for an act: its lemma, its report and sentence, who takes part, and the sentence's words."""

    lemma: str
    article: str
    sentence: int
    parties: frozenset[str]
    words: frozenset[str]


class StoryActs:
    """The mentions of one story, and how probable it is that any two name one act."""

    def __init__(self, mentions: Sequence[Mention], *, scorer: Scorer | None = None) -> None:
        self.mentions = list(mentions)
        self._scorer = scorer
        self._of_article: dict[str, list[int]] = defaultdict(list)
        self._lemmas: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._sentences: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._company: dict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
        told: dict[tuple[str, int], set[str]] = defaultdict(set)
        for n, m in enumerate(self.mentions):
            self._of_article[m.article].append(n)
            self._lemmas[m.article, m.sentence].add(m.lemma)
            self._sentences[m.lemma].add((m.article, m.sentence))
            company = self._company[m.lemma]
            for party in m.parties:
                company[True, party] += 2
            for word in m.words - {m.lemma}:
                company[False, word] += 1
            told[m.article, m.sentence] |= m.words
        counts = Counter(word for words in told.values() for word in words)
        self._rarity = {w: float(np.log((len(told) + 20.0) / (c + 0.5))) for w, c in counts.items()}
        self._weights = [sum(self._rarity[w] ** 2 for w in m.words) for m in self.mentions]
        self._lengths = {k: _length(c) for k, c in self._company.items()}
        self._next: dict[tuple[int, str], list[tuple[float, int]]] = {}

    def links(self, pairs: Sequence[tuple[int, int]] | None = None) -> list[tuple[int, int, float]]:
        """Pairs of mentions (all where none are given) with the probability that both name one act."""
        pairs = list(combinations(range(len(self.mentions)), 2)) if pairs is None else pairs
        if not pairs:
            return []
        odds = (self._scorer or load_scorer()).odds(self.features(pairs))
        return [(a, b, 1 / (1 + float(np.exp(-v)))) for (a, b), v in zip(pairs, odds.tolist(), strict=True)]

    def features(self, pairs: Sequence[tuple[int, int]]) -> npt.NDArray[np.float64]:
        """One row a pair, one column a feature (``NAMES``)."""
        return np.array([self._features(a, b) for a, b in pairs], np.float64)

    def _features(self, a: int, b: int) -> list[float]:
        one, other = self.mentions[a], self.mentions[b]
        same = one.lemma == other.lemma
        distance = sense_distance(one.lemma, other.lemma)
        elsewhere = 0
        if not same:
            elsewhere = (one.lemma in self._lemmas[other.article, other.sentence]) + (
                other.lemma in self._lemmas[one.article, one.sentence]
            )
        parties, words = one.parties & other.parties, one.words & other.words
        weight = sum(self._rarity[w] ** 2 for w in words)
        counts = sorted(len(self._sentences[m.lemma]) for m in (one, other))
        return [
            float(same), distance, _beginning(one.lemma, other.lemma),
            len(parties) / max(1, len(one.parties | other.parties)), len(parties), elsewhere,
            weight / (math.sqrt(self._weights[a] * self._weights[b]) or 1.0),
            len(words) / max(1, len(one.words | other.words)), one.article == other.article,
            (one.article, one.sentence) == (other.article, other.sentence),
            max(self._spread(one.lemma), self._spread(other.lemma)),
            max(self._rarity.get(one.lemma, 0.0), self._rarity.get(other.lemma, 0.0)),
            distance - self._next_best(a, b), distance - self._next_best(b, a),
            *self._used_alike(one.lemma, other.lemma), float(np.log(counts[0])), float(np.log(counts[1])),
        ]  # fmt: skip

    def _spread(self, lemma: str) -> float:
        """The share of the story's reports that have a lemma."""
        return len({article for article, _ in self._sentences[lemma]}) / len(self._of_article)

    def _next_best(self, a: int, b: int) -> float:
        """How near to ``a`` the nearest mention of ``b``'s report is, ``b`` itself left out."""
        article = self.mentions[b].article
        if (a, article) not in self._next:
            lemma = self.mentions[a].lemma
            others = (n for n in self._of_article[article] if n != a)
            found = sorted((sense_distance(lemma, self.mentions[n].lemma), n) for n in others)
            self._next[a, article] = found[:2]
        return next((distance for distance, n in self._next[a, article] if n != b), APART)

    def _used_alike(self, one: str, other: str) -> tuple[float, float]:
        """The likeness of two lemmas' company in the story, and how often one sentence has both."""
        first, second = self._company[one], self._company[other]
        shared = sum(n * second[w] for w, n in first.items() if w in second)
        mine, theirs = self._sentences[one], self._sentences[other]
        return (
            shared / (self._lengths[one] * self._lengths[other]),
            len(mine & theirs) / min(len(mine), len(theirs)),
        )


def _length(counts: Counter[tuple[bool, str]]) -> float:
    return float(np.sqrt(sum(n * n for n in counts.values()))) or 1.0


def _beginning(one: str, other: str) -> float:
    """The share of the longer word that both begin with."""
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return same / max(len(one), len(other), 1)


@cache
def load_scorer() -> Scorer:
    """The scorer of ``data/compare/same_act.npz`` (how it was made: ``training/stories/acts.py``)."""
    with files("detente").joinpath("data/compare/same_act.npz").open("rb") as source:
        arrays = np.load(source)
        return Scorer({name: arrays[name] for name in arrays.files})
