"""Whose act it is when the words do not name a doer, and when an act may stand without one."""

from __future__ import annotations

from detente.readers.events.coding import MATERIAL_CONFLICT, Coding
from detente.readers.events.lexicon import Frame, load_classes
from detente.readers.events.match import in_class, match_verb, tells_deed
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.record import Actor

_ARMS = ("troops", "weapons", "vessels", "craft")
_TANGIBLE = (
    (("MOBILIZE", "RETREAT", "COERCE"), (*_ARMS, "blockade")),
    (("ASSAULT",), ("vessels", "craft", "structure")),
    (("SANCTION",), ("penalties", "aid")),
)


def stands(scene: Scene, coding: Coding) -> bool:
    """An event needs its doer; only a material act in the passive may stand without."""
    if coding.sources:
        return True
    tree, verb = scene.tree, coding.trigger
    if _tangible(scene, coding):
        return True
    suffered = tree.passive(verb) or tree.lemma[verb] in ("die", "sustain", "suffer") or _by_act(scene, verb)
    if coding.type not in MATERIAL_CONFLICT or coding.type == "MOBILIZE" or not suffered:
        return False
    return bool(coding.recipients) or _human(scene, coding.trigger) or coding.mode == "arrest"


def _tangible(scene: Scene, coding: Coding) -> bool:
    """ "The blockade was lifted", "the garrison had been reinforced": plain though nobody is named."""
    tree, verb = scene.tree, coding.trigger
    kind = next((kind for types, kind in _TANGIBLE if coding.type in types), None)
    if kind is None or tree.pos[verb] != "VERB":
        return False
    nouns = tree.patients(verb) if tree.passive(verb) else []
    frame = match_verb(scene, verb)
    subject = tree.subject(verb)
    if frame is not None and tells_deed(frame) and subject is not None:
        nouns = [subject]
    classes = load_classes()
    return any(in_class(scene, noun, classes[name]) for noun in nouns for name in kind)


def _by_act(scene: Scene, verb: int) -> bool:
    """ "A roadside bombing killed …": a deed stands where its doer would."""
    subject = scene.tree.subject(verb)
    return subject is not None and in_class(scene, subject, load_classes()["attack"])


def _human(scene: Scene, verb: int) -> bool:
    people = load_classes()["people"]
    return any(in_class(scene, noun, people) for noun in scene.tree.patients(verb))


def one_side(scene: Scene, doers: tuple[str, ...], speakers: tuple[str, ...]) -> bool:
    """True when the speaker does it, or speaks for the state whose forces do."""
    if set(doers) & set(speakers):
        return True
    index = scene.actors.actors
    bare = [index[a] for a in doers if a in index and index[a].sector == "MIL" and index[a].country is None]
    if bare and any(_of_state(index[a]) for a in speakers if a in index):
        return True  # "the defence minister said the navy would …"
    states = [{index[a].country for a in side if a in index and _of_state(index[a])}
              for side in (doers, speakers)]  # fmt: skip
    return bool((states[0] & states[1]) - {None})


def _of_state(actor: Actor) -> bool:
    return actor.type == "state" or actor.sector in ("GOV", "MIL")


def is_moved(tree: Tree, verb: int, frame: Frame) -> bool:
    """ "French soldiers have been moved to the border": whose they are tells who moved them."""
    own = frame.type == "MOBILIZE" or (frame.type == "RETREAT" and frame.mode in ("withdraw", "disarm"))
    return own and tree.passive(verb) and not tree.agents(verb)


def of_whom(scene: Scene, noun: int, frame: Frame) -> tuple[str, ...]:
    """Who stands behind a deed or moves troops: "the American blockade", "20,000 French soldiers"."""
    return scene.owner(noun) or (() if tells_deed(frame) else scene.refer(noun))
