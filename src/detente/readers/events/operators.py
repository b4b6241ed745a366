"""Verbs whose type depends on what they are about: "refused to …", "demanded that …", "is ready to …"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from detente.readers.events.coding import (
    COOPERATIVE,
    HOSTILE,
    YIELDING,
    Coding,
    about,
    cameo_of,
    promised,
    threat_mode,
)
from detente.readers.events.lexicon import Operator, load_classes, load_operators, load_words
from detente.readers.events.match import in_class, phrases, resolve
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_duty, is_negated, verb_status

CodeContent = Callable[[Scene, int], Coding | None]
_DROPPED_CONTENT = ("comment", "say", "speak", "discuss", "elaborate", "identify", "name", "answer", "respond",
                    "give", "specify", "confirm")  # fmt: skip
_WEAK = ("ask", "call", "order", "direct", "press", "push", "tell", "command", "require", "summon", "seek",
         "insist", "campaign", "beg", "compel", "instruct", "request", "lobby", "invite", "pressure")  # fmt: skip


def code_operator(scene: Scene, verb: int, code: CodeContent) -> list[Coding] | None:
    """Code a verb by its content; None when the verb is no operator here (its own frames may apply)."""
    lemma = scene.tree.lemma[verb]
    for operator in load_operators().get(lemma, ()):
        if operator.particle and not _has_particle(scene, verb, operator.particle):
            continue
        made = _ROLES[operator.role](scene, verb, operator, code)
        if made is not None:
            return made
    return None


def _has_particle(scene: Scene, verb: int, particle: str) -> bool:
    tree = scene.tree
    return any(tree.lower[kid] == particle for kid in tree.deps(verb, "prt", "prep", "advmod"))


def contents(scene: Scene, verb: int, slots: tuple[str, ...]) -> list[int]:
    """The heads of what an operator is about, coordination expanded."""
    tree = scene.tree
    found: list[int] = []
    for slot in slots:
        kind, _, preposition = slot.partition(":")
        if kind == "comp":
            found += [kid for kid in tree.deps(verb, "xcomp", "ccomp", "advcl", "acl") if kid > verb or tree.dep[kid] == "ccomp"]
        elif kind == "obj":
            found += tree.patients(verb)
        else:
            found += [noun for p, noun in phrases(scene, verb) if p == preposition]
    found = [i for i in found if not (tree.dep[i] == "advcl" and not _to_clause(scene, i))]
    return list(dict.fromkeys(part for i in found for part in tree.conjuncts(i)))


def _to_clause(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    return tree.tag[verb] == "VB" and any(tree.lower[kid] in ("to", "that") for kid in tree.deps(verb, "aux", "mark"))


def _content(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> tuple[list[int], Coding | None]:
    heads = contents(scene, verb, operator.content)
    coded = [(head, code(scene, head)) for head in heads]
    best = next((c for _, c in coded if c is not None), None)
    return heads, best


def doer(scene: Scene, verb: int) -> tuple[str, ...]:
    """The actors in the verb's doing slot, also when a pronoun or "a statement" stands in it."""
    tree = scene.tree
    for noun in tree.agents(verb)[:1]:
        found = scene.refer(noun)
        if found:
            return found
        if tree.pos[noun] == "PRON" and not tree.passive(verb):
            return _of_clause_above(scene, verb)
        above = tree.head[noun]
        if tree.dep[noun] == "dobj" and tree.dep[verb] == "acl" and tree.pos[above] == "VERB":
            return doer(scene, above)
    return ()


def _of_clause_above(scene: Scene, verb: int) -> tuple[str, ...]:
    """ "it" in "Nigeria announced that it …", when nothing else is known of the pronoun."""
    tree, at = scene.tree, verb
    while tree.dep[at] in ("conj", "acomp", "xcomp", "oprd") and tree.head[at] != at:
        at = tree.head[at]
    above = tree.head[at]
    if tree.dep[at] != "ccomp" or tree.lemma[above] not in load_words().saying or tree.lemma[above] == "report":
        return ()
    own, subject = tree.subject(verb), tree.subject(above)
    if own is None or subject is None:
        return ()
    many = tree.tag[subject] in ("NNS", "NNPS") or len(tree.conjuncts(subject)) > 1 or tree.tag[subject] == "NNP"
    fits = many if tree.lower[own] == "they" else tree.lower[own] in ("it", "he", "she", "we", "i")
    return scene.refer(subject) if fits else ()


