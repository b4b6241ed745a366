"""Whose demand a document's is: "the resolution calls for a truce" is the demand of those who adopted it.

Who tables, adopts, issues or sends a paper stands behind what it asks for. A paper of which the article has
not told whose it is makes no position.
"""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import read_data
from detente.readers.events.scene import Scene

Papers = dict[str, tuple[str, ...]]
_LAST = ""  # under this key stands the paper told last, whatever it was called


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["papers"][key])


def note_paper(scene: Scene, verb: int, papers: Papers) -> None:
    """Enter whose paper it is that a verb tabled, adopted or sent."""
    tree = scene.tree
    if tree.lemma[verb] not in _words("making") or tree.pos[verb] != "VERB":
        return
    makers = tuple(dict.fromkeys(a for n in tree.agents(verb) for a in scene.refer(n)))
    for noun in tree.patients(verb):
        if makers and tree.lemma[noun] in _words("nouns"):
            papers[tree.lemma[noun]] = papers[_LAST] = makers


def owner_of_paper(scene: Scene, noun: int, papers: Papers) -> tuple[str, ...]:
    """Whose paper a noun names; () for none, or where nobody told."""
    tree = scene.tree
    if tree.lemma[noun] not in _words("nouns"):
        return ()
    for clause in tree.deps(noun, "acl", "relcl"):
        if tree.lemma[clause] in _words("making") and tree.passive(clause):
            return tuple(a for n in tree.agents(clause) for a in scene.refer(n))
        if tree.lemma[clause] in _words("making") and tree.tag[clause] == "VBN":
            return tuple(a for p, n in tree.preps(clause) if p == "by" for a in scene.refer(n))
    same = papers.get(tree.lemma[noun], ())
    return same or (papers.get(_LAST, ()) if tree.lemma[noun] in _words("any") else ())
