"""Episodes: a mixed pile parted into stories, and stories into the longer stories they belong to.

1. Articles become vectors (``vectors``); each takes on a share of its nearest neighbours' words, so that
   two reports of one story that share few words meet in a third.
2. Stories grow from the likest pairs: two groups are joined while their members are alike *on average*.
   Likeness fades with the days between; an article without a date is near every day.
3. Longer stories are made of stories in the same way, with a lower bar and no fading.

Candidates come from an inverted index and each article keeps few neighbours, so nothing is compared all
with all. Memory: about 2.5 kB an article.
"""

from __future__ import annotations

import datetime as dt
import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.compare.cluster import NO_DAY, days_of
from detente.compare.vectors import VectorSettings, make_vectors, nearest, smooth, stack
from detente.record import Article, Date, Episode, make_id

Vector = dict[int, float]


@dataclass(frozen=True, slots=True)
class EpisodeSettings:
    """When articles tell one story. Tuned on Wikinews, ECB+ and GVA (dev) together; don't tune alone.

    ``least``: average likeness of the members of two groups that are one story; ``decay``: days over
    which likeness falls to a third; ``neighbours`` and ``share``: how many neighbours, and how much of
    them, an article takes on; ``near``: likeness from which one counts as a neighbour; ``tried``: how many
    neighbours are tried for joining; ``longer``: likeness of stories that are one longer story.
    """

    least: float = 0.25
    decay: float = 30.0
    neighbours: int = 5
    share: float = 0.4
    near: float = 0.15
    tried: int = 30
    longer: float = 0.04
    vectors: VectorSettings = field(default_factory=VectorSettings)


@dataclass(slots=True)
class Group:
    """Articles held to tell one story: their rows, the sum of their vectors, their first and last day."""

    rows: list[int]
    total: Vector
    first: float
    last: float
    near: set[int] = field(default_factory=set)


def find_episodes(articles: Iterable[Article], *, settings: EpisodeSettings | None = None) -> list[Episode]:
    """Group articles into stories and stories into longer ones, in the order of their first day."""
    settings = settings or EpisodeSettings()
    ids: list[str] = []
    titles: list[str] = []
    days: list[int] = []

    def noted() -> Iterator[Article]:
        for article in articles:
            ids.append(article.id)
            titles.append((article.words(article.headline) if article.headline else article.title) or "")
            days.append(days_of(article.published)[0])
            yield article

    vectors = make_vectors(noted(), settings.vectors)
    if not ids:
        return []
    when = np.array([np.nan if d == NO_DAY else d for d in days], np.float64)
    stories = group_rows(vectors, when, settings)
    return list(_episodes(stories, ids, titles, settings))


def group_rows(vectors: Any, when: npt.NDArray[np.float64], settings: EpisodeSettings) -> list[Group]:
    """Steps 1 and 2: rows into stories, ordered by their first day and row."""
    near = [
        found for _, found in nearest(
            vectors, when, most=settings.neighbours, least=settings.near, decay=settings.decay)
    ]  # fmt: skip
    smoothed = smooth(vectors, near, share=settings.share, most=2 * settings.vectors.features)
    groups = []
    for row, found in nearest(
        smoothed, when, most=settings.tried, least=0.5 * settings.least, decay=settings.decay
    ):
        cut = slice(smoothed.indptr[row], smoothed.indptr[row + 1])
        total = dict(zip(smoothed.indices[cut].tolist(), smoothed.data[cut].tolist(), strict=True))
        groups.append(Group([row], total, when[row], when[row], {other for other, _ in found}))
    joined = join_groups(groups, least=settings.least, decay=settings.decay)
    return sorted(joined, key=lambda g: (np.nan_to_num(g.first), min(g.rows)))


def join_groups(groups: list[Group], *, least: float, decay: float) -> list[Group]:
    """Join the likest two groups again and again, while they are alike on average."""
    for number, group in enumerate(groups):
        for other in group.near:
            groups[other].near.add(number)
    alive: dict[int, Group] = dict(enumerate(groups))
    heap: list[tuple[float, int, int]] = []
    for number, group in alive.items():
        for other in group.near:
            if number < other:
                _push(heap, alive, number, other, least, decay)
    heapq.heapify(heap)
    following = len(groups)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in alive or b not in alive:
            continue
        merged = _join(alive.pop(a), alive.pop(b))
        merged.near = {n for n in merged.near if n in alive}
        alive[following] = merged
        for other in sorted(merged.near):
            alive[other].near.add(following)
            _push(heap, alive, other, following, least, decay, keep=True)
        following += 1
    return list(alive.values())


