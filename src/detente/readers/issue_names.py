"""What an issue is called: the shortest phrase of a position's own words, and keywords that meet.

The label is contiguous, without a leading article: "immediate pullback of the troops"; a verb at its head
becomes a noun (:mod:`detente.readers.issue_nouns`). The
keywords are lemmas, each replaced by its class in ``data/events/issues.toml``, so that "withdraw" and
"pullback" are one word for who brings issues of several articles together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from detente.readers.events.lexicon import load_words, read_data, see_through
from detente.readers.events.scene import Scene
from detente.readers.issue_heads import is_pointing, is_void, substance
from detente.readers.issue_meant import meant
from detente.readers.issue_nouns import NO_QUOTES, noun_phrase
from detente.record import Issue, make_id

MOST_KEYWORDS = 8
_LONGEST = 9
_KEYWORD_POS = ("NOUN", "PROPN", "VERB", "ADJ")
_NO_KEYWORD = ("DATE", "TIME", "CARDINAL", "PERSON", "MONEY")
_OPENING = ("DET", "PRON", "PUNCT", "CCONJ", "SPACE", "PART", "SCONJ")


@cache
def _table() -> dict[str, str]:
    """Lemma → the name of its class."""
    return {
        word: name for name, words in read_data("events", "issues.toml")["classes"].items() for word in words
    }


@cache
def _classes() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["classes"])


@cache
def _light() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["light"]["verbs"])


@cache
def _aside() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["label"]["aside"])


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["label"]["prepositions"])


def issue_classes(words: Iterable[str]) -> frozenset[str]:
    """Those of an issue's keywords that name a class of what parties contend over."""
    return _classes() & frozenset(words)


def keywords(scene: Scene, head: int, heads: list[int]) -> list[str]:
    """The classes of the content words of one item of a position, its head first; times left out."""
    tree = scene.tree
    words: dict[str, None] = {}
    for i in sorted(_own(scene, head, heads), key=lambda i: (i != head, i)):
        if tree.pos[i] not in _KEYWORD_POS or tree.ent[i] in _NO_KEYWORD:
            continue
        lemma = tree.lemma[i]
        if lemma in load_words().tables["keywords"]["empty"] or not lemma[0].isalpha():
            continue
        known = tree.pos[i] == "NOUN" and lemma in _table()
        if (
            scene.is_actor(i)
            and not known
            and tree.dep[i] not in ("pobj", "dobj", "nsubjpass", "poss", "amod")
        ):
            continue
        if i != head and is_pointing(scene, i):
            continue
        if lemma in _light() and tree.pos[i] == "VERB":
            continue
        if lemma in see_through() and tree.deps(i, "prep"):
            continue
        words.setdefault(_table().get(lemma, lemma))
    if tree.ent[head] == "MONEY":
        words.setdefault("aid")
    return list(words)[:MOST_KEYWORDS]


def _own(scene: Scene, head: int, heads: list[int]) -> set[int]:
    """The tokens of one item: its subtree without other items, clauses beside it, and who is addressed."""
    tree = scene.tree
    own = set(tree.subtree(head))
    for other in heads:
        if other != head and other in own:
            own -= set(tree.subtree(other))
    for kid in tree.deps(head, "nmod", "dative", "poss"):
        if scene.refer(kid):  # to whom it is offered is no part of the issue
            own -= set(tree.subtree(kid))
    for clause in tree.deps(head, "advcl"):
        own -= set(tree.subtree(clause))
    for kid in tree.deps(head, "prep"):
        if tree.lower[kid] in _aside():  # "attack X after its invasion of Y"
            own -= set(tree.subtree(kid))
    for told in tree.deps(head, "appos", "npadvmod"):
        if is_pointing(scene, told):  # "…, an idea that others support"
            own -= set(tree.subtree(told))
    return own


def is_light(scene: Scene, verb: int) -> bool:
    """True for a verb that only begins or holds what its object names ("accept monitors")."""
    return scene.tree.lemma[verb] in _light()


def label(scene: Scene, head: int, heads: list[int]) -> tuple[str, str]:
    """The shortest phrase that says what a position is about: as written, and as a noun phrase."""
    own = _own(scene, head, heads)
    if scene.tree.pos[head] not in ("VERB", "AUX"):
        written = _words(scene, *_edges(scene, _of_noun(scene, scene.meaning(head), own)))
        return written, written
    first, last = _edges(scene, _of_verb(scene, head, own))
    written = _words(scene, first, last)
    return written, noun_phrase(scene, head, first, last) or written


