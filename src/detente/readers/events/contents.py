"""What an operator verb is about, who says it, and to whom: the parts that all operators share."""

from __future__ import annotations

from collections.abc import Callable

from detente.readers.events.coding import Coding, cameo_of
from detente.readers.events.lexicon import Operator, load_classes, load_words
from detente.readers.events.match import in_class, phrases, resolve
from detente.readers.events.scene import TWO, Scene
from detente.readers.events.status import is_duty, verb_status

CodeContent = Callable[[Scene, int], Coding | None]
_TOUCHED = (
    "oposs", "obj", "op:from", "op:of", "op:to", "op:in", "op:with", "p:to", "p:from", "p:with", "p:against",
    "p:in", "p:on", "pp:of", "pp:with",
)  # fmt: skip

_PERSONS = ("him", "her", "them", "us", "me", "you")


def has_particle(scene: Scene, verb: int, particle: str) -> bool:
    """True when the verb carries this particle."""
    tree = scene.tree
    return any(tree.lower[kid] == particle for kid in tree.deps(verb, "prt", "prep", "advmod"))


def contents(scene: Scene, verb: int, slots: tuple[str, ...]) -> list[int]:
    """The heads of what an operator is about, coordination expanded."""
    tree = scene.tree
    found: list[int] = []
    for slot in slots:
        kind, _, preposition = slot.partition(":")
        if kind == "comp":
            found += [
                kid
                for kid in tree.deps(verb, "xcomp", "ccomp", "advcl", "acl")
                if kid > verb or (tree.dep[kid] == "ccomp" and ";" not in tree.lower[kid:verb])
            ]
            found = found or _told_by_letter(scene, verb)
        elif kind == "obj":
            found += tree.patients(verb)
        else:
            found += [noun for p, noun in phrases(scene, verb) if p == preposition]
    barrier = _proviso(scene, verb)
    found = [i for i in found if barrier is None or i < barrier]
    found = [i for i in found if not (tree.dep[i] == "advcl" and not to_clause(scene, i))]
    return list(dict.fromkeys(part for i in found for part in tree.conjuncts(i)))


def _told_by_letter(scene: Scene, verb: int) -> list[int]:
    """ "Demanded in a letter that X leave": the parse hangs the demand on the letter."""
    tree = scene.tree
    clauses = [c for _, noun in tree.preps(verb) for c in tree.deps(noun, "relcl", "acl")]
    return [c for c in clauses if any(tree.lower[k] == "that" for k in tree.deps(c, "mark"))]


def _proviso(scene: Scene, verb: int) -> int | None:
    """ "Provided" taken for a verb of the clause: what follows is a condition, no content."""
    tree = scene.tree
    kids = [k for k in tree.kids[verb] if k > verb and tree.lower[k] in ("provided", "providing")]
    return next((k for k in kids if not tree.deps(k, "dobj", "nsubj")), None)


def to_clause(scene: Scene, verb: int) -> bool:
    """True for an infinitive with "to" (or a bare one under "that")."""
    tree = scene.tree
    own = tree.deps(verb, "aux", "mark")
    modal = any(tree.tag[kid] == "MD" for kid in own)
    return tree.tag[verb] == "VB" and not modal and any(tree.lower[kid] in ("to", "that") for kid in own)


def content_of(
    scene: Scene, verb: int, operator: Operator, code: CodeContent
) -> tuple[list[int], Coding | None]:
    """The heads of what an operator is about, and the first of them that codes."""
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
        if tree.lower[noun] in TWO and (told := scene.two_before(verb)):
            return told
        if tree.pos[noun] == "PRON" and not tree.passive(verb):
            return _of_pronoun(scene, verb, noun)
        above = tree.head[noun]
        if tree.dep[noun] == "dobj" and tree.dep[verb] == "acl" and tree.pos[above] == "VERB":
            return doer(scene, above)
    return ()


def _of_pronoun(scene: Scene, verb: int, pronoun: int) -> tuple[str, ...]:
    """Who a pronoun is that the actors reader left open: the speaker, or who the sentence before is about."""
    tree = scene.tree
    if tree.lower[pronoun] in ("we", "i"):
        statement = scene.statement_at(verb)
        return statement.speakers if statement is not None else ()
    found = _of_clause_above(scene, verb)
    if found or tree.lower[pronoun] != "it" or tree.dep[verb] != "ROOT":
        return found
    return _of_sentence_before(scene, verb)


def _of_sentence_before(scene: Scene, verb: int) -> tuple[str, ...]:
    """The state or body that the sentence before has as its subject ("It is also demanding …")."""
    tree = scene.tree
    for root in range(verb, -1, -1):
        if tree.head[root] == root and tree.sent[root] == tree.sent[verb] - 1:
            subject = tree.subject(root)
            found = scene.refer(subject) if subject is not None else ()
            kinds = {scene.actors.actors[a].type for a in found if a in scene.actors.actors}
            return found if len(found) == 1 and kinds <= {"state", "organisation"} else ()
    return ()


def _of_clause_above(scene: Scene, verb: int) -> tuple[str, ...]:
    """ "it" in "Nigeria announced that it …", when nothing else is known of the pronoun."""
    tree, at = scene.tree, verb
    while tree.dep[at] in ("conj", "acomp", "xcomp", "oprd") and tree.head[at] != at:
        at = tree.head[at]
    above = tree.head[at]
    if (
        tree.dep[at] != "ccomp"
        or tree.lemma[above] not in load_words().saying
        or tree.lemma[above] == "report"
    ):
        return ()
    own, subject = tree.subject(verb), tree.subject(above)
    if own is None or subject is None:
        return ()
    many = (
        tree.tag[subject] in ("NNS", "NNPS") or len(tree.conjuncts(subject)) > 1 or tree.tag[subject] == "NNP"
    )
    fits = many if tree.lower[own] == "they" else tree.lower[own] in ("it", "he", "she", "we", "i")
    return scene.refer(subject) if fits else ()


