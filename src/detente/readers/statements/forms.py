"""Word lists for acts and context, from ``data/speech_forms.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Forms:
    """The lists as sets; see the file for what each is for."""

    blows: frozenset[str]
    silent: frozenset[str]
    expecting: frozenset[str]
    showing: frozenset[str]
    telling: frozenset[str]
    charging: frozenset[str]
    messages: frozenset[str]
    issued: frozenset[str]
    issuing: frozenset[str]
    venue_nouns: frozenset[str]
    venue_sites: frozenset[str]
    venue_prepositions: frozenset[str]
    venue_verbs: dict[str, str]
    hearers: frozenset[str]
    media_nouns: frozenset[str]
    media_names: frozenset[str]
    broadcasts: frozenset[str]
    documents: frozenset[str]
    deeds: frozenset[str]
    plain: frozenset[str]
    informing: frozenset[str]
    directing: frozenset[str]
    not_told: frozenset[str]
    seats: frozenset[str]
    assemblies: frozenset[str]
    publics: frozenset[str]
    urging: dict[str, tuple[str, ...]]
    subordinate: frozenset[str]
    hanging: frozenset[str]
    papers: frozenset[str]


@cache
def forms() -> Forms:
    """Load the lists once."""
    data = tomllib.loads((files("detente") / "data" / "speech_forms.toml").read_text(encoding="utf-8"))
    venue, media = data["venue"], data["media"]
    return Forms(
        blows=frozenset(data["blows"]),
        silent=frozenset(data["silent"]),
        expecting=frozenset(data["expecting"]),
        showing=frozenset(data["showing"]),
        telling=frozenset(data["telling"]),
        charging=frozenset(data["charging"]),
        messages=frozenset(data["messages"]),
        issued=frozenset(data["issued"]),
        issuing=frozenset(data["issuing"]),
        venue_nouns=frozenset(venue["nouns"]),
        venue_sites=frozenset(venue["sites"]),
        venue_prepositions=frozenset(venue["prepositions"]),
        venue_verbs=dict(venue["verbs"]),
        hearers=frozenset(media["hearers"]),
        media_nouns=frozenset(media["nouns"]),
        media_names=frozenset(media["names"]),
        broadcasts=frozenset(media["broadcasts"]),
        deeds=frozenset(data["deeds"]),
        documents=frozenset(data["documents"]),
        plain=frozenset(data["plain"]),
        informing=frozenset(data["informing"]),
        directing=frozenset(data["directing"]),
        not_told=frozenset(data["not_told"]),
        seats=frozenset(data["seats"]),
        assemblies=frozenset(data["assemblies"]),
        publics=frozenset(data["publics"]),
        urging={verb: tuple(words) for verb, words in data["urging"].items()},
        subordinate=frozenset(data["subordinate"]),
        hanging=frozenset(data["hanging"]),
        papers=frozenset(data["papers"]),
    )