def _push(
    heap: list[tuple[float, int, int]], alive: dict[int, Group], a: int, b: int, least: float, decay: float,
    *, keep: bool = False,
) -> None:  # fmt: skip
    score = likeness(alive[a], alive[b], decay)
    if score >= least:
        entry = (-score, a, b)
        if keep:
            heapq.heappush(heap, entry)
        else:
            heap.append(entry)


def likeness(a: Group, b: Group, decay: float) -> float:
    """The average likeness of two groups' members, faded by the days between the groups."""
    small, large = (a.total, b.total) if len(a.total) <= len(b.total) else (b.total, a.total)
    dot = sum(weight * large[slot] for slot, weight in small.items() if slot in large)
    gap = max(a.first, b.first) - min(a.last, b.last)
    faded = math.exp(-gap / decay) if gap > 0 else 1.0  # nan (no date) is not greater than 0
    return dot / (len(a.rows) * len(b.rows)) * faded


MOST_SLOTS = 600  # of a group's total: what a story of hundreds of articles is known by


def _join(a: Group, b: Group) -> Group:
    large, small = (a, b) if len(a.total) >= len(b.total) else (b, a)
    total = large.total
    for slot, weight in small.total.items():
        total[slot] = total.get(slot, 0.0) + weight
    if len(total) > 2 * MOST_SLOTS:
        total = dict(sorted(total.items(), key=lambda i: (-i[1], i[0]))[:MOST_SLOTS])
    first, last = float(np.fmin(a.first, b.first)), float(np.fmax(a.last, b.last))
    return Group(a.rows + b.rows, total, first, last, a.near | b.near)


def _episodes(
    stories: list[Group], ids: list[str], titles: list[str], settings: EpisodeSettings
) -> Iterator[Episode]:
    for longer in _longer(stories, settings):
        own = [make_id("ep", min(ids[r] for r in s.rows)) for s in longer]
        parent = None
        if len(longer) > 1:
            parent = make_id("ep", "longer", min(own))
            rows = [r for s in longer for r in s.rows]
            yield Episode(parent, _label(longer, titles), _sorted(ids, rows), _range(longer), None)
        for story, episode_id in zip(longer, own, strict=True):
            label = _label([story], titles)
            yield Episode(episode_id, label, _sorted(ids, story.rows), _range([story]), parent)


def _sorted(ids: list[str], rows: list[int]) -> tuple[str, ...]:
    return tuple(sorted(ids[r] for r in rows))


def _label(stories: list[Group], titles: list[str]) -> str:
    """The first title there is, of the largest story."""
    largest = max(stories, key=lambda s: (len(s.rows), -min(s.rows)))
    named = [titles[r].strip() for r in sorted(largest.rows) if titles[r].strip()]
    return named[0] if named else next((t for s in stories for r in s.rows if (t := titles[r].strip())), "")


def _range(stories: list[Group]) -> Date:
    days = [int(d) for s in stories for d in (s.first, s.last) if not math.isnan(d)]
    if not days:
        return Date.unknown()
    first, last = (dt.date.fromordinal(d).isoformat() for d in (min(days), max(days)))
    length = max(days) - min(days)
    precision = "day" if not length else "week" if length < 7 else "month" if length < 31 else "season"
    return Date(first, last, precision, "published")


def _longer(stories: list[Group], settings: EpisodeSettings) -> list[list[Group]]:
    """Stories that belong together over a longer time, in the order of their first."""
    vectors = stack([story.total for story in stories], most=2 * settings.vectors.features)
    days = np.full(len(stories), np.nan)
    groups = []
    for number, found in nearest(vectors, days, most=settings.tried, least=settings.longer, decay=math.inf):
        cut = slice(vectors.indptr[number], vectors.indptr[number + 1])
        total = dict(zip(vectors.indices[cut].tolist(), vectors.data[cut].tolist(), strict=True))
        groups.append(Group([number], total, math.nan, math.nan, {other for other, _ in found}))
    joined = join_groups(groups, least=settings.longer, decay=math.inf)
    ordered = sorted((sorted(g.rows) for g in joined), key=lambda rows: rows[0])
    return [[stories[n] for n in rows] for rows in ordered]
