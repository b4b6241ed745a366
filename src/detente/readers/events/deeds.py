"""Whose blockade "the quarantine" is: a deed that an article has told once keeps its parties.

Only where the article tells of one such deed, with who did it and to whom, do its later mentions without
them ("the quarantine was lifted") take both from it. The confidence falls by a fifth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.readers.events.coding import Coding
from detente.readers.events.scene import Scene

_KINDS = {"191": "blockade", "0872": "blockade", "163": "sanctions", "085": "sanctions"}


def settle_deeds(coded: Sequence[tuple[Scene, Coding]]) -> list[tuple[Scene, Coding]]:
    """The codings, those of a deed without parties given the parties of the one deed of its kind."""
    told: dict[str, dict[tuple[tuple[str, ...], tuple[str, ...]], None]] = {}
    for scene, coding in coded:
        kind = _KINDS.get(coding.cameo or "")
        if kind and coding.sources and coding.recipients:
            told.setdefault(kind, {})[_states(scene, coding)] = None
    return [(scene, _settled(coding, told)) for scene, coding in coded]


def _states(scene: Scene, coding: Coding) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who did it and to whom, a person or force standing for the state where that is known."""
    index = scene.actors.actors
    states = {a.country: a.id for a in index.values() if a.type == "state" and a.country}

    def lift(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(states.get(index[i].country or "", i) if i in index else i for i in ids))

    return lift(coding.sources), lift(coding.recipients)


def _settled(coding: Coding, told: dict[str, dict[tuple[tuple[str, ...], tuple[str, ...]], None]]) -> Coding:
    parties = list(told.get(_KINDS.get(coding.cameo or "", ""), ()))
    if coding.sources or coding.type not in ("COERCE", "RETREAT", "SANCTION") or len(parties) != 1:
        return coding
    sources, recipients = parties[0]
    if coding.recipients and not set(coding.recipients) & set(recipients):
        return coding
    return replace(
        coding, sources=sources, recipients=recipients, confidence=round(coding.confidence * 0.8, 2)
    )
