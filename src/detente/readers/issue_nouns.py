"""An issue's name as a noun phrase: "withdrawal of the troops", not "withdraw the troops".

A verb at the head of a name becomes its noun where ``data/events/act_nouns.csv`` has one ("closure of the
base"), else its gerund ("leaving the alliance"); what is to be done to something is named by the doing of it
("lifting of sanctions"). The other words stay as written. A name is no citation: the evidence is beside it.
"""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import read_data, read_rows
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree

_BELOW = ("xcomp", "ccomp", "dobj", "attr", "acomp", "oprd")
_TRAILING = ("ADP", "DET", "PUNCT", "CCONJ", "SPACE")
NO_QUOTES = dict.fromkeys(map(ord, '"“”'))  # half a quotation is none
_OPENING = ("DET", "PRON", "PUNCT", "CCONJ", "SPACE", "PART", "SCONJ")


@cache
def _nouns() -> dict[str, tuple[str, str]]:
    """Verb → its noun and the preposition before what it is done to."""
    return {row["verb"]: (row["noun"], row["of"]) for row in read_rows("events", "act_nouns.csv")}


@cache
def _doubled() -> frozenset[str]:
    return frozenset(read_data("events", "issues.toml")["gerund"]["doubled"])


def gerund(verb: str) -> str:
    """The "-ing" form of a verb's lemma.

    >>> gerund("leave"), gerund("sign"), gerund("lie"), gerund("free")
    ('leaving', 'signing', 'lying', 'freeing')
    """
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb in _doubled():
        return verb + verb[-1] + "ing"
    silent = verb.endswith("e") and len(verb) > 2 and verb[-2] not in "eoy"
    return (verb[:-1] if silent else verb) + "ing"


def act_noun(verb: str) -> str:
    """The noun of an act alone: "closure", or its gerund."""
    return _nouns().get(verb, ("", ""))[0] or gerund(verb)


def noun_phrase(scene: Scene, verb: int, first: int, last: int) -> str | None:
    """The words from ``first`` to ``last`` with the first verb under ``verb`` as a noun; None where none is.

    Args:
        scene: the paragraph.
        verb: the head of what is asked or offered.
        first: the first token of its name.
        last: the last one.
    """
    tree = scene.tree
    main = next((i for i in range(first, last + 1) if _is_verb(tree, i, verb)), None)
    if main is None or (tree.lemma[main] in ("be", "have") and main == first):
        return None
    while last > main and tree.pos[last] in _TRAILING and tree.dep[last] != "prt":
        last -= 1
    before = [i for i in range(first, main) if tree.head[i] != main or _is_subject(tree, i)]
    while before and tree.pos[before[0]] in _OPENING:
        before = before[1:]
    told = [*tree.deps(main, "neg"), *_particles(tree, main)]
    after = "".join(tree.doc[i].text_with_ws for i in range(main + 1, last + 1) if i not in told).strip()
    subject = "".join(tree.doc[i].text_with_ws for i in before).strip()
    return " ".join(" ".join(_phrased(tree, main, subject, after)).translate(NO_QUOTES).split())


def _phrased(tree: Tree, main: int, subject: str, after: str) -> list[str]:
    named = _particles(tree, main)
    whole = f"{tree.lemma[main]} {tree.lower[named[0]]}" if named else tree.lemma[main]
    noun, of = _nouns().get(whole, ("", ""))
    particle = not named and any(tree.dep[k] == "prt" for k in tree.kids[main])
    if not tree.lemma[main].isalpha():
        noun = str(tree.doc[main].text)
    done_to = bool(subject) and tree.tag[main] == "VBN" and not tree.deps(main, "dobj")
    if done_to and after and not noun:
        return [subject, "being", str(tree.doc[main].text), after]
    if done_to:
        return [noun if noun and not particle else gerund(tree.lemma[main]), "of", subject, after]
    denied = ["not"] if tree.deps(main, "neg") else []
    if noun and not subject and not particle and not denied:
        objects = [*tree.deps(main, "dobj"), *(k for k in tree.deps(main, "xcomp") if tree.tag[k] == "VBG")]
        behind = main + 2 if named and named[0] == main + 1 else main + 1  # "pull out its forces"
        object_next = any(min(tree.subtree(k)) == behind for k in objects)
        if not object_next or of:
            return [noun, of if object_next else "", after]
    return [subject, *denied, gerund(tree.lemma[main]), after]


def _particles(tree: Tree, verb: int) -> list[int]:
    """The particle that makes another verb of it, where the table names the two ("pull … out")."""
    kids = tree.deps(verb, "prt", "advmod", "prep")
    return [k for k in kids if f"{tree.lemma[verb]} {tree.lower[k]}" in _nouns()][:1]


def _is_verb(tree: Tree, token: int, top: int) -> bool:
    """A verb of the name's own clause: no participle beside a noun, no helper."""
    if tree.pos[token] not in ("VERB", "AUX") or tree.dep[token] in ("aux", "auxpass"):
        return False
    while token != top:
        if tree.dep[token] not in _BELOW or tree.head[token] == token:
            return False
        token = tree.head[token]
    return True


def _is_subject(tree: Tree, token: int) -> bool:
    return tree.dep[token] in ("nsubj", "nsubjpass")


__all__ = ["NO_QUOTES", "act_noun", "gerund", "noun_phrase"]
