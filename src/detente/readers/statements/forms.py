"""Word lists for acts and context, from ``data/speech_forms.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Forms:
    """The lists as sets; see the file for what each is for."""

    harm: frozenset[str]
    favour: frozenset[str]
    modals: frozenset[str]
    conditions: frozenset[str]
    plain: frozenset[str]
    telling: frozenset[str]
    venue_nouns: frozenset[str]
    venue_sites: frozenset[str]
    venue_prepositions: frozenset[str]
    venue_verbs: dict[str, str]
    hearers: frozenset[str]
    media_nouns: frozenset[str]
    media_names: frozenset[str]


@cache
def forms() -> Forms:
    """Load the lists once."""
    data = tomllib.loads((files("detente") / "data" / "speech_forms.toml").read_text(encoding="utf-8"))
    venue, media = data["venue"], data["media"]
    plain = (frozenset(data[k]) for k in ("harm", "favour", "modals", "conditions", "plain", "telling"))
    return Forms(
        *plain,
        frozenset(venue["nouns"]), frozenset(venue["sites"]), frozenset(venue["prepositions"]), dict(venue["verbs"]),
        frozenset(media["hearers"]), frozenset(media["nouns"]), frozenset(media["names"]),
    )  # fmt: skip
