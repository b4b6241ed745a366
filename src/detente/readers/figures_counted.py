"""Which noun a number counts: "120 soldiers", "soldiers now number 140,000", "put the dead at 50"."""

from __future__ import annotations

from detente.readers.events.tree import Tree
from detente.readers.figures_numbers import Number, load_quantities


def counted(tree: Tree, number: Number, last: int) -> int | None:
    """The head noun of what is counted, if the words say."""
    before = numbered(tree, number.first)
    if before is not None:
        return before
    token = max(last, number.last)
    for at in (token, number.last):
        for preposition, noun in tree.preps(at):
            if preposition == "of" and noun > token:
                return noun
    at = number.last
    for _ in range(4):
        head = tree.head[at]
        if head == at:
            break
        if head > token and tree.pos[head] in ("NOUN", "PROPN") and head - token < 8:
            return head
        if tree.pos[head] in ("VERB", "AUX", "ADP"):
            break
        at = head
    return None


def numbered(tree: Tree, first: int) -> int | None:
    """What a verb of counting has as its subject ("soldiers now number 140,000"), or "136 votes to 74"."""
    at, table = first - 1, load_quantities()["counting"]
    if at > 1 and tree.lower[at] == "to" and tree.lemma[at - 1] in table["ballots"]:
        return at - 1
    if at > 0 and tree.lower[at] in ("from", "to") and tree.dep[at] == "prep":
        return _changed(tree, at)
    if at > 0 and tree.lower[at] in ("at", "of") and tree.dep[at] == "prep":
        return _put_at(tree, at) if tree.lower[at] == "at" else _group_of(tree, at)
    if at > 0 and tree.lower[at] == "between":
        at -= 1
    if at < 1 or tree.lower[at] not in table["verbs"]:
        return None
    at -= 1
    while at > 0 and (tree.pos[at] in ("ADV", "AUX", "PUNCT") or tree.tag[at] == "WP"):
        at -= 1
    while tree.dep[at] == "pobj" and tree.pos[tree.head[tree.head[at]]] == "NOUN":
        at = tree.head[tree.head[at]]  # "soldiers in the eastern states"
    return at if tree.pos[at] == "NOUN" else None


def _put_at(tree: Tree, at: int) -> int | None:
    """ "Put the dead at 50": what is put at that number."""
    verb = tree.head[at]
    if tree.lemma[verb] not in load_quantities()["counting"]["putting"]:
        return None
    return next(iter(tree.deps(verb, "dobj", "nsubjpass")), None)


def _changed(tree: Tree, preposition: int) -> int | None:
    """ "Has reduced its contingent from 300 to about 250": what became more or less."""
    verb, number = tree.head[preposition], tree.first(preposition, "pobj")
    bare = number is not None and tree.tag[number] == "CD" and tree.ent[number] != "DATE"
    if not bare or tree.lemma[verb] not in load_quantities()["counting"]["changing"]:
        return None
    things = tree.deps(verb, "dobj", "nsubjpass")
    return next((n for n in things if tree.lemma[n] not in load_quantities()["skip"]["ages"]), None)


def _group_of(tree: Tree, of: int) -> int | None:
    """ "A crew of 55", where no noun follows."""
    group, number = tree.head[of], tree.first(of, "pobj")
    bare = number is not None and tree.tag[number] == "CD"
    return group if bare and tree.lemma[group] in load_quantities()["counting"]["groups"] else None
