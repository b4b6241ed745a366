"""Who speaks through a text: "the letter said" is the writer's, "the Chinese note" China's.

What stands with the noun tells it, or the sentence in which the same kind of text was written, sent or
handed over before. A text of several hands without a name ("the communique") stays open.
"""

from __future__ import annotations

from detente.readers.index import ActorIndex
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

# How far back, in tokens, the text's giving may stand: a few paragraphs.
_BACK = 300
_SUBJECTS = ("nsubj", "nsubjpass")


def issuer(view: View, noun: int, actors: ActorIndex) -> tuple[tuple[str, ...], bool]:
    """The actors whose text a noun is, and whether its own phrase says so; none where nothing tells."""
    ids = _own(view, noun, actors)
    if ids:
        return ids, True
    for earlier in range(noun - 1, max(-1, noun - _BACK), -1):
        if view.lemma[earlier] == view.lemma[noun] and view.pos[earlier] == "NOUN":
            ids = _own(view, earlier, actors) or _given(view, earlier, actors)
            if ids:
                return ids, False
    return (), False


def _own(view: View, noun: int, actors: ActorIndex) -> tuple[str, ...]:
    """ "Russia's statement", "the Chinese note", "a letter from X", "a statement issued by X"."""
    for child in view.children[noun]:
        dep = view.dep[child]
        if dep in ("poss", "amod", "compound", "nmod"):
            ids = _refer(view, child, actors)
        elif dep in ("prep", "agent") and view.low[child] in ("by", "from"):
            ids = _objects(view, child, actors)
        elif dep == "acl":
            ids = _agent(view, child, actors)
        else:
            continue
        if ids:
            return ids
    return ()


def _given(view: View, noun: int, actors: ActorIndex) -> tuple[str, ...]:
    """ "X delivered a note", "in a letter to Y, X wrote": who does what the noun goes with."""
    verb = view.head[noun]
    if view.dep[noun] == "pobj" and view.low[verb] in ("in", "by", "with", "through"):
        verb = view.head[verb]
    elif view.dep[noun] == "nsubjpass":
        return _agent(view, verb, actors)
    elif view.dep[noun] != "dobj" or view.lemma[verb] not in forms().issuing:
        return ()
    subjects = [c for c in view.children[verb] if view.dep[c] in _SUBJECTS and c != noun]
    passive = any(view.dep[c] == "nsubjpass" for c in subjects)
    return () if passive else tuple(a for c in subjects[:1] for a in _refer(view, c, actors))


def _agent(view: View, verb: int, actors: ActorIndex) -> tuple[str, ...]:
    by = [c for c in view.children[verb] if view.dep[c] in ("agent", "prep") and view.low[c] == "by"]
    return tuple(a for c in by[:1] for a in _objects(view, c, actors))


def _objects(view: View, preposition: int, actors: ActorIndex) -> tuple[str, ...]:
    found = [c for c in view.children[preposition] if view.dep[c] == "pobj"]
    return tuple(a for c in found[:1] for a in _refer(view, c, actors))


def _refer(view: View, head: int, actors: ActorIndex) -> tuple[str, ...]:
    """The actors of a noun and of those joined to it."""
    heads = [head]
    while (node := next((c for c in view.children[heads[-1]] if view.dep[c] == "conj"), -1)) >= 0:
        heads.append(node)
    paragraph, _ = view.local(head)
    return actors.refer(paragraph, [view.local(i)[1] for i in heads])