def _of_verb(scene: Scene, verb: int, own: set[int]) -> list[int]:
    """The verb with its object and one phrase; a light verb's object alone; a copula's predicate."""
    tree = scene.tree
    objects = [k for k in tree.deps(verb, "dobj", "attr", "acomp", "xcomp", "oprd") if k in own and k > verb]
    if tree.lemma[verb] == "enter" and not objects:  # "enter into talks"
        objects = [n for p, n in tree.preps(verb) if p == "into" and n in own]
    passive = tree.deps(verb, "nsubjpass")
    own_subject = next((k for k in tree.deps(verb, "nsubj") if k in own and tree.pos[k] == "NOUN"), None)
    if tree.lemma[verb] == "be" and own_subject is not None:
        bare_place = not objects and tree.deps(verb, "prep")  # "the government is not at the table"
        return _clause(scene, own_subject, verb, [], own) if bare_place else _of_noun(scene, own_subject, own)
    clause = tree.first(verb, "ccomp")
    if tree.lemma[verb] in _light() and not objects and clause is not None:  # "see talks to create …"
        subject = tree.first(clause, "nsubj", "nsubjpass")
        if subject is not None and tree.pos[subject] in ("NOUN", "PROPN"):
            return _of_noun(scene, subject, own)
    finite = (
        bool(tree.deps(verb, "aux", "auxpass")) and tree.tag[verb] != "TO" and not _infinitive(scene, verb)
    )
    finite = finite or tree.tag[verb] in ("VBD", "VBZ", "VBP")
    if own_subject is not None and tree.tag[own_subject] in ("NN", "NNS") and (finite or not objects):
        return _clause(scene, own_subject, verb, objects, own)
    bare = tree.lemma[verb] in _light() or tree.pos[verb] == "AUX" or tree.lemma[verb] == "be"
    if objects and bare and not (scene.is_actor(objects[0]) and tree.pos[objects[0]] == "PROPN"):
        first = objects[0]
        inner = tree.pos[first] in ("VERB", "AUX")
        return _of_verb(scene, first, own) if inner else _of_noun(scene, first, own)
    if passive and not objects:
        return _join(scene, _of_noun(scene, passive[0], own), verb)
    found = [verb]
    if not objects:
        found += _after(scene, verb)
    for noun in objects[:1]:
        inner = tree.pos[noun] in ("VERB", "AUX")
        found += _of_verb(scene, noun, own) if inner else _of_noun(scene, noun, own, short=True)
    return _with_phrase(scene, verb, found, own)


def _infinitive(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] == "to" for k in tree.deps(verb, "aux"))


def _clause(scene: Scene, subject: int, verb: int, objects: list[int], own: set[int]) -> list[int]:
    """ "Every policeman must leave the province": who is to act is part of what is asked."""
    tree = scene.tree
    found = [*_of_noun(scene, subject, own, short=True), verb]
    for noun in objects[:1]:
        if tree.pos[noun] not in ("VERB", "AUX"):
            found += _of_noun(scene, noun, own, short=True)
        elif tree.tag[noun] == "VBG":  # "must stop financing militias"
            found += _of_verb(scene, noun, own)
    if objects and scene.is_actor(objects[0]):  # "asked Iran to withdraw"
        found += [i for k in objects[1:2] if tree.tag[k] == "VB" for i in _of_verb(scene, k, own)]
    duty = next((k for k in tree.deps(verb, "xcomp") if tree.lemma[verb] in ("have", "need")), None)
    if duty is not None:  # "the missiles had to go first"
        found += [*_of_verb(scene, duty, own)]
    elif not objects:
        found += [*tree.deps(verb, "neg"), *_after(scene, verb)]
    return _with_phrase(scene, verb, found, own)


def _after(scene: Scene, verb: int) -> list[int]:
    """The adverb or particle right behind a verb ("act jointly", "be given up")."""
    return [k for k in scene.tree.deps(verb, "advmod", "prt") if k == verb + 1]


def _join(scene: Scene, noun: list[int], verb: int) -> list[int]:
    helpers = [h for h in scene.tree.deps(verb, "aux", "auxpass") if h > max(noun)]
    return [*noun, *helpers, verb, *_after(scene, verb)]


