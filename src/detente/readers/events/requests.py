"""Verbs of asking: "demanded that …", "called on … to", "insisted on …", "said … must"."""

from __future__ import annotations

from dataclasses import replace

from detente.readers.events.coding import MATERIAL_CONFLICT, Coding, about
from detente.readers.events.contents import (
    CodeContent,
    asks_for_goods,
    content_of,
    contents,
    make,
    speaker_of,
    target_of,
    to_clause,
)
from detente.readers.events.lexicon import Operator, load_classes, load_words
from detente.readers.events.match import in_class, match_verb, resolve
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_duty, is_negated, verb_status
from detente.readers.events.verdicts import accusation


def request(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """A demand or appeal, its mode from what is asked."""
    tree = scene.tree
    heads, content = content_of(scene, verb, operator, code)
    if _is_question(scene, verb, heads) or _asks_silence(scene, verb, heads):
        return []
    if content is not None and content.type in MATERIAL_CONFLICT and _own_forces(scene, verb):
        commanded = replace(content, trigger=verb, clause=verb, at=verb, lemma=tree.lemma[verb],
                            sources=speaker_of(scene, verb), status=verb_status(scene, verb))  # fmt: skip
        covered = {i for head in heads for i in tree.subtree(head)}
        return [replace(commanded, covers=tuple(sorted({verb, *covered})))]
    if tree.lemma[verb] in load_words().tables["operators"]["weak"]:
        objects = set(tree.patients(verb))
        heads = [
            h for h in heads if h not in objects or code(scene, h) is not None or asks_for_goods(scene, h)
        ]
        if not heads:
            return None
    if tree.lemma[verb] == "call" and not calls(scene, verb):
        return None
    if tree.lemma[verb] == "order" and _shuts_up(scene, verb):
        return None
    if tree.lemma[verb] == "order" and not any(tree.pos[h] in ("VERB", "AUX") for h in heads):
        frame = match_verb(scene, verb)  # "ordered a blockade" is the deed, not a wish
        if frame is not None and frame.objects is not None:
            return None
    if tree.lemma[verb] in ("ask", "request") and not tree.passive(verb) and content is None:
        heads = [
            h for h in heads if tree.pos[h] in ("VERB", "AUX") or scene.refer(h) or asks_for_goods(scene, h)
        ]
        if not heads:
            return None
    recipients = target_of(scene, verb, operator, heads, content)
    return make(scene, verb, "REQUEST", about(content), recipients, heads)


def _asks_silence(scene: Scene, verb: int, heads: list[int]) -> bool:
    """ "Asked not to be named"."""
    tree, dropped = scene.tree, load_words().tables["operators"]["dropped"]
    verbs = [h for h in heads if tree.pos[h] in ("VERB", "AUX")]
    return bool(verbs) and all(is_negated(tree, h) and tree.lemma[h] in dropped for h in verbs)


def _shuts_up(scene: Scene, verb: int) -> bool:
    """ "Ordered the newspaper to suspend publication": a frame of its own codes the deed."""
    frame = match_verb(scene, verb)
    return frame is not None and any(need.word == "comp" for need in frame.needs)


def _own_forces(scene: Scene, verb: int) -> bool:
    """ "The president ordered the navy to …": a command to one's own arms is one's own act."""
    tree, index = scene.tree, scene.actors.actors
    if tree.lemma[verb] not in ("order", "command", "direct", "instruct") or tree.passive(verb):
        return False
    speakers = {index[a].country for a in speaker_of(scene, verb) if a in index}
    told = [n for n in tree.patients(verb) if tree.pos[n] in ("NOUN", "PROPN")]
    told += [s for h in tree.deps(verb, "ccomp", "xcomp") if (s := tree.first(h, "nsubj")) is not None]
    forces = [n for n in told if in_class(scene, n, load_classes()["troops"] | load_classes()["police"])]
    own = {index[a].country for n in forces for a in scene.refer(n) if a in index}
    return bool(forces) and bool(speakers) and own <= speakers


def calls(scene: Scene, verb: int) -> bool:
    """True for "called on …" and "called for …", not for a phone call or a name given."""
    tree = scene.tree
    for_what = tree.lower[verb + 1] in ("for", "on", "upon") if verb + 1 < len(tree) else False
    if not for_what and (tree.deps(verb, "oprd") or any(scene.is_actor(n) for n in tree.patients(verb))):
        return False
    clauses = tree.deps(verb, "advcl", "xcomp", "ccomp")
    if any(tree.lower[k] == "for" and tree.dep[k] == "mark" for c in clauses for k in tree.kids[c]):
        return True
    named = [noun for preposition, noun in tree.preps(verb) if preposition in ("on", "upon", "for")]
    return any(tree.ent[noun] not in ("DATE", "TIME") for noun in named)


def insist(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """A demand only with "on", with a duty or in the subjunctive; else plain speech."""
    tree = scene.tree
    heads, content = content_of(scene, verb, operator, code)
    asked = [h for h in heads if tree.pos[h] not in ("VERB", "AUX") or is_duty(tree, h) or is_bare(scene, h)]
    if not asked:
        return None
    return make(
        scene, verb, "REQUEST", about(content), target_of(scene, verb, operator, asked, content), asked
    )


def is_bare(scene: Scene, verb: int) -> bool:
    """True for a subjunctive: "insisted that it leave"."""
    tree = scene.tree
    return tree.tag[verb] == "VB" and not tree.deps(verb, "aux")


def _is_question(scene: Scene, verb: int, heads: list[int]) -> bool:
    tree = scene.tree
    if tree.lemma[verb] != "ask":
        return False
    marks = {tree.lower[k] for h in heads for k in tree.deps(h, "mark", "advmod", "nsubj", "dobj")}
    return bool(marks & {"if", "whether", "how", "why", "when", "where", "what", "who"}) or (
        tree.passive(verb) and not heads
    )


def want(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """ "X wants Y to …": a request, told less surely."""
    if scene.tree.lemma[verb] != "want" or is_negated(scene.tree, verb):
        return None
    heads, content = content_of(scene, verb, operator, code)
    for head in heads:
        subject = scene.tree.first(head, "nsubj")
        asked = (
            scene.refer(subject)
            if subject is not None
            else resolve(scene, ("obj",), verb, scene.tree.patients(verb))
        )
        if asked and not set(asked) & set(speaker_of(scene, verb)):
            return make(scene, verb, "REQUEST", about(content), asked, heads, confidence=0.6)
    return None


def seek(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """ "X seeks aid from Y"."""
    heads, content = content_of(scene, verb, operator, code)
    if content is None or content.type not in ("AID", "SUPPORT", "CONSULT"):
        return None
    recipients = target_of(scene, verb, operator, heads, content)
    return (
        make(scene, verb, "REQUEST", about(content), recipients, heads, confidence=0.65)
        if recipients
        else None
    )


def tell(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """ "X told Y to …"; other telling is plain speech."""
    tree = scene.tree
    heads = [
        h for h in contents(scene, verb, operator.content) if tree.tag[h] == "VB" and to_clause(scene, h)
    ]
    if not heads:
        return say(scene, verb, operator, code)
    content = code(scene, heads[0])
    return make(
        scene, verb, "REQUEST", about(content), target_of(scene, verb, operator, heads, content), heads
    )


def say(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """ "X said Y must withdraw" is a request of X to Y; all other content codes by itself."""
    tree = scene.tree
    speaker = set(speaker_of(scene, verb))
    if not speaker or is_negated(tree, verb):
        return None
    for head in tree.deps(verb, "ccomp"):
        if tree.pos[head] not in ("VERB", "AUX"):
            continue
        accused = accusation(scene, verb, head)
        if accused:
            return accused
        if not is_duty(tree, head) or is_negated(tree, head):
            continue
        subject = tree.subject(head)
        asked = scene.named(subject) if subject is not None else ()
        if asked and not set(asked) & speaker:
            content = code(scene, head)
            return make(
                scene, verb, "REQUEST", about(content), asked, [head], confidence=0.7, status="happened"
            )
    return None
