"""What a stance word is about: the heads of each thing asked, offered or refused, empty contents left out."""

from __future__ import annotations

from detente.readers.conditions import condition_near
from detente.readers.events.contents import contents, to_clause
from detente.readers.events.match import infinitives
from detente.readers.events.requests import is_bare
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_duty, is_negated
from detente.readers.issue_heads import antecedent, is_guarded
from detente.readers.issue_names import is_light, issue_classes, keywords
from detente.readers.positions_stances import Stance


def stance_heads(scene: Scene, token: int, stance: Stance) -> list[int]:
    """The heads of what a stance word is about, other clauses and empty contents left out."""
    tree = scene.tree
    heads = contents(scene, token, stance.content)
    if tree.lemma[token] == "give":
        heads = [part for k in infinitives(tree, token) for part in tree.conjuncts(k)]
        heads = [h for h in heads if tree.lemma[h] not in ("leave", "depart")]  # an expulsion, no stand
    meant = antecedent(scene, token, heads)
    if meant is not None:
        heads = [meant]
    if not heads and "comp" in stance.content:
        heads = _in_letter(scene, token)
    if tree.lemma[token] in ("refuse", "decline") and _keeps_silent(scene, token):
        return []
    if tree.lemma[token] == "ask":
        heads = [h for h in heads if not _is_question(scene, h)]
    heads = [part for h in heads for part in _parts(scene, h)]
    heads = [h for h in heads if _is_content(scene, h, stance) and not _other_clause(scene, token, h)]
    if tree.lemma[token] == "insist":  # plain insistence is speech
        verbal = ("VERB", "AUX")
        heads = [
            h for h in heads if tree.pos[h] not in verbal or is_duty(tree, h) or _wished(scene, token, h)
        ]
    own = [h for h in heads if h != tree.head[token]]
    if tree.dep[token] == "relcl" and own:  # "a report that London had asked for a change"
        heads = own
    heads += [h for h in _listed(scene, token) if h not in heads]
    heads = [h for h in heads if not _shares_object(scene, h) and not _opens_clause(scene, h, heads)]
    heads = _whole_wishes(scene, token, heads)
    if tree.lemma[token] == "tell":  # "told them to return"; "told them that" is speech
        heads = [h for h in heads if to_clause(scene, h)]
    if tree.lemma[token] == "threaten" and condition_near(scene, scene.span(token, token)) is None:
        return []
    wishes = tree.lemma[token] in ("want", "like", "prefer") and stance.stance != "open"
    if stance.stance in ("open", "NONE") or is_guarded(tree.lemma[token]) or wishes:
        loose = wishes and not is_negated(tree, token)
        heads = [h for h in heads if loose or issue_classes(keywords(scene, h, heads))]
    return heads


def _keeps_silent(scene: Scene, token: int) -> bool:
    """ "Who would pay, he declined to say": no stand on what he does not talk of."""
    return any(scene.tree.lemma[k] in ("say", "comment", "know") for k in scene.tree.deps(token, "xcomp"))


def _is_question(scene: Scene, head: int) -> bool:
    """ "Asked whether it would end", "asked when": a question asks for an answer, and nobody to act."""
    tree = scene.tree
    first = min((k for k in tree.subtree(head) if tree.sent[k] == tree.sent[head]), default=head)
    opening = (tree.lower[first], *(tree.lower[k] for k in tree.kids[head] if k < head))
    asked = {"whether", "if", "when", "why", "how", "where", "what", "who", "which"}
    return tree.pos[head] in ("VERB", "AUX") and bool(asked & set(opening))


def _whole_wishes(scene: Scene, token: int, heads: list[int]) -> list[int]:
    """ "Wants the quarrel to go to court": the noun only begins what is wished."""
    tree = scene.tree
    clauses = [h for h in heads if tree.dep[h] in ("xcomp", "ccomp") and tree.head[h] == token]
    nouns = [h for h in heads if tree.head[h] == token and tree.dep[h] == "dobj"]
    nouns += [h for h in heads if tree.head[h] in clauses and tree.dep[h] == "nsubj"]
    whole = [c for c in clauses if to_clause(scene, c)]
    return [h for h in heads if h not in nouns] if whole and nouns else heads


