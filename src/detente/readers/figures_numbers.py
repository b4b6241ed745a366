"""Numbers as news writes them: digits, words, scales, ranges, and the words that bound them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from detente.readers.events.lexicon import read_data
from detente.readers.events.tree import Tree

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$|\d+(?:\.\d+)?$")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)(bn|m|k)$", re.I)
_NEARLY = 0.9


@dataclass(frozen=True, slots=True)
class Number:
    """A number read at tokens ``first``–``last``: bounds, and whether the words are loose."""

    first: int
    last: int
    low: float | None
    high: float | None
    approximate: bool


@cache
def load_quantities() -> dict[str, Any]:
    """The word lists of ``figures.toml``."""
    return read_data("events", "figures.toml")


def read_number(tree: Tree, token: int) -> Number | None:
    """The number that starts at a token: digits, words, scales, ranges."""
    first = _one(tree, token) if _may_begin(tree.lower[token]) else None
    if first is None:
        return None
    last, low, high, loose = first
    joint = tree.lower[last + 1] if last + 2 < len(tree) else ""
    apart = joint in ("-", "–") and tree.end[last] < tree.begin[last + 1]  # a dash, not a range
    if joint in ("to", "-", "–", "and") and not loose and not apart:
        second = _one(tree, last + 2)
        between = joint != "and" or (token > 0 and tree.lower[token - 1] == "between")
        if second is not None and between and second[2] is not None and low is not None:
            if low < 1000 <= second[2] and second[2] % 1000 == 0 and _scale_of(tree, second[0]):
                low *= _scale_of(tree, second[0])
            if low < second[2]:
                return Number(token, second[0], low, second[2], False)
    return Number(token, last, low, high, loose)


@lru_cache(maxsize=50_000)
def _may_begin(word: str) -> bool:
    """False for a word that begins no number, whatever follows: nearly all."""
    data = load_quantities()
    return (
        word in data["vague"] or word in data["few"] or word in data["numbers"] or word in ("a", "half")
        or "-" in word or _DIGITS.match(word) is not None or _SCALED.match(word) is not None
    )  # fmt: skip


def _scale_of(tree: Tree, token: int) -> int:
    return int(load_quantities()["scales"].get(tree.lower[token], 0))


def _one(tree: Tree, token: int) -> tuple[int, float | None, float | None, bool] | None:
    """(last token, low, high, loose) of one simple number."""
    if token >= len(tree):
        return None
    data, word = load_quantities(), tree.lower[token]
    if word in data["vague"]:
        low, high = map(float, data["vague"][word])
        if token + 2 < len(tree) and tree.lower[token + 1] == "of" and tree.lower[token + 2] in data["vague"]:
            scale = data["scales"].get(tree.lower[token + 2].rstrip("s"), 1)
            top = {"tens": 99, "hundreds": 999, "dozens": 99, "scores": 99, "thousands": 9999}.get(word, 9)
            return token + 2, low * scale, float((top + 1) * scale - 1), True
        return token, low, high, True
    if word in data["few"] and token + 1 < len(tree) and tree.lower[token + 1] in data["scales"]:
        low, high = map(float, data["few"][word])
        scale = data["scales"][tree.lower[token + 1]]
        if word == "some":
            return None
        return token + 1, low * scale, high * scale, True
    value, last = _simple(tree, token)
    if value is None:
        return None
    scale = 1
    while last + 1 < len(tree) and tree.lower[last + 1] in data["scales"]:
        scale *= data["scales"][tree.lower[last + 1]]
        last += 1
    value *= scale
    if scale >= 100 and last + 2 < len(tree) and tree.lower[last + 1] == "and" and word in data["numbers"]:
        rest, end = _simple(tree, last + 2)  # "one hundred and twenty-one"
        if rest is not None and rest < scale and tree.lower[last + 2] in data["numbers"]:
            return end, value + rest, value + rest, False
    return last, value, value, False


def _simple(tree: Tree, token: int) -> tuple[float | None, int]:
    data, word = load_quantities(), tree.lower[token]
    if _DIGITS.match(word):
        return float(word.replace(",", "")), token
    scaled = _SCALED.match(word)
    if scaled:
        return float(scaled[1]) * data["scales"][scaled[2].lower()], token
    if (
        word in ("a", "half")
        and token + 1 < len(tree)
        and tree.lower[token + 1] in ("dozen", "hundred", "thousand", "million", "billion")
    ):
        return (0.5 if word == "half" else 1.0), token
    if (
        word == "half"
        and token + 2 < len(tree)
        and tree.lower[token + 1] == "a"
        and tree.lower[token + 2] in data["scales"]
    ):
        return 0.5, token + 1
    if word in data["numbers"]:
        value, last = float(data["numbers"][word]), token
        if value >= 20 and last + 1 < len(tree):
            step = 2 if tree.lower[last + 1] == "-" else 1
            unit = data["numbers"].get(tree.lower[last + step]) if last + step < len(tree) else None
            if unit is not None and unit < 10:
                return value + unit, last + step
        return value, last
    if "-" in word and word.split("-")[0] in data["numbers"] and word.split("-")[-1] in data["numbers"]:
        return float(sum(data["numbers"][part] for part in word.split("-"))), token
    return None, token


@cache
def _phrases_before() -> dict[str, list[tuple[str, list[str]]]]:
    """The phrases that qualify a number, with their kind, by their last word."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for kind, phrases in load_quantities()["before"].items():
        for words in map(str.split, phrases):
            found.setdefault(words[-1], []).append((kind, words))
    return found


def qualify(tree: Tree, number: Number) -> Number:
    """Take in the words before: "more than", "at least"; of two phrases the longer ("no more than")."""
    fitting: list[tuple[int, str]] = []
    first = number.first - is_priced(tree, number.first)
    for kind, words in _phrases_before().get(tree.lower[first - 1] if first else "", ()):
        start = first - len(words)
        if start >= 0 and tree.lower[start:first] == words:
            fitting.append((start, kind))
    if not fitting:
        return number
    start, kind = min(fitting)
    return _bounded(kind, number, start)


def is_priced(tree: Tree, token: int) -> bool:
    """True where a currency's sign stands before a token: "$20 million"."""
    sign = tree.doc[token - 1].text if token else ""
    return sign in load_quantities()["units"]["money"] and not sign.isalpha()


def _bounded(kind: str, number: Number, start: int) -> Number:
    low, high = number.low, number.high
    if kind in ("over", "least"):
        return Number(start, number.last, low, None, number.approximate)
    if kind in ("under", "most"):
        return Number(start, number.last, None, high, number.approximate)
    if kind == "nearly" and low is not None:
        return Number(start, number.last, round(low * _NEARLY, 6), high, True)
    return Number(start, number.last, low, high, True)
