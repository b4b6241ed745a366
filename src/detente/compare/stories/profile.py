"""An article's words as numbered terms: all, names, lead, plain words, word pairs, numbers, and details.

Terms are hashed (CRC-32 into ``SLOTS``), so nothing depends on the order in which articles come, and the
memory for counting them is fixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from detente.compare.cues import cues
from detente.record import Article

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
SLOTS = 1 << 21
CHANNELS = ("words", "names", "lead", "plain", "pairs", "numbers")
"""What an article is compared by, each a vector of its terms."""
DETAILS = ("years", "ages", "figures", "weekdays", "dates")
"""What two articles may agree or differ in: years, ages, days; figures and the first weekday of the lead."""
KEPT = {
    "words": 150, "names": 60, "lead": 60, "plain": 80, "pairs": 80, "numbers": 20,
    "years": 10, "ages": 10, "figures": 15, "weekdays": 1, "dates": 10,
}  # fmt: skip
"""How many terms of a channel an article is known by, the weightiest first."""
LEAD_WORDS = 60
LEAD_LETTERS, AGE_LETTERS = 900, 2500
"""In so many characters of the body figures and weekdays are read, and ages and dates."""
MOST_WORDS = 600
TITLE, LEAD, NAME = 2.0, 1.5, 1.2
"""What a word of the title, of the lead, and a capitalised one weigh beside another."""

_TOKEN = re.compile(r"[^\W_]+|[.!?:\n“\"]")
_MARKS = frozenset('.!?:\n“"')
_FIGURE = re.compile(r"\b\d+\b")
_AGE = re.compile(r"\b(\d{1,2})[- ](?:year|month|week|day)[- ]olds?\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_DATE = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6}\b)?\.? (\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one channel: slots and how much of each, before rarity counts."""

    slots: Ints
    values: npt.NDArray[np.floating[Any]]


Profile = dict[str, Terms]


def make_profile(article: Article) -> Profile:
    """The channels of an article's title and the first ``MOST_WORDS`` words of its body."""
    found: dict[str, dict[int, float]] = {name: {} for name in (*CHANNELS, *DETAILS)}
    title = article.words(article.headline) if article.headline else article.title or ""
    _count(_TOKEN.findall(title), found, title=True)
    _read_details(title, article, found)
    tokens: list[str] = []
    for start, end in article.body:
        tokens.extend(_TOKEN.findall(article.text, start, end))
        tokens.append("\n")
        if len(tokens) >= MOST_WORDS * 5 // 4:
            break
    _count(tokens, found, title=False)
    return {name: _terms(values) for name, values in found.items()}


def _read_details(title: str, article: Article, into: dict[str, dict[int, float]]) -> None:
    """Ages, figures, weekday and days that the title and the first of the body name."""
    text, length = [title], 0
    for start, end in article.body:
        text.append(article.text[start : min(end, start + AGE_LETTERS - length)])
        length += end - start
        if length >= AGE_LETTERS:
            break
    head = "\n".join(text)
    until = len(title) + LEAD_LETTERS
    into["figures"].update((_slot(figure), 1.0) for figure in _FIGURE.findall(head, 0, until))
    into["ages"].update((_slot("age " + age), 1.0) for age in _AGE.findall(head))
    into["dates"].update((_slot(f"{month} {day}"), 1.0) for month, day in _DATE.findall(head))
    if weekday := _WEEKDAY.search(head, 0, until):
        into["weekdays"][WEEKDAYS.index(weekday[1]) + 1] = 1.0


def _terms(values: dict[int, float]) -> Terms:
    weights = np.fromiter(values.values(), np.float32, len(values))
    damped = np.where(weights >= 1, 1 + np.log(np.maximum(weights, 1)), weights).astype(np.float32)
    return Terms(np.fromiter(values, np.int32, len(values)), damped)


def _count(tokens: Iterable[str], into: dict[str, dict[int, float]], *, title: bool) -> None:
    words, names, lead = into["words"], into["names"], into["lead"]
    plain, pairs, numbers = into["plain"], into["pairs"], into["numbers"]
    count, previous, named_before, begins = 0, 0, 0, True
    for token in tokens:
        if token in _MARKS:
            begins, previous, named_before = True, 0, 0
            continue
        count += 1
        if count > MOST_WORDS:
            break
        slot, kind = _look_up(token)
        leads = title or count <= LEAD_WORDS
        weight = TITLE if title else LEAD if leads else 1.0
        if not slot:
            previous, named_before, begins = 0, 0, False
            continue
        if kind == "number":
            numbers[slot] = numbers.get(slot, 0.0) + weight
            words[slot] = words.get(slot, 0.0) + weight
            if len(token) == 4 and "1900" < token < "2100":
                into["years"][slot] = 1.0
            previous, named_before, begins = 0, 0, False
            continue
        capital = kind == "name"
        words[slot] = words.get(slot, 0.0) + weight * (NAME if capital else 1.0)
        if leads:
            lead[slot] = lead.get(slot, 0.0) + weight
        if not capital:
            plain[slot] = plain.get(slot, 0.0) + weight
        elif not begins or named_before:
            names[slot] = names.get(slot, 0.0) + weight
        if previous:
            pair = pair_slot(previous, slot)
            pairs[pair] = pairs.get(pair, 0.0) + weight
            if capital and named_before:
                names[pair] = names.get(pair, 0.0) + weight
                words[pair] = words.get(pair, 0.0) + weight * NAME
        previous, named_before, begins = slot, slot if capital else 0, False


def pair_slot(first: int, second: int) -> int:
    """The slot of two neighbouring words."""
    return (first * 1_000_003 + second * 7919 + 12345) % (SLOTS - 1) + 1


@lru_cache(maxsize=200_000)
def _look_up(word: str) -> tuple[int, str]:
    """A word's slot (0: carries nothing) and kind: name, number or plain."""
    folded = word.casefold()
    if folded.isdigit():
        return _slot(folded), "number"
    if len(folded) < 2 or folded in cues().function_words:
        return 0, ""
    return _slot(stem(folded)), "name" if word[0].isupper() else "plain"


def _slot(term: str) -> int:
    return crc32(term.encode("utf-8", "surrogatepass")) % (SLOTS - 1) + 1


def stem(word: str) -> str:
    """Plurals folded; no more, for speed and for names' sake."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