def _speaker(scene: Scene, verb: int) -> tuple[str, ...]:
    return doer(scene, verb)


def _make(
    scene: Scene, verb: int, kind: str, mode: str | None, recipients: tuple[str, ...], heads: list[int],
    *, confidence: float = 0.85, cameo: str | None = None, status: str | None = None,
) -> list[Coding]:  # fmt: skip
    sources = _speaker(scene, verb)
    if not sources:
        return []
    covers = {verb}
    for head in heads:
        covers.update(scene.tree.subtree(head))
    recipients = tuple(r for r in recipients if r not in sources)
    status = status or verb_status(scene, verb)
    cameo = cameo or cameo_of(kind, mode)
    coding = Coding(kind, mode, cameo, sources, recipients, verb, verb, verb, status,
                    scene.tree.lemma[verb], confidence, tuple(sorted(covers)))  # fmt: skip
    return [coding]


def _target(scene: Scene, verb: int, operator: Operator, heads: list[int], content: Coding | None) -> tuple[str, ...]:
    """Of whom something is asked: the addressee, else the doer of the content, else who it touches."""
    tree = scene.tree
    speaker = set(_speaker(scene, verb))
    named = resolve(scene, operator.addressee, verb, tree.patients(verb))
    if set(named) - speaker:
        return named
    for head in heads:
        if tree.pos[head] in ("VERB", "AUX"):
            subject = tree.first(head, "nsubj", "nsubjpass")
            if subject is not None and tree.dep[head] == "ccomp":
                asked = scene.refer(subject)
                return asked if set(asked) - speaker else ()
            if subject is not None and set(scene.refer(subject)) - speaker:
                return scene.refer(subject)
    nouns = [head for head in heads if tree.pos[head] in ("NOUN", "PROPN")]
    asked = resolve(scene, ("op:by", "op:from", "oposs"), verb, nouns)
    if set(asked) - speaker:
        return asked
    return _touched(scene, heads, content)


def _touched(scene: Scene, heads: list[int], content: Coding | None) -> tuple[str, ...]:
    """Whom the content is about: its own recipient or doer, else whoever its phrases name."""
    if content is not None and content.nominal and content.sources:
        return content.sources
    if content is not None and (content.recipients or content.sources):
        return content.recipients or content.sources
    for head in heads:
        if scene.tree.pos[head] in ("VERB", "AUX"):
            slots = ("oposs", "obj", "op:from", "op:of", "op:to", "op:in", "op:with", "p:to", "p:from", "p:with",
                     "p:against", "p:in", "p:on", "pp:of", "pp:with")  # fmt: skip
            found = resolve(scene, slots, head, scene.tree.patients(head))
        else:
            found = scene.refer(head)
        if found:
            return found
    return ()


