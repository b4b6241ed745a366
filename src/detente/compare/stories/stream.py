"""Articles put into stories as they come: one pass, each compared with a few earlier ones only.

1. The article's terms become vectors by how rare they are among the articles seen so far; its details
   (years, ages, days, figures, the weekday of its lead) are kept beside them.
2. An inverted index names the earlier articles that share its weightiest terms.
3. The scorer says of each how probable it is that the two tell one story; these are the links.
4. The stories that the article touches are taken apart and joined anew by the average of their members'
   links (``join_rows``), so that an early mistake is mended as soon as the next article shows it.

Memory: some 2 kB an article (its index entries and its links, see ``kept``); its vectors lie on disk.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from detente.compare.stories.features import Comparer, Seen, pack
from detente.compare.stories.index import ASKED, TermIndex
from detente.compare.stories.kept import Links, SeenArticles
from detente.compare.stories.profile import Profile, Terms
from detente.compare.stories.rarity import Rarity
from detente.compare.stories.scorer import load_scorer

TOTAL = 300
"""Terms kept of a story."""


class Scoring(Protocol):
    """What gives the probability of rows of features."""

    def odds(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The log-odds that each row's two articles tell one story."""
        ...


@dataclass(frozen=True, slots=True)
class StorySettings:
    """When articles tell one story. Chosen by cross-validation together with the scorer; don't tune alone.

    ``least``: the average probability of its members' links from which two groups are one story;
    ``fade``: days over which a link falls to a third (the gold knows no like texts years apart, piles do);
    ``tried``: with how many earlier articles one is compared; ``touched``: how many articles are joined
    anew at most; ``weak``: a link below it is not kept.
    """

    least: float = 0.35
    fade: float = 365.0
    tried: int = 40
    touched: int = 150
    weak: float = 0.01


