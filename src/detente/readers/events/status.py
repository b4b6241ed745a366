"""Has it happened? Tense, modality, negation and what stands above a clause.

Going up from the verb (or event noun) to the sentence's root, every step can only take away: a fact
under "plans to" is planned, under "if" hypothetical, under "failed to" denied. What speech says about
it is not decided here: who asserts an event is kept apart from whether it is said to have happened.
"""

from __future__ import annotations

from detente.readers.events.history import history_of
from detente.readers.events.lexicon import load_words
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree

_WEAKER = {"happened": 0, "ongoing": 1, "historical": 2, "planned": 3, "hypothetical": 4, "denied": 5}
# Phrases that stand beside what a verb says, not under it.
_ASIDE = ("in", "during", "after", "at", "following", "amid", "since", "by", "with", "before")
# Where something is done, or for what.
_AT = ("at", "in", "during", "on", "of", "for", "before", "with")
_FINITE = {"is", "are", "was", "were", "has", "have", "had", "did", "does", "do"}


def verb_status(scene: Scene, verb: int) -> str:
    """The status of what a verb tells."""
    status = _own(scene.tree, verb)
    status = _climb(scene.tree, verb, status)
    return history_of(scene, verb, status)


def noun_status(scene: Scene, noun: int) -> str:
    """The status of what an event noun tells: its own words, then what governs it."""
    tree = scene.tree
    status = _before_noun(tree, noun)
    status = _over_noun(tree, noun, status)
    return history_of(scene, noun, status)


def is_future(tree: Tree, verb: int) -> bool:
    """True when "will" or "would" stands with the verb (or with the verb it is coordinated to)."""
    modals = _modals(tree, verb)
    above = tree.head[verb]
    due = tree.dep[verb] == "xcomp" and tree.lemma[above] == "be" and "to" in modals  # "is to ask"
    return due or bool(modals & (load_words().tables["modal"]["future"] | {"would", "'d"}))


def is_within_plan(tree: Tree, token: int) -> bool:
    """True for a meeting at which, or for which, something is yet to be done: "will speak at the talks".

    Not for one after or about which it is.
    """
    at = tree.head[token] if tree.dep[token] in ("acl", "relcl") else token
    for _ in range(6):
        above = tree.head[at]
        if above == at:
            return False
        if tree.pos[above] in ("VERB", "AUX"):
            return _climb(tree, above, _own(tree, above)) == "planned"
        if tree.pos[above] == "ADP" and tree.lower[above] not in _AT:
            return False
        at = above
    return False


def is_duty(tree: Tree, verb: int) -> bool:
    """True for "must", "should", "has to", "needs to"."""
    if _modals(tree, verb) & load_words().tables["modal"]["must"]:
        return True
    if tree.lemma[verb] in ("have", "need") and any(tree.tag[k] == "VB" for k in tree.deps(verb, "xcomp")):
        return True
    above = tree.head[verb]
    return tree.dep[verb] == "xcomp" and tree.lemma[above] in ("have", "need") and tree.tag[verb] == "VB"


def is_negated(tree: Tree, verb: int) -> bool:
    """True when the verb itself is negated, also through "no longer", "never" or a "no" subject."""
    if any(tree.dep[kid] == "neg" for kid in tree.kids[verb]):
        return True
    words = load_words().negation
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "advmod" and tree.lower[kid] in words:
            return True
        if tree.dep[kid] == "advmod" and any(tree.dep[k] == "neg" for k in tree.kids[kid]):
            return True
        if tree.dep[kid] in ("nsubj", "nsubjpass", "dobj") and _denied_noun(tree, kid):
            return True
        if tree.dep[kid] == "attr" and tree.first(verb, "expl") is not None and _there_is_none(tree, kid):
            return True
    above = tree.head[verb]
    shared = tree.dep[verb] == "conj" and tree.first(verb, "nsubj", "nsubjpass", "aux", "auxpass") is None
    return shared and tree.pos[above] == "VERB" and tree.tag[verb] == "VB" and is_negated(tree, above)


def _there_is_none(tree: Tree, noun: int) -> bool:
    """ "There would be no surrender"; "no more raids" is an end to them."""
    ends = any(tree.lower[k] in ("more", "further") for k in tree.deps(noun, "amod", "advmod"))
    return not ends and _denied_noun(tree, noun)


def _denied_noun(tree: Tree, noun: int) -> bool:
    if tree.lower[noun] in ("nobody", "none", "nothing", "neither", "no-one"):
        return True
    return any(
        tree.dep[k] in ("det", "neg", "preconj") and tree.lower[k] in ("no", "neither")
        for k in tree.kids[noun]
    )


