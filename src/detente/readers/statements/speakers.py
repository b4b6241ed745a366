"""Whose words an attribution holds: the actors who speak, named or not, stated or inferred."""

from __future__ import annotations

from typing import NamedTuple

from detente.readers.index import ActorIndex, Mention
from detente.readers.statements.antecedents import antecedent
from detente.readers.statements.documents import issuer
from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.rank import Choice
from detente.readers.statements.view import View

_OFFICES = frozenset({"office", "administration", "entourage", "camp", "secretariat", "team"})
_NOBODY = frozenset(
    {"someone", "somebody", "some", "many", "others", "one", "anyone", "everyone", "most", "few"}
)
_INDEFINITE = frozenset(
    {"a", "an", "one", "some", "several", "many", "another", "other", "few", "any", "most"}
)


class Speakers(NamedTuple):
    """The actors who speak, whether the text names them, and what that rests on.

    ``basis`` is "inferred" where only the text around tells who ("the ministry", "the letter said"), else
    "stated".
    """

    ids: tuple[str, ...]
    named: bool
    basis: str = "stated"


def speakers_of(view: View, attribution: Attribution, actors: ActorIndex) -> Speakers:
    """The actors who speak; none where the text tells nobody or leaves it open."""
    chosen = attribution.choice.source_range
    if chosen is None or is_told(view, attribution.choice):
        return Speakers((), False)
    start, end = chosen
    head = attribution.choice.source
    paragraph, local = view.local(head)
    mention = actors.at(paragraph, local)
    if mention is not None and mention.head != local and mention.start < start - (head - local):
        mention = None  # one that takes in words before the speaker's
    if mention is not None and mention.actors:
        return _mentioned(view, head, end, mention, actors)
    if view.pos[head] == "PRON":
        found = antecedent(view, head, actors)
        if found[0]:
            return Speakers(*found)
    if view.text[attribution.choice.cue] == ":" and (labelled := _labelled(view, head, actors)):
        return Speakers(labelled, True)
    if view.lemma[head] in forms().issued:
        ids, told = issuer(view, head, actors)
        if ids:
            return Speakers(ids, True, "stated" if told else "inferred")
    if mention is not None:
        return _mentioned(view, head, end, mention, actors)
    if view.lemma[head] in _OFFICES and (ids := _owner(view, head, actors)):
        return Speakers(ids, True, "inferred")
    shift = head - local
    inside = actors.within(paragraph, start - shift, end - shift)
    inside = [m for m in inside if _is_same(view, m.head + shift)]
    ids = tuple(dict.fromkeys(a for m in inside[:1] for a in m.actors))
    return Speakers(ids, _is_named(view, head, start, end))


def _owner(view: View, office: int, actors: ActorIndex) -> tuple[str, ...]:
    """For whom "the president's office" speaks: his state where the text tells of it, else himself."""
    owners = [c for c in view.children[office] if view.dep[c] == "poss"]
    of = [c for c in view.children[office] if view.low[c] == "of" and view.dep[c] == "prep"]
    owners += [c for o in of for c in view.children[o] if view.dep[c] == "pobj"]
    for owner in owners[:1]:
        paragraph, local = view.local(owner)
        ids = actors.refer(paragraph, [local])
        country = actors.actors[ids[0]].country if len(ids) == 1 else None
        state = next(
            (a.id for a in actors.actors.values() if a.type == "state" and a.country == country), None
        )
        return (state,) if country and state else ids
    return ()


def is_told(view: View, choice: Choice) -> bool:
    """True where the one taken for the speaker is told: "the general was informed that …"."""
    cue, source = choice.cue, choice.source
    told = cue >= 0 and source >= 0 and view.lemma[cue] in forms().informing
    return told and view.head[source] == cue and view.dep[source] == "nsubjpass"


def _labelled(view: View, name: int, actors: ActorIndex) -> tuple[str, ...]:
    """Whom the surname of a label means ("VALE:"): the one person of that name whom the text tells of."""
    word = view.low[name]
    found = [
        a.id for a in actors.actors.values() if a.type == "person" and a.name.lower().split()[-1:] == [word]
    ]
    return tuple(found) if len(found) == 1 else ()


def _mentioned(view: View, head: int, end: int, mention: Mention, actors: ActorIndex) -> Speakers:
    paragraph, local = view.local(head)
    heads = [local, *(c - head + local for c in coordinated(view, head, end))]
    basis = "inferred" if mention.inferred else "stated"
    return Speakers(actors.refer(paragraph, heads), mention.named, basis)


def _is_same(view: View, name: int) -> bool:
    """False for a name that only says whose or what kind the speaker is ("his aide", "Qatar Petroleum")."""
    return view.dep[name] not in ("poss", "compound", "nmod", "amod", "pobj")


def coordinated(view: View, head: int, end: int) -> list[int]:
    """The other heads of "Lavrov and Kerry"."""
    found: list[int] = []
    node = head
    while True:
        node = next((c for c in view.children[node] if view.dep[c] == "conj" and c < end), -1)
        if node < 0:
            return found
        found.append(node)


def _is_named(view: View, head: int, start: int, end: int) -> bool:
    """Without a mention, by form: "an official", "two diplomats", "Western sources" are unnamed."""
    if view.pos[head] == "PRON":
        return view.low[head] not in _NOBODY
    if view.ent[head] or any(
        view.pos[i] == "PROPN" and view.dep[i] in ("appos", "ROOT", "nsubj") for i in range(start, end)
    ):
        return True
    if view.pos[head] == "PROPN" or view.lemma[head] in forms().documents:
        return True
    before = [c for c in view.children[head] if c < head]
    if any(view.low[c] in ("the", "this", "that", "these", "both") or view.dep[c] == "poss" for c in before):
        return True
    indefinite = any(view.low[c] in _INDEFINITE or view.dep[c] == "nummod" for c in before)
    return not indefinite and view.tag[head] != "NNS"
