"""Which words can be a cue, and the span of a cue's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.readers.statements.contents import quoting_verb
from detente.readers.statements.lexicon import CueClass, cue_class, cue_key
from detente.readers.statements.quotes import MARKS
from detente.readers.statements.trees import Tables
from detente.readers.statements.view import View

_CUE_PARTS = {"aux", "auxpass", "neg", "prt"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A candidate cue: its token and its class (None for a word that only training knows)."""

    token: int
    cue_class: CueClass | None


# A word of the tables is tried when it was a cue at least this often; the lexicon's words always are.
RARE = 0.02


def find_cues(view: View, tables: Tables, *, among: Sequence[int] | None = None) -> list[Cue]:
    """List the candidate cues of an article: words of the lexicon or the tables, speaker labels.

    ``among`` are the paragraphs to look in, by number; None: all.
    """
    ranges = [(0, len(view))] if among is None else [view.paragraph_range(number) for number in among]
    return [cue for start, end in ranges for cue in _cues_between(view, tables, start, end)]


def _cues_between(view: View, tables: Tables, start: int, end: int) -> list[Cue]:
    found: list[Cue] = []
    for i, pos in enumerate(view.pos[start:end], start):
        if pos in ("VERB", "NOUN", "ADJ", "ADP", "AUX", "SCONJ", "ADV", "PROPN"):
            if _only_carries(view, i):
                continue
            known = cue_class(view.lemma[i], pos, particle_of(view, i))
            if (
                known
                or (pos == "VERB" and _at_quote(view, i))
                or tables.cues.get(cue_key(view.lemma[i], pos), (0.0, 0.0))[0] >= RARE
            ):
                found.append(Cue(i, known))
        elif (view.text[i] == ":" and _is_label(view, i)) or _is_signature(view, i):
            found.append(Cue(i, None))
    return found


def _only_carries(view: View, i: int) -> bool:
    """ "quoted" in "quoted as saying": the cue is "saying"."""
    return view.lemma[i] in ("quote", "cite") and any(
        quoting_verb(view, g) == i for c in view.children[i] if view.low[c] == "as" for g in view.children[c]
    )


def _at_quote(view: View, i: int) -> bool:
    """True for a verb that touches a quotation (“…” beamed the mayor): any verb may be a cue there."""
    text, count = view.text, len(view)
    if i and text[i - 1] in MARKS:
        return True
    nearby = text[i + 1 : min(count, i + 4)]
    return any(word in MARKS for word in nearby[:1]) or (
        bool(nearby) and nearby[0] in (",", ":") and any(word in MARKS for word in nearby[1:2])
    )


def particle_of(view: View, token: int) -> str:
    """The particle or preposition right after a cue that makes a phrase of it ("rule out", "call for")."""
    for child in view.children[token]:
        if child > token and view.dep[child] in ("prt", "prep", "advmod") and child - token <= 2:
            return view.low[child]
    return ""


def _is_label(view: View, colon: int) -> bool:
    """ "LAVROV:", "Q:", "Pat Caddell:" – a short name that opens its paragraph."""
    begin = view.paragraph_range(view.para[colon])[0]
    if not 1 <= colon - begin <= 8:
        return False
    words = range(begin, colon)
    if any(view.pos[i] in ("VERB", "AUX") for i in words):
        return False
    return any(view.pos[i] == "PROPN" or view.text[i].isupper() for i in words)


def _is_signature(view: View, dash: int) -> bool:
    """ "“…” — Ban Ki-moon": a dash after a quotation and a name that closes the paragraph."""
    if view.text[dash] not in ("―", "—", "–", "--") or not dash:
        return False
    begin, last = view.paragraph_range(view.para[dash])
    before = next((i for i in range(dash - 1, begin - 1, -1) if view.pos[i] != "SPACE"), -1)
    if before < 0 or view.text[before] not in MARKS:
        return False
    words = [i for i in range(dash + 1, last) if view.pos[i] != "SPACE"]
    if not 1 <= len(words) <= 12 or view.pos[words[0]] != "PROPN":
        return False
    return not any(view.pos[i] in ("VERB", "AUX") for i in words)


def cue_range(view: View, token: int) -> tuple[int, int]:
    """The words of a cue: its auxiliaries, negation and particle with it, nothing else."""
    start, end = token, token + 1
    for child in view.children[token]:
        if view.dep[child] in _CUE_PARTS and abs(child - token) <= 4:
            between = range(min(child, token) + 1, max(child, token))
            if all(view.pos[i] in ("AUX", "PART", "ADV", "ADP") for i in between):
                start, end = min(start, child), max(end, child + 1)
    if view.low[token] == "according" and end < len(view) and view.low[end] == "to":
        end += 1
    return start, end
