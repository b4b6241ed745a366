"""How two articles go together, as numbers that the scorer weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import CHANNELS, SLOTS, Floats, Ints, Profile, Terms
from detente.compare.stories.rarity import Rarity

Columns = npt.NDArray[np.float64]
KEYS = 15
"""So many terms are what an article is about."""
FAR = 30.0  # days after which more days say no more
SMOOTH = "smooth"
"""The channel of an article's words with a share of those of its nearest."""


@dataclass(slots=True)
class Seen:
    """What is kept of an article: its vectors by channel, its day, and how like its likest is."""

    row: int
    day: int | None
    vectors: Profile
    words: Ints
    size: int
    best: float = 0.0

    def keys(self, channel: str) -> Terms:
        """The terms of a channel that the article is about."""
        terms = self.vectors[channel]
        return Terms(terms.slots[:KEYS], terms.values[:KEYS])


_RIVALS = ("words", "names", "lead", "pairs", SMOOTH)
NAMES = (
    *(f"likeness of {channel}" for channel in (*CHANNELS, SMOOTH)),
    *(f"over the next: {channel}" for channel in _RIVALS),
    "over the earlier one's best", "rank", "crowd",
    "days known", "days between", "days between, of a month",
    "one's terms in the other", "other's terms in the one", "one's names in the other",
    "other's names in the one", "rarest shared name", "shared names", "rarest shared pair",
    "shorter", "longer", "years agree", "years differ",
)  # fmt: skip
"""What each feature is, in order."""


class Comparer:
    """Compares an article with earlier ones; holds one dense row of scratch space."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._dense: Floats = np.zeros(SLOTS, np.float32)

    def compare(self, seen: Seen, others: Sequence[Seen]) -> Columns:
        """One row an earlier article, one column a feature (``NAMES``)."""
        like = {channel: self.likeness(seen, others, channel) for channel in (*CHANNELS, SMOOTH)}
        words = like["words"]
        crowd = np.sort(words)[::-1][5:25]
        rank = np.empty(len(others))
        rank[np.lexsort((np.arange(len(others)), -words))] = np.arange(len(others))
        columns = [
            *like.values(),
            *(_over_the_next(like[channel]) for channel in _RIVALS),
            words - np.array([other.best for other in others]),
            np.log1p(rank),
            np.full(len(others), float(crowd.mean()) if len(crowd) else 0.0),
            *_days(seen, others),
            *self._coverage(seen, others),
            *_sizes(seen, others),
            *_years(seen, others),
        ]
        return np.column_stack(columns)

    def likeness(self, seen: Seen, others: Sequence[Seen], channel: str) -> Columns:
        """The cosine of an article with each of some others in one channel."""
        mine = seen.vectors[channel]
        self._dense[mine.slots] = mine.values
        found = self._sums([other.vectors[channel] for other in others])
        self._dense[mine.slots] = 0.0
        return found

    def _sums(self, terms: Sequence[Terms]) -> Columns:
        """For each list of terms the sum of its values times the dense row's."""
        values = np.concatenate([t.values for t in terms])
        return _totals(self._dense[np.concatenate([t.slots for t in terms])] * values, terms)

    def _coverage(self, seen: Seen, others: Sequence[Seen]) -> list[Columns]:
        """How much of what one is about the other holds, and the rarest of what both hold."""
        found: list[Columns] = []
        all_held = [Terms(other.words, _NONE) for other in others]
        held = np.concatenate([other.words for other in others])
        for channel in ("words", "names"):
            mine, theirs = seen.keys(channel), [other.keys(channel) for other in others]
            total = float(mine.values.sum())
            self._dense[mine.slots] = mine.values
            sums = _totals(self._dense[held], all_held)
            self._dense[mine.slots] = 0.0
            found.append(sums / total if total else np.full(len(others), 0.5))
            self._dense[seen.words] = 1.0
            sums = self._sums(theirs)
            self._dense[seen.words] = 0.0
            totals = _totals(np.concatenate([t.values for t in theirs]), theirs)
            found.append(np.where(totals > 0, sums / np.maximum(totals, 1e-9), 0.5))
        rarest, counts = self._shared(seen, others, "names")
        return [*found, rarest, counts, self._shared(seen, others, "pairs")[0]]

    def _shared(self, seen: Seen, others: Sequence[Seen], channel: str) -> tuple[Columns, Columns]:
        """Of the terms of a channel that both hold: the rarity of the rarest, and the log of how many."""
        mine = seen.vectors[channel].slots
        terms = [other.vectors[channel] for other in others]
        self._dense[mine] = self.rarity.of(mine)
        shared = self._dense[np.concatenate([t.slots for t in terms])]
        self._dense[mine] = 0.0
        counts = _totals((shared > 0).astype(np.float32), terms)
        ends = np.cumsum([0, *(len(t.slots) for t in terms)])
        rarest = np.maximum.reduceat(np.append(shared, np.float32(0)), ends[:-1]).astype(np.float64)
        rarest[counts == 0] = 0.0  # where a list is empty, reduceat gives the next one's first
        return rarest / float(np.log(self.rarity.articles + 50.0)), np.log1p(counts)


_NONE: Floats = np.empty(0, np.float32)


def _totals(values: npt.NDArray[np.float32], terms: Sequence[Terms]) -> Columns:
    """The sum over each list of terms of values laid end to end."""
    ends = np.cumsum([0, *(len(t.slots) for t in terms)])
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(sums[ends[1:]] - sums[ends[:-1]], np.float64)


def _over_the_next(column: Columns) -> Columns:
    """Each value less the best of the others."""
    if len(column) < 2:
        return column.copy()
    order = np.sort(column)
    best = np.full(len(column), order[-1])
    best[int(np.argmax(column))] = order[-2]
    return np.asarray(column - best, np.float64)


def _days(seen: Seen, others: Sequence[Seen]) -> list[Columns]:
    gaps = np.array(
        [np.nan if seen.day is None or o.day is None else abs(seen.day - o.day) for o in others], np.float64
    )
    known = ~np.isnan(gaps)
    gaps = np.nan_to_num(gaps)
    return [known.astype(np.float64), np.log1p(gaps), np.minimum(gaps, FAR) / FAR]


def _sizes(seen: Seen, others: Sequence[Seen]) -> list[Columns]:
    sizes = np.log1p(np.array([other.size for other in others], np.float64))
    mine = np.log1p(seen.size)
    return [np.minimum(sizes, mine), np.maximum(sizes, mine)]


def _years(seen: Seen, others: Sequence[Seen]) -> list[Columns]:
    """Whether the years that two articles name agree, and whether they differ; 0 where one names none."""
    mine = set(seen.vectors["years"].slots.tolist())
    theirs = [set(other.vectors["years"].slots.tolist()) for other in others]
    agree = np.array([float(bool(mine & years)) for years in theirs])
    differ = np.array([float(bool(mine and years and not mine & years)) for years in theirs])
    return [agree, differ]
