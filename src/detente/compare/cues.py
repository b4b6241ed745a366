"""Words that tell what a passage is: verbs that report speech, marks of boilerplate, function words.

Read once from ``data/compare/cues.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue lists."""

    report: tuple[str, ...]
    boilerplate: tuple[str, ...]
    background: tuple[str, ...]
    documents: tuple[str, ...]
    document_says: tuple[str, ...]
    document_before: tuple[str, ...]
    determiners: tuple[str, ...]
    legal: tuple[str, ...]
    function_words: frozenset[str]
    witness: re.Pattern[str]
    things: dict[str, str]
    claims: dict[str, str]


@cache
def cues() -> Cues:
    """The cue lists (cached)."""
    text = files("detente").joinpath("data/compare/cues.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    roles = "|".join(map(re.escape, data["witness_roles"]))
    name = r"(?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})"
    return Cues(
        report=tuple(data["report"]),
        boilerplate=tuple(data["boilerplate"]),
        background=tuple(data["background"]),
        documents=tuple(data["documents"]),
        document_says=tuple(data["document_says"]),
        document_before=tuple(data["document_before"]),
        determiners=tuple(data["determiners"]),
        legal=tuple(data["legal"]),
        things={word: thing for thing, words in data["things"].items() for word in words},
        claims={word[:6]: claim for claim, words in data["claims"].items() for word in words},
        function_words=frozenset(data["function_words"]),
        witness=re.compile(rf"\b(?:an?|the|told) {name} (?:{roles})\b"),
    )
