"""Two texts aligned word for word: runs of the same words, joined over light edits.

Runs are found greedily from left to right through an index of three-grams (each place takes the
longest run it can start), then neighbouring runs in the same order are joined when what stands
between them is short beside what they share. Reordered parts come out as passages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

SEED = 3
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


def index_words(codes: list[int]) -> dict[tuple[int, ...], list[int]]:
    """Where every three-gram of a text stands."""
    places: dict[tuple[int, ...], list[int]] = {}
    for place, gram in enumerate(zip(codes, codes[1:], codes[2:], strict=False)):
        places.setdefault(gram, []).append(place)
    return places


def find_runs(a: list[int], b: list[int], index: dict[tuple[int, ...], list[int]]) -> list[Run]:
    """Runs of the same words, left to right in ``a``; ``index`` is :func:`index_words` of ``b``."""
    grams = list(zip(a, a[1:], a[2:], strict=False))
    runs: list[Run] = []
    place, last, size_a, size_b = 0, len(grams), len(a), len(b)
    expected = -1  # continuing after the last run breaks ties
    while place < last:
        found = index.get(grams[place])
        if found is None:
            place += 1
            continue
        best, best_at = 0, -1
        for start in found[:TRIES]:
            length, most = SEED, min(size_a - place, size_b - start)
            while length < most and a[place + length] == b[start + length]:
                length += 1
            if length > best or (length == best and abs(start - expected) < abs(best_at - expected)):
                best, best_at = length, start
        runs.append((place, best_at, best))
        place += best
        expected = best_at + best
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


def align(
    a: list[int], b: list[int], index: dict[tuple[int, ...], list[int]], settings: AlignSettings
) -> list[Aligned]:
    """The passages that two texts share, in the order of ``a``."""
    found: list[Aligned] = []
    for group in join_runs(find_runs(a, b, index), settings):
        runs = tuple(run for run in group if run[2] > 0)
        first, last = runs[0], runs[-1]
        aligned = Aligned(first[0], last[0] + last[2], first[1], last[1] + last[2], runs)
        if (
            aligned.shared >= settings.least
            and max(run[2] for run in runs) >= settings.anchor
            and aligned.similarity >= settings.density
        ):
            found.append(aligned)
    return found
