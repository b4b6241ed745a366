"""The condition that a promise, demand or measure hangs on: "if", "unless", "until", "provided".

A conditional clause belongs to the clause that governs it, and to the acts which that clause itself tells:
in "as he called for a pullback, he ruled out Russia's demand unless …" it belongs to the ruling out alone.
No condition is an "if" that means "whether" ("left it unclear if", "asked if"), nor an "even if".
"""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import read_data
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.record import Span

_ASIDE = ("advcl", "relcl", "acl", "pobj", "poss", "compound")
_CLAUSES = ("advcl", "prep", "ccomp")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_data("events", "words.toml")["conditions"][name])


def condition_near(scene: Scene, trigger: Span) -> Span | None:
    """The conditional clause that hangs on the trigger's own clause, marker included."""
    tree = scene.tree
    token = next((i for i in range(len(tree)) if scene.offset(i) == trigger.start), None)
    if token is None:
        return None
    for at in _clauses_of(tree, token):
        for kid in tree.deps(at, *_CLAUSES):
            marker = _marker(tree, kid)
            if marker is not None and not _open_question(tree, at, kid, marker):
                last = max(_trim(scene, tree.subtree(kid)), marker)
                if last > marker:  # "provided" alone has its clause elsewhere in the parse
                    return scene.span(marker, last)
    return _proviso(scene, token)


def _clauses_of(tree: Tree, token: int) -> list[int]:
    """The token, its complements downwards, then the clauses that it is part of."""
    found = [token]
    for at in found:
        found.extend(tree.deps(at, "xcomp", "acl", "dobj"))
    at = token
    while tree.head[at] != at and len(found) < 20:
        if tree.dep[at] in _ASIDE and not _opens_the_sentence(tree, at):
            break
        at = tree.head[at]
        found.append(at)
    return found


def _opens_the_sentence(tree: Tree, clause: int) -> bool:
    """A clause without a subordinating word of its own, which the parse took for an adverbial one."""
    if tree.dep[clause] != "advcl" or tree.lower[clause].endswith("ing"):
        return False
    return not any(k < clause and tree.dep[k] in ("mark", "advmod", "aux") for k in tree.kids[clause])


def _marker(tree: Tree, clause: int) -> int | None:
    if tree.lower[clause] in ("provided", "providing"):
        return clause
    words = _words("markers")
    return next((kid for kid in tree.kids[clause] if kid < clause and tree.lower[kid] in words), None)


def _open_question(tree: Tree, above: int, clause: int, marker: int) -> bool:
    """ "Unclear if", "asked if", "even if": what such a clause tells is no condition."""
    if tree.lower[marker] != "if":
        return False
    if marker > 0 and tree.lower[marker - 1] in _words("no_condition_before_if"):
        return True
    asks = tree.dep[clause] == "ccomp" or tree.lemma[above] in _words("open_verbs")
    if asks and not tree.deps(above, "dobj", "xcomp"):  # "would ask for talks if" has its object
        return marker > above
    opened = tree.deps(above, "oprd", "acomp", "attr")
    return any(k < marker and tree.lemma[k] in _words("open_adjectives") for k in opened)


def _proviso(scene: Scene, token: int) -> Span | None:
    """ "Provided Kiev reaches a deal", where the parse takes "provided" for a verb."""
    tree = scene.tree
    for i in range(token + 1, len(tree)):
        if tree.sent[i] != tree.sent[token]:
            break
        if tree.lower[i] in ("provided", "providing") and not tree.deps(i, "dobj", "nsubj", "auxpass"):
            for above in (tree.head[i], tree.head[tree.head[i]]):
                clauses = [k for k in tree.kids[above] if k > i and tree.pos[k] in ("VERB", "AUX")]
                if clauses:
                    return scene.span(i, _trim(scene, tree.subtree(clauses[0])))
    return None


def _trim(scene: Scene, tokens: list[int]) -> int:
    last = max(tokens)
    while last > min(tokens) and scene.tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return last
