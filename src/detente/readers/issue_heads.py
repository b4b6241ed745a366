"""Which words say what a position is about, where its noun alone does not.

"The idea of inspection" is about inspection, "a plan to withdraw" about withdrawing; "the proposal" alone
about whatever was proposed before it, and "a way" about nothing. The lists stand in
``data/events/issues.toml`` (``pointing``, ``void``).
"""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import read_data
from detente.readers.events.scene import Scene

_ABOUT = ("of", "for", "on", "about", "against", "regarding", "concerning", "over")
_PLACES = ("under", "in", "by")
_FORMS = ("VBD", "VBZ", "VBP", "VBN")
_CONTENT_ENTITIES = ("GPE", "LOC", "ORG", "NORP", "PERSON", "FAC")


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")[table][key])


def is_guarded(verb: str) -> bool:
    """True for stance verbs that are one only of what parties contend over ("praise", "invite")."""
    return verb in _words("guarded", "verbs")


def is_no_refusal(verb: str) -> bool:
    """True for verbs whose "will not" refuses nothing ("would not rule out", "will not last")."""
    return verb in _words("refusals", "none")


def is_pointing(scene: Scene, noun: int) -> bool:
    """True for "proposal", "idea", "demand": nouns that stand for what other words tell."""
    return scene.tree.lemma[noun] in _words("pointing", "nouns")


def is_claim(scene: Scene, noun: int) -> bool:
    """True for "charge", "report", "allegation": to reject one is to deny what it says."""
    return scene.tree.lemma[noun] in _words("pointing", "claims")


def is_void(scene: Scene, head: int) -> bool:
    """True for a word that names no issue by itself ("way", "ground"; "function", "send")."""
    tree = scene.tree
    return tree.lemma[head] in _words("void", "nouns" if tree.pos[head] == "NOUN" else "verbs")


def substance(scene: Scene, head: int) -> int | None:
    """The head of the words that say what is asked or offered; None when none of them does."""
    tree = scene.tree
    if tree.pos[head] in ("VERB", "AUX"):
        return head
    noun = scene.meaning(head)
    for _ in range(3):
        if not is_pointing(scene, noun):
            told = _pointed_at(scene, noun)
            if told is not None:  # "discussion of the demand for a federation"
                noun = told
                continue
            return None if is_void(scene, noun) and not _qualified(scene, noun) else noun
        inner = _told(scene, noun)
        if inner is None:
            return noun if _qualified(scene, noun) else None
        if tree.pos[inner] in ("VERB", "AUX"):
            return inner
        noun = scene.meaning(inner)
    return noun


def _pointed_at(scene: Scene, noun: int) -> int | None:
    """The demand or proposal that a discussion is of, where its own words tell its content."""
    if scene.tree.lemma[noun] not in _words("pointing", "discussions"):
        return None
    inner = [n for p, n in scene.tree.preps(noun) if p in ("of", "on", "about")]
    return next((n for n in inner if is_pointing(scene, n) and _told(scene, n) is not None), None)


def _told(scene: Scene, noun: int) -> int | None:
    """The clause or noun that a pointing noun's own words give as its content."""
    tree = scene.tree
    for kid in tree.deps(noun, "acl", "ccomp"):
        opened = any(tree.lower[k] in ("to", "that") for k in tree.deps(kid, "aux", "mark"))
        if kid > noun and tree.pos[kid] in ("VERB", "AUX") and opened and not answers(scene, kid):
            return kid
    for kid in tree.deps(noun, "relcl"):
        if _tells(scene, kid):
            return _carried(scene, kid)
    if noun + 2 < len(tree) and tree.lower[noun + 1] == "for" and tree.dep[noun + 1] == "mark":
        above = tree.head[noun + 1]  # "a demand for the army to leave", wherever the parse hangs it
        if above > noun and tree.tag[above] == "VB":
            return above
    for preposition, inner in tree.preps(noun):
        usable = tree.pos[inner] in ("NOUN", "VERB") or (tree.pos[inner] == "PROPN" and tree.ent[inner] == "")
        if preposition in _ABOUT and usable and inner > noun:
            return inner
    return None


