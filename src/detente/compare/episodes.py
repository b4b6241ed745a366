"""Episodes: a mixed pile parted into stories, and stories into the longer stories they belong to.

1. Articles go, day by day, through the stream of ``compare.stories``: each is compared with a few earlier
   ones and joins, begins or mends a story. The terms of the first ``warm`` articles are counted before any
   is placed, so that the stream begins with an idea of what is rare.
2. Longer stories are made of stories by average likeness, with a lower bar and no fading.

Candidates come from an inverted index and each article keeps few links, so nothing is compared all with
all. An article without a date comes first and is near every day.
"""

from __future__ import annotations

import datetime as dt
import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.compare.cluster import NO_DAY, days_of
from detente.compare.pile import Pile
from detente.compare.stories import StorySettings, StoryStream
from detente.compare.stories.profile import SLOTS, Terms, make_profile
from detente.compare.stories.rarity import Rarity
from detente.compare.vectors import Sums, nearest, rows_of, stack
from detente.record import Date, Episode, make_id, telling_key


@dataclass(frozen=True, slots=True)
class EpisodeSettings:
    """When articles tell one story, and stories one longer story.

    ``warm``: so many articles are counted before the first is placed; ``tried``: how many near stories are
    tried for joining into a longer one; ``longer``: likeness of stories that are one longer story; ``slots``:
    by how many terms a story is known there. Tuned on Wikinews, ECB+ and GVA (dev) together.
    """

    warm: int = 2000
    tried: int = 30
    longer: float = 0.04
    slots: int = 300
    stories: StorySettings = field(default_factory=StorySettings)


@dataclass(slots=True)
class Group:
    """Articles held to tell one story: their rows, the sum of their vectors, their first and last day."""

    rows: list[int]
    total: Terms
    first: float
    last: float
    near: set[int] = field(default_factory=set)


def find_episodes(pile: Pile, *, settings: EpisodeSettings | None = None) -> list[Episode]:
    """Stories of a pile's articles, and longer ones of stories, in the order of their first day."""
    settings = settings or EpisodeSettings()
    known = sorted(
        (
            days_of(a.published)[0],
            telling_key(a),
            a.id,
            (a.words(a.headline) if a.headline else a.title) or "",
        )
        for a in pile.articles()
    )
    if not known:
        return []
    ids, titles = [k[2] for k in known], [k[3] for k in known]
    days = [k[0] if k[0] != NO_DAY else None for k in known]
    return list(_episodes(_group(pile, ids, days, settings), ids, titles, settings))


def _group(pile: Pile, ids: list[str], days: list[int | None], settings: EpisodeSettings) -> list[Group]:
    """Rows into stories, ordered by their first day and row."""
    if len(ids) == 1:
        only = math.nan if days[0] is None else float(days[0])
        return [Group([0], Terms(np.empty(0, np.int32), np.empty(0, np.float32)), only, only)]
    rarity = Rarity()
    warm = [make_profile(pile.article(article_id)) for article_id in ids[: settings.warm]]
    for profile in warm:
        rarity.add(profile)
    stream = StoryStream(settings=settings.stories, rarity=rarity, counted=len(warm))
    for row, (article_id, day) in enumerate(zip(ids, days, strict=True)):
        stream.add(warm[row] if row < len(warm) else make_profile(pile.article(article_id)), day)
    groups = []
    for rows in stream.stories():
        when = [day for row in rows if (day := days[row]) is not None]
        first, last = (float(min(when)), float(max(when))) if when else (math.nan, math.nan)
        groups.append(Group(rows, stream.total(rows), first, last))
    return sorted(groups, key=lambda g: (np.nan_to_num(g.first), g.rows[0]))


def join_groups(groups: list[Group], *, least: float, slots: int = SLOTS) -> list[Group]:
    """Join the likest two groups again and again, while they are alike on average.

    ``slots``: the number above that of any term.
    """
    for number, group in enumerate(groups):
        for other in group.near:
            groups[other].near.add(number)
    sums = Sums(slots)
    alive: dict[int, Group] = dict(enumerate(groups))
    heap: list[tuple[float, int, int]] = []
    for number, group in alive.items():
        others = sorted(other for other in group.near if number < other)
        scores = likenesses(group, [alive[other] for other in others], sums)
        heap += [
            (-score, number, other) for other, score in zip(others, scores, strict=True) if score >= least
        ]
    heapq.heapify(heap)
    following, most = len(groups), 2 * len(heap) + 1000
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in alive or b not in alive:
            continue
        merged = _join(alive.pop(a), alive.pop(b), sums)
        merged.near = {n for n in merged.near if n in alive}
        alive[following] = merged
        others = sorted(merged.near)
        scores = likenesses(merged, [alive[other] for other in others], sums)
        for other, score in zip(others, scores, strict=True):
            alive[other].near -= {a, b}
            alive[other].near.add(following)
            if score >= least:
                heapq.heappush(heap, (-score, other, following))
        following += 1
        if len(heap) > most:  # what names groups that are no more is let go
            heap = [entry for entry in heap if entry[1] in alive and entry[2] in alive]
            heapq.heapify(heap)
            most = 2 * len(heap) + 1000
    return list(alive.values())


def likenesses(group: Group, others: list[Group], sums: Sums) -> list[float]:
    """The average likeness of a group's members and those of each of some others."""
    found = sums.dots(group.total, [other.total for other in others]).tolist()
    return [dot / (len(group.rows) * len(other.rows)) for dot, other in zip(found, others, strict=True)]


MOST_SLOTS = 300  # of a group's total: what a story of hundreds of articles is known by


def _join(a: Group, b: Group, sums: Sums) -> Group:
    total = sums.add(a.total, b.total)
    if len(total.slots) > 2 * MOST_SLOTS:
        keep = np.lexsort((total.slots, -total.values))[:MOST_SLOTS]
        total = Terms(total.slots[keep], total.values[keep])
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
    if len(stories) == 1:
        return [stories]
    vectors = stack([story.total for story in stories], most=settings.slots)
    near = nearest(vectors, most=settings.tried, least=settings.longer)
    groups = [
        Group([number], total, math.nan, math.nan, set(found))
        for number, (total, found) in enumerate(zip(rows_of(vectors), near, strict=True))
    ]
    joined = join_groups(groups, least=settings.longer, slots=vectors.shape[1])
    ordered = sorted((sorted(g.rows) for g in joined), key=lambda rows: rows[0])
    return [[stories[n] for n in rows] for rows in ordered]
