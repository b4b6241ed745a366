"""The words of time expressions, each in its class: one letter a token, so that rules are regexes.

``data/times.toml`` holds the words. Digits are classed by value: ``Y`` a year, ``D`` 1–31, ``N`` any
other number, ``h`` a half, ``C`` a clock time, ``K`` a decade.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

OTHER = "."
_TABLES = (
    ("weekdays", "W"), ("months", "M"), ("units", "U"), ("dayparts", "P"), ("seasons", "S"), ("days", "Q"),
    ("vague", "V"), ("sets", "R"), ("numbers", "n"), ("ordinals", "O"), ("decades", "K"),
)  # fmt: skip
# Words that are also something else: a class holds only for these parts of speech.
_ONLY_AS = {
    "may": ("PROPN",), "march": ("PROPN",), "second": ("ADJ", "NOUN", "ADV"), "fall": ("NOUN", "PROPN"),
    "spring": ("NOUN", "PROPN"), "mar": ("PROPN",), "sun.": ("PROPN",), "sat.": ("PROPN",),
    "past": ("ADJ", "NOUN"), "end": ("NOUN",), "start": ("NOUN",), "set": (),
}  # fmt: skip
_CAPITAL = frozenset("WMy")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The class letter of each word and its value."""

    classes: dict[str, str]
    values: dict[tuple[str, str], str]
    future: frozenset[str]
    plans: frozenset[str]
    coming: frozenset[str]
    saying: frozenset[str]
    scheduling: frozenset[str]
    sums: frozenset[str]
    bounds: frozenset[str]
    holidays: dict[str, str]


@cache
def load_words() -> TimeWords:
    """The words of ``data/times.toml``, read once a process."""
    text = (files("detente") / "data" / "times.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    classes: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for letter, words in data["classes"].items():
        for word in words:
            classes[word] = letter
    for table, letter in _TABLES:
        for word, value in data[table].items():
            classes.setdefault(word, letter)
            values[letter, word] = str(value)
    for name in data["holidays"]:
        classes.setdefault(name.split()[0], "y")
    ways = data["direction"]
    return TimeWords(
        classes, values, frozenset(ways["future"]), frozenset(ways["plans"]), frozenset(ways["coming"]),
        frozenset(ways["saying"]), frozenset(ways["scheduling"]), frozenset(ways["sums"]),
        frozenset(ways["bounds"]),
        dict(data["holidays"]),
    )  # fmt: skip


# A letter that holds only for some capitals or parts of speech is looked at token by token.
_CHECK = "?"
# spaCy's string hashes are the same on every machine: safe to keep for the process.
_LETTERS: dict[int, str] = {}


def class_string(doc: Doc) -> str:
    """One letter a token; ``.`` for a word that is no part of a time expression."""
    strings = doc.vocab.strings
    hashes: Any = doc.to_array(["LOWER"]).ravel().tolist()
    letters = [_LETTERS.get(h) or _LETTERS.setdefault(h, _letter(strings[h])) for h in hashes]
    if _CHECK in letters:
        for i, letter in enumerate(letters):
            if letter == _CHECK:
                letters[i] = _checked(doc, i)
    return "".join(letters)


def _letter(lower: str) -> str:
    letter = load_words().classes.get(lower)
    if letter is not None:
        return _CHECK if letter in _CAPITAL or lower in _ONLY_AS else letter
    first = lower[0]
    if first.isdigit() or (first in "'’" and len(lower) > 1):
        return _digits(lower)
    if first in ",-–—/":
        return "-" if first in "-–—" else first
    if lower.startswith("mid-") and lower[4:8].isdigit():
        return {8: "Y", 9: "K"}.get(len(lower), OTHER)
    return OTHER


def _checked(doc: Doc, i: int) -> str:
    token = doc[i]
    lower = token.lower_
    letter = load_words().classes[lower]
    if lower == "second" and token.pos_ == "ADJ":
        return "O"
    if letter in _CAPITAL and not token.is_title and not token.is_upper:
        return OTHER
    return OTHER if lower in _ONLY_AS and token.pos_ not in _ONLY_AS[lower] else letter


def _digits(word: str) -> str:
    if word.isdigit():
        number = int(word)
        if len(word) == 4 and 1000 <= number <= 2100:
            return "Y"
        return "D" if 1 <= number <= 31 and len(word) <= 2 else "N"
    if ":" in word and word.replace(":", "").isdigit():
        return "C"
    if word.endswith(("st", "nd", "rd", "th")) and word[:-2].isdigit():
        return "O"
    if word in ("1/2", "½"):
        return "h"
    stem = word.lstrip("'’").removesuffix("s").rstrip("'’")
    if stem.isdigit() and word.endswith("s") and len(stem) in (2, 4) and stem.endswith("0"):
        return "K"
    if word.endswith(("am", "pm")) and word[:-2].replace(":", "").isdigit():
        return "C"
    if "/" in word and word.replace("/", "").isdigit() and word.count("/") == 2:
        return "I"
    return "N" if word.replace(",", "").replace(".", "").isdigit() else OTHER
