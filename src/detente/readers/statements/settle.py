"""Which attributions stand: overlaps settled, nested ones marked, follow-on quotations given to a speaker."""

from __future__ import annotations

from detente.readers.statements.quotes import Quote
from detente.readers.statements.rank import Choice
from detente.readers.statements.view import View

# An attribution that would hold a much surer one is a misreading more often than its reporter.
# Set on held-out articles of PolNeAR's training part; don't tune alone.
MARGIN = 0.35
# The ranker never saw attributions inside attributions (PolNeAR has none): ask more of them.
NESTED = 0.6


def settle(view: View, quotes: list[Quote], choices: list[Choice]) -> list[tuple[Choice, int]]:
    """Keep the surer of two attributions of the same words; say which lies inside which.

    Returns:
        The kept choices in reading order, each with the place of the choice that holds it, or -1.
    """
    kept: list[Choice] = []
    reached: list[tuple[int, int]] = []  # what each takes in: few of an article's touch one another
    for choice in sorted(choices, key=lambda c: (-c.confidence, c.cue)):
        first, last = _reach(choice)
        near = [k for k, (a, b) in zip(kept, reached, strict=True) if a < last and first < b]
        if not any(_same_words(choice, other) or _crosses(choice, other) for other in near):
            kept.append(choice)
            reached.append((first, last))
    kept.sort(key=lambda c: (c.parts[0][0], c.cue))
    outers = _outers(kept)
    kept = [c for c, outer in zip(kept, outers, strict=True) if c.confidence >= NESTED or outer < 0]
    return list(zip(kept, _outers(kept) if len(kept) < len(outers) else outers, strict=True))


def _reach(choice: Choice) -> tuple[int, int]:
    """From the first to behind the last token of a choice's content and cue."""
    ends = [end for _, end in choice.parts]
    starts = [start for start, _ in choice.parts]
    if choice.cue < 0:
        return min(starts), max(ends)
    return min(*starts, choice.cue), max(*ends, choice.cue + 1)


def _same_words(one: Choice, other: Choice) -> bool:
    """True when two cues claim largely the same content and neither cue lies in the other's."""
    shared = _shared(one.parts, other.parts)
    if not shared or _holds(one, other.cue) or _holds(other, one.cue):
        return False
    return shared >= 0.5 * min(_size(one.parts), _size(other.parts))


def _crosses(weak: Choice, strong: Choice) -> bool:
    """True when the weaker takes the stronger's cue for content without taking in what it reports."""
    if not _holds(weak, strong.cue):
        return False
    if _holds(strong, weak.cue):
        return True
    whole = _shared(weak.parts, strong.parts) >= 0.8 * _size(strong.parts)
    return not whole or strong.confidence - weak.confidence > MARGIN


def _shared(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _size(parts: tuple[tuple[int, int], ...]) -> int:
    return sum(b - a for a, b in parts)


def _holds(choice: Choice, token: int) -> bool:
    return token >= 0 and any(a <= token < b for a, b in choice.parts)


def _outers(kept: list[Choice]) -> list[int]:
    """For each attribution the smallest other whose content holds its cue, or -1."""
    ends = [(min(a for a, _ in c.parts), max(b for _, b in c.parts)) for c in kept]
    found = []
    for choice in kept:
        cue = choice.cue
        around = [i for i, (first, last) in enumerate(ends) if first <= cue < last] if cue >= 0 else []
        holders = [i for i in around if kept[i] is not choice and _holds(kept[i], cue)]
        found.append(min(holders, key=lambda i: _size(kept[i].parts), default=-1))
    return found