def speaker_of(scene: Scene, verb: int) -> tuple[str, ...]:
    """Who does what the operator says."""
    return doer(scene, verb)


def make(
    scene: Scene, verb: int, kind: str, mode: str | None, recipients: tuple[str, ...], heads: list[int],
    *, confidence: float = 0.85, cameo: str | None = None, status: str | None = None,
) -> list[Coding]:  # fmt: skip
    """One coding of an operator; its content does not code again. Nothing without a speaker."""
    sources = speaker_of(scene, verb)
    if not sources:
        return []
    covers = {verb}
    for head in heads:
        covers.update(scene.tree.subtree(head))
    covers -= _taken_for_granted(scene, covers)
    recipients = tuple(r for r in recipients if r not in sources)
    status = status or verb_status(scene, verb)
    cameo = cameo or cameo_of(kind, mode)
    coding = Coding(kind, mode, cameo, sources, recipients, verb, verb, verb, status,
                    scene.tree.lemma[verb], confidence, tuple(sorted(covers)))  # fmt: skip
    return [coding]


def _taken_for_granted(scene: Scene, covered: set[int]) -> set[int]:
    """ "An inquiry into the expulsion by X of Y": the deed that is looked into has been done."""
    tree, deeds = scene.tree, load_classes()["investigation"]
    found: set[int] = set()
    for token in covered:
        if tree.lower[token] == "into" and tree.lemma[tree.head[token]] in deeds:
            found.update(n for n in tree.deps(token, "pobj") if any(p == "by" for p, _ in tree.preps(n)))
    return found


def target_of(
    scene: Scene, verb: int, operator: Operator, heads: list[int], content: Coding | None
) -> tuple[str, ...]:
    """Of whom something is asked: the addressee, else the doer of the content, else who it touches."""
    tree = scene.tree
    speaker = set(speaker_of(scene, verb))
    named = resolve(scene, operator.addressee, verb, tree.patients(verb))
    if set(named) - speaker:
        return named
    if any(tree.lower[n] in _PERSONS for n in tree.patients(verb)):
        return ()  # "urged him to …": who he is stays open, and no one else was urged
    for head in heads:
        if tree.pos[head] in ("VERB", "AUX"):
            subject = tree.first(head, "nsubj", "nsubjpass")
            if subject is not None and _only_suffers(scene, head, subject):
                return ()
            if subject is not None and tree.dep[head] in ("ccomp", "relcl"):
                asked = scene.named(subject) or (scene.refer(subject) if not is_duty(tree, head) else ())
                return asked if set(asked) - speaker else ()
            if subject is not None and set(scene.refer(subject)) - speaker:
                return scene.refer(subject)
    if content is not None and content.nominal and set(content.sources) - speaker:
        return content.sources
    nouns = [head for head in heads if tree.pos[head] in ("NOUN", "PROPN")]
    asked = resolve(scene, ("op:by", "op:from", "oposs"), verb, nouns)
    if set(asked) - speaker:
        return asked
    return touched(scene, heads, content)


def _only_suffers(scene: Scene, verb: int, subject: int) -> bool:
    """ "Demanded that the hostages be freed": they are not who is asked, and nobody else is named."""
    tree, index = scene.tree, scene.actors.actors
    kinds = {index[a].type for a in scene.refer(subject) if a in index}
    return tree.passive(verb) and not tree.agents(verb) and bool(kinds) and kinds <= {"person", "group"}


def touched(scene: Scene, heads: list[int], content: Coding | None) -> tuple[str, ...]:
    """Whom the content is about: its own recipient or doer, else whoever its phrases name."""
    if content is not None and content.nominal and content.sources:
        return content.sources
    if content is not None and (content.recipients or content.sources):
        return content.recipients or content.sources
    for head in heads:
        if scene.tree.pos[head] in ("VERB", "AUX"):
            found = resolve(scene, _TOUCHED, head, scene.tree.patients(head)) or _other_doer(scene, head)
        else:
            found = scene.refer(head)
        if found:
            return found
    return ()


def _other_doer(scene: Scene, head: int) -> tuple[str, ...]:
    """ "Refused the government to extend …": whose act it would have been."""
    own = scene.tree.first(head, "nsubj") if scene.tree.dep[head] == "ccomp" else None
    found = scene.refer(own) if own is not None else ()
    return found if not set(found) & set(speaker_of(scene, scene.tree.head[head])) else ()


def given_to(scene: Scene, heads: list[int], content: Coding | None) -> tuple[str, ...]:
    """Who is promised something: as the content says, else "to", "with" or "for" whom."""
    if content is not None:
        return touched(scene, heads, content)
    slots = ("p:with", "op:to", "op:with", "p:to", "op:for", "oposs")
    for head in heads:
        verbal = scene.tree.pos[head] in ("VERB", "AUX")
        found = resolve(scene, slots if verbal else ("op:to", "op:with", "op:for", "oposs"), head,
                        scene.tree.patients(head) if verbal else [head])  # fmt: skip
        if found:
            return found
    return ()


def asks_for_goods(scene: Scene, noun: int) -> bool:
    """True for aid, talks, support, troops or arms as an object."""
    classes = load_classes()
    return any(
        in_class(scene, noun, classes[name]) for name in ("aid", "meeting", "support", "troops", "weapons")
    )
