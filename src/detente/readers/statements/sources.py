"""Who may be the speaker of a cue: candidate tokens from the parse, likeliest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from detente.readers.statements.contents import quoting_verb
from detente.readers.statements.view import View

Add = Callable[..., None]

# How a candidate was found. The order is part of the trained model: append, never reorder.
ROUTES = (
    "subject", "agent", "possessor", "of", "governor", "governor subject", "conjunct subject", "antecedent",
    "object", "colon", "before", "passive subject", "by", "compound", "from", "none",
)  # fmt: skip
_ROUTE = {name: i for i, name in enumerate(ROUTES)}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVES = {"who", "which", "that", "whom"}
_UP = {"xcomp", "advcl", "conj", "acl", "ccomp", "dobj", "attr", "pobj", "prep", "pcomp", "oprd", "acomp",
    "relcl", "dep",
       "parataxis", "ROOT", "amod", "npadvmod", "appos", "agent", "dative"}  # fmt: skip
_CLIMB = 5


class Source(NamedTuple):
    """A candidate speaker: its head token and the route that led there; ``head`` -1 for none."""

    head: int
    route: int
    steps: int


def find_sources(view: View, cue: int) -> list[Source]:
    """List the candidate speakers of a cue, each head once, in the order tried, "none" last."""
    found: dict[int, Source] = {}

    def add(head: int, route: str, steps: int = 0) -> None:
        if head not in found and head != cue:
            found[head] = Source(head, _ROUTE[route], steps)

    if view.text[cue] == ":":
        _colon(view, cue, add)
    elif view.pos[cue] == "PUNCT" and cue + 1 < len(view):
        add(_signer(view, cue), "colon")
    _own(view, cue, add)
    _climb(view, cue, add)
    found[-1] = Source(-1, _ROUTE["none"], 0)
    return list(found.values())


def quoted_speaker(view: View, cue: int) -> int:
    """Who is quoted "as saying": the passive's subject, the active's object; -1 for any other cue."""
    verb = quoting_verb(view, cue)
    if verb < 0:
        return -1
    deps = {view.dep[c]: c for c in view.children[verb]}
    return deps["nsubjpass"] if "nsubjpass" in deps else deps.get("dobj", -1)


def _colon(view: View, cue: int, add: Add) -> None:
    begin = view.paragraph_range(view.para[cue])[0]
    names = [i for i in range(begin, cue) if view.pos[i] in ("PROPN", "NOUN", "PRON")]
    if names:
        heads = [i for i in names if not begin <= view.head[i] < cue or view.head[i] == i]
        add((heads or names)[-1], "colon")


def _signer(view: View, dash: int) -> int:
    """The head of the first name after a dash."""
    last = view.paragraph_range(view.para[dash])[1]
    first = next((i for i in range(dash + 1, last) if view.pos[i] != "SPACE"), dash + 1)
    end = next((i for i in range(first, last) if view.pos[i] != "PROPN"), last)
    return max(first, end - 1)


def _own(view: View, cue: int, add: Add) -> None:
    """Subject, agent, possessor and the prepositions that name a source."""
    for child in view.children[cue]:
        dep, low = view.dep[child], view.low[child]
        if dep in _SUBJECTS:
            if low in _RELATIVES and view.dep[cue] == "relcl":
                add(child, "subject")
                add(view.head[cue], "antecedent")
            else:
                add(child, "subject" if dep != "nsubjpass" else "passive subject")
        elif dep == "poss":
            add(child, "possessor")
        elif dep in ("agent", "prep") and low in ("by", "from", "of", "to", "with", "in", "among", "for"):
            route = "agent" if dep == "agent" else low if low in ("of", "by", "from") else "object"
            if (
                view.pos[cue] in ("NOUN", "ADP", "PROPN")
                or low in ("by", "from")
                or view.low[cue] == "according"
            ):
                for inner in view.children[child]:
                    if view.dep[inner] == "pobj":
                        add(inner, route)
        elif dep in ("compound", "amod", "nmod") and view.ent[child]:
            add(child, "compound")
        elif dep in ("dobj", "pobj"):
            add(child, "object")


def _climb(view: View, cue: int, add: Add) -> None:
    """Up the governors of a participle, an infinitive or a noun to the next subject."""
    node = cue
    for steps in range(1, _CLIMB + 1):
        dep, head = view.dep[node], view.head[node]
        if head == node or dep not in _UP:
            return
        if dep in ("acl", "amod", "appos") and view.pos[head] in ("NOUN", "PROPN", "PRON"):
            add(head, "governor", steps)
        for child in view.children[head]:
            if child == node:
                continue
            if view.dep[child] in _SUBJECTS:
                route = "conjunct subject" if dep == "conj" else "governor subject"
                add(child, route, steps)
                if view.low[child] in _RELATIVES and view.dep[head] == "relcl":
                    add(view.head[head], "antecedent", steps)
            elif view.dep[child] in ("dobj", "dative") and dep in ("xcomp", "ccomp", "advcl"):
                add(child, "object", steps)
            elif view.dep[child] == "poss":
                add(child, "possessor", steps)
            elif view.dep[child] == "agent":
                for inner in view.children[child]:
                    if view.dep[inner] == "pobj":
                        add(inner, "agent", steps)
        node = head


def source_range(view: View, head: int) -> tuple[int, int]:
    """The noun phrase of a speaker: its subtree without relative clauses and trailing adjuncts."""
    start, end = view.left[head], head + 1
    for child in view.children[head]:
        if (
            child < head
            or view.dep[child] in ("relcl", "advcl", "ccomp", "punct", "cc")
            or (view.dep[child] == "acl")
        ):
            continue
        if view.dep[child] == "appos" and view.text[view.left[child] - 1] == ",":
            continue
        if view.dep[child] == "conj" or view.left[child] <= end:
            end = max(end, view.right[child])
    while start < head and (view.pos[start] in ("PUNCT", "SPACE") or view.dep[start] in ("cc", "preconj")):
        start += 1
    while end > head + 1 and view.pos[end - 1] in ("PUNCT", "SPACE", "CCONJ"):
        end -= 1
    if view.dep[head] == "poss":
        end = head + 1
    return start, end
