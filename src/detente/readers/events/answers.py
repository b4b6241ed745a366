"""Whom an answer answers: "The president refused", "Paris accepted the proposal at once".

A refusal or an acceptance that names nobody answers the request or offer told just before it in the same
paragraph, when that was made to the one who answers now. The confidence falls by a fifth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.readers.events.coding import Coding
from detente.readers.events.lexicon import load_classes, load_words
from detente.readers.events.match import in_class
from detente.readers.events.scene import Scene

_NEAR = 2  # sentences
_ANSWERS = ("REJECT", "AGREE", "CONCEDE")


def settle_answers(coded: Sequence[tuple[Scene, Coding]]) -> list[tuple[Scene, Coding]]:
    """The codings, answers that name nobody given the one they answer."""
    found: list[tuple[Scene, Coding]] = []
    for scene, coding in coded:
        if _answers(scene, coding):
            asked = next((c for s, c in reversed(found) if s is scene and _asked(scene, c, coding)), None)
            if asked is not None:
                confidence = round(coding.confidence * 0.8, 2)
                coding = replace(coding, recipients=asked.sources, confidence=confidence)
        found.append((scene, coding))
    return found


def _answers(scene: Scene, coding: Coding) -> bool:
    """True for a bare answer, or one to "the proposal", by a verb of answering."""
    tree, verb = scene.tree, coding.trigger
    if coding.recipients or coding.type not in _ANSWERS or not coding.sources:
        return False
    if coding.lemma not in load_words().tables["answer"]["verbs"] or tree.deps(verb, "xcomp", "ccomp"):
        return False
    objects = tree.patients(verb)
    return all(
        in_class(scene, n, load_classes()["demand"])
        and any(tree.lower[k] in ("the", "that", "this", "it") for k in (n, *tree.deps(n, "det")))
        for n in objects
    )


def _asked(scene: Scene, asked: Coding, answer: Coding) -> bool:
    """True for a request or offer told shortly before, by someone else, to the one who answers."""
    sentence = scene.tree.sent
    apart = sentence[answer.trigger] - sentence[asked.trigger]
    told = asked.type == "REQUEST" or asked.lemma in ("propose", "offer", "suggest")
    others = asked.sources and not set(asked.sources) & set(answer.sources)
    to_whom = set(asked.recipients) & set(answer.sources) if asked.recipients else apart == 1
    return bool(0 <= apart <= _NEAR and told and others and to_whom)
