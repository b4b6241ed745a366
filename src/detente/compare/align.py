"""Two texts aligned word for word: runs of the same words, joined over light edits.

Runs are found greedily from left to right through an index of three-grams (each place takes the
longest run it can start), then neighbouring runs in the same order are joined when what stands
between them is short beside what they share. Reordered parts come out as passages of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.words import U64, Codes, Places, gram_hashes

SEED = 3
ANCHOR = 5
STRIDE = 16  # words compared at once in a long run
REACH = 24  # words around an anchor in which short runs are looked for
TRIES = 8  # places of one three-gram that are tried: a refrain costs no more than this
Run = tuple[int, int, int]  # place in a, place in b, words


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """What makes a passage. ``gap``: most words between two joined runs; ``least``: fewest shared
    words; ``anchor``: fewest words of its longest run; ``density``: least share of the same words.
    Tuned on the provenance pairs (dev); don't tune alone.
    """

    gap: int = 12
    least: int = 8
    anchor: int = 5
    density: float = 0.5


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage of two texts in word numbers: half-open ranges and the runs they share."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    runs: tuple[Run, ...]

    @property
    def shared(self) -> int:
        """How many words are the same."""
        return sum(length for _, _, length in self.runs)

    @property
    def similarity(self) -> float:
        """Shared words beside the longer side: 1.0 is word for word."""
        return self.shared / max(self.a_end - self.a_start, self.b_end - self.b_start)


@dataclass(frozen=True, slots=True)
class Grams:
    """A text's words and the hashes of its three-grams (the low bits alone) and five-grams.

    ``telling`` are the five-grams that an alignment may start from.
    """

    words: list[int]
    seeds: npt.NDArray[np.uint16]
    anchors: U64
    telling: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A text to align others with, as small hash tables.

    ``first[h]`` is one more than the first place of a three-gram whose hash ends in ``h`` (0: none) and
    ``later[p]`` the next such place after ``p``; ``held[h]`` tells whether a five-gram's hash ends in ``h``,
    ``anchors`` are the whole hashes of the five-grams, in order.
    """

    words: list[int]
    first: npt.NDArray[np.int32]
    later: list[int]
    held: npt.NDArray[np.bool_]
    anchors: U64


def grams_of(codes: Codes, telling: Callable[[U64], npt.NDArray[np.bool_]]) -> Grams:
    """Prepare a text once; it can be aligned with any number of indexed ones.

    ``telling`` says of five-grams which ones an alignment may start from.
    """
    seeds, anchors = gram_hashes(codes, SEED).astype(np.uint16), gram_hashes(codes, ANCHOR)
    return Grams(codes.tolist(), seeds, anchors, telling(anchors))


def index_words(grams: Grams) -> WordIndex:
    """Index a text once; any number of others are aligned with it."""
    count = len(grams.seeds)
    first, later = np.zeros(1 << 16, np.int32), np.zeros(count, np.int32)
    order = np.argsort(grams.seeds, kind="stable")
    ordered = grams.seeds[order]
    again = ordered[1:] == ordered[:-1]
    later[order[:-1][again]] = order[1:][again] + 1
    opens = np.concatenate([[True], ~again]) if count else np.empty(0, bool)
    first[ordered[opens]] = order[opens] + 1
    held = np.zeros(1 << 16, bool)
    held[grams.anchors.astype(np.uint16)] = True
    return WordIndex(grams.words, first, later.tolist(), held, np.sort(grams.anchors))


