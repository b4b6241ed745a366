"""Two texts aligned word for word: runs of the same words, joined over light edits.

Runs are found greedily from left to right through an index of three-grams (each place takes the
longest run it can start), then neighbouring runs in the same order are joined when what stands
between them is short beside what they share. Reordered parts come out as passages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.compare.words import U64, Codes, gram_hashes

SEED = 3
ANCHOR = 5
REACH = 80  # words around an anchor in which short runs are looked for
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
class WordIndex:
    """A text and where each of its three-grams stands: hashes in order, with their places.

    ``anchors`` are the hashes of its five-grams: without one in common there is no passage.
    """

    words: list[int]
    hashes: U64
    places: npt.NDArray[np.int64]
    anchors: U64


def index_words(codes: Codes) -> WordIndex:
    """Index a text once; any number of others are aligned with it."""
    hashes = gram_hashes(codes, SEED)
    places = np.argsort(hashes, kind="stable")
    return WordIndex(codes.tolist(), hashes[places], places, np.sort(gram_hashes(codes, ANCHOR)))


@dataclass(frozen=True, slots=True)
class Grams:
    """A text to be aligned with indexed ones: its words and the hashes of its three- and five-grams."""

    words: list[int]
    seeds: U64
    anchors: U64


def grams_of(codes: Codes) -> Grams:
    """Prepare a text once; it can be aligned with any number of indexed ones."""
    return Grams(codes.tolist(), gram_hashes(codes, SEED), gram_hashes(codes, ANCHOR))


def _near_anchors(grams: Grams, index: WordIndex) -> npt.NDArray[np.int64]:
    """The places no farther than ``REACH`` words from a five-gram that both texts hold."""
    hashes, count = grams.anchors, len(grams.words)
    if not len(hashes) or not len(index.anchors):
        return np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(index.anchors, hashes), len(index.anchors) - 1)
    anchors = np.flatnonzero(index.anchors[at] == hashes)
    if not len(anchors):
        return anchors
    edges = np.bincount(np.maximum(anchors - REACH, 0), minlength=count + 1)
    edges -= np.bincount(np.minimum(anchors + REACH, count), minlength=count + 1)
    return np.flatnonzero(np.cumsum(edges)[: count - SEED + 1] > 0)


def find_runs(grams: Grams, index: WordIndex) -> list[Run]:
    """Runs of the same words, left to right in ``grams``; ``b`` is the indexed text."""
    near = _near_anchors(grams, index)
    if not len(near):
        return []
    hashes = grams.seeds[near]
    lows = np.searchsorted(index.hashes, hashes, "left")
    highs = np.searchsorted(index.hashes, hashes, "right")
    found = highs > lows
    hits, lows, highs = near[found], lows[found], highs[found]
    a, b = grams.words, index.words
    size_a, size_b = len(a), len(b)
    runs: list[Run] = []
    following = 0  # the first word not yet in a run
    expected = -1  # continuing after the last run breaks ties
    places = index.places
    for place, low, high in zip(hits.tolist(), lows.tolist(), highs.tolist(), strict=True):
        if place < following:
            continue
        best, best_at = 0, -1
        for start in places[low : min(high, low + TRIES)].tolist():
            length, most = 0, min(size_a - place, size_b - start)
            if best and (most < best or a[place + best - 1] != b[start + best - 1]):
                continue  # it cannot be as long as the best
            while length < most and a[place + length] == b[start + length]:
                length += 1
            if length > best or (length == best and abs(start - expected) < abs(best_at - expected)):
                best, best_at = length, start
        if best >= SEED:
            runs.append((place, best_at, best))
            following, expected = place + best, best_at + best
    return runs


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


def align(text: Codes | Grams, index: WordIndex, settings: AlignSettings) -> list[Aligned]:
    """The passages that a text shares with an indexed one, in the order of the text."""
    grams = text if isinstance(text, Grams) else grams_of(text)
    found: list[Aligned] = []
    for group in join_runs(find_runs(grams, index), settings):
        runs = tuple(run for run in group if run[2] > 0)
        if sum(run[2] for run in runs) < settings.least or max(run[2] for run in runs) < settings.anchor:
            continue
        first, last = runs[0], runs[-1]
        aligned = Aligned(first[0], last[0] + last[2], first[1], last[1] + last[2], runs)
        if aligned.similarity >= settings.density:
            found.append(aligned)
    return found
