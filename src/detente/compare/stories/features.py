"""How two articles go together, as numbers that the scorer weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.stories.profile import CHANNELS, DETAILS, KEPT, SLOTS, Ints, Profile, Terms
from detente.compare.stories.rarity import Rarity, unit

Columns = npt.NDArray[np.float64]
KEYS = 15
"""So many terms are what an article is about."""
FAR = 30.0  # days after which more days say no more
PACKED = ("words", "rest", *CHANNELS[1:], *DETAILS)
"""The order in which an article's channels are kept; ``rest`` are the words that ``words`` leaves out."""
_AT = {name: n for n, name in enumerate(PACKED)}
_ABOUT = ("words", "names")
_RARE = ("names", "pairs")
_SHIFT = 104_729  # from one channel's numbers to the next's, so that one table of slots serves all
_MOVED = np.array([0, 0, *range(2, len(PACKED))], np.int32) * np.int32(_SHIFT)


@dataclass(slots=True)
class Seen:
    """What is kept of an article: its terms, channel after channel, and its days.

    ``codes`` are slots moved by channel (``PACKED``), ``values`` what each weighs, ``ends`` where channels
    end; ``told`` is the day of the weekday that the lead names; ``best`` is how like its likest is.
    """

    row: int
    day: int | None
    told: int | None
    codes: Ints
    values: npt.NDArray[np.float16]
    ends: npt.NDArray[np.int16]
    best: float = 0.0

    def terms(self, channel: str, most: int | None = None) -> Terms:
        """The slots and values of a channel, the weightiest first."""
        n = _AT[channel]
        cut = slice(
            self.ends[n], self.ends[n + 1] if most is None else min(self.ends[n + 1], self.ends[n] + most)
        )
        return Terms((self.codes[cut] - _MOVED[n]) % SLOTS, self.values[cut].astype(np.float32))


def pack(row: int, day: int | None, profile: Profile, rarity: Rarity) -> Seen:
    """An article as it is kept: the weightiest terms of its channels, its other words, its details."""
    words = rarity.ranked(profile["words"])
    cut = KEPT["words"]
    parts = {name: profile[name].slots[: KEPT[name]] for name in DETAILS}
    parts |= {"words": words.slots[:cut], "rest": words.slots[cut:]}
    values = [unit(words.values[:cut]), np.zeros(len(parts["rest"]), np.float32)]
    for name in CHANNELS[1:]:
        terms = rarity.vector(profile[name], name)
        parts[name] = terms.slots
        values.append(terms.values)
    values.append(np.ones(sum(len(parts[name]) for name in DETAILS), np.float32))
    ends = np.cumsum([0, *(len(parts[name]) for name in PACKED)])
    codes = np.concatenate([parts[name] for name in PACKED]) + np.repeat(_MOVED, np.diff(ends))
    told = day
    if day is not None and len(parts["weekdays"]):
        told = day - (day - int(parts["weekdays"][0])) % 7  # day 1 was a Monday, as slot 1 is
    return Seen(
        row, day, told, (codes % SLOTS).astype(np.int32), np.concatenate(values).astype(np.float16),
        ends.astype(np.int16),
    )  # fmt: skip


_RIVALS = ("words", "names", "lead", "pairs")
NAMES = (
    *(f"likeness of {channel}" for channel in CHANNELS),
    *(f"over the next: {channel}" for channel in _RIVALS),
    "over the earlier one's best", "rank",
    "days between", "days between, of a month", "days between the told", "told on one day",
    "one's terms in the other", "other's terms in the one", "one's names in the other",
    "other's names in the one", "rarest shared name", "shared names", "rarest shared pair",
    *(f"{detail} {verb}" for detail in DETAILS for verb in ("agree", "differ")),
)  # fmt: skip
"""What each feature is, in order.

Left out is what marks a pile more than a pair (how long its texts are, whether it is dated, how dense it is):
trees learn from it which of the sets they are in, and then do worse on a pile of another kind.
"""
_FREE = ("over the earlier one's best", "days between the told")
_LESS = ("rank", "days between", "days between, of a month")
DIRECTIONS = tuple(
    0 if name in _FREE else -1 if name in _LESS or name.endswith(" differ") else 1 for name in NAMES
)
"""Whether more of each feature may only raise (1) or only lower (-1) the odds; 0: either."""