def _request(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    tree = scene.tree
    heads, content = _content(scene, verb, operator, code)
    if _is_question(scene, verb, heads):
        return []
    if tree.lemma[verb] in _WEAK:
        objects = set(tree.patients(verb))
        heads = [h for h in heads if h not in objects or code(scene, h) is not None or _asked(scene, h)]
        if not heads:
            return None
    if tree.lemma[verb] == "call" and not _calls(scene, verb):
        return None
    if tree.lemma[verb] in ("ask", "request") and not tree.passive(verb) and content is None:
        heads = [h for h in heads if tree.pos[h] in ("VERB", "AUX") or scene.refer(h) or _asked(scene, h)]
        if not heads:
            return None
    recipients = _target(scene, verb, operator, heads, content)
    return _make(scene, verb, "REQUEST", about(content), recipients, heads)


def _asked(scene: Scene, noun: int) -> bool:
    classes = load_classes()
    return any(in_class(scene, noun, classes[name]) for name in ("aid", "meeting", "support", "troops", "weapons"))


def _calls(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    for preposition, noun in tree.preps(verb):
        if preposition in ("on", "upon", "for") and tree.ent[noun] not in ("DATE", "TIME"):
            return not tree.deps(verb, "oprd") and not any(scene.is_actor(n) for n in tree.patients(verb))
    return False


def _insist(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """A demand only with "on", with a duty or in the subjunctive; else plain speech."""
    tree = scene.tree
    heads, content = _content(scene, verb, operator, code)
    asked = [h for h in heads if tree.pos[h] not in ("VERB", "AUX") or is_duty(tree, h) or _bare(scene, h)]
    if not asked:
        return None
    return _make(scene, verb, "REQUEST", about(content), _target(scene, verb, operator, asked, content), asked)


def _bare(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    return tree.tag[verb] == "VB" and not tree.deps(verb, "aux")


def _is_question(scene: Scene, verb: int, heads: list[int]) -> bool:
    tree = scene.tree
    if tree.lemma[verb] != "ask":
        return False
    marks = {tree.lower[k] for h in heads for k in tree.deps(h, "mark", "advmod", "nsubj", "dobj")}
    return bool(marks & {"if", "whether", "how", "why", "when", "where", "what", "who"}) or tree.passive(verb) and not heads


def _want(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.lemma[verb] != "want" or is_negated(scene.tree, verb):
        return None
    heads, content = _content(scene, verb, operator, code)
    for head in heads:
        subject = scene.tree.first(head, "nsubj")
        asked = scene.refer(subject) if subject is not None else resolve(scene, ("obj",), verb, scene.tree.patients(verb))
        if asked and not set(asked) & set(_speaker(scene, verb)):
            return _make(scene, verb, "REQUEST", about(content), asked, heads, confidence=0.6)
    return None


def _seek(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = _content(scene, verb, operator, code)
    if content is None or content.type not in ("AID", "SUPPORT", "CONSULT"):
        return None
    recipients = _target(scene, verb, operator, heads, content)
    return _make(scene, verb, "REQUEST", about(content), recipients, heads, confidence=0.65) if recipients else None


def _tell(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    tree = scene.tree
    heads = [h for h in contents(scene, verb, operator.content) if tree.tag[h] == "VB" and _to_clause(scene, h)]
    if not heads:
        return _say(scene, verb, operator, code)
    content = code(scene, heads[0])
    return _make(scene, verb, "REQUEST", about(content), _target(scene, verb, operator, heads, content), heads)


def _reject(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = _content(scene, verb, operator, code)
    if not heads:
        return None
    if any(scene.tree.lemma[h] in _DROPPED_CONTENT for h in heads) and content is None:
        asked = [n for h in heads for p, n in scene.tree.preps(h) if p == "to" and in_class(scene, n, load_classes()["demand"])]
        if not asked:
            return []
        return _make(scene, verb, "REJECT", None, resolve(scene, ("op:from", "op:by", "oposs"), verb, asked), heads)
    if content is None and scene.tree.pos[heads[0]] not in ("VERB", "AUX"):
        return None
    recipients = _touched(scene, heads, content)
    return _make(scene, verb, "REJECT", about(content), recipients, heads)


def _fail(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.lemma[verb] == "decline":
        return _reject(scene, verb, operator, code)
    return None


def _threaten(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = _content(scene, verb, operator, code)
    if not heads:
        return None
    tree = scene.tree
    actors = [h for h in heads if scene.is_actor(h) and h in tree.patients(verb)]
    recipients = resolve(scene, ("obj",), verb, actors) if actors else ()
    if not recipients:
        against = resolve(scene, ("p:against", "op:against", "op:on"), verb, tree.patients(verb))
        recipients = against or (content.recipients if content else ()) or _touched(scene, heads, content)
    return _make(scene, verb, "THREATEN", threat_mode(content), recipients, heads)


def _vow(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = _content(scene, verb, operator, code)
    if content is None:
        return None
    if content.type in HOSTILE | {"MOBILIZE", "REJECT"}:
        return _make(scene, verb, "THREATEN", threat_mode(content), content.recipients, heads)
    return _agreement(scene, verb, operator, heads, content)


def _warn(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    heads, content = _content(scene, verb, operator, code)
    warned = resolve(scene, operator.addressee, verb, scene.tree.patients(verb))
    speaker = set(_speaker(scene, verb))
    own = content is not None and bool(set(content.sources) & speaker) and content.type in HOSTILE | {"REJECT", "MOBILIZE"}
    if not speaker or not (warned or own):
        return None if not own else []
    recipients = warned or (content.recipients if content else ())
    return _make(scene, verb, "THREATEN", threat_mode(content), recipients, heads, confidence=0.7)


def _agree(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.passive(verb) and not scene.tree.agents(verb):
        return None
    heads, content = _content(scene, verb, operator, code)
    if content is not None and content.type in HOSTILE and scene.tree.lemma[verb] in ("suggest", "propose", "agree"):
        return None
    if not heads or (content is None and scene.tree.lemma[verb] == "suggest"):
        return None if scene.tree.lemma[verb] != "agree" else _agreement(scene, verb, operator, heads, content)
    return _agreement(scene, verb, operator, heads, content)


def _agreement(
    scene: Scene, verb: int, operator: Operator, heads: list[int], content: Coding | None
) -> list[Coding]:
    recipients = resolve(scene, operator.addressee, verb, [])
    speaker = set(_speaker(scene, verb))
    if not set(recipients) - speaker:
        recipients = _given(scene, heads, content)
    cameo = promised(content).cameo if content is not None else "030"
    return _make(scene, verb, "AGREE", None, recipients, heads, cameo=cameo)


def _given(scene: Scene, heads: list[int], content: Coding | None) -> tuple[str, ...]:
    """Who is promised something: as the content says, else "to", "with" or "for" whom."""
    if content is not None:
        return _touched(scene, heads, content)
    slots = ("p:with", "op:to", "op:with", "p:to", "op:for")
    for head in heads:
        verbal = scene.tree.pos[head] in ("VERB", "AUX")
        found = resolve(scene, slots if verbal else ("op:to", "op:with", "op:for"), head,
                        scene.tree.patients(head) if verbal else [head])  # fmt: skip
        if found:
            return found
    return ()


def _accept(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    objects = scene.tree.patients(verb)
    classes = load_classes()
    offered = [n for n in objects if in_class(scene, n, (classes["request"] - {"demand"}) | classes["agreement"] | classes["ceasefire"] | classes["aid"] | {"term"})]
    if not offered or scene.tree.lemma[verb] != "accept":
        return None
    recipients = resolve(scene, ("op:from", "op:by", "oposs", "p:from", "op:of", "op:with"), verb, offered)
    return _make(scene, verb, "AGREE", None, recipients, offered, cameo="030")


def _plan(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    return None


def _ready(scene: Scene, adjective: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    if scene.tree.lemma[adjective] == "prepare" and scene.tree.tag[adjective] != "VBN":
        return None
    heads, content = _content(scene, adjective, operator, code)
    if content is None or not heads:
        return None
    negated = is_negated(scene.tree, adjective) or is_negated(scene.tree, scene.tree.head[adjective])
    if negated and content.type in COOPERATIVE | YIELDING:
        return _make(scene, adjective, "REJECT", about(content), content.recipients, heads, status="happened")
    if negated:
        return None
    if content.type in HOSTILE:
        return _make(scene, adjective, "THREATEN", threat_mode(content), content.recipients, heads, status="happened")
    if content.type in COOPERATIVE | YIELDING:
        recipients = _touched(scene, heads, content)
        return _make(scene, adjective, "AGREE", None, recipients, heads, cameo=promised(content).cameo, status="happened")
    return None


def _express(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    tree = scene.tree
    for noun in tree.patients(verb):
        if tree.lemma[noun] in ("readiness", "willingness", "intention", "interest", "preparedness", "intent", "desire"):
            heads = tree.deps(noun, "acl", "relcl") + [n for p, n in tree.preps(noun) if p in ("in", "for")]
            content = next((c for h in heads if (c := code(scene, h)) is not None), None)
            if content is not None and content.type in COOPERATIVE | YIELDING:
                return _agreement(scene, verb, operator, heads, content)
    return None


def _say(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    """ "X said Y must withdraw" is a request of X to Y; all other content codes by itself."""
    tree = scene.tree
    speaker = set(_speaker(scene, verb))
    if not speaker or is_negated(tree, verb):
        return None
    for head in tree.deps(verb, "ccomp"):
        if tree.pos[head] not in ("VERB", "AUX") or not is_duty(tree, head) or is_negated(tree, head):
            continue
        subject = tree.subject(head)
        asked = scene.refer(subject) if subject is not None else ()
        if asked and not set(asked) & speaker:
            content = code(scene, head)
            return _make(scene, verb, "REQUEST", about(content), asked, [head], confidence=0.7, status="happened")
    return None


def _accuse(scene: Scene, verb: int, operator: Operator, code: CodeContent) -> list[Coding] | None:
    return None


_ROLES = {
    "REQUEST": _request, "INSIST": _insist, "SEEK": _seek, "WANT": _want, "TELL": _tell, "REJECT": _reject, "FAIL": _fail,
    "THREATEN": _threaten, "VOW": _vow, "WARN": _warn, "AGREE": _agree, "ACCEPT": _accept, "PLAN": _plan,
    "READY": _ready, "EXPRESS": _express, "SAY": _say, "ACCUSE": _accuse,
}  # fmt: skip
__all__ = ["code_operator", "contents", "load_words", "replace"]