def _of_noun(scene: Scene, noun: int, own: set[int], *, short: bool = False) -> list[int]:
    """A noun with the words before it and its nearest phrases."""
    tree = scene.tree
    found = [noun]
    number = tree.first(noun, "nummod")
    if number is not None and tree.ent[number] in ("MONEY", "CARDINAL", "QUANTITY"):
        found += [i for i in tree.subtree(number) if i < noun]  # what stands before is whom it is for
        return _with_phrase(scene, noun, found, own)
    for kid in tree.deps(noun, "amod", "compound", "nmod", "poss", "nummod", "quantmod", "det"):
        if kid < noun and kid in own:
            found += [i for i in tree.subtree(kid) if i < noun]
    made = next(
        (k for k in tree.deps(noun, "acl") if tree.tag[k] == "VBN" and k == noun + 1 and k in own), None
    )
    if made is not None and is_pointing(scene, noun):  # "the plan put forward by Peru"
        inside = sorted(tree.subtree(made))
        if inside[-1] - noun <= _LONGEST and inside == list(range(inside[0], inside[-1] + 1)):
            return [*found, *inside]
    return _with_phrase(scene, noun, found, own, most=1 if short else 2)


def _with_phrase(scene: Scene, head: int, found: list[int], own: set[int], *, most: int = 1) -> list[int]:
    """Add the phrases that follow without a gap, while the name stays short."""
    tree = scene.tree
    carriers = [i for i in (head, *found) if i in own]
    for _ in range(most):
        end = max(found)
        prep = next((k for c in carriers for k in tree.deps(c, "prep") if k == end + 1), None)
        if prep is None or tree.lower[prep] not in _prepositions():
            break
        inside = sorted(tree.subtree(prep))
        for clause in [k for i in inside for k in tree.deps(i, "relcl", "acl", "advcl", "appos", "cc")]:
            inside = [i for i in inside if i < min(tree.subtree(clause))]
        inside = [i for i in inside if i in own]
        stop = next((n for n, i in enumerate(inside) if tree.pos[i] == "PUNCT"), len(inside))
        inside = inside[:stop]
        nouns = [i for i in inside if tree.pos[i] in ("NOUN", "PROPN", "NUM", "PRON")]
        if not nouns or tree.ent[nouns[0]] in ("DATE", "TIME") or max(inside) - min(found) > _LONGEST:
            break
        found = [*found, *[i for i in inside if i <= nouns[-1]]]
        carriers = [i for i in found if i in own]
    return found


def _edges(scene: Scene, tokens: list[int]) -> tuple[int, int]:
    first, last = min(tokens), max(tokens)
    if last - first > _LONGEST + 4:
        last = max((i for i in tokens if i <= first + _LONGEST), default=last)
    return first, last


def _words(scene: Scene, first: int, last: int) -> str:
    tree = scene.tree
    while first < last and (tree.pos[first] in _OPENING or tree.lower[first] in ("a", "an", "the")):
        first += 1
    while last > first and tree.pos[last] in ("ADP", "DET", "PUNCT", "CCONJ", "SPACE"):
        last -= 1
    return " ".join(str(tree.doc[first : last + 1].text).translate(NO_QUOTES).split())


def name_issue(scene: Scene, head: int, heads: list[int]) -> Issue | None:
    """The issue that an item names by its content; None where it names none."""
    tree = scene.tree
    core = substance(scene, head)
    if core is None:
        return None
    words = keywords(scene, core, heads)
    told = meant(scene, core) if tree.pos[core] == "VERB" else None
    if told is not None:
        return _of_meant(scene, told)
    written, name = label(scene, core, heads)
    bare = tree.pos[core] == "PROPN" or (tree.pos[core] == "NOUN" and " " not in written)
    if bare and scene.is_actor(core) and len(words) < 2:
        return None
    empty = written in ("", tree.doc[core].text) and is_void(scene, core)
    if words == ["talk"] and written:  # which talks, only the name can tell
        words.append(written.casefold())
    return _issue(words, name) if words and not empty else None


def affirmed(issue: Issue) -> Issue:
    """The issue named by what is refused: "withdrawal", not "not withdrawing"."""
    plain = issue.label.removeprefix("not ")
    return Issue(issue.id, plain, issue.keywords) if plain != issue.label else issue


def _of_meant(scene: Scene, told: tuple[str, int | None, str]) -> Issue:
    act, noun, lemma = told
    words = [_table().get(lemma, lemma)]
    if noun is None:
        return _issue(words, act)
    phrase = _words(scene, *_edges(scene, _of_noun(scene, noun, set(scene.tree.subtree(noun)), short=True)))
    return _issue(
        [*words, _table().get(scene.tree.lemma[noun], scene.tree.lemma[noun])], f"{act} of {phrase}"
    )


def _issue(words: list[str], label: str) -> Issue:
    """An issue known by its first keywords, however it is worded."""
    return Issue(make_id("is", *sorted(words[:4])), label or " ".join(words[:4]), tuple(words))