class Comparer:
    """Compares an article with earlier ones; holds two tables of all slots as scratch space."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._place: npt.NDArray[np.int16] = np.zeros(SLOTS, np.int16)
        self._held: npt.NDArray[np.bool_] = np.zeros(SLOTS, np.bool_)

    def compare(self, seen: Seen, others: Sequence[Seen]) -> Columns:
        """One row an earlier article, one column a feature (``NAMES``)."""
        shared = _Shared(self, seen, others)
        like = {channel: shared.sums(channel) for channel in CHANNELS}
        words = like["words"]
        rank = np.empty(len(others))
        rank[np.lexsort((np.arange(len(others)), -words))] = np.arange(len(others))
        columns = [
            *like.values(),
            *(_over_the_next(like[channel]) for channel in _RIVALS),
            words - np.array([other.best for other in others]),
            np.log1p(rank),
            *_days(seen, others),
            *self._coverage(seen, shared),
            *self._rarest(shared),
            *(column for detail in DETAILS for column in shared.agreement(detail)),
        ]
        return np.column_stack(columns)

    def places(self, codes: Ints, theirs: Ints) -> npt.NDArray[np.int16]:
        """Where each of their codes stands in mine, from 1; 0: nowhere."""
        self._place[codes] = np.arange(1, len(codes) + 1)
        found = self._place[theirs]
        self._place[codes] = 0
        return found

    def _coverage(self, seen: Seen, shared: _Shared) -> list[Columns]:
        """How much of what one is about the other holds: of its terms, of its names."""
        self._held[seen.codes[: seen.ends[2]]] = True
        theirs = [shared.held_share(channel, self._held) for channel in _ABOUT]
        self._held[seen.codes[: seen.ends[2]]] = False
        mine = [shared.coverage(channel) for channel in _ABOUT]
        return [mine[0], theirs[0], mine[1], theirs[1]]

    def _rarest(self, shared: _Shared) -> list[Columns]:
        """The rarity of the rarest name that both hold, the log of how many, and the rarity of a pair."""
        most = float(np.log(self.rarity.articles + 50.0))
        names, pairs = (shared.most(channel) / most for channel in _RARE)
        return [names, np.log1p(shared.counts("names")), pairs]


class _Shared:
    """The terms that an article shares with each of some others, by channel."""

    def __init__(self, comparer: Comparer, seen: Seen, others: Sequence[Seen]) -> None:
        self._seen = seen
        self._keys = {name: seen.terms(name, KEYS) for name in _ABOUT}
        slots = np.concatenate([terms.slots for terms in self._keys.values()])
        extra = np.setdiff1d(slots, seen.codes[: seen.ends[1]])
        kept = np.concatenate([seen.codes[: seen.ends[1]], seen.codes[seen.ends[2] :], extra])
        self._codes = np.concatenate([other.codes for other in others])
        self._values = np.concatenate([other.values for other in others])
        found = comparer.places(kept, self._codes)
        at = np.flatnonzero(found)
        self._ends = (
            np.concatenate([other.ends for other in others]).reshape(len(others), -1).astype(np.int64)
        )
        lengths = np.diff(self._ends, axis=1).ravel()
        self._cell = np.repeat(np.arange(len(lengths)), lengths)[at]
        self._mine = found[at].astype(np.int64) - 1
        self._kept, self._tail = kept, len(kept) - len(extra)
        self._size = len(lengths)
        self._shape = (len(others), len(PACKED))
        values = np.concatenate([seen.values[: seen.ends[1]], seen.values[seen.ends[2] :]]).astype(np.float32)
        values = np.append(values, np.zeros(len(extra), np.float32))
        self._sums = self._by_cell(values[self._mine] * self._values[at].astype(np.float32))
        self._counts = self._by_cell(None)
        rarity = self._rarities(comparer.rarity)
        self._most = np.zeros(self._size)
        np.maximum.at(self._most, self._cell, rarity[self._mine])
        self._most = self._most.reshape(self._shape)

    def _rarities(self, rarity: Rarity) -> Columns:
        """How rare each of my kept terms is, for names and pairs; 0 for others."""
        found = np.zeros(len(self._kept))
        gap = int(self._seen.ends[2] - self._seen.ends[1])  # the rest is not kept
        for channel in _RARE:
            n = _AT[channel]
            cut = slice(self._seen.ends[n] - gap, self._seen.ends[n + 1] - gap)
            found[cut] = rarity.of((self._kept[cut] - _MOVED[n]) % SLOTS)
        return found

    def _by_cell(self, weights: npt.NDArray[np.float32] | None) -> Columns:
        return np.bincount(self._cell, weights, self._size).astype(np.float64).reshape(self._shape)

    def sums(self, channel: str) -> Columns:
        """For each other the sum over shared terms of the product of both values: the cosine."""
        return self._sums[:, _AT[channel]]

    def counts(self, channel: str) -> Columns:
        """For each other how many terms of a channel both hold."""
        return self._counts[:, _AT[channel]]

    def most(self, channel: str) -> Columns:
        """For each other the rarity of the rarest term of a channel that both hold."""
        return self._most[:, _AT[channel]]

    def held_share(self, channel: str, held: npt.NDArray[np.bool_]) -> Columns:
        """Of each other's weightiest terms of a channel, the share by value of those whose slots are held."""
        n = _AT[channel]
        starts = np.cumsum(self._ends[:, -1]) - self._ends[:, -1] + self._ends[:, n]
        nth = np.arange(KEYS)
        there = nth < (self._ends[:, n + 1] - self._ends[:, n])[:, None]
        at = np.where(there, starts[:, None] + nth, 0)
        values = np.where(there, self._values[at], np.float16(0)).astype(np.float64)
        total = values.sum(1)
        found = (values * held[(self._codes[at] - _MOVED[n]) % SLOTS]).sum(1)
        return np.where(total > 0, found / np.maximum(total, 1e-9), 0.5)

    def coverage(self, channel: str) -> Columns:
        """The share by value of my weightiest terms of a channel that are among each other's words."""
        keys = self._keys[channel]
        total = float(keys.values.sum())
        if not total:
            return np.full(self._shape[0], 0.5)
        weights = np.zeros(len(self._kept))
        if channel == "words":
            weights[: len(keys.slots)] = keys.values
        else:
            words = np.r_[0 : self._seen.ends[1], self._tail : len(self._kept)]
            order = words[np.argsort(self._kept[words], kind="stable")]
            weights[order[np.searchsorted(self._kept[order], keys.slots)]] = keys.values
        among = np.bincount(self._cell, weights[self._mine], self._size).reshape(self._shape)
        return np.asarray(among[:, :2].sum(1) / total, np.float64)

    def agreement(self, detail: str) -> list[Columns]:
        """Whether both name one thing of a kind, and whether they name others; 0 where one is silent."""
        n = _AT[detail]
        named = bool(self._seen.ends[n + 1] > self._seen.ends[n])
        both = named & (self._ends[:, n + 1] > self._ends[:, n])
        agree = self.counts(detail) > 0
        return [agree.astype(np.float64), (both & ~agree).astype(np.float64)]


def _over_the_next(column: Columns) -> Columns:
    """Each value less the best of the others."""
    if len(column) < 2:
        return column.copy()
    order = np.sort(column)
    best = np.full(len(column), order[-1])
    best[int(np.argmax(column))] = order[-2]
    return np.asarray(column - best, np.float64)


def _gaps(mine: int | None, theirs: Sequence[int | None]) -> Columns:
    """The days between; -1 where one is not known."""
    return np.array([-1 if mine is None or day is None else abs(mine - day) for day in theirs], np.float64)


def _days(seen: Seen, others: Sequence[Seen]) -> list[Columns]:
    gaps = np.maximum(_gaps(seen.day, [other.day for other in others]), 0.0)
    told = _gaps(seen.told, [other.told for other in others])
    return [
        np.log1p(gaps), np.minimum(gaps, FAR) / FAR,
        np.where(told < 0, -1.0, np.log1p(np.maximum(told, 0.0))), (told == 0).astype(np.float64),
    ]  # fmt: skip
