"""Nouns that code: "the annexation of …", "talks between …", and what an object noun means."""

from __future__ import annotations

from dataclasses import replace

from detente.readers.events.coding import Coding, to_come
from detente.readers.events.lexicon import load_class_types
from detente.readers.events.match import in_class, is_call_for, match_noun, resolve, unite
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_within_plan, noun_status


def code_noun(scene: Scene, noun: int) -> Coding | None:
    """What an event noun codes by itself: only with the actors it needs."""
    coding = noun_content(scene, noun)
    if coding is None:
        return None
    frame = match_noun(scene, noun)
    sources, recipients = coding.sources, coding.recipients
    if frame is None or frame.need == "act":
        return None
    if frame.need == "pair":
        sources = sources or (_clause_subject(scene, noun) if recipients and coding.mode != "visit" else ())
        everyone = unite([sources, recipients])
        if len(everyone) < 2 or (coding.mode != "visit" and not (recipients or len(sources) > 1)):
            return None
        if coding.mode != "visit":
            sources, recipients = everyone, ()
    elif not sources or (frame.need != "source" and not recipients):
        return None
    status = noun_status(scene, noun)
    if coding.type == "CONSULT" and status == "happened" and is_within_plan(scene.tree, noun):
        status = "planned"
    made = replace(coding, sources=sources, recipients=recipients, status=status)
    if status == "planned":
        made = to_come(made)
    return made if status != "denied" or made.type != "CONSULT" else None


def _clause_subject(scene: Scene, noun: int) -> tuple[str, ...]:
    tree, at = scene.tree, noun
    for _ in range(6):
        if tree.head[at] == at or tree.dep[at] in ("nsubj", "nsubjpass"):
            return ()
        at = tree.head[at]
        if tree.pos[at] in ("VERB", "AUX"):
            subject = tree.subject(at)
            return scene.refer(subject) if subject is not None else ()
    return ()


def noun_content(scene: Scene, noun: int) -> Coding | None:
    """What an event noun means by itself or under an operator, whoever it names."""
    noun = scene.meaning(noun)
    if is_call_for(scene, noun):
        return None
    frame = match_noun(scene, noun)
    if frame is None:
        return _class_content(scene, noun)
    sources = resolve(scene, frame.source, noun, [noun])
    recipients = tuple(r for r in resolve(scene, frame.recipient, noun, [noun]) if r not in sources)
    return Coding(frame.type, frame.mode, frame.cameo, sources, recipients, noun, noun, noun, "happened",
                  scene.tree.lemma[noun], 0.7, (noun,), nominal=True)  # fmt: skip


def _class_content(scene: Scene, noun: int) -> Coding | None:
    """What an object noun means under an operator ("demanded aid", "threatened sanctions")."""
    for words, kind, mode, cameo in load_class_types():
        if in_class(scene, noun, words):
            slots = (
                "op:to",
                "op:for",
                "op:against",
                "op:on",
                "op:with",
                "op:between",
                "op:from",
                "op:in",
                "op:of",
            )
            recipients = resolve(scene, slots, noun, [noun])
            return Coding(kind, mode, cameo, scene.owner(noun), recipients, noun, noun, noun, "happened",
                          scene.tree.lemma[noun], 0.6, (noun,), nominal=True)  # fmt: skip
    return None