def is_disowned(tree: Tree, verb: int) -> bool:
    """ "Has no intention of withdrawing": a refusal told as a lack of will."""
    prep = tree.head[verb]
    noun = tree.head[prep] if tree.dep[verb] == "pcomp" else prep
    will = ("intention", "plan", "willingness", "desire", "interest", "wish")
    return tree.lemma[noun] in will and _denied_noun(tree, noun)


def weaker(first: str, second: str) -> str:
    """The status that claims less."""
    return max(first, second, key=lambda s: _WEAKER[s])


def _modals(tree: Tree, verb: int) -> set[str]:
    found = {tree.lower[kid] for kid in tree.kids[verb] if tree.dep[kid] in ("aux", "auxpass")}
    bare = tree.tag[verb] in ("VB", "VBN", "VBG")
    if tree.dep[verb] == "conj" and bare and not found and tree.pos[tree.head[verb]] in ("VERB", "AUX"):
        found |= _modals(tree, tree.head[verb]) - {"to"}
    return found


def _own(tree: Tree, verb: int) -> str:
    words = load_words().tables
    modals = _modals(tree, verb)
    status = "happened"
    if tree.tag[verb] == "VBG" and (
        "is" in modals or "are" in modals or "'s" in modals or "'re" in modals or "been" in modals
    ):
        status = "ongoing"
    if tree.tag[verb] == "VBN" and "being" in modals and modals & {"is", "are", "was", "were"}:
        status = "ongoing"
    if modals & words["modal"]["future"]:
        status = "planned"
    if modals & words["modal"]["conditional"]:
        status = "hypothetical"
    if is_negated(tree, verb):
        status = "denied"
    for kid in tree.kids[verb]:
        if tree.dep[kid] not in ("mark", "advmod") or kid > verb:
            continue
        once = tree.lower[kid] == "once" and tree.dep[verb] != "advcl"  # "was once bombed" is history
        if tree.lower[kid] in words["mark"]["hypothetical"] and not once:
            status = weaker(status, "hypothetical")
    if tree.tag[verb] == "VB" and not modals and tree.dep[verb] in ("ROOT", "ccomp", "relcl"):
        status = weaker(status, "hypothetical")  # imperative, subjunctive
    if tree.tag[verb] == "VB" and _bare_after_finite(tree, verb):
        status = weaker(status, "hypothetical")
    if tree.tag[verb] in ("VBZ", "VBP") and status == "happened":
        status = "ongoing"
    if _after_proviso(tree, verb):
        status = weaker(status, "hypothetical")
    if _subjunctive(tree, verb, modals):
        status = weaker(status, "hypothetical")
    question = tree.dep[verb] == "ROOT" and _asks(tree, verb)
    return weaker(status, "hypothetical") if question else status


def _bare_after_finite(tree: Tree, verb: int) -> bool:
    """ "Is pushing for X to return …, accept … and negotiate": a bare verb coordinated with a finite one.

    The bare form shows that it belongs to the infinitive before, whatever the parse hangs it on.
    """
    if any(tree.dep[kid] == "aux" for kid in tree.kids[verb]):
        return False
    above = verb
    while tree.dep[above] == "conj" and tree.head[above] != above:
        above = tree.head[above]
    return above != verb and tree.tag[above] in ("VBZ", "VBD", "VBN", "VBG")


def _after_proviso(tree: Tree, verb: int) -> bool:
    """ "Provided Kiev reaches a deal", where the parse takes "provided" for a verb beside it."""
    above = tree.head[verb]
    if tree.dep[verb] not in ("ccomp", "advcl", "conj") or above == verb:
        return False
    return any(
        above < k < verb and tree.lower[k] in ("provided", "providing") and not tree.deps(k, "dobj", "nsubj")
        for k in tree.kids[above]
    )


def _subjunctive(tree: Tree, verb: int, modals: set[str]) -> bool:
    """ "That it be handed over": a bare "be" with no modal."""
    table = load_words().tables["modal"]
    if modals & (_FINITE | table["future"] | table["conditional"] | {"to"}):
        return False
    return any(tree.lower[k] == "be" and tree.dep[k] == "auxpass" for k in tree.kids[verb])


def _asks(tree: Tree, verb: int) -> bool:
    return any(tree.lower[kid] == "?" for kid in tree.kids[verb])


