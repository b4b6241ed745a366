"""Which content and which speaker a cue has, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from detente.readers.statements.cues import Cue, cue_range, find_cues
from detente.readers.statements.lexicon import CueClass
from detente.readers.statements.quotes import Quote
from detente.readers.statements.sources import find_sources, source_range
from detente.readers.statements.spans import TYPES, Content, Parts, find_contents, phrase_of
from detente.readers.statements.view import View

_RULES = (
    "quote both",
    "quote before",
    "quote after",
    "child+follow",
    "ccomp",
    "next",
    "rest",
    "xcomp",
    "dobj",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One attribution in token numbers: what the ranker chose for a cue."""

    cue: int
    cue_range: tuple[int, int] | None
    parts: Parts
    source: int
    source_range: tuple[int, int] | None
    speech: bool
    confidence: float
    cue_class: CueClass | None
    root: int


def choose(view: View, quotes: list[Quote], *, threshold: float) -> list[Choice]:
    """Choose content and speaker for every cue that reaches ``threshold``."""
    found = []
    for cue in find_cues(view):
        choice = _by_rule(view, quotes, cue)
        if choice and choice.confidence >= threshold:
            found.append(choice)
    return found


def _by_rule(view: View, quotes: list[Quote], cue: Cue) -> Choice | None:
    contents = find_contents(view, quotes, phrase_of(view, cue.token))
    best = _first(contents)
    if best is None:
        return None
    source = find_sources(view, cue.token)[0].head
    speech = cue.cue_class is None or cue.cue_class.speech
    sure = 0.6 if source >= 0 and TYPES[best.type] not in ("dobj", "xcomp") else 0.4
    return Choice(cue.token, cue_range(view, cue.token), best.parts, source,
                  source_range(view, source) if source >= 0 else None, speech, sure, cue.cue_class,
                  best.root)  # fmt: skip


def _first(contents: list[Content]) -> Content | None:
    ranked = [
        (_RULES.index(TYPES[c.type]), c.variant, i) for i, c in enumerate(contents) if TYPES[c.type] in _RULES
    ]
    return contents[min(ranked)[2]] if ranked else None
