"""Refusals that no stance word tells: "Turkey would not withdraw its ships", "will not give up its right".

A party's "will not" with a deed of those that parties contend over (a class of ``issues.toml``) is a refusal.
What a forecast, a question or a condition says will not happen is none.
"""

from __future__ import annotations

from detente.readers.events.contents import doer
from detente.readers.events.lexicon import load_words
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.readers.issue_heads import is_no_refusal
from detente.readers.issue_names import issue_classes, keywords

_WILL = ("will", "would", "wo", "shall", "'ll", "’ll")
_PARTIES = ("state", "organisation", "person", "group")


def refusals(scene: Scene) -> list[tuple[int, int, tuple[str, ...]]]:
    """(negation, verb, parties) of each "will not" that is a refusal."""
    tree = scene.tree
    found = []
    for negation in range(len(tree)):
        if tree.dep[negation] != "neg" or tree.pos[tree.head[negation]] != "VERB":
            continue
        verb = tree.head[negation]
        if not _is_vow(tree, verb) or _is_open(tree, verb):
            continue
        parties = _parties(scene, verb)
        if parties and issue_classes(keywords(scene, verb, [verb])):
            found.append((negation, verb, parties))
    return found


def _is_vow(tree: Tree, verb: int) -> bool:
    above = tree.pos[tree.head[verb]]
    if tree.dep[verb] in ("acl", "relcl", "ccomp") and above == "NOUN":  # "an assurance that it won't bomb"
        return False
    helpers = [tree.lower[k] for k in tree.deps(verb, "aux")]
    if not set(helpers) & set(_WILL) or "have" in helpers or tree.passive(verb):
        return False
    return tree.lemma[verb] not in load_words().saying and not is_no_refusal(tree.lemma[verb])


def _is_open(tree: Tree, verb: int) -> bool:
    """Under "if" or "whether", or asked."""
    at = verb
    for _ in range(4):
        if any(tree.lower[k] in ("if", "whether", "unless", "?") for k in tree.kids[at]):
            return True
        if tree.dep[at] not in ("conj", "ccomp", "xcomp") or tree.head[at] == at:
            return False
        at = tree.head[at]
    return False


def _is_one(scene: Scene, subject: int) -> bool:
    """ "A Soviet one": one of a kind is no party."""
    return scene.tree.lower[subject] == "one"


def _parties(scene: Scene, verb: int) -> tuple[str, ...]:
    subject = scene.tree.subject(verb)
    if subject is None or _is_one(scene, subject):
        return ()
    found, index = scene.refer(subject) or doer(scene, verb), scene.actors.actors
    return found if found and all(a in index and index[a].type in _PARTIES for a in found) else ()


def own_words(scene: Scene, verb: int) -> tuple[int, int]:
    """The first and last token of the refusal's own clause."""
    tree = scene.tree
    own = set(tree.subtree(verb))
    for kid in tree.deps(verb, "mark", "cc", "conj", "advcl", "punct"):
        own -= set(tree.subtree(kid))
    return min(own), max(own)
