"""Numbers in a sentence of a toll: digits, words, "two dozen", ranges, "hundreds"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.compare.tolls.words import Sentence, words

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+$|\d{1,6}$")
_SEVERAL = (3, 9)
_WIDEST = 3  # times the lower end of a range: "12 to 15"


@dataclass(frozen=True, slots=True)
class Number:
    """Bounds and the last token of a number; ``vague`` for "dozens"."""

    last: int
    low: float
    high: float
    vague: bool = False


def read_number(sentence: Sentence, place: int) -> Number | None:
    """The number that starts at a token, or None."""
    word, vague = sentence.lower(place), words().vague
    if word == "several":
        return Number(place, *_SEVERAL, vague=True)
    if word in vague:
        low, high = vague[word]
        more = sentence.lower(place + 2)
        if sentence.lower(place + 1) == "of" and more in vague:
            scale = words().scales.get(more.removesuffix("s"), 1)
            return Number(place + 2, low * scale, high * scale, vague=True)
        return Number(place, low, high, vague=True)
    if (
        word == "half"
        and sentence.lower(place + 1) in ("a", "an")
        and sentence.lower(place + 2) in words().scales
    ):
        half = words().scales[sentence.lower(place + 2)] / 2
        return Number(place + 2, half, half)
    if word in ("between", "from") and (span := _between(sentence, place)) is not None:
        return span
    first = read_value(sentence, place)
    if first is None:
        return None
    value, last = first
    joint = sentence.lower(last + 1) in ("to", "-", "–", "or")
    second = read_value(sentence, last + 2) if joint else None
    if second is not None and value < second[0] <= _WIDEST * value:
        return Number(second[1], value, second[0])
    return Number(last, value, value)


def _between(sentence: Sentence, place: int) -> Number | None:
    """ "Between 500 and 1,300", "from 500 to well over 1,000"."""
    low = read_value(sentence, place + 1)
    joint = "and" if sentence.lower(place) == "between" else "to"
    if low is None or sentence.lower(low[1] + 1) != joint:
        return None
    at = low[1] + 2
    while sentence.lower(at) in ("well", "over", "more", "than", "as", "many", "about", "around", "some"):
        at += 1
    high = read_value(sentence, at)
    return Number(high[1], low[0], high[0]) if high is not None and high[0] > low[0] else None


def read_value(sentence: Sentence, place: int) -> tuple[float, int] | None:
    """One plain number and its last token."""
    value = _simple(sentence, place)
    if value is None:
        return None
    scales, least = words().scales, value
    while sentence.lower(place + 1) in scales:
        least = scales[sentence.lower(place + 1)]
        value *= least
        place += 1
    if least < 100:
        return value, place
    return _with_rest(sentence, value, place, least)


def _with_rest(sentence: Sentence, value: float, place: int, scale: float) -> tuple[float, int]:
    """With what stands behind "hundred" and "thousand": "two thousand three hundred", "a hundred and six"."""
    words_only = sentence.lower(place) in words().scales
    joined = sentence.lower(place + 1) == "and"
    rest = read_value(sentence, place + 1 + joined) if words_only else None
    if rest is None or rest[0] >= scale or sentence.lower(place + 1 + joined)[0].isdigit():
        return value, place
    return value + rest[0], rest[1]


def _simple(sentence: Sentence, place: int) -> float | None:
    word, numbers = sentence.lower(place), words().numbers
    if _DIGITS.match(word):
        return float(word.replace(",", ""))
    if word in ("a", "half") and sentence.lower(place + 1) in ("dozen", "hundred", "thousand"):
        return 1.0 if word == "a" else 0.5
    if word in numbers:
        return float(numbers[word])
    if "-" in word and all(part in numbers for part in word.split("-")):
        return float(sum(numbers[part] for part in word.split("-")))
    return {"both": 2.0, "dozen": 12.0}.get(word)
