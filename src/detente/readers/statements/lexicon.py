"""Cues of speech, belief and intention, from ``data/speech_verbs.toml``: what act a word reports."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = {"verbs": "v", "nouns": "n", "adjectives": "a", "prepositions": "p"}
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "ADP": "p", "SCONJ": "p", "ADV": "a"}


@dataclass(frozen=True, slots=True)
class CueClass:
    """What a cue word reports.

    ``act`` is one of ``record.ACTS``; ``speech`` is False for beliefs and intentions; ``factive`` is
    True where the cue presupposes its content; ``takes`` lists the complements of a report.
    """

    act: str
    speech: bool
    factive: bool
    takes: tuple[str, ...]


@cache
def cue_classes() -> dict[str, CueClass]:
    """Every cue, keyed ``lemma/kind`` ("deny/v", "rule out/v"); the first class that lists a word has it."""
    text = (files("detente") / "data" / "speech_verbs.toml").read_text(encoding="utf-8")
    found: dict[str, CueClass] = {}
    for row in tomllib.loads(text)["class"]:
        cue = CueClass(row["act"], row["speech"], row.get("factive", False), tuple(row["takes"]))
        for field, kind in KINDS.items():
            for word in row.get(field, ()):
                found.setdefault(f"{word}/{kind}", cue)
    return found


@cache
def cue_key(lemma: str, pos: str) -> str:
    """The key of a token in :func:`cue_classes` ("say/v"); "" for a part of speech that is never a cue."""
    kind = _POS.get(pos)
    return f"{lemma.lower()}/{kind}" if kind else ""


def cue_class(lemma: str, pos: str, particle: str = "") -> CueClass | None:
    """The class of a cue, its phrase ("rule out") before its bare lemma ("rule")."""
    key = cue_key(lemma, pos)
    if particle:
        phrase = cue_classes().get(f"{lemma.lower()} {particle.lower()}/{key[-1:]}")
        if phrase:
            return phrase
    return cue_classes().get(key)
