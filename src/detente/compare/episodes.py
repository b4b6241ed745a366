"""Episodes: a mixed pile parted into stories, and stories into the longer stories they belong to.

One pass in the order of publication. An article becomes a vector of its words and names (TF-IDF; names,
title and lead weigh more), is compared with the stories that share its weightiest words and are not too
old, and joins the one whose members it resembles most on average, or opens a new one. Document
frequencies are hashed counts over the pile, so the whole needs no dictionary.

Memory: about 80 hashed features an article of an open story; a story that got nothing for ``window``
days is closed and its vectors are let go.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import numpy.typing as npt

from detente.compare.cluster import NO_DAY, days_of
from detente.compare.cues import cues
from detente.compare.words import WORD
from detente.record import Article, Date, Episode, make_id

SLOTS = 1 << 20
Vector = dict[int, float]


@dataclass(frozen=True, slots=True)
class EpisodeSettings:
    """When an article joins a story. Tuned on Wikinews, ECB+ and GVA (dev) together; don't tune alone.

    ``least``: average likeness to a story's members; ``decay``: days after which likeness has fallen to a
    third; ``window``: days after which a story is closed; ``names``, ``lead``, ``title``: what a
    capitalised word, a word among the first ``lead_words`` and a word of the title weigh beside others;
    ``longer``: likeness of two stories that belong to one longer story.
    """

    least: float = 0.14
    decay: float = 30.0
    window: int = 90
    names: float = 2.0
    lead: float = 2.0
    title: float = 2.0
    lead_words: int = 60
    most_words: int = 400
    features: int = 80
    probes: int = 24
    longer: float = 0.12


@dataclass(slots=True)
class Story:
    """An open story: the sum of its members' vectors and who they are."""

    number: int
    total: Vector = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    first: int = NO_DAY
    last: int = NO_DAY
    title: str = ""


def word_weights(article: Article, settings: EpisodeSettings) -> dict[str, float]:
    """An article's words and pairs of names with their weights, before rarity counts."""
    weights: dict[str, float] = {}
    body = " ".join(article.text[s:e] for s, e in article.body)
    words = WORD.findall(body)[: settings.most_words]
    title = article.words(article.headline) if article.headline else article.title or ""
    _weigh(WORD.findall(title), settings.title, weights, settings)
    _weigh(words[: settings.lead_words], settings.lead, weights, settings)
    _weigh(words[settings.lead_words :], 1.0, weights, settings)
    return weights


def _weigh(words: list[str], weight: float, into: dict[str, float], settings: EpisodeSettings) -> None:
    plain = cues().function_words
    previous = ""
    for word in words:
        folded = word.casefold()
        if len(folded) < 2 or folded in plain:
            previous = ""
            continue
        named = word[0].isupper()
        stem = _stem(folded)
        value = weight * (settings.names if named else 1.0)
        into[stem] = into.get(stem, 0.0) + value
        if named and previous:
            pair = f"{previous}_{stem}"
            into[pair] = into.get(pair, 0.0) + value
        previous = stem if named else ""


