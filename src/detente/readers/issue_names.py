"""What an issue is called: the shortest phrase of a position's own words, and keywords that meet.

The label is verbatim and contiguous, without a leading article: "immediate pullback of the troops". The
keywords are lemmas, each replaced by its class in ``data/events/issues.toml``, so that "withdraw" and
"pullback" are one word for who brings issues of several articles together.
"""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import load_words, read_data, see_through
from detente.readers.events.scene import Scene

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
def _light() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["light"]["verbs"])


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["label"]["prepositions"])


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
        if scene.is_actor(i) and tree.dep[i] not in ("pobj", "dobj", "poss", "amod"):
            continue
        if lemma in _light() and tree.pos[i] == "VERB":
            continue
        if lemma in see_through() and tree.deps(i, "prep"):
            continue
        words.setdefault(_table().get(lemma, lemma))
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
    return own


def label(scene: Scene, head: int, heads: list[int]) -> str:
    """The shortest phrase that names what a position is about, as written."""
    tree = scene.tree
    own = _own(scene, head, heads)
    if tree.pos[head] in ("VERB", "AUX"):
        return _words(scene, _of_verb(scene, head, own))
    return _words(scene, _of_noun(scene, scene.meaning(head), own))


def _of_verb(scene: Scene, verb: int, own: set[int]) -> list[int]:
    """The verb with its object and one phrase; a light verb's object alone; a copula's predicate."""
    tree = scene.tree
    objects = [k for k in tree.deps(verb, "dobj", "attr", "acomp", "xcomp", "oprd") if k in own and k > verb]
    passive = tree.deps(verb, "nsubjpass")
    own_subject = next((k for k in tree.deps(verb, "nsubj") if k in own and not scene.is_actor(k)), None)
    if tree.lemma[verb] == "be" and own_subject is not None and tree.pos[own_subject] in ("NOUN", "PROPN"):
        return _of_noun(scene, own_subject, own)
    clause = tree.first(verb, "ccomp")
    if tree.lemma[verb] in _light() and not objects and clause is not None:  # "see talks to create …"
        subject = tree.first(clause, "nsubj", "nsubjpass")
        if subject is not None and tree.pos[subject] in ("NOUN", "PROPN"):
            return _of_noun(scene, subject, own)
    bare = tree.lemma[verb] in _light() or tree.pos[verb] == "AUX" or tree.lemma[verb] == "be"
    if objects and bare:
        first = objects[0]
        inner = tree.pos[first] in ("VERB", "AUX")
        return _of_verb(scene, first, own) if inner else _of_noun(scene, first, own)
    if passive and not objects:
        return _join(_of_noun(scene, passive[0], own), verb, tree.deps(verb, "aux", "auxpass"))
    found = [verb]
    for noun in objects[:1]:
        inner = tree.pos[noun] in ("VERB", "AUX")
        found += _of_verb(scene, noun, own) if inner else _of_noun(scene, noun, own, short=True)
    return _with_phrase(scene, verb, found, own)


def _join(noun: list[int], verb: int, helpers: list[int]) -> list[int]:
    return [*noun, *[h for h in helpers if h > max(noun)], verb]


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
        for clause in [k for i in inside for k in tree.deps(i, "relcl", "acl", "advcl", "appos")]:
            inside = [i for i in inside if i < clause]
        inside = [i for i in inside if i in own]
        stop = next((n for n, i in enumerate(inside) if tree.pos[i] == "PUNCT"), len(inside))
        inside = inside[:stop]
        nouns = [i for i in inside if tree.pos[i] in ("NOUN", "PROPN", "NUM", "PRON")]
        if not nouns or tree.ent[nouns[0]] in ("DATE", "TIME") or max(inside) - min(found) > _LONGEST:
            break
        found = [*found, *[i for i in inside if i <= nouns[-1]]]
        carriers = [i for i in found if i in own]
    return found


def _words(scene: Scene, tokens: list[int]) -> str:
    tree = scene.tree
    first, last = min(tokens), max(tokens)
    if last - first > _LONGEST + 4:
        last = max((i for i in tokens if i <= first + _LONGEST), default=last)
    while first < last and (tree.pos[first] in _OPENING or tree.lower[first] in ("a", "an", "the")):
        first += 1
    while last > first and tree.pos[last] in ("ADP", "DET", "PUNCT", "CCONJ", "SPACE"):
        last -= 1
    return " ".join(str(tree.doc[first : last + 1].text).split())
