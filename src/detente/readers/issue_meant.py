"""Names of issues that no phrase of the text tells as it stands: "let the hostages go" is their release.

"Insists that they be lifted", of sanctions told just before, is the lifting of the sanctions.
"""

from __future__ import annotations

from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.readers.issue_nouns import act_noun

_BACK = 20  # tokens: the clause before


def meant(scene: Scene, verb: int) -> tuple[str, int | None, str] | None:
    """(name of the act, the noun it is done to, its lemma for keywords) where the words only mean them."""
    tree = scene.tree
    if tree.lemma[verb] == "let":
        for clause in tree.deps(verb, "ccomp", "xcomp"):
            who = tree.first(clause, "nsubj")
            if tree.lemma[clause] == "go" and who is not None:
                return "release", _noun(tree, who), "release"
    if tree.lemma[verb] == "set" and any(tree.lower[k] == "free" for k in tree.kids[verb]):
        who = tree.first(verb, "dobj")
        return "release", _noun(tree, who) if who is not None else None, "release"
    subject = tree.first(verb, "nsubjpass")
    if subject is None or tree.lower[subject] not in ("they", "it"):
        return None
    noun = _told_before(tree, verb, subject)
    return (act_noun(tree.lemma[verb]), noun, tree.lemma[verb]) if noun is not None else None


def _noun(tree: Tree, token: int) -> int | None:
    return token if tree.pos[token] in ("NOUN", "PROPN") else None


def _told_before(tree: Tree, verb: int, pronoun: int) -> int | None:
    """The object of the clause before, in the pronoun's number."""
    tags = ("NNS", "NNPS") if tree.lower[pronoun] == "they" else ("NN",)
    for at in range(pronoun - 1, max(pronoun - _BACK, -1), -1):
        if tree.sent[at] != tree.sent[verb]:
            return None
        if tree.tag[at] in tags and tree.dep[at] == "dobj" and tree.ent[at] == "":
            return at
    return None