def answers(scene: Scene, clause: int) -> bool:
    """ "A suggestion that the council rejected": parsed as what the noun says, it lacks its object."""
    tree = scene.tree
    lacks = tree.tag[clause] in ("VBD", "VBZ", "VBP", "VBN") and not tree.deps(
        clause, "dobj", "xcomp", "ccomp"
    )
    return (
        tree.dep[clause] == "acl"
        and lacks
        and not tree.passive(clause)
        and tree.lemma[clause] in _words("pointing", "answers")
    )


def _tells(scene: Scene, clause: int) -> bool:
    """ "A path where …", "a plan that would …": the clause is the content; "a plan he presented" is not."""
    tree = scene.tree
    if any(tree.lower[k] in ("where", "whereby") for k in tree.deps(clause, "advmod")):
        return True
    if any(p in _PLACES and tree.lower[n] == "which" for p, n in tree.preps(clause)):
        return True
    if tree.lemma[clause] == "be" and tree.first(clause, "acomp") is not None:
        return False  # "demands that are reasonable"
    subject = tree.first(clause, "nsubj")
    return subject is not None and tree.lower[subject] in ("that", "which")


def _carried(scene: Scene, clause: int) -> int:
    """ "A plan that requires him to withdraw", "that calls for elections": what it requires or calls for."""
    tree = scene.tree
    if tree.lemma[clause] not in _words("pointing", "carries"):
        return clause
    below = tree.deps(clause, "xcomp", "ccomp", "dobj") + [n for p, n in tree.preps(clause) if p == "for"]
    verbs = [k for k in below if tree.pos[k] in ("VERB", "AUX")]
    return next(iter([*verbs, *below]), clause)


def _qualified(scene: Scene, noun: int) -> bool:
    """ "The Peruvian plan", "a plan put forward by Peru", "peace plan": named, if not told."""
    tree = scene.tree
    if any(tree.tag[k] == "VBN" and k > noun for k in tree.deps(noun, "acl")):
        return True
    for kid in tree.deps(noun, "compound", "poss", "nmod", "amod"):
        if tree.pos[kid] in ("NOUN", "PROPN") and tree.dep[kid] != "poss":
            return True
        if tree.dep[kid] == "amod" and tree.pos[kid] == "ADJ" and _says(tree.lemma[kid]):
            return True
        if tree.ent[kid] in _CONTENT_ENTITIES and tree.pos[kid] != "PRON":
            return True
    return False


def _says(adjective: str) -> bool:
    return adjective.isalpha() and adjective not in _words("void", "adjectives")


def antecedent(scene: Scene, verb: int, heads: list[int]) -> int | None:
    """The noun that a clause with "that" and no object of its own is about; None where it is no such clause.

    "Its annexation of X that the West has condemned": a restrictive "that" cannot hang on a bare name, so
    the act is meant, wherever the parse hangs the clause; "a suggestion that the council rejected".
    """
    tree = scene.tree
    heads = [h for h in heads if tree.lower[h] != "that"]
    if answers(scene, verb) and not heads:
        return tree.head[verb]
    hung = all(h == tree.head[verb] and tree.pos[h] == "PROPN" for h in heads)
    if not hung or tree.lemma[verb] not in _words("pointing", "answers") or tree.passive(verb):
        return None
    inside = set(tree.subtree(verb))
    relative = next((k for k in sorted(inside) if k < verb and tree.lower[k] == "that"), None)
    if relative is None or tree.dep[verb] not in ("relcl", "advcl", "ccomp", "acl", "conj"):
        return None
    for noun in range(relative - 1, max(relative - 10, -1), -1):
        if tree.pos[noun] == "NOUN" and max(set(tree.subtree(noun)) - inside) == relative - 1:
            return noun
    return None
