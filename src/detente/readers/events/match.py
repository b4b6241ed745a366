"""Which frame a verb or noun matches, and where its recipient stands."""

from __future__ import annotations

from collections.abc import Iterable

from detente.readers.events.lexicon import (
    Frame,
    Need,
    NounFrame,
    load_classes,
    load_frames,
    load_nouns,
    load_words,
)
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree

_COMPLEMENTS = ("acomp", "oprd", "attr", "xcomp", "ccomp", "dobj", "advmod", "prep")


def match_verb(scene: Scene, verb: int) -> Frame | None:
    """The first frame of the verb that fits its object, particle and phrases; None if none does."""
    frames = load_frames().get(scene.tree.lemma[verb])
    if not frames:
        return None
    particles = _particles(scene, verb)
    objects = scene.tree.patients(verb)
    for frame in frames:
        if _fits(scene, verb, frame, particles, objects):
            return None if frame.type == "NONE" else frame
    return None


def match_noun(scene: Scene, noun: int) -> NounFrame | None:
    """The noun's own frame ("annexation", "air strike"), if it has one."""
    nouns = load_nouns()
    if is_call_for(scene, noun):
        return None
    return next((nouns[key] for key in reversed(scene.keys(noun)) if key in nouns), None)


def is_call_for(scene: Scene, noun: int) -> bool:
    """ "A call for talks" is a demand, no phone call."""
    tree = scene.tree
    if tree.lemma[noun] != "call":
        return False
    inner = [noun, *tree.deps(noun, "acl", "relcl")]
    return any(
        tree.lower[k] == "for" and tree.dep[k] in ("prep", "mark") for i in inner for k in tree.kids[i]
    )


def in_class(scene: Scene, noun: int, words: frozenset[str]) -> bool:
    """True when a noun phrase names something of a class (by head, compound or see-through head)."""
    return any(key in words for key in scene.keys(noun))


def _particles(scene: Scene, verb: int) -> set[str]:
    tree = scene.tree
    found = {tree.lower[kid] for kid in tree.deps(verb, "prt")}
    for kid in tree.deps(verb, "advmod", "prep", "acomp", "xcomp", "ccomp", "dobj"):
        if kid > verb and (tree.dep[kid] in ("advmod", "prep") or kid == verb + 1):
            found.add(tree.lower[kid])
    return found


def _fits(scene: Scene, verb: int, frame: Frame, particles: set[str], objects: list[int]) -> bool:
    if frame.particle and frame.particle not in particles:
        return False
    if not frame.particle and _carried_off(scene, verb, frame):
        return False
    if frame.bare and objects:
        return False
    if (frame.objects is not None or frame.actor_object) and not any(
        _object_fits(scene, noun, frame) for noun in objects
    ):
        return False
    if any(need.must and not _has(scene, verb, need) for need in frame.needs):
        return False
    free = [need for need in frame.needs if not need.must]
    return not free or any(_has(scene, verb, need) for need in free)


def tells_deed(frame: Frame) -> bool:
    """True where the subject is what was done, not who did it ("the blockade takes effect")."""
    return any(need.word == "DEED" for need in frame.needs)


def _carried_off(scene: Scene, verb: int, frame: Frame) -> bool:
    """ "Give up arms" is no giving: a particle that the frame does not ask for makes another verb."""
    particle = scene.tree.first(verb, "prt")
    if particle is None:
        return False
    return frame.objects is None or scene.tree.lemma[verb] in load_words().tables["light"]["verbs"]


def _object_fits(scene: Scene, noun: int, frame: Frame) -> bool:
    if frame.objects and in_class(scene, noun, frame.objects):
        return True
    if frame.place and scene.tree.ent[noun] in ("GPE", "LOC", "FAC"):
        return True
    if frame.objects and "person" in frame.objects and _are_nationals(scene.tree, noun):
        return True
    return frame.actor_object and _is_party(scene, noun)


def _are_nationals(tree: Tree, noun: int) -> bool:
    """ "Captured 300 Ethiopians": people, told by their country."""
    return tree.ent[noun] == "NORP" and tree.tag[noun] in ("NNS", "NNPS")


def _is_named_person(scene: Scene, noun: int) -> bool:
    """ "Gazprom engineer X was arrested": done to X, not to the company before the title."""
    return scene.tree.ent[noun] == "PERSON" and set(_kinds_named(scene, noun)) == {"person"}


def _kinds_named(scene: Scene, noun: int) -> list[str]:
    """The types of the actors that a noun names."""
    index = scene.actors.actors
    return [index[a].type for a in scene.named(noun) if a in index]


