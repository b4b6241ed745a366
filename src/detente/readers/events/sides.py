"""Whose act it is when the words do not name a doer, and when an act may stand without one."""

from __future__ import annotations

from dataclasses import replace

from detente.readers.events.coding import MATERIAL_CONFLICT, Coding
from detente.readers.events.lexicon import Frame, load_classes
from detente.readers.events.match import in_class, match_noun, match_verb, resolve, tells_deed, unite
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.record import Actor

_OWN_AFFAIR = ("SUPPORT", "AGREE", "REJECT")
_ARMS = ("troops", "weapons", "vessels", "craft")
_TANGIBLE = (
    (("COERCE",), (*_ARMS, "blockade", "access")),
    (("MOBILIZE", "RETREAT"), (*_ARMS, "blockade")),
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
    own = (
        frame.type == "MOBILIZE"
        or frame.cameo == "074"
        or (frame.type == "RETREAT" and frame.mode in ("withdraw", "disarm"))
    )
    return own and tree.passive(verb) and not tree.agents(verb)


def of_whom(scene: Scene, noun: int, frame: Frame) -> tuple[str, ...]:
    """Who stands behind a deed or moves troops: "the American blockade", "20,000 French soldiers"."""
    owner, index = scene.owner(noun), scene.actors.actors
    if owner or tells_deed(frame):
        sent = tuple(a for a in scene.refer(noun) if a in index and index[a].type == "person")
        return owner or resolve(scene, ("op:by", "op:from"), noun, [noun]) or sent  # "a letter from X"
    return tuple(a for a in scene.refer(noun) if a not in index or index[a].country)  # no unknown "garrison"


def without_own_state(scene: Scene, coding: Coding) -> Coding | None:
    """A verbal act of a state's own leaders is not aimed at that state; support of oneself is none."""
    if coding.type not in _OWN_AFFAIR or not coding.recipients:
        return coding
    index = scene.actors.actors
    own = {index[a].country for a in coding.sources if a in index and _of_state(index[a])} - {None}
    others = tuple(
        a for a in coding.recipients
        if a not in index or index[a].type != "state" or index[a].country not in own
    )  # fmt: skip
    if not others and coding.type == "SUPPORT":
        return None
    return replace(coding, recipients=others)


def without_place(coding: Coding) -> Coding:
    """ "Will not withdraw from X": where one stays is no one whom one refuses."""
    return replace(coding, recipients=()) if coding.type == "RETREAT" else coding


def judged_doer(scene: Scene, verb: int, frame: Frame, objects: list[int]) -> tuple[str, ...] | None:
    """Who is judged when an act is condemned, backed or rejected: who did it; None where no act is.

    "Condemned Israel's raid on Beirut" is aimed at Israel, never at Beirut; "condemned the annexation of
    Crimea by Russia" at Russia, and so is "condemned Crimea's absorption into Russia".
    """
    if frame.type not in ("ACCUSE", "SUPPORT", "REJECT"):
        return None
    acts = [noun for noun in (_whole_act(scene, n) for n in objects) if is_act(scene, noun)]
    return unite(doer_of_act(scene, noun, verb) for noun in acts) if acts else None


def _whole_act(scene: Scene, noun: int) -> int:
    """ "The annexation of Crimea that X condemned": the parse hangs the clause on Crimea."""
    tree = scene.tree
    of = tree.head[noun]
    above = tree.head[of]
    inner = tree.dep[noun] == "pobj" and tree.lower[of] == "of" and tree.first(noun, "relcl") is not None
    return above if inner and is_act(scene, above) else noun


def is_act(scene: Scene, noun: int) -> bool:
    """True for a noun that tells a hostile deed ("raid", "annexation", "the poisoning of")."""
    frame = match_noun(scene, scene.meaning(noun))
    classes = load_classes()
    hostile = frame is not None and frame.type in MATERIAL_CONFLICT
    return hostile or in_class(scene, noun, classes["attack"] | classes["suffered"])


def doer_of_act(scene: Scene, noun: int, verb: int) -> tuple[str, ...]:
    """Who did what a noun tells ("Israel's raid on …"), or whose it is ("Iran's programme")."""
    tree = scene.tree
    suffers = in_class(scene, noun, load_classes()["suffered"])
    by = resolve(scene, ("op:by", "op:from", *(("op:into", "p:into") if suffers else ())), verb, [noun])
    if by:
        return by
    owner = tree.first(scene.meaning(noun), "poss", "amod", "compound", "nmod")
    if owner is None:
        return ()
    if suffers and tree.dep[owner] == "poss" and not any(p == "of" for p, _ in tree.preps(noun)):
        kinds = {scene.actors.actors[a].type for a in scene.refer(owner) if a in scene.actors.actors}
        if not kinds & {"state", "organisation"}:  # a person's or a place's own: what was done to it
            return ()
    return scene.owner(scene.meaning(noun))


def on_third_ground(scene: Scene, verb: int, sources: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Several countries' people who travel to a place that is none of theirs meet there; nobody is host."""
    index, tree = scene.actors.actors, scene.tree
    theirs = {index[a].country for a in sources if a in index} - {None}
    subject = tree.subject(verb)
    if subject is not None and tree.lemma[subject] in ("delegation", "mission", "team"):
        return False  # "a delegation from X and Y" has somebody to see
    host = {index[a].country for a in recipients if a in index}
    if len(theirs) < 2 or host & theirs:
        return False
    return not any(scene.heads.get(n) for p, n in tree.preps(verb) if p in ("to", "in", "at"))


def where_arrested(scene: Scene, verb: int, frame: Frame) -> tuple[str, ...]:
    """ "Was arrested in Lebanon": the state of the place has the police there."""
    if (
        frame.mode not in ("arrest", "deport", "convict")
        or not scene.tree.passive(verb)
        or scene.tree.agents(verb)
    ):
        return ()
    return unite(scene.home(n) for p, n in scene.tree.preps(verb) if p in ("in", "at", "near"))