def _climb(tree: Tree, verb: int, status: str) -> str:
    at = verb
    for _ in range(8):
        relation, above = tree.dep[at], tree.head[at]
        if above == at:
            return status
        if relation == "advcl" and any(tree.lower[kid] == "as" for kid in tree.deps(at, "mark")):
            return status  # "no sign of a withdrawal, as the West has demanded": taken for granted
        if relation == "conj":
            if _shares_clause(tree, at):
                status = weaker(status, _under(tree, above, above))
            at = above
            continue
        if (
            tree.pos[above] in ("NOUN", "PROPN")
            and relation in ("prep", "acl")
            and not _is_participle(tree, at, relation)
        ):
            status = weaker(status, _over_by_noun(tree, above))
        if (
            relation == "relcl"
            and tree.lemma[above] in ("event", "case")
            and tree.lower[tree.head[above]] == "in"
        ):
            return weaker(status, "hypothetical")  # "in the event that …"
        if relation == "relcl" or _is_participle(tree, at, relation):
            return _over_modified(tree, at, above, status)
        status = weaker(status, _governed(tree, at, above, relation))
        at = above
    return status


def _is_participle(tree: Tree, at: int, relation: str) -> bool:
    return (
        relation == "acl" and tree.tag[at] in ("VBN", "VBG") and tree.first(at, "nsubj", "nsubjpass") is None
    )


def _over_by_noun(tree: Tree, noun: int) -> str:
    """ "No intention of …", "threats to …", "plans to …" above a clause."""
    if _denied_noun(tree, noun):
        return "denied"
    lemma = tree.lemma[noun]
    if lemma in (
        "plan",
        "intention",
        "promise",
        "pledge",
        "decision",
        "agreement",
        "commitment",
        "order",
        "preparation",
    ):
        return "planned"
    return "hypothetical" if lemma in load_words().tables["over"]["hypothetical"] else "happened"


def _over_modified(tree: Tree, verb: int, noun: int, status: str) -> str:
    """A relative clause is asserted by itself; a bare participle leans on its noun ("a plan aimed at")."""
    if tree.dep[verb] == "acl" and tree.lemma[noun] in load_words().tables["over"]["hypothetical"]:
        return weaker(status, "hypothetical")
    return status


def _shares_clause(tree: Tree, verb: int) -> bool:
    return tree.tag[verb] in ("VB", "VBG") and tree.first(verb, "nsubj", "nsubjpass", "aux") is None


def _under(tree: Tree, verb: int, above: int) -> str:
    """The status that the first of two coordinated verbs has by its own words alone."""
    return _own(tree, verb) if tree.pos[verb] in ("VERB", "AUX") else "happened"


def _governed(tree: Tree, at: int, above: int, relation: str) -> str:
    infinitive = _is_infinitive(tree, at)
    row = tree.first(at, "nsubjpass") if infinitive else None
    if row is not None and _is_one_of_row(tree, row):
        return "happened"
    lemma, words = tree.lemma[above], load_words()
    own = _own(tree, above) if tree.pos[above] in ("VERB", "AUX") else "happened"
    if own == "ongoing":
        own = "happened"
    if relation == "ccomp" and not infinitive:
        if lemma in words.tables["complement"]["denied"] and lemma not in ("stop",):
            return "denied"
        if lemma in (
            "fear",
            "worry",
            "doubt",
            "wonder",
            "hope",
            "wish",
            "imagine",
            "suppose",
            "pretend",
            "unclear",
            "ask",
            "demand",
            "propose",
            "insist",
            "suggest",
            "predict",
            "expect",
            "warn",
        ) and tree.tag[at] in ("VB", "VBZ", "VBP"):
            wished = tree.tag[at] == "VB" or lemma not in ("insist", "warn", "suggest")
            return "hypothetical" if wished or _unshifted(tree, at, above) else "happened"
        if own == "denied" and any(tree.lower[k] in ("whether", "if") for k in tree.deps(at, "mark")):
            return "hypothetical"
        if own == "denied":  # "it is not true that", "did not confirm that"
            return "denied" if lemma in ("be", "true", "correct", "case") else "hypothetical"
        return "hypothetical" if own == "hypothetical" and lemma not in words.saying else "happened"
    if relation in (
        "xcomp",
        "ccomp",
        "acl",
        "advcl",
        "acomp",
        "pcomp",
        "prep",
        "oprd",
        "csubj",
        "csubjpass",
        "dep",
        "dobj",
        "pobj",
    ):
        return weaker(
            own
            if infinitive or relation in ("xcomp", "pcomp", "prep", "dobj", "pobj", "acl")
            else "happened",
            _verdict(tree, at, above, relation, infinitive),
        )
    return "happened"


def _is_one_of_row(tree: Tree, noun: int) -> bool:
    """ "The first ship to be stopped", "the only state to sign": it was."""
    row = ("first", "second", "third", "last", "latest", "only")
    return any(tree.lower[k] in row for k in tree.deps(noun, "amod"))