def _stem(word: str) -> str:
    """Plurals folded; no more, for speed and for names' sake."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def hashed(weights: dict[str, float]) -> Vector:
    """Words to slots, weights to logarithms."""
    vector: Vector = {}
    for word, weight in weights.items():
        slot = crc32(word.encode()) & (SLOTS - 1)
        vector[slot] = vector.get(slot, 0.0) + weight
    return {slot: 1.0 + math.log(w) if w >= 1 else w for slot, w in vector.items()}


@dataclass(slots=True)
class Rarity:
    """How many articles hold each slot."""

    articles: int = 0
    counts: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(SLOTS, np.int32))

    def add(self, vector: Vector) -> None:
        """Count one article."""
        self.articles += 1
        self.counts[np.fromiter(vector, np.int64, len(vector))] += 1

    def scale(self, vector: Vector, most: int) -> Vector:
        """The ``most`` weightiest slots of a vector times their rarity, at length one."""
        total = self.articles + 1
        counts = self.counts
        scaled = {s: w * math.log(total / (counts[s] + 0.5)) for s, w in vector.items()}
        kept = dict(sorted(scaled.items(), key=lambda item: (-item[1], item[0]))[:most])
        length = math.sqrt(sum(w * w for w in kept.values())) or 1.0
        return {s: w / length for s, w in kept.items()}


def find_episodes(articles: Iterable[Article], *, settings: EpisodeSettings | None = None) -> list[Episode]:
    """Group articles into stories and stories into longer ones, in the order of their first day."""
    settings = settings or EpisodeSettings()
    rarity = Rarity()
    entries: list[tuple[int, str, Vector, str]] = []
    for article in articles:
        vector = hashed(word_weights(article, settings))
        rarity.add(vector)
        title = article.words(article.headline) if article.headline else article.title or ""
        entries.append((days_of(article.published)[0], article.id, vector, title.strip()))
    entries.sort(key=lambda e: (e[0], e[1]))
    grouping = Grouping(settings)
    for day, article_id, vector, title in entries:
        grouping.add(article_id, day, rarity.scale(vector, settings.features), title)
        vector.clear()
    return list(_episodes(grouping.stories, settings))


@dataclass(slots=True)
class Grouping:
    """The online grouping itself: articles in, stories out."""

    settings: EpisodeSettings
    stories: list[Story] = field(default_factory=list)
    _holding: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, article_id: str, day: int, vector: Vector, title: str) -> Story:
        """Put the next article into the story it resembles most, or into a new one."""
        probes = sorted(vector, key=lambda s: (-vector[s], s))[: self.settings.probes]
        story = self._nearest(vector, probes, day)
        if story is None:
            story = Story(len(self.stories), title=title, first=day)
            self.stories.append(story)
        story.members.append(article_id)
        story.last = max(story.last, day)
        for slot, weight in vector.items():
            story.total[slot] = story.total.get(slot, 0.0) + weight
        for slot in probes:
            held = self._holding[slot]
            if not held or held[-1] != story.number:
                held.append(story.number)
        return story

    def _nearest(self, vector: Vector, probes: list[int], day: int) -> Story | None:
        hits: Counter[int] = Counter()
        for slot in probes:
            held = self._holding.get(slot)
            if held and len(held) > 400:
                held[:] = sorted(n for n in set(held) if self._open(self.stories[n], day))
            for number in set(held or ()):
                hits[number] += 1
        best, best_score = None, self.settings.least
        for number, _ in sorted(hits.items(), key=lambda h: (-h[1], h[0]))[:64]:
            story = self.stories[number]
            if not self._open(story, day):
                continue
            score = self._likeness(vector, story, day)
            if score > best_score:
                best, best_score = story, score
        return best

    def _open(self, story: Story, day: int) -> bool:
        if day == NO_DAY or story.last == NO_DAY:
            return True
        return day - story.last <= self.settings.window

    def _likeness(self, vector: Vector, story: Story, day: int) -> float:
        total = story.total
        dot = sum(weight * total[slot] for slot, weight in vector.items() if slot in total)
        score = dot / len(story.members)
        if day != NO_DAY and story.last != NO_DAY:
            score *= math.exp(-max(0, day - story.last) / self.settings.decay)
        return score


def _episodes(stories: list[Story], settings: EpisodeSettings) -> Iterator[Episode]:
    parents = _longer(stories, settings)
    ids = {s.number: make_id("ep", min(s.members)) for s in stories}
    for root, numbers in sorted(parents.items()):
        parent = None
        if len(numbers) > 1:
            members = [stories[n] for n in numbers]
            parent = make_id("ep", "longer", ids[root])
            biggest = max(members, key=lambda s: (len(s.members), -s.number))
            articles = tuple(sorted(m for s in members for m in s.members))
            yield Episode(parent, biggest.title, articles, _range(members), None)
        for number in numbers:
            story = stories[number]
            yield Episode(ids[number], story.title, tuple(sorted(story.members)), _range([story]), parent)


def _range(stories: list[Story]) -> Date:
    days = [d for s in stories for d in (s.first, s.last) if d != NO_DAY]
    if not days:
        return Date.unknown(basis="inferred")
    first, last = (Date.day(_as_date(d), basis="published") for d in (min(days), max(days)))
    precision = "day" if first.from_ == last.from_ else "week" if max(days) - min(days) < 7 else "month"
    return Date(first.from_, last.to, precision, "published")


def _as_date(day: int) -> dt.date:
    return dt.date.fromordinal(day)


def _longer(stories: list[Story], settings: EpisodeSettings) -> dict[int, list[int]]:
    """Stories that belong together over a longer time: each joins the earlier story most like it."""
    parent: dict[int, int] = {}
    holding: dict[int, list[int]] = defaultdict(list)
    units: list[Vector] = []
    for story in stories:
        kept = dict(sorted(story.total.items(), key=lambda i: (-i[1], i[0]))[: settings.features])
        length = math.sqrt(sum(w * w for w in kept.values())) or 1.0
        unit = {s: w / length for s, w in kept.items()}
        units.append(unit)
        probes = list(unit)[: settings.probes]
        hits = Counter(n for slot in probes for n in holding[slot][-200:])
        best, best_score = story.number, settings.longer
        for number, _ in sorted(hits.items(), key=lambda h: (-h[1], h[0]))[:32]:
            score = sum(w * units[number].get(s, 0.0) for s, w in unit.items())
            if score > best_score:
                best, best_score = number, score
        parent[story.number] = parent.get(best, best)
        for slot in probes:
            holding[slot].append(story.number)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, root in parent.items():
        groups[root].append(number)
    return groups