def _opens_clause(scene: Scene, noun: int, heads: list[int]) -> bool:
    """ "Asks for an order that he be freed", the clause hung on the verb: one thing is asked."""
    tree = scene.tree
    if tree.pos[noun] != "NOUN" or noun + 1 >= len(tree) or tree.lower[noun + 1] != "that":
        return False
    return any(tree.head[noun + 1] == h and tree.dep[noun + 1] == "mark" for h in heads)


def _shares_object(scene: Scene, head: int) -> bool:
    """ "To buy or hire a boat": what is bought the verb beside it says; "buy" alone names nothing."""
    tree = scene.tree
    verbs = [k for k in tree.deps(head, "conj") if k == head + 2 and tree.pos[k] == "VERB"]
    return not tree.deps(head, "dobj", "prep", "xcomp") and any(tree.deps(k, "dobj") for k in verbs)


def _wished(scene: Scene, token: int, head: int) -> bool:
    """ "Insisted that it leave", "insisted that the troops go home": what is told as it should be."""
    tree = scene.tree
    unshifted = (
        tree.tag[token] == "VBD" and tree.tag[head] == "VBP" and tree.lemma[head] not in ("be", "have")
    )
    be = any(tree.lower[k] == "be" for k in tree.deps(head, "auxpass"))  # "that they be lifted"
    return is_bare(scene, head) or unshifted or (be and not tree.deps(head, "aux"))


def _in_letter(scene: Scene, token: int) -> list[int]:
    """ "Demanded in a letter that it leave": a subjunctive that the parse hangs on the letter."""
    tree = scene.tree
    clauses = [k for _, noun in tree.preps(token) for k in tree.deps(noun, "relcl", "acl")]
    return [k for k in clauses if is_bare(scene, k) and any(tree.lower[i] == "that" for i in tree.kids[k])]


def _parts(scene: Scene, head: int) -> list[int]:
    """ "To accept a truce and an interim administration": each thing to be accepted."""
    tree = scene.tree
    if tree.pos[head] != "VERB" or not is_light(scene, head) or tree.first(head, "nsubj") is not None:
        return [head]
    things = [n for first in tree.deps(head, "dobj") for n in tree.conjuncts(first)]
    money = any(tree.ent[n] == "MONEY" for n in things)  # "offered to find $95 million"
    return things if len(things) > 1 or money else [head]


def _other_clause(scene: Scene, token: int, head: int) -> bool:
    """ "Wants the sanctions lifted and Italy is wary": a finite clause beside the content is none of it."""
    tree = scene.tree
    if tree.dep[head] != "conj" or tree.pos[head] not in ("VERB", "AUX"):
        return False
    first = head
    while tree.dep[first] == "conj" and tree.head[first] not in (first, token):
        first = tree.head[first]
    finite = ("VBZ", "VBP", "VBD")
    if any(tree.lower[k] == "that" for k in tree.deps(head, "mark")):
        return False  # "demands that X close and that Y leave"
    return tree.tag[head] in finite and tree.tag[first] not in finite


def _listed(scene: Scene, token: int) -> list[int]:
    """ "Is pushing for Russia to return …, accept … and negotiate": bare verbs the parse hangs beside."""
    tree = scene.tree
    if tree.tag[token] == "VB":
        return []
    return [k for first in tree.deps(token, "conj") for k in tree.conjuncts(first) if is_bare_item(scene, k)]


def is_bare_item(scene: Scene, token: int) -> bool:
    """A bare verb in a list of what is asked: no stance of its own."""
    tree = scene.tree
    return (
        tree.tag[token] == "VB"
        and tree.dep[token] == "conj"
        and not tree.deps(token, "aux", "nsubj", "auxpass", "neg")
        and _top_tag(scene, token) != "VB"
    )


def _top_tag(scene: Scene, token: int) -> str:
    tree = scene.tree
    while tree.dep[token] == "conj" and tree.head[token] != token:
        token = tree.head[token]
    return tree.tag[token]


def _is_content(scene: Scene, head: int, stance: Stance) -> bool:
    tree = scene.tree
    if tree.ent[head] == "MONEY" and stance.stance == "offers":
        return True
    if tree.pos[head] in ("VERB", "AUX"):
        return tree.lemma[head] not in ("say", "comment", "know")
    return tree.pos[head] in ("NOUN", "PROPN") and tree.ent[head] not in (
        "DATE",
        "TIME",
        "PERSON",
        "PERCENT",
        "MONEY",
    )
