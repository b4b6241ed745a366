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
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from detente.compare.cluster import NO_DAY, days_of
from detente.compare.pile import Pile
from detente.compare.stories import StorySettings, StoryStream
from detente.compare.stories.profile import SLOTS, Ints, Terms, make_profile
from detente.compare.stories.rarity import Rarity
from detente.compare.vectors import Sums, nearest, rows_of, stack
from detente.record import Date, Episode, make_id, telling_key

Floats = npt.NDArray[np.float64]


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
    """Articles held to tell one story: their rows, the sum of their vectors, their first and last day.

    ``near``: the places, in a list of groups, of others that may be like it.
    """

    rows: list[int]
    total: Terms
    first: float
    last: float
    near: Collection[int] = ()


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

    What is given is used up; ``slots``: the number above that of any term.
    """
    return _Joining(groups, least, Sums(slots)).run()


class _Joining:
    """Groups by number, and which are to be joined next; two that are joined become one of the next number.

    Every group offers itself to those near that are like it, the likest first, and only its best offer waits
    among those of the others: the rest need no look once it is joined.

    Memory: 16 bytes an offer, 4 a neighbour.
    """

    def __init__(self, groups: list[Group], least: float, sums: Sums) -> None:
        self.least, self.sums = least, sums
        self.groups: dict[int, Group] = dict(enumerate(groups))
        self.near = [array("I") for _ in groups]  # of each, others near it, of which some may be no more
        for number, group in enumerate(groups):
            self.near[number].extend(group.near)
            for other in group.near:
                self.near[other].append(number)
        self.there = np.ones(2 * len(groups), bool)  # whether a group is not joined to another yet
        self.offers: dict[int, tuple[Floats, Ints, int]] = {}  # what is like it, and how many are passed
        self.best: list[tuple[float, int, int, int]] = []  # less the likeness, the two in order, who offers

    def run(self) -> list[Group]:
        """The groups that are left."""
        count = len(self.groups)
        for number in range(count):
            self._compare(number, self._near(number, self.near[number], above=number))
            self._offer(number)
        while self.best:
            _, one, other, number = heapq.heappop(self.best)
            if not self.there[number]:
                continue
            if self.there[one] and self.there[other]:
                self._join(one, other)
            else:
                self._offer(number)
        return list(self.groups.values())

    def _near(self, number: int, near: array[int], *, above: int = -1) -> Ints:
        """The numbers of the groups near one that are there, in order."""
        others: Ints = np.unique(np.array(near, np.int32))
        others = others[self.there[others] & (others > above) & (others != number)]
        return others

    def _compare(self, number: int, others: Ints) -> None:
        """Note those of some others that a group is like, the likest first."""
        scores = likenesses(self.groups[number], [self.groups[other] for other in others.tolist()], self.sums)
        like = np.flatnonzero(scores >= self.least)
        order = like[np.lexsort((others[like], -scores[like]))]
        self.offers[number] = scores[order], others[order], 0

    def _offer(self, number: int) -> None:
        """Let a group's best offer to one that is there wait among the others'."""
        scores, others, passed = self.offers.pop(number)
        left = np.flatnonzero(self.there[others[passed:]])
        if len(left):
            at = passed + int(left[0])
            other = int(others[at])
            pair = (number, other) if number < other else (other, number)
            heapq.heappush(self.best, (-float(scores[at]), *pair, number))
            self.offers[number] = scores, others, at + 1

    def _join(self, one: int, other: int) -> None:
        number = len(self.near)
        self.groups[number] = _sum(self.groups.pop(one), self.groups.pop(other), self.sums)
        for joined in (one, other):
            self.there[joined] = False
            self.offers.pop(joined, None)
        others = self._near(number, self.near[one] + self.near[other])
        self.near[one] = self.near[other] = array("I")
        self.near.append(array("I", others.tolist()))
        for near in others.tolist():
            self.near[near].append(number)
        self._compare(number, others)
        self._offer(number)


def likenesses(group: Group, others: list[Group], sums: Sums) -> Floats:
    """The average likeness of a group's members and those of each of some others."""
    found = sums.dots(group.total, [other.total for other in others])
    return found / (len(group.rows) * np.array([len(other.rows) for other in others], np.int64))


MOST_SLOTS = 300  # of a group's total: what a story of hundreds of articles is known by


def _sum(one: Group, other: Group, sums: Sums) -> Group:
    """Two groups as one, which has the longer one's list of rows."""
    total = sums.add(one.total, other.total)
    if len(total.slots) > 2 * MOST_SLOTS:
        keep = np.lexsort((total.slots, -total.values))[:MOST_SLOTS]
        total = Terms(total.slots[keep], total.values[keep])
    first, last = float(np.fmin(one.first, other.first)), float(np.fmax(one.last, other.last))
    small, large = sorted((one.rows, other.rows), key=len)
    large.extend(small)
    return Group(large, total, first, last)


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
        Group([number], total, math.nan, math.nan, found)
        for number, (total, found) in enumerate(zip(rows_of(vectors), near, strict=True))
    ]
    joined = join_groups(groups, least=settings.longer, slots=vectors.shape[1])
    ordered = sorted((sorted(g.rows) for g in joined), key=lambda rows: rows[0])
    return [[stories[n] for n in rows] for rows in ordered]
