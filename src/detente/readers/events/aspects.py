"""What a sentence takes for granted, and what it tells of many times: by the parse alone."""

from __future__ import annotations

from detente.readers.events.lexicon import load_words
from detente.readers.events.tree import Tree

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_BACKGROUND = ("after", "since", "following", "despite", "over")


def is_granted(tree: Tree, token: int, first: int, last: int, *, denies: bool) -> bool:
    """True for what stands in reported words but is not what they claim.

    "Denied that the men who hold the airport are soldiers" does not claim that men hold the airport, and
    "plans to leave after its annexation of X" claims no annexation: a clause that only tells which men,
    inside what is denied; a finite clause or a phrase of background, inside an infinitive. ``first`` and
    ``last`` are the first and last token of the reported words, ``denies`` tells that they are denied.
    """
    at, relative, background = token, False, False
    while tree.head[at] != at and first <= tree.head[at] <= last:
        above = tree.head[at]
        relative = relative or _tells_which(tree, at)
        background = background or (tree.dep[at] == "prep" and tree.lower[at] in _BACKGROUND)
        at = above
    if at == token or tree.pos[at] not in ("VERB", "AUX"):
        return False
    if tree.tag[at] == "VB" and any(tree.lower[k] == "to" for k in tree.deps(at, "aux")):
        return relative or background
    return relative and (denies or tree.first(at, "neg") is not None)


def _tells_which(tree: Tree, verb: int) -> bool:
    """A finite relative clause without a comma on a definite noun."""
    if tree.dep[verb] != "relcl" or not _is_finite(tree, verb):
        return False
    start, noun = min(tree.subtree(verb)), tree.head[verb]
    definite = tree.pos[noun] == "PROPN" or bool(tree.deps(noun, "poss"))
    definite = definite or any(tree.lower[k] in ("the", "those", "these") for k in tree.deps(noun, "det"))
    return definite and start > 0 and tree.lower[start - 1] != ","


def _is_finite(tree: Tree, verb: int) -> bool:
    aux = tree.deps(verb, "aux", "auxpass")
    return tree.tag[verb] in _FINITE or any(tree.tag[k] in _FINITE for k in aux)


def is_background(tree: Tree, verb: int, *, lead: bool) -> bool:
    """True for a clause that tells of what was done before, no matter on which day.

    A clause of "after" or "since", the pluperfect, a perfect that tells which ("the men who have taken the
    port"). In the report's ``lead`` other perfects, and the simple past that tells which ("a bomb that killed
    nine"), are mostly its news.
    """
    if tree.tag[verb] not in ("VBD", "VBN", "VBG"):
        return False
    verb = _first_of_chain(tree, verb)
    aux = {tree.lower[k] for k in tree.deps(verb, "aux")}
    perfect = bool(aux & {"has", "have", "having", "'ve"})
    which = tree.dep[verb] == "relcl" and tree.tag[verb] != "VBG"
    if "had" in aux or (perfect and which) or _under_background(tree, verb):
        return True
    return not lead and (perfect or which)


def _first_of_chain(tree: Tree, verb: int) -> int:
    """The verb whose "have" a coordinated one shares: "have condemned it and imposed sanctions"."""
    while tree.dep[verb] == "conj" and tree.first(verb, "nsubj", "nsubjpass", "aux", "auxpass") is None:
        if tree.pos[tree.head[verb]] not in ("VERB", "AUX"):
            break
        verb = tree.head[verb]
    return verb


def _under_background(tree: Tree, verb: int) -> bool:
    """True under "after", "since" and the like: "after seizing X", "since it seized X"."""
    above = tree.head[verb]
    if tree.dep[verb] == "pcomp" and tree.lower[above] in _BACKGROUND:
        return True
    return tree.dep[verb] == "advcl" and any(
        tree.lower[k] in ("after", "since") for k in tree.deps(verb, "mark")
    )


def repeated(tree: Tree, verb: int) -> tuple[int, int] | None:
    """The first and last token of "several times", "almost daily": a span of time, no one day."""
    if tree.tag[verb] != "VBN" or not any(tree.lemma[k] == "have" for k in tree.deps(verb, "aux")):
        return None
    words = load_words().tables["repeated"]
    for kid in tree.kids[verb]:
        often = tree.dep[kid] == "advmod" and tree.lower[kid] in words["adverbs"]
        times = tree.dep[kid] in ("npadvmod", "dobj") and tree.tag[kid] == "NNS" and tree.lemma[kid] == "time"
        if often or times:
            return min(tree.subtree(kid)), kid
    return None
