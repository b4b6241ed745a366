"""Which body words are function words, report speech, belong to notices, tell of the past or say "you".

One look-up a word tells all lists it may begin; phrases of several words are then checked word by word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from detente.compare.cues import cues
from detente.compare.words import BodyWords, Codes, word_codes

PLAIN, REPORT, NOTICE, PAST, YOU, FIRST, DOCUMENT, LEGAL = (1 << bit for bit in range(8))
Flags = npt.NDArray[np.uint8]
_ADDRESS = ("you", "your", "yours")
_SELF = ("i", "my")


@dataclass(frozen=True, slots=True)
class _Lists:
    """The numbers of all list words in order, the lists each may begin, and the phrases by first word."""

    codes: Codes
    flags: Flags
    phrases: dict[tuple[int, int], list[tuple[int, ...]]]


@cache
def _lists() -> _Lists:
    flags: dict[int, int] = {}
    phrases: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    known = cues()
    entries: list[tuple[int, Iterable[str]]] = [
        (PLAIN, known.function_words), (REPORT, known.report), (NOTICE, known.boilerplate),
        (PAST, known.background), (YOU, _ADDRESS), (FIRST, _SELF),
        (DOCUMENT, known.documents), (LEGAL, known.legal),
    ]  # fmt: skip
    for flag, entry in entries:
        for phrase in entry:
            first, *rest = word_codes(phrase).tolist()
            flags[first] = flags.get(first, 0) | flag
            phrases.setdefault((flag, first), []).append(tuple(rest))
    codes = sorted(flags)
    return _Lists(np.array(codes, np.uint32), np.array([flags[c] for c in codes], np.uint8), phrases)


def flag_words(words: BodyWords) -> Flags:
    """The lists each word may begin, as bits. "I" counts only as a capital, "you" only in lower case."""
    lists = _lists()
    at = np.minimum(np.searchsorted(lists.codes, words.codes), len(lists.codes) - 1)
    flags: Flags = np.where(lists.codes[at] == words.codes, lists.flags[at], 0).astype(np.uint8)
    lone = words.ends - words.starts == 1
    flags[lone & ~words.capital] &= ~np.uint8(FIRST)
    return flags


def find_phrases(words: BodyWords, flags: Flags, flag: int) -> list[tuple[int, int]]:
    """Where the phrases of one list stand, as word ranges in order; the longest at each place."""
    phrases = _lists().phrases
    found = []
    for place in np.flatnonzero(flags & flag).tolist():
        rests = phrases[flag, int(words.codes[place])]
        lengths = [
            len(rest) for rest in rests
            if not rest or tuple(words.codes[place + 1 : place + 1 + len(rest)].tolist()) == rest
        ]  # fmt: skip
        if lengths:
            found.append((place, place + 1 + max(lengths)))
    return found