def _unshifted(tree: Tree, verb: int, above: int) -> bool:
    """ "Insisted that the troops go home": a present under a past is a wish."""
    insists = tree.lemma[above] in ("insist", "suggest") and tree.tag[above] == "VBD"
    return insists and tree.tag[verb] == "VBP" and tree.lemma[verb] not in ("be", "have")


def _is_infinitive(tree: Tree, verb: int) -> bool:
    """ "To leave", "to be deployed"."""
    bare = tree.tag[verb] == "VB" or any(tree.lower[k] == "be" for k in tree.deps(verb, "auxpass"))
    return bare and any(tree.lower[k] == "to" for k in tree.deps(verb, "aux"))


def _verdict(tree: Tree, at: int, above: int, relation: str, infinitive: bool) -> str:
    lemma = tree.lemma[above]
    table = load_words().tables["complement"]
    if lemma == "have" and infinitive and tree.tag[above] == "VBD":
        return "happened"  # "had to leave"
    if relation == "acl" and infinitive and _is_one_of_row(tree, above):
        return "happened"
    if relation in ("xcomp", "ccomp", "acomp", "acl", "oprd", "dobj"):
        for status in ("denied", "planned", "hypothetical", "ongoing", "happened"):
            if lemma in table[status]:
                return status
        return "planned" if infinitive else "happened"
    if relation == "advcl" and infinitive:
        return "planned"
    if relation == "pcomp" or tree.pos[at] in ("ADP", "SCONJ"):
        return _gerund(tree, at, above, lemma)
    if relation == "csubj":
        return "hypothetical"
    return "happened"


def _gerund(tree: Tree, at: int, above: int, lemma: str) -> str:
    table = load_words().tables["complement"]
    word = tree.lower[above] if tree.pos[above] in ("ADP", "SCONJ") else tree.lower[at]
    if word == "without" or word == "instead":
        return "denied"
    if word in ("after", "since", "while", "by", "upon", "amid", "despite"):
        return "happened"
    if word == "before":
        return "happened" if any(tree.lower[k] == "being" for k in tree.kids[at]) else "planned"
    if word in ("from", "at", "against", "into", "toward", "towards"):
        return "hypothetical"
    suffered = any(tree.lower[k] == "being" for k in tree.deps(at, "auxpass"))
    if suffered and word in ("of", "about") and lemma in load_words().saying:
        return "happened"  # "told of being beaten"
    for status in ("denied", "planned", "hypothetical"):
        if lemma in table[status]:
            return status
    return "happened"


def _before_noun(tree: Tree, noun: int) -> str:
    table = load_words().tables["nominal"]
    status = "happened"
    for kid in tree.kids[noun]:
        if tree.dep[kid] in ("amod", "det", "compound", "nmod", "neg") and kid < noun:
            for name in ("denied", "hypothetical", "planned", "historical"):
                if tree.lower[kid] in table[name]:
                    status = weaker(status, name)
    return status


def _over_noun(tree: Tree, noun: int, status: str) -> str:
    """What governs an event noun: nouns over it, then the verb it is subject or object of.

    A noun deep in a phrase ("no agreement over Russia's annexation") is taken for granted by the clause:
    the clause's own negation and modality do not reach it.
    """
    over = load_words().tables["over"]
    at, deep, preposition = noun, False, ""
    for _ in range(10):
        relation, above = tree.dep[at], tree.head[at]
        if above == at:
            return status
        if tree.pos[above] in ("VERB", "AUX"):
            return _under_verb(tree, at, status, deep, preposition)
        if relation == "pobj":
            preposition = tree.lower[above]
            if preposition == "without":
                status = weaker(status, "denied")
        if tree.pos[above] in ("NOUN", "PROPN") and relation in ("prep", "pobj", "compound", "acl", "poss"):
            deep = True
            for name in ("hypothetical", "historical"):
                if tree.lemma[above] in over[name]:
                    status = weaker(status, name)
        at = above
    return status


def _under_verb(tree: Tree, at: int, status: str, deep: bool, preposition: str) -> str:
    relation, verb = tree.dep[at], tree.head[at]
    over = load_words().tables["over"]
    aside = preposition in (
        "in",
        "during",
        "after",
        "at",
        "following",
        "amid",
        "since",
        "by",
        "with",
        "before",
    )
    if relation in ("nsubj", "nsubjpass", "dobj", "attr", "conj") and not deep:
        own = _climb(tree, verb, _own(tree, verb))
        if own in ("planned", "hypothetical", "denied"):
            status = weaker(status, own)
    if relation == "nsubj" or deep or aside:
        return status
    for name in ("hypothetical", "historical"):
        if tree.lemma[verb] in over[name]:
            status = weaker(status, name)
    return status
