"""The lists of ``data/``: agencies, outlets, furniture phrases, months and byline words, each loaded once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


@cache
def load_list(name: str) -> dict[str, Any]:
    """A TOML file of ``data/`` as plain values."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Form:
    """A way to credit an agency: where it stands, and how sure it makes us."""

    kind: str
    where: str
    pattern: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Agencies:
    """``names`` and ``codes`` map each written form to the canonical name."""

    names: dict[str, str]
    codes: dict[str, str]
    forms: tuple[Form, ...]


@cache
def load_agencies() -> Agencies:
    """The agencies with their written forms and credit forms."""
    data = load_list("agencies")
    names = {form: entry["name"] for entry in data["agency"] for form in entry["variants"]}
    codes = {form: entry["name"] for entry in data["agency"] for form in entry["codes"]}
    return Agencies(names, codes, tuple(Form(**entry) for entry in data["form"]))


@cache
def load_outlets() -> tuple[dict[str, str], dict[str, str]]:
    """Host → outlet, and written form of the name → outlet."""
    by_host: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for entry in load_list("outlets")["outlet"]:
        by_host[entry["host"]] = entry["name"]
        for form in (entry["name"], *entry["aliases"]):
            by_name.setdefault(form, entry["name"])
    return by_host, by_name


@dataclass(frozen=True, slots=True)
class Phrases:
    """Furniture phrases: whole units, and beginnings by their first character, the longest first.

    ``any_start`` and ``any_section`` hold the same beginnings bare: one look tells whether any fits.
    """

    whole: dict[str, str]
    starts: dict[str, tuple[tuple[str, str], ...]]
    sections: dict[str, tuple[tuple[str, str], ...]]
    any_start: dict[str, tuple[str, ...]]
    any_section: dict[str, tuple[str, ...]]


@cache
def load_phrases() -> Phrases:
    """The furniture phrases of ``data/furniture.toml``, indexed for look-up."""
    whole: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    sections: dict[str, list[tuple[str, str]]] = {}
    for kind, entry in load_list("furniture").items():
        if kind == "page":
            continue
        for phrase in entry["is"]:
            whole.setdefault(phrase, kind)
        for name, index in (("starts", starts), ("section", sections)):
            for phrase in entry[name]:
                index.setdefault(phrase[:1], []).append((phrase, kind))
    return Phrases(
        whole,
        {key: tuple(sorted(v, key=lambda pair: -len(pair[0]))) for key, v in starts.items()},
        {key: tuple(sorted(v, key=lambda pair: -len(pair[0]))) for key, v in sections.items()},
        {key: tuple(phrase for phrase, _ in v) for key, v in starts.items()},
        {key: tuple(phrase for phrase, _ in v) for key, v in sections.items()},
    )


@cache
def load_page_words() -> dict[str, tuple[str, ...]]:
    """Words that tell paywalls, cookie walls, error pages and live blogs."""
    return {key: tuple(words) for key, words in load_list("furniture")["page"].items()}


@cache
def load_words(name: str) -> frozenset[str]:
    """A set of ``data/bylines.toml``: before, after, none, particles, and."""
    return frozenset(load_list("bylines")[name]["words"])
