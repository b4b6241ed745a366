"""Stands that a statement tells by its act alone: "we will not leave", "they must go first"."""

from __future__ import annotations

from detente.readers.conditions import condition_near
from detente.readers.events.lexicon import load_words
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_duty, is_negated
from detente.readers.issue_heads import is_void
from detente.readers.issue_names import affirmed, issue_classes, name_issue
from detente.readers.names import POSITIONS as READER
from detente.record import Issue, Position, Span, Statement, make_id

_BY_ACT = {
    "demand": "demands", "propose": "proposes", "offer": "offers", "reject": "rejects", "accept": "accepts",
    "promise": "offers",
}  # fmt: skip
_WILL = ("will", "would", "wo", "shall", "'ll", "’ll")


def statement_position(
    scene: Scene, statement: Statement, taken: list[Span]
) -> tuple[Position, Issue] | None:
    """The position that a statement's act tells, with its issue; None when no issue can be named.

    Args:
        scene: the paragraph.
        statement: one of its statements.
        taken: the evidence of positions already found in it; none of these is told twice.
    """
    if not statement.speakers or statement.polarity == "negative":
        return None
    content = statement.content[0]
    if any(span.overlaps(content) for span in taken):
        return None
    if statement.cue is not None and any(span.covers(statement.cue) for span in taken):
        return None
    head = _root(scene, statement, content)
    if head is None:
        return None
    tree, stance = scene.tree, _BY_ACT.get(statement.act)
    if _vows(scene, statement, head):
        stance = "refuses"
    if stance in (None, "offers") and _on_condition(scene, statement, head):
        stance = "conditions"
    if stance is None:
        return None
    duty = is_duty(tree, head) or _needs(scene, head)
    empty = is_void(scene, head) and tree.lemma[head] not in ("be", "have")
    if empty and not duty and stance not in ("refuses", "conditions"):
        return None
    issue = name_issue(scene, head, [head])
    if issue is None:
        return None
    if stance == "refuses":
        issue = affirmed(issue)
    void = is_void(scene, head) and not tree.deps(head, "prt")  # "give in" says more than "give"
    plain = (stance == "refuses" and not void) or (
        stance == "conditions" and _acts_on(scene, head)
    )  # "we will not bargain over our house"
    told = duty and (len(issue.keywords) > 2 or _is_told_to(scene, head))
    if not plain and not issue_classes(issue.keywords) and not told:
        return None
    subject = tree.subject(head)
    asked = scene.refer(subject) if subject is not None and is_duty(tree, head) else statement.addressees
    position = Position(
        id=make_id("ps", statement.id, READER),
        issue=issue.id,
        parties=statement.speakers,
        stance=stance,
        evidence=(content,),
        date=statement.date,
        asserted_by=(statement.via,) if statement.via else ("narrator",),
        condition=condition_near(scene, scene.span(head, head)),
        addressees=tuple(a for a in asked if a not in statement.speakers),
        reader=READER,
        confidence=0.6,
    )
    return position, issue


def _on_condition(scene: Scene, statement: Statement, verb: int) -> bool:
    """ "It will lift its veto only if …", "they would be released once …": what the speaker makes hang on it.

    A forecast ("prices will rise if …") is none: the speaker's own side acts, or the deed has no doer named.
    """
    tree = scene.tree
    if not any(tree.lower[k] in _WILL for k in tree.deps(verb, "aux")) or is_negated(tree, verb):
        return False
    if not _has_proviso(scene, verb):
        return False
    if tree.passive(verb):
        return not tree.deps(verb, "agent")
    subject = tree.first(verb, "nsubj")
    return subject is not None and _is_own(scene, statement, subject)


def _is_told_to(scene: Scene, verb: int) -> bool:
    """ "Greece must give up its claims": a state, and something that it should do."""
    subject, index = scene.tree.subject(verb), scene.actors.actors
    asked = scene.refer(subject) if subject is not None else ()
    states = bool(asked) and all(a in index and index[a].type == "state" for a in asked)
    return states and bool(scene.tree.deps(verb, "dobj"))


def _acts_on(scene: Scene, verb: int) -> bool:
    """Says what is to be done to something, or that it is done only so ("would come to X only if")."""
    tree = scene.tree
    things = [n for n in tree.deps(verb, "dobj") if tree.pos[n] in ("NOUN", "PROPN")]
    only = any(tree.lower[k] == "only" for c in tree.deps(verb, "advcl") for k in tree.kids[c])
    return bool(things) or (only and bool(tree.deps(verb, "prep")))


def _has_proviso(scene: Scene, verb: int) -> bool:
    """A clause with "if", "unless", "once", "as soon as" on the verb."""
    tree = scene.tree
    for clause in tree.deps(verb, "advcl"):
        opened = [
            tree.lower[k] for k in tree.kids[clause] if k < clause and tree.dep[k] in ("mark", "advmod")
        ]
        if {"if", "unless", "once", "provided"} & set(opened):
            return True
    for adverb in tree.deps(verb, "advmod"):
        below = [k for c in tree.deps(adverb, "advcl") for k in tree.deps(c, "mark")]
        if tree.lower[adverb] == "soon" and any(tree.lower[k] == "as" for k in below):
            return True
    return False


def _is_own(scene: Scene, statement: Statement, subject: int) -> bool:
    """The speaker, or somebody of the speaker's country."""
    tree, index = scene.tree, scene.actors.actors
    if tree.lower[subject] in ("we", "i"):
        return True
    named = scene.refer(subject)
    if not named:
        return tree.lower[subject] in ("it", "he", "she", "they")
    countries = {index[a].country for a in statement.speakers if a in index} - {None}
    return any(a in statement.speakers or (a in index and index[a].country in countries) for a in named)


def _root(scene: Scene, statement: Statement, content: Span) -> int | None:
    """The verb that carries a statement's act: of a demand the one that tells the duty."""
    tree = scene.tree
    inside = [i for i in range(len(tree)) if content.start <= scene.offset(i) < content.end]
    roots = [i for i in inside if tree.head[i] not in inside or tree.head[i] == i]
    verbs = [i for i in roots if tree.pos[i] in ("VERB", "AUX")]
    if not verbs:
        return None
    if tree.lemma[verbs[0]] in load_words().saying and tree.first(verbs[0], "ccomp") is not None:
        return None  # what another is said to have said
    told = [i for verb in verbs[:1] for i in tree.conjuncts(verb) if i in inside]
    if statement.act == "demand":
        return next((i for i in told if is_duty(tree, i) and not is_negated(tree, i)), verbs[0])
    if statement.act == "reject":  # "was ready for talks, but it would not give in"
        return next((i for i in told if _vows(scene, statement, i)), verbs[0])
    return verbs[0]


def _needs(scene: Scene, verb: int) -> bool:
    """ "The forces need to leave", "had to go": a duty told by the verb over it."""
    tree = scene.tree
    return tree.lemma[verb] in ("have", "need") and any(tree.tag[k] == "VB" for k in tree.deps(verb, "xcomp"))


def _vows(scene: Scene, statement: Statement, verb: int) -> bool:
    """ "Said it would not disarm", "we will never leave": what the speaker's own side will not do."""
    tree = scene.tree
    will = any(
        tree.lower[k] in ("will", "would", "wo", "shall", "'ll", "’ll") for k in tree.deps(verb, "aux")
    )
    subject = tree.first(verb, "nsubj")
    if not will or subject is None or not is_negated(tree, verb):
        return False
    return _is_own(scene, statement, subject)
