"""Stands told by a noun: "Moscow's demand for a federation", "renewed its offer to negotiate".

The nouns and what they are about stand in ``data/events/stance_nouns.csv``. Whose stand it is, the noun's
possessor or qualifier tells, a phrase with "by", or the subject of the verb that makes it ("repeated a
demand"). A stand that is dropped, only possible, or that nobody holds gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.readers.events.contents import doer
from detente.readers.events.lexicon import read_data, read_rows
from detente.readers.events.match import resolve
from detente.readers.events.scene import Scene
from detente.readers.events.status import noun_status
from detente.readers.positions_stances import load_stances


@dataclass(frozen=True, slots=True)
class NounStance:
    """A stance that a noun tells: the noun, whose it is, its name and the heads of what it is about."""

    noun: int
    parties: tuple[str, ...]
    stance: str
    heads: tuple[int, ...]


@cache
def _nouns() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Lemma → stance, the words that open its content, stance when denied."""
    return {
        noun: (row["stance"], tuple(row["content"].split()), row["negated"])
        for row in read_rows("events", "stance_nouns.csv")
        for noun in row["nouns"].split()
    }


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["stance_nouns"][name])


@cache
def stance_words() -> frozenset[str]:
    """The lemmas of all words that can tell a stance: a quick look that passes over nearly every token."""
    return frozenset(load_stances()) | frozenset(_nouns())


def noun_stance(scene: Scene, noun: int) -> NounStance | None:
    """The stance that a noun tells, or None."""
    tree = scene.tree
    known = _nouns().get(tree.lemma[noun])
    if known is None or tree.pos[noun] != "NOUN":
        return None
    stance, openings, negated = known
    # Whose demand it is, is taken for granted.
    held = bool(tree.deps(noun, "poss") or _makers(scene, noun))
    if _denied(scene, noun):
        stance = negated
    elif stance == "NONE" or not (held or noun_status(scene, noun) == "happened"):
        return None
    heads = _contents(scene, noun, openings)
    if not stance or not heads or _dropped(scene, noun):
        return None
    parties = _parties(scene, noun)
    return NounStance(noun, parties, stance, heads) if parties else None


def _denied(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] == "no" for k in tree.deps(noun, "det", "neg"))


def _contents(scene: Scene, noun: int, openings: tuple[str, ...]) -> tuple[int, ...]:
    tree = scene.tree
    found: list[int] = []
    for kid in tree.deps(noun, "acl", "ccomp", "relcl"):
        opening = [tree.lower[k] for k in tree.deps(kid, "aux", "mark")]
        wanted = "to" in opening or ("that" in opening and "that" in openings and tree.dep[kid] != "relcl")
        if kid > noun and tree.pos[kid] in ("VERB", "AUX") and wanted:
            found += tree.conjuncts(kid)
    if "for" in openings and not found and noun + 2 < len(tree) and tree.lower[noun + 1] == "for":
        above = tree.head[noun + 1]  # "a demand for the army to leave", wherever the parse hangs it
        if tree.dep[noun + 1] == "mark" and above > noun and tree.tag[above] == "VB":
            found += [above]
    made = [pair for clause in _making(scene, noun) for pair in tree.preps(clause)]
    for preposition, inner in [*tree.preps(noun), *made]:
        if preposition in openings and not found and tree.pos[inner] in ("NOUN", "VERB", "PROPN"):
            found += tree.conjuncts(inner)
    return tuple(found)


def _making(scene: Scene, noun: int) -> list[int]:
    """ "The appeal made on Monday by X": the participle behind a stand."""
    tree = scene.tree
    return [c for c in tree.deps(noun, "acl") if tree.tag[c] == "VBN" and tree.lemma[c] in _verbs("made")]


def _makers(scene: Scene, noun: int) -> tuple[str, ...]:
    by = [n for c in _making(scene, noun) for p, n in scene.tree.preps(c) if p == "by"]
    return tuple(a for n in by for a in scene.refer(n))


def _dropped(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    above = tree.head[noun]
    return tree.dep[noun] == "dobj" and tree.lemma[above] in _verbs("dropped")


def _parties(scene: Scene, noun: int) -> tuple[str, ...]:
    tree = scene.tree
    own = scene.owner(noun) or resolve(scene, ("op:by", "op:from"), noun, [noun]) or _makers(scene, noun)
    if own:
        return own
    west = [a for k in tree.deps(noun, "poss") for a in scene.collective(k)]
    if west:
        return tuple(west)
    above = tree.head[noun]
    if tree.dep[noun] == "dobj" and tree.lemma[above] in _verbs("made") and not tree.passive(above):
        return doer(scene, above)
    return ()