def _is_party(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    if tree.ent[noun] in ("PERSON", "NORP", "GPE", "ORG") or scene.is_actor(noun):
        return True
    return any(key in load_classes()["people"] for key in scene.keys(noun))


def _has(scene: Scene, verb: int, need: Need) -> bool:
    tree = scene.tree
    if need.word == "comp":
        below = tree.deps(verb, "xcomp", "ccomp", "advcl", "conj")
        return any(tree.lemma[kid] in (need.nouns or ()) for kid in below)
    if need.word == "TROOPS":
        forces = any(_is_force(scene, noun) for noun in tree.agents(verb))
        return forces and (need.nouns is None or any(p in need.nouns for p, _ in tree.preps(verb)))
    if need.word == "WOULD":
        return bool({"would", "will", "'d", "'ll", "shall"} & {tree.lower[k] for k in tree.deps(verb, "aux")})
    if need.word == "TO":
        return bool(infinitives(tree, verb))
    if need.word == "STATE":
        return _is_state(scene, tree.patients(verb))
    if need.word == "PERSON":
        return _holds_person(scene, verb)
    if need.word == "DEED":
        subject = tree.subject(verb)
        return subject is not None and in_class(scene, subject, need.nouns or frozenset())
    if need.word == "AS":
        return bool(called(scene, verb, need.nouns or frozenset()))
    if need.word == "that":
        return bool(tree.deps(verb, "ccomp"))
    for preposition, noun in phrases(scene, verb):
        if preposition == need.word and _noun_fits(scene, noun, need):
            return True
    if need.nouns is None:
        return any(tree.lemma[kid] == need.word for kid in tree.deps(verb, *_COMPLEMENTS))
    return False


def _is_force(scene: Scene, noun: int) -> bool:
    """Troops, or the tanks that stand for them."""
    classes = load_classes()
    return in_class(scene, noun, classes["troops"]) or in_class(scene, noun, classes["armour"])


def infinitives(tree: Tree, verb: int) -> list[int]:
    """ "Gave them a week to leave": the infinitives on the verb or on its object."""
    below = [
        k for at in (verb, *tree.deps(verb, "dobj")) for k in tree.deps(at, "xcomp", "advcl", "acl", "relcl")
    ]
    return [
        k for k in below if tree.tag[k] == "VB" and any(tree.lower[i] == "to" for i in tree.deps(k, "aux"))
    ]


def _holds_person(scene: Scene, verb: int) -> bool:
    """ "Has been holding the president": a person, and no word of how ("responsible", "to his promise")."""
    tree = scene.tree
    if tree.deps(verb, "oprd", "acomp", "xcomp", "ccomp", "prt") or any(
        p in ("to", "in") for p, _ in tree.preps(verb)
    ):
        return False
    nouns = tree.patients(verb)
    kinds = {kind for noun in nouns for kind in _kinds_named(scene, noun)}
    return kinds == {"person"} and all(tree.ent[n] == "PERSON" or tree.pos[n] == "NOUN" for n in nouns)


def _is_state(scene: Scene, nouns: list[int]) -> bool:
    """ "Suspended Niger": what is done to a state as a member, not to a paper or a party."""
    return bool(nouns) and all(_kinds_named(scene, noun)[:1] == ["state"] for noun in nouns)


def called(scene: Scene, verb: int, words: frozenset[str]) -> list[int]:
    """ "Called the pictures a forgery", "denounced it as illegal": the predicates of the class."""
    tree = scene.tree
    named = tree.deps(verb, "oprd", "ccomp", "attr", "xcomp", "acomp")
    named += tree.deps(verb, "dobj") if tree.lemma[verb] != "denounce" else []
    for kid in [k for at in (verb, *tree.deps(verb, "dobj")) for k in tree.deps(at, "prep")]:
        if tree.lower[kid] == "as":
            named += tree.kids[kid]
    named = [part for noun in named for part in tree.conjuncts(noun) if not _is_ranked(tree, part)]
    return [
        n for n in named if (tree.lemma[n] in words if tree.pos[n] == "ADJ" else in_class(scene, n, words))
    ]


def _is_ranked(tree: Tree, noun: int) -> bool:
    """ "The largest war": which of its kind it is, no charge against anybody."""
    ranks = tree.deps(noun, "amod")
    return any(tree.tag[i] in ("JJS", "RBS") for k in ranks for i in (k, *tree.deps(k, "advmod")))


def _noun_fits(scene: Scene, noun: int, need: Need) -> bool:
    if need.nouns is None:
        return True
    parts = scene.tree.conjuncts(noun)
    if any(in_class(scene, part, need.nouns) for part in parts):
        return True
    return need.actor and any(_is_party(scene, part) for part in parts)


def phrases(scene: Scene, verb: int) -> list[tuple[str, int]]:
    """The verb's prepositional phrases, those of its object included when they trail it."""
    tree = scene.tree
    found = tree.preps(verb)
    for kid in tree.deps(verb, "advmod", "prt"):
        found.extend(tree.preps(kid))
    for noun in tree.patients(verb):
        if tree.head[noun] == verb:
            found.extend(pair for pair in tree.preps(noun) if pair[0] not in ("of",))
    return found


def resolve(scene: Scene, slots: Iterable[str], verb: int, objects: list[int]) -> tuple[str, ...]:
    """The actors of the first slot that holds any.

    Slots: ``obj`` the object itself; ``oposs`` its possessor or qualifier; ``op:on`` a phrase on the
    object; ``p:on`` a phrase on the verb; ``ph:on`` also one behind its particle or object; ``pp:with`` a
    phrase inside the verb's phrase; ``iobj``.
    """
    for slot in slots:
        found = _slot(scene, slot, verb, objects)
        if found:
            return found
    return ()


def _slot(scene: Scene, slot: str, verb: int, objects: list[int]) -> tuple[str, ...]:
    tree = scene.tree
    kind, _, preposition = slot.partition(":")
    if kind == "obj":
        return _all(scene, objects)
    if kind == "subj":
        subject = tree.subject(verb)
        return _all(scene, [subject]) if subject is not None else ()
    if kind == "oposs":
        others = [noun for noun in objects if not _is_named_person(scene, noun)]
        return unite(scene.owner(scene.meaning(noun)) for noun in others)
    if kind == "op":
        holders = [n for noun in objects for n in {noun: None, scene.meaning(noun): None}]
        if preposition == "between":
            return unite(_pair(scene, n) for noun in holders for p, n in tree.preps(noun) if p == preposition)
        return _all(scene, [n for noun in holders for p, n in tree.preps(noun) if p == preposition]) or _all(
            scene, [n for noun in holders for p, n in _imposed(scene, noun) if p == preposition]
        )
    if kind == "p":
        return _all(scene, [n for p, n in tree.preps(verb) if p == preposition])
    if kind == "ph":
        return _all(scene, [n for p, n in phrases(scene, verb) if p == preposition])
    if kind == "pp":
        inner = [n for p, n in phrases(scene, verb) if p != "as"]  # "condemned it as a breach of X's rights"
        return _all(scene, [n for noun in inner for p, n in tree.preps(noun) if p == preposition])
    if kind == "iobj":
        given = tree.deps(verb, "dative", "iobj")
        nouns = [n for n in given if tree.pos[n] != "ADP"]
        nouns += [n for p in given for _, n in tree._objects(p, "")]
        return _all(scene, nouns)
    return ()


def _imposed(scene: Scene, noun: int) -> list[tuple[str, int]]:
    """The phrases of a participle on a noun: "the curfew imposed in Mali", "sanctions imposed on Chad"."""
    tree = scene.tree
    clauses = [c for c in tree.deps(noun, "acl") if tree.tag[c] == "VBN" and c - noun < 3]
    return [pair for clause in clauses for pair in tree.preps(clause)]


def _pair(scene: Scene, noun: int) -> tuple[str, ...]:
    """ "Between A and B", also where the parse loses B: the next actor after "and"."""
    found = scene.refer(noun)
    if len(found) > 1:
        return found
    inside = [scene.heads[i].actors for i in sorted(scene.tree.subtree(noun)) if i in scene.heads]
    if len(unite(inside)) > 1:
        return unite(inside)
    after = [i for i in range(noun + 1, min(noun + 5, len(scene.tree))) if scene.tree.lower[i] == "and"]
    for token in range(after[0] + 1, min(after[0] + 9, len(scene.tree))) if after else ():
        if token in scene.heads:
            return unite([found, scene.heads[token].actors])
    return found


def _all(scene: Scene, nouns: Iterable[int]) -> tuple[str, ...]:
    nouns = list(nouns)
    return unite(scene.refer(noun) for noun in nouns) or unite(scene.home(noun) for noun in nouns)


def unite(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All ids of the groups, in order, each once."""
    found: dict[str, None] = {}
    for group in groups:
        found.update(dict.fromkeys(group))
    return tuple(found)


def _phrase(tree: Tree, noun: int) -> list[int]:
    """A noun phrase without the clauses that tell more of it and the other names that hang on it."""
    found, queue = [], [noun]
    while queue:
        at = queue.pop()
        found.append(at)
        queue.extend(kid for kid in tree.kids[at] if not _aside(tree, kid))
    return found


def _aside(tree: Tree, kid: int) -> bool:
    if tree.dep[kid] == "appos":
        return tree.pos[kid] != "PROPN"
    if tree.dep[kid] == "prep" and tree.lower[kid] == "as":
        return True  # "condemned the move as a breach of X's rights"
    if tree.dep[kid] not in ("relcl", "ccomp", "parataxis", "acl"):
        return False
    return not any(tree.lower[k] in ("for", "to") for k in tree.deps(kid, "mark", "aux"))


def anyone_in(scene: Scene, nouns: Iterable[int], without: tuple[str, ...]) -> tuple[str, ...]:
    """The first actor, or state of a place, anywhere inside some noun phrases."""
    index, inside = scene.actors.actors, sorted({t for noun in nouns for t in _phrase(scene.tree, noun)})
    inside = [t for t in inside if not scene.is_some_government(t)]
    found = [a for t in inside if t in scene.heads for a in scene.heads[t].actors if a not in without]
    known = [a for a in found if a in index and (index[a].country or (index[a].key or "")[:4] == "org:")]
    if known:
        return (known[0],)
    places = [t for t in inside if t in scene.named_places()]
    if places:
        return tuple(a for a in scene.home(places[0]) if a not in without)
    return tuple(found[:1])
