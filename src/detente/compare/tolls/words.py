"""The words of tolls and a sentence cut into tagged tokens (``data/compare/tolls.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+s\b|\d+(?:[.,]\d+)*(?:[- ](?:year|month|week|day)s?[- ]olds?)?"
    r"|[^\W\d_]+(?:[-'’/][^\W_]+)*|\S",
    re.IGNORECASE,
)
PHRASES = ("kill", "die", "of_those", "toll", "hurt", "part_of")  # in this order where two fit


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its place in the article."""

    text: str
    start: int
    end: int
    lower: str


@dataclass(slots=True)
class Sentence:
    """Tokens, and the phrases that start at them: kind and the token behind the phrase."""

    tokens: list[Token]
    tags: dict[int, tuple[str, int]] = field(default_factory=dict)

    def lower(self, place: int) -> str:
        """The word at a place in lower case; "" outside."""
        return self.tokens[place].lower if 0 <= place < len(self.tokens) else ""

    def tag(self, place: int) -> str:
        """The kind of phrase that starts here, or ""."""
        return self.tags[place][0] if place in self.tags else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, ready to look up."""

    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    sets: dict[str, frozenset[str]]
    past: re.Pattern[str]
    total: re.Pattern[str]
    earlier: re.Pattern[str]
    self_death: re.Pattern[str]
    with_attacker: re.Pattern[str]
    multiples: dict[str, int]
    ordinals: dict[str, int]
    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int]]
    before: dict[tuple[str, ...], str]
    any: re.Pattern[str]


def _read(folder: str, name: str) -> dict[str, Any]:
    text = files("detente").joinpath(f"data/{folder}/{name}").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE)


def _telling(data: dict[str, Any]) -> Iterator[str]:
    """The words without one of which a sentence counts no dead."""
    yield from (phrase.split()[0] for kind in ("kill", "die", "of_those", "toll") for phrase in data[kind])
    yield from (*data["killings"], *data["counted_nouns"], "lost")
    yield from (f"{many}-{killing}" for many in data["multiples"] for killing in data["killings"])


@cache
def words() -> Words:
    """The lists of ``tolls.toml``, with the numbers of ``figures.toml`` (cached)."""
    data, figures = _read("compare", "tolls.toml"), _read("events", "figures.toml")
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for kind in PHRASES:
        for phrase in data[kind]:
            split = tuple(phrase.split())
            phrases[split[0]].append((split, kind))
    for held in phrases.values():
        held.sort(key=lambda p: -len(p[0]))
    sets = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    return Words(
        phrases=dict(phrases),
        sets=sets,
        past=_one_of(data["past"]),
        total=_one_of(data["total"]),
        earlier=_one_of(data["earlier"]),
        self_death=_one_of(data["self_death"]),
        with_attacker=_one_of(data["with_attacker"]),
        multiples=data["multiples"],
        ordinals=data["ordinals"],
        numbers=figures["numbers"],
        scales={k: v for k, v in figures["scales"].items() if len(k) > 2},
        vague={k: (low, high) for k, (low, high) in figures["vague"].items()},
        before={tuple(p.split()): kind for kind, ps in figures["before"].items() for p in ps},
        any=_one_of(_telling(data)),
    )


def tokenize(text: str, start: int, end: int) -> Sentence:
    """A sentence's tokens with the phrases in them, the longest where several fit."""
    tokens = [
        Token(m.group(), *m.span(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, start, end)
    ]
    sentence = Sentence(tokens)
    phrases, place = words().phrases, 0
    while place < len(tokens):
        step = 1
        for split, kind in phrases.get(tokens[place].lower, ()):
            if all(sentence.lower(place + n) == word for n, word in enumerate(split)):
                sentence.tags[place] = kind, place + len(split)
                step = len(split)
                break
        place += step
    return sentence
