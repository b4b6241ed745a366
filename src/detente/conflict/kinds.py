"""The kinds of options that parties to a crisis have (``data/conflict/kinds.toml``), found in words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NEAR = r"(?:\W+\w+){0,3}?\W+"  # "…" in a phrase stands for up to three words


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of option; see the data file for what each field means."""

    id: str
    label: str
    words: tuple[str, ...]
    undone: str = "both"
    reverse: str = ""
    against: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    routine: bool = False


@dataclass(frozen=True, slots=True)
class Bloc:
    """States that tend to act as one party, each with the year it joined."""

    key: str
    name: str
    names: tuple[str, ...]
    members: dict[str, int]


@cache
def load_kinds() -> tuple[Kind, ...]:
    """The kinds, in the order in which their words are tried."""
    return tuple(Kind(**_tuples(row)) for row in _read("kinds.toml")["kind"])


@cache
def load_blocs() -> tuple[Bloc, ...]:
    """The blocs."""
    return tuple(Bloc(**_tuples(row)) for row in _read("blocs.toml")["bloc"])


def find_kind(text: str) -> tuple[Kind, int] | None:
    """The first kind whose words stand in a text, and where they begin."""
    folded = text.casefold()
    for kind, pattern in _patterns():
        match = pattern.search(folded)
        if match:
            return kind, match.start()
    return None


def kind_of_code(*codes: str | None) -> Kind | None:
    """The kind that a PLOVER type, mode or kind of measure shows being done."""
    for kind in load_kinds():
        if any(code in kind.codes for code in codes if code):
            return kind
    return None


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    found = []
    for kind in load_kinds():
        phrases = [_NEAR.join(map(_phrase, words.split(" … "))) for words in kind.words]
        found.append((kind, re.compile(r"(?<!\w)(?:" + "|".join(phrases) + ")")))
    return tuple(found)


def _phrase(words: str) -> str:
    return r"\W+".join(rf"{re.escape(part)}\w*" for part in words.split())


def _read(name: str) -> dict[str, Any]:
    text = (files("detente") / "data" / "conflict" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
