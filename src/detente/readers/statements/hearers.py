"""Where the person stands whom a cue addresses: outside "told X that …", inside "urged X to …"."""

from __future__ import annotations

from detente.readers.statements.contents import Content, Part, Parts, Phrase
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

# Verbs whose object is always the one told, never what is said.
_TELLING = frozenset({"tell", "inform", "assure", "remind", "notify", "brief"})


def without_hearer(view: View, phrase: Phrase, contents: list[Content]) -> list[Content]:
    """Settle where the person stands whom the cue addresses.

    "told reporters that …": never in the content. "urged Putin to withdraw", "accused Israel of …": always,
    as the content would say nothing without (PolNeAR does the same three times in four).
    """
    hearer = _hearer(view, phrase.cue)
    if hearer is None:
        return contents
    start, end = hearer
    kept: dict[Parts, Content] = {}
    for content in contents:
        first = content.parts[0]
        opens = view.low[first[0]] if first[0] == end else ""
        if opens in ("to", "of", "for"):
            content = content._replace(parts=((start, first[1]), *content.parts[1:]))
        elif view.lemma[phrase.cue] in _TELLING and any(
            a <= start and b >= end and not _needs_hearer(view, end, b) for a, b in content.parts
        ):
            continue
        kept.setdefault(content.parts, content)
    return list(kept.values()) or contents


def _needs_hearer(view: View, end: int, stop: int) -> bool:
    return end < stop and view.low[end] in ("to", "of", "for", "not", "with", "in", "from", "as", "and", ",")


def _hearer(view: View, cue: int) -> Part | None:
    """The noun phrase right after a cue of telling or accusing that is its object."""
    if view.lemma[cue] not in forms().telling and view.lemma[cue] not in ("accuse", "blame"):
        return None
    for child in view.children[cue]:
        if child > cue and view.left[child] == cue + 1 and view.dep[child] in ("dobj", "dative"):
            right = view.right[child]
            inner = (
                i
                for i in range(child + 1, right)
                if view.low[i] in ("to", "of", "that", ":") or view.pos[i] == "VERB"
            )
            return cue + 1, next(inner, right)
        if child > cue and view.dep[child] in ("ccomp", "xcomp"):
            subject = next((c for c in view.children[child] if view.dep[c] == "nsubj"), -1)
            to = next((c for c in view.children[child] if view.low[c] == "to" and view.dep[c] == "aux"), -1)
            if subject > cue and view.left[subject] == cue + 1 and subject < to:
                return cue + 1, view.right[subject]
            return None
    return None
