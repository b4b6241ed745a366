"""A candidate content, the words of its cue, and the collector that gathers candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.readers.statements.quotes import MARKS
from detente.readers.statements.view import View

Part = tuple[int, int]
Parts = tuple[Part, ...]
# How a candidate was made. The order is part of the trained model: append, never reorder.
TYPES = (
    "ccomp", "xcomp", "dobj", "prep", "pobj", "advcl", "acl", "relcl", "attr", "oprd", "acomp", "other",
    "subject", "object+", "before", "after", "rest", "clause", "quote before", "quote after", "quote both",
    "quote follow", "next", "child+follow", "before+after", "be", "antecedent", "run",
)  # fmt: skip
VARIANTS = ("whole", "to sentence end", "last comma", "first comma", "next comma", "quote end", "subordinate",
            "inside quote", "after comma", "no subject", "two clauses", "paragraph")  # fmt: skip
_TYPE = {name: i for i, name in enumerate(TYPES)}
_VARIANT = {name: i for i, name in enumerate(VARIANTS)}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_PHRASE = {"aux", "auxpass", "neg", "advmod", "prt", "npadvmod", "dative", "expl"}
PUNCT = {",", ".", ";", ":", "—", "–", "-", "--", "…", "...", "(", ")", "[", "]", "!", "?", *MARKS}


class Content(NamedTuple):  # made by the hundred: a frozen dataclass takes three times as long
    """A candidate for what a cue reports: token ranges, how it was made, and its head token."""

    parts: Parts
    type: int
    variant: int
    root: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words around a cue that introduce its content: subject, auxiliaries, particles, adverbs."""

    cue: int
    start: int
    end: int
    sentence: Part


def trim(view: View, start: int, end: int) -> Part | None:
    """Cut punctuation, quotation marks and the complementiser from both ends; None when nothing is left."""
    text = view.text
    while start < end and (text[start] in PUNCT or view.pos[start] == "SPACE"):
        start += 1
    if start < end - 1 and view.low[start] == "that" and _introduces(view, start):
        start += 1
        while start < end and text[start] in PUNCT:
            start += 1
    while start < end and (text[end - 1] in PUNCT or view.pos[end - 1] == "SPACE"):
        end -= 1
    return (start, end) if start < end else None


def _introduces(view: View, that: int) -> bool:
    """True for the complementiser, also where the tagger takes it for a determiner before another one."""
    return (
        view.dep[that] == "mark"
        or view.pos[that] == "SCONJ"
        or view.pos[that + 1] in ("DET", "PROPN", "PRON")
    )


# "said Sunday on the station's breakfast show that …": no setting is longer.
_SETTING = 16


def past_setting(view: View, cue: int, parts: Parts) -> Parts:
    """The parts without day and venue where they stand between the cue and its "that"."""
    start, end = parts[0]
    if not cue < start <= cue + 2 or view.pos[cue] != "VERB" or not _is_setting(view, start):
        return parts
    for i in range(start + 1, min(end - 1, start + _SETTING)):
        if view.low[i] == "that" and (view.dep[i] == "mark" or view.text[i + 1] == ","):
            cut = trim(view, i + 1, end)
            return (cut, *parts[1:]) if cut else parts
        if view.pos[i] in ("VERB", "AUX") or view.dep[i] in SUBJECTS or view.text[i] in (":", ";"):
            return parts
    return parts


def _is_setting(view: View, start: int) -> bool:
    return view.pos[start] == "ADP" or view.ent[start] in ("DATE", "TIME")


def quoting_verb(view: View, cue: int) -> int:
    """The "quoted" of "was quoted as saying" for the cue "saying"; -1 for any other cue."""
    middle = view.head[cue]
    verb = view.head[middle]
    if view.dep[cue] == "pcomp" and view.low[middle] == "as" and view.lemma[verb] in ("quote", "cite"):
        return verb
    return -1


def phrase_of(view: View, cue: int) -> Phrase:
    """The stretch of words that belongs to the cue itself."""
    verb = quoting_verb(view, cue)
    if verb >= 0:
        outer = phrase_of(view, verb)
        return Phrase(cue, min(outer.start, cue), max(cue + 1, verb + 1), outer.sentence)
    sentence = view.sentence_range(cue)
    start, end = cue, cue + 1
    for child in reversed(view.children[cue]):
        if child < cue and view.dep[child] in (_PHRASE | SUBJECTS) and view.right[child] >= start - 1:
            start = min(start, view.left[child])
    for child in view.children[cue]:
        if child > cue and view.left[child] <= end and _belongs(view, child):
            end = max(end, view.right[child])
    while start < cue and view.text[start] in PUNCT:
        start += 1
    return Phrase(cue, start, end, sentence)


def _belongs(view: View, child: int) -> bool:
    dep = view.dep[child]
    return dep in _PHRASE or dep in SUBJECTS or (dep == "prep" and view.right[child] - child <= 5)


class Collector:
    """Gathers candidates of one cue, each distinct range once, the first way of making it kept.

    ``follow`` is the quotation that opens where the cue's sentence ends, with what carries it on.
    """

    def __init__(self, view: View, follow: Sequence[Part] = ()) -> None:
        self.view, self.follow = view, follow
        self.found: dict[Parts, Content] = {}

    def add(self, parts: Sequence[Part | None], kind: str, variant: str, root: int) -> None:
        """Enter a candidate, its parts trimmed; nothing when a part is empty."""
        kept: list[Part] = []
        for part in parts:
            cut = trim(self.view, *part) if part and part[0] < part[1] else None
            if cut:
                kept.append(cut)
        key = tuple(kept)
        if key and key not in self.found:
            self.found[key] = Content(key, _TYPE[kind], _VARIANT[variant], root)