def _near_anchors(grams: Grams, index: WordIndex, every: bool) -> Places:
    """Places of three-grams that both texts hold, near a five-gram that both hold."""
    held = index.held[grams.anchors.astype(np.uint16)]
    if not every:
        held &= grams.telling
    maybe = np.flatnonzero(held)
    if not len(maybe):
        return maybe
    hashes = grams.anchors[maybe]
    at = np.minimum(np.searchsorted(index.anchors, hashes), len(index.anchors) - 1)
    anchors: Places = maybe[index.anchors[at] == hashes]
    if not len(anchors):
        return anchors
    low, high = max(0, int(anchors[0]) - REACH), int(anchors[-1]) + REACH
    seeds = np.flatnonzero(index.first[grams.seeds[low:high]]) + low
    after = np.searchsorted(anchors, seeds)
    gap_after = anchors[np.minimum(after, len(anchors) - 1)] - seeds
    gap_before = seeds - anchors[np.maximum(after - 1, 0)]
    near: Places = seeds[(np.abs(gap_after) <= REACH) | (np.abs(gap_before) <= REACH)]
    return near


def find_runs(grams: Grams, index: WordIndex, *, every: bool = True) -> list[Run]:
    """Runs of the same words, left to right in ``grams``; ``b`` is the indexed text.

    ``every`` five-gram that both hold is a place to start from, else the telling ones alone.
    """
    near = _near_anchors(grams, index, every)
    if not len(near):
        return []
    a, b, later = grams.words, index.words, index.later
    runs: list[Run] = []
    following = 0  # the first word not yet in a run
    expected = -1  # continuing after the last run breaks ties
    for place, start in zip(near.tolist(), index.first[grams.seeds[near]].tolist(), strict=True):
        if place < following:
            continue
        best, best_at, tries = 0, -1, TRIES
        while start and tries:
            tries -= 1
            at, start = start - 1, later[start - 1]
            length = _same_words(a, b, place, at, best)
            if length > best or (length and length == best and abs(at - expected) < abs(best_at - expected)):
                best, best_at = length, at
        if best >= SEED:
            runs.append((place, best_at, best))
            following, expected = place + best, best_at + best
    return runs


def _same_words(a: list[int], b: list[int], i: int, j: int, least: int) -> int:
    """How many words from ``i`` in ``a`` and from ``j`` in ``b`` are the same; 0 for less than ``least``."""
    most = min(len(a) - i, len(b) - j)
    if most < least or (least and a[i + least - 1] != b[j + least - 1]):
        return 0
    length = 0
    while a[i + length : i + length + STRIDE] == b[j + length : j + length + STRIDE] and length < most:
        length += STRIDE
    length = min(length, most)
    while length < most and a[i + length] == b[j + length]:
        length += 1
    return length


def join_runs(runs: list[Run], settings: AlignSettings) -> list[list[Run]]:
    """Runs that follow each other in both texts, with little between them, as one group each."""
    groups: list[list[Run]] = []
    for run in runs:
        for group in reversed(groups[-4:]):
            if _follows(group, run, settings):
                group.append(_trim(group[-1], run))
                break
        else:
            groups.append([run])
    return groups


def _follows(group: list[Run], run: Run, settings: AlignSettings) -> bool:
    a, b, length = group[-1]
    gap_a, gap_b = run[0] - (a + length), run[1] - (b + length)
    if gap_a < 0 or not -2 <= gap_b <= settings.gap or gap_a > settings.gap:
        return False
    # What is skipped must be no longer than what both sides of it share.
    return max(gap_a, gap_b) <= length + run[2]


def _trim(last: Run, run: Run) -> Run:
    """Where a run begins inside the last one in ``b`` (a repeated word), start it after."""
    over = last[1] + last[2] - run[1]
    return (run[0] + over, run[1] + over, run[2] - over) if over > 0 else run


def align(grams: Grams, index: WordIndex, settings: AlignSettings, *, every: bool = True) -> list[Aligned]:
    """The passages that a text shares with an indexed one, in the order of the text; ``every`` as above."""
    found: list[Aligned] = []
    for group in join_runs(find_runs(grams, index, every=every), settings):
        runs = tuple(run for run in group if run[2] > 0)
        if sum(run[2] for run in runs) < settings.least or max(run[2] for run in runs) < settings.anchor:
            continue
        first, last = runs[0], runs[-1]
        aligned = Aligned(first[0], last[0] + last[2], first[1], last[1] + last[2], runs)
        if aligned.similarity >= settings.density:
            found.append(aligned)
    return found