class StoryStream:
    """Stories that grow, join and part as articles are added.

    Terms are counted as articles come. Where ``rarity`` holds the first ``counted`` articles already, these
    are not counted again.
    """

    def __init__(
        self,
        *,
        settings: StorySettings | None = None,
        rarity: Rarity | None = None,
        counted: int = 0,
        scorer: Scoring | None = None,
    ) -> None:
        self.settings = settings or StorySettings()
        self.rarity = rarity or Rarity()
        self._counted = counted
        self._scorer = scorer or load_scorer()
        self._comparer = Comparer(self.rarity)
        self._index = TermIndex()
        self._seen = SeenArticles()
        self._links = Links()
        self._story_of: list[int] = []
        self._rows: dict[int, list[int]] = {}
        self._next = 0

    def add(self, profile: Profile, day: int | None = None) -> int:
        """Take an article in (its profile and day number); its row is given back."""
        seen, others = self.look(profile, day)
        links: dict[int, float] = {}
        self.put(seen)
        if others:
            features = self.features(seen, others)
            odds = self._scorer.odds(features)
            links = {o.row: self.link_of(seen, o, v) for o, v in zip(others, odds.tolist(), strict=True)}
            self.note(seen, others, features)
        self.link(seen.row, links)
        return seen.row

    def link_of(self, seen: Seen, other: Seen, odds: float) -> float:
        """The probability that two articles tell one story: what the scorer says, faded over the days."""
        apart = abs(seen.day - other.day) if seen.day is not None and other.day is not None else 0
        return math.exp(-apart / self.settings.fade) / (1 + math.exp(-odds))

    def stories(self) -> list[list[int]]:
        """The rows of each story as it stands, each in order, in the order of their first."""
        return sorted(sorted(rows) for rows in self._rows.values())

    def total(self, rows: Sequence[int]) -> Terms:
        """What a story is known by: the ``TOTAL`` weightiest terms of its articles' word vectors."""
        terms = [self._seen[row].terms("words") for row in rows]
        found, totals = _sum_terms(terms)
        keep = np.lexsort((found, -totals))[:TOTAL]
        return Terms(found[keep].astype(np.int32), totals[keep].astype(np.float32))

    def look(self, profile: Profile, day: int | None) -> tuple[Seen, list[Seen]]:
        """The article as it will be kept, and the earlier ones that it is compared with."""
        if len(self._seen) >= self._counted:
            self.rarity.add(profile)
        seen = pack(len(self._seen), day, profile, self.rarity)
        near = self._index.near(seen.terms("words", ASKED), self.settings.tried)
        return seen, [self._seen[row] for row in near.tolist()]

    def put(self, seen: Seen) -> None:
        """Keep an article for later ones to be compared with."""
        self._index.add(seen.row, seen.terms("words", ASKED))
        self._seen.append(seen)

    def note(self, seen: Seen, others: Sequence[Seen], features: npt.NDArray[np.float64]) -> None:
        """Note of an article just put and those before it how like the likest is that each has met."""
        words = features[:, 0]
        self._seen.raise_best(seen, float(words.max()))
        for other, value in zip(others, words.tolist(), strict=True):
            self._seen.raise_best(other, value)

    def features(self, seen: Seen, others: Sequence[Seen]) -> npt.NDArray[np.float64]:
        """How an article and earlier ones go together."""
        return self._comparer.compare(seen, others)

    def link(self, row: int, links: dict[int, float]) -> None:
        """Enter an article's links to earlier ones (row to probability); join the stories it touches anew."""
        links = {other: value for other, value in links.items() if value >= self.settings.weak}
        self._links.append(links)
        self._story_of.append(-1)
        rows = [row]
        for story in self._touched(links):
            if len(rows) + len(self._rows[story]) <= self.settings.touched:
                rows += self._rows.pop(story)
        for group in join_rows(rows, self._links, least=self.settings.least):
            self._rows[self._next] = group
            for member in group:
                self._story_of[member] = self._next
            self._next += 1

    def _touched(self, links: dict[int, float]) -> list[int]:
        best: dict[int, float] = {}
        for other, value in links.items():
            if value >= self.settings.least:
                story = self._story_of[other]
                best[story] = max(best.get(story, 0.0), value)
        return sorted(best, key=lambda story: (-best[story], story))


def _sum_terms(terms: Sequence[Terms]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """The slots of some terms, each once, with the sum of their values."""
    found, where = np.unique(np.concatenate([t.slots for t in terms]), return_inverse=True)
    weights = np.concatenate([t.values for t in terms]).astype(np.float64)
    return found, np.bincount(where, weights=weights).astype(np.float64)


def join_rows(
    rows: Sequence[int], links: Links | Sequence[Mapping[int, float]], *, least: float
) -> list[list[int]]:
    """Groups of some rows: the two of the highest average link are joined while it is ``least`` or more.

    Rows without a link count 0 in the average, so a chain of likenesses does not make one story.
    """
    among = set(rows)
    near = {n: {o: v for o, v in links[r].items() if o in among} for n, r in enumerate(rows)}
    at = {row: n for n, row in enumerate(rows)}
    sums: dict[int, dict[int, float]] = {n: {at[o]: v for o, v in found.items()} for n, found in near.items()}
    groups: dict[int, list[int]] = {n: [row] for n, row in enumerate(rows)}
    heap = [(-v, a, b) for a, found in sums.items() for b, v in found.items() if a < b and v >= least]
    heapq.heapify(heap)
    following = len(rows)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups:
            continue
        groups[following] = groups.pop(a) + groups.pop(b)
        total: dict[int, float] = {}
        for old in (a, b):
            for other, value in sums.pop(old).items():
                if other in groups:
                    total[other] = total.get(other, 0.0) + value
        sums[following] = total
        for other, value in total.items():
            sums[other][following] = value
            average = value / (len(groups[following]) * len(groups[other]))
            if average >= least:
                heapq.heappush(heap, (-average, other, following))
        following += 1
    return list(groups.values())
