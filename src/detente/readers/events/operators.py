"""Verbs whose type depends on what they are about: "refused to …", "agreed to …", "is ready to …"."""

from __future__ import annotations

from detente.readers.events.coding import COOPERATIVE, HOSTILE, YIELDING, Coding, about, promised, threat_mode
from detente.readers.events.contents import (
    CodeContent,
    content_of,
    given_to,
    has_particle,
    make,
    speaker_of,
    touched,
)
from detente.readers.events.lexicon import Operator, load_classes, load_operators, load_words
from detente.readers.events.match import in_class, resolve
from detente.readers.events.requests import insist, request, say, seek, tell, want
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_duty, is_negated
from detente.readers.events.verdicts import menace


def code_operator(scene: Scene, verb: int, code: CodeContent) -> list[Coding] | None:
    """Code a verb by its content; None when the verb is no operator here (its own frames may apply)."""
    lemma = scene.tree.lemma[verb]
    for operator in load_operators().get(lemma, ()):
        if operator.particle and not has_particle(scene, verb, operator.particle):
            continue
        made = _ROLES[operator.role](scene, verb, operator, code)
        if made is not None:
            return made
    return None


def _reject(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = content_of(scene, verb, operator, code)
    if not heads:
        return None
    if (
        any(scene.tree.lemma[h] in load_words().tables["operators"]["dropped"] for h in heads)
        and content is None
    ):
        asked = [
            n
            for h in heads
            for p, n in scene.tree.preps(h)
            if p == "to" and in_class(scene, n, load_classes()["demand"])
        ]
        if not asked:
            return []
        return make(
            scene, verb, "REJECT", None, resolve(scene, ("op:from", "op:by", "oposs"), verb, asked), heads
        )
    if content is None and scene.tree.pos[heads[0]] not in ("VERB", "AUX"):
        return None
    leaves = content is not None and content.type == "RETREAT" and not content.nominal
    recipients = () if leaves else touched(scene, heads, content)  # where one stays is no one refused
    return make(scene, verb, "REJECT", about(content), recipients, heads)


def _fail(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.lemma[verb] == "decline":
        return _reject(scene, verb, operator, code)
    return None


def _threaten(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = content_of(scene, verb, operator, code)
    if not heads:
        return None
    tree = scene.tree
    actors = [h for h in heads if scene.is_actor(h) and h in tree.patients(verb)]
    recipients = resolve(scene, ("obj",), verb, actors) if actors else ()
    if not recipients:
        against = resolve(scene, ("p:against", "op:against", "op:on"), verb, tree.patients(verb))
        recipients = against or (content.recipients if content else ()) or touched(scene, heads, content)
    return make(scene, verb, "THREATEN", threat_mode(content), recipients, heads)


def _vow(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = content_of(scene, verb, operator, code)
    if any(is_negated(scene.tree, head) for head in heads if scene.tree.pos[head] in ("VERB", "AUX")):
        return make(scene, verb, "REJECT", about(content), touched(scene, heads, content), heads)
    if content is None:
        fight = [h for h in heads if scene.tree.lemma[h] in load_words().tables["operators"]["menace"]]
        return (
            make(scene, verb, "THREATEN", "violence", touched(scene, fight, None), heads) if fight else None
        )
    if content.type in HOSTILE | {"MOBILIZE", "REJECT"}:
        return make(scene, verb, "THREATEN", threat_mode(content), content.recipients, heads)
    return agreement(scene, verb, operator, heads, content)


def _warn(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = content_of(scene, verb, operator, code)
    warned = resolve(scene, operator.addressee, verb, scene.tree.patients(verb))
    speaker = set(speaker_of(scene, verb))
    own = (
        content is not None
        and bool(set(content.sources) & speaker)
        and content.type in HOSTILE | {"REJECT", "MOBILIZE"}
    )
    if not speaker or not (warned or own):
        return (menace(scene, verb, heads) if speaker else None) if not own else []
    recipients = warned or (content.recipients if content else ())
    return make(scene, verb, "THREATEN", threat_mode(content), recipients, heads, confidence=0.7)


def _agree(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.passive(verb) and not scene.tree.agents(verb):
        return None
    heads, content = content_of(scene, verb, operator, code)
    if _pledges_support(scene, verb, heads):
        return None  # SUPPORT by a frame of its own
    if (
        content is not None
        and content.type in HOSTILE
        and scene.tree.lemma[verb] in ("suggest", "propose", "agree")
    ):
        return None
    if not heads or (content is None and scene.tree.lemma[verb] == "suggest"):
        return None if scene.tree.lemma[verb] != "agree" else agreement(scene, verb, operator, heads, content)
    return agreement(scene, verb, operator, heads, content)


def _pledges_support(scene: Scene, verb: int, heads: list[int]) -> bool:
    """ "Pledged support", "offered criticism": what is offered is words."""
    nouns = {scene.tree.lemma[h] for h in heads if scene.tree.pos[h] == "NOUN"}
    return scene.tree.lemma[verb] in ("pledge", "offer") and bool(nouns & {"support", "criticism", "rebuke"})


def agreement(
    scene: Scene, verb: int, operator: Operator, heads: list[int], content: Coding | None
) -> list[Coding]:
    """AGREE, with whom the words say: the addressee, else the content's own other party."""
    recipients = resolve(scene, operator.addressee, verb, [])
    cameo = promised(content).cameo if content is not None else "030"
    if scene.tree.lemma[verb] in ("propose", "suggest"):  # whom a proposal names is not whom it is made to
        if content is not None and content.type == "CONSULT":  # "proposed a meeting with X" is
            recipients = recipients or content.recipients
        return make(scene, verb, "AGREE", None, recipients, heads, cameo=cameo)
    speaker = set(speaker_of(scene, verb))
    if not set(recipients) - speaker:
        recipients = given_to(scene, heads, content)
    return make(scene, verb, "AGREE", None, recipients, heads, cameo=cameo)


def _accept(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    duties = [h for h in scene.tree.deps(verb, "ccomp") if is_duty(scene.tree, h)]
    if duties and scene.tree.lemma[verb] == "accept":
        return make(scene, verb, "AGREE", None, touched(scene, duties, code(scene, duties[0])), duties,
                    cameo="030")  # fmt: skip
    objects = scene.tree.patients(verb)
    classes = load_classes()
    offered = [
        n
        for n in objects
        if in_class(
            scene,
            n,
            (classes["request"] - {"demand"})
            | classes["agreement"]
            | classes["ceasefire"]
            | classes["aid"]
            | {"term"},
        )
    ]
    if not offered or scene.tree.lemma[verb] != "accept":
        return None
    recipients = resolve(scene, ("op:from", "op:by", "oposs", "p:from", "op:of", "op:with"), verb, offered)
    return make(scene, verb, "AGREE", None, recipients, offered, cameo="030")


def _ready(scene: Scene, adjective: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.lemma[adjective] == "prepare" and scene.tree.tag[adjective] != "VBN":
        return None
    heads, content = content_of(scene, adjective, operator, code)
    if content is None or not heads:
        return None
    negated = is_negated(scene.tree, adjective) or is_negated(scene.tree, scene.tree.head[adjective])
    if negated and content.type in COOPERATIVE | YIELDING:
        return make(scene, adjective, "REJECT", about(content), content.recipients, heads, status="happened")
    if negated:
        return None
    if content.type in HOSTILE:
        return make(
            scene, adjective, "THREATEN", threat_mode(content), content.recipients, heads, status="happened"
        )
    if content.type in COOPERATIVE | YIELDING:
        recipients = touched(scene, heads, content)
        return make(
            scene,
            adjective,
            "AGREE",
            None,
            recipients,
            heads,
            cameo=promised(content).cameo,
            status="happened",
        )
    return None


def _express(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    tree = scene.tree
    for noun in tree.patients(verb):
        if tree.lemma[noun] in (
            "readiness",
            "willingness",
            "intention",
            "interest",
            "preparedness",
            "intent",
            "desire",
        ):
            heads = tree.deps(noun, "acl", "relcl") + [n for p, n in tree.preps(noun) if p in ("in", "for")]
            content = next((c for h in heads if (c := code(scene, h)) is not None), None)
            if content is not None and content.type in COOPERATIVE | YIELDING:
                return agreement(scene, verb, operator, heads, content)
    return None


_ROLES = {
    "REQUEST": request,
    "INSIST": insist,
    "SEEK": seek,
    "WANT": want,
    "TELL": tell,
    "SAY": say,
    "REJECT": _reject,
    "FAIL": _fail,
    "THREATEN": _threaten,
    "VOW": _vow,
    "WARN": _warn,
    "AGREE": _agree,
    "ACCEPT": _accept,
    "READY": _ready,
    "EXPRESS": _express,
}
