"""Accusations and warnings that a plain verb of saying tells: "said Y had deceived him", "warned that …".

A reported deed stays a statement's own event ("Iran said Israel attacked Syria"); an accusation is coded
here only where the content holds no event of its own but a wrong, a guilt or a condemned act.
"""

from __future__ import annotations

from detente.readers.events.coding import Coding
from detente.readers.events.contents import doer, make, speaker_of, touched
from detente.readers.events.lexicon import load_classes, load_words
from detente.readers.events.match import in_class
from detente.readers.events.scene import Scene
from detente.readers.events.sides import doer_of_act, is_act, one_side
from detente.readers.events.status import is_future, is_negated

_BE = ("be", "remain", "become", "constitute", "amount")


def accusation(scene: Scene, verb: int, head: int) -> list[Coding] | None:
    """ "X said Y had lied", "said Y was behind the attack", "said Y's blockade was an act of war"."""
    tree = scene.tree
    subject = tree.subject(head)
    if subject is None or is_negated(tree, head) or is_future(tree, head):
        return None
    if tree.lemma[head] in load_words().tables["verdict"]["wrongs"] and not tree.passive(head):
        return _against(scene, verb, head, "allege", scene.named(subject))
    if tree.lemma[head] not in _BE:
        return None
    if _is_guilty(scene, head):
        return _against(scene, verb, head, "allege", scene.named(subject))
    told = [part for kid in tree.deps(head, "attr", "acomp") for part in tree.conjuncts(kid)]
    slur = load_classes()["slur"]
    if not any(tree.lemma[n] in slur if tree.pos[n] == "ADJ" else in_class(scene, n, slur) for n in told):
        return None
    return _against(scene, verb, head, "disapprove", doer_of_act(scene, subject, head))


def _is_guilty(scene: Scene, head: int) -> bool:
    """ "Was responsible for", "was behind the attack", "was to blame"."""
    tree = scene.tree
    words = load_words().tables["verdict"]["guilty"]
    if any(tree.lemma[k] in words for k in tree.deps(head, "acomp", "attr", "xcomp")):
        return True
    return any(p == "behind" and is_act(scene, n) for p, n in tree.preps(head))


def _against(scene: Scene, verb: int, head: int, mode: str, accused: tuple[str, ...]) -> list[Coding] | None:
    if not accused or one_side(scene, accused, speaker_of(scene, verb)):
        return None
    return make(scene, verb, "ACCUSE", mode, accused, [head], confidence=0.65, status="happened")


def menace(scene: Scene, verb: int, heads: list[int]) -> list[Coding] | None:
    """ "Warned that it would not stand idle", "that Y's blockade could lead to war": a threat."""
    tree, speaker = scene.tree, speaker_of(scene, verb)
    table = load_words().tables["operators"]
    for head in heads:
        if tree.pos[head] not in ("VERB", "AUX") or not speaker:
            continue
        who = doer(scene, head)
        words = table["tolerated"] if is_negated(tree, head) else table["menace"]
        if who and is_future(tree, head) and tree.lemma[head] in words and one_side(scene, who, speaker):
            others = tuple(a for a in touched(scene, [head], None) if a not in (*who, *speaker))
            return make(scene, verb, "THREATEN", None, others, [head], confidence=0.7)
        subject = tree.subject(head)
        dire = load_classes()["consequence"]
        noun = [n for _, n in tree.preps(head)] + tree.deps(head, "dobj")
        if subject is not None and any(in_class(scene, n, dire) for n in noun):
            others = doer_of_act(scene, subject, head)
            if others and not one_side(scene, others, speaker):
                return make(scene, verb, "THREATEN", None, others, [head], confidence=0.65)
    return None
