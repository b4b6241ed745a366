"""Numbers whose noun stands before them: "130 soldiers went and 26 are left", "5,500 men and France 2,000".

Such a number takes kind, unit and what is counted from the figure before it in its sentence, as the subject
of a verb from its paragraph. Small numbers are left alone elsewhere: "two", bare, is mostly "the two".
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.readers.events.tree import Tree
from detente.readers.figures_numbers import Number, load_quantities
from detente.record import Figure, Span

_PEOPLE = ("people", "forces", "killed", "injured", "arrested")
_LARGE = 1000
_TELLING = 20  # a bare "two" or "ten" in front of a verb mostly picks out some already told
_NEAR = 25
_BARE = ("dobj", "pobj", "conj", "appos", "npadvmod", "dep", "attr")
_FOLLOWED = ("NOUN", "PROPN", "SYM", "ADJ", "NUM")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a bare number counts."""

    kind: str
    unit: str | None = None
    of: str | None = None
    of_span: Span | None = None


def sense_of(
    tree: Tree, number: Number, before: Figure | None, *, same_sentence: bool, gapped: bool
) -> Sense | None:
    """What a number with no noun of its own counts, or None."""
    if gapped:
        return _as_before(before) if same_sentence and before is not None else None
    value = number.low if number.low is not None else number.high
    if value is None or value < 2 or _may_be_year(tree, number, value) or _has_noun(tree, number):
        return None
    if _is_subject(tree, number):
        if before is not None and before.kind in _PEOPLE:
            return _as_before(before)
        return Sense("count") if value >= _TELLING or _says_more(tree, number) else None
    if same_sentence and before is not None and _reaches(tree, number):
        return Sense(before.kind, before.unit, before.of, before.of_span)
    if value < _LARGE or tree.dep[number.last] not in (
        "dobj",
        "pobj",
        "conj",
        "appos",
        "npadvmod",
        "dep",
        "attr",
    ):
        return None
    if same_sentence and before is not None and before.kind not in ("vote", "duration", "share"):
        return _as_before(before)
    kind = _kind_of_noun_before(tree, number)
    return Sense(kind) if kind else None


def is_gapped(tree: Tree, number: Number) -> bool:
    """ "Britain will send 5,500 men and France 2,000": a second doer with a number of the same."""
    country = number.first - 1
    if country < 0 or tree.ent[country] != "GPE" or tree.head[number.last] != country:
        return False
    above = tree.head[country]
    return tree.dep[country] == "conj" and tree.pos[above] == "NOUN" and bool(tree.deps(above, "nummod"))


def _as_before(before: Figure) -> Sense:
    kind = "people" if before.kind in ("killed", "injured", "arrested") else before.kind
    return Sense(kind, before.unit, before.of, before.of_span)


def _has_noun(tree: Tree, number: Number) -> bool:
    head = tree.head[number.last]
    follows = number.last + 1 < len(tree) and tree.pos[number.last + 1] in (
        "NOUN",
        "PROPN",
        "SYM",
        "ADJ",
        "NUM",
    )
    return follows or (tree.dep[number.last] in ("nummod", "quantmod", "compound") and head > number.last)


def _may_be_year(tree: Tree, number: Number, value: float) -> bool:
    """ "1996 to 2000": four digits with no comma."""
    words = tree.lower[number.first : number.last + 1]
    return 1000 <= value <= 2100 and any(len(word) == 4 and word.isdigit() for word in words)


def _says_more(tree: Tree, number: Number) -> bool:
    """ "Four more", "another six"."""
    near = (tree.lower[max(number.first - 1, 0)], tree.lower[min(number.last + 1, len(tree) - 1)])
    return bool({"more", "other", "others", "another", "further"} & set(near))


def _is_subject(tree: Tree, number: Number) -> bool:
    """ "Another 256 are held": the subject of a verb in the plural."""
    at = number.last
    if (
        number.first
        and tree.pos[number.first - 1] in ("DET", "PRON")
        and tree.lower[number.first - 1] != "another"
    ):
        return False  # "the two", "those 12"
    if tree.dep[at] not in ("nsubj", "nsubjpass") or tree.pos[tree.head[at]] not in ("VERB", "AUX"):
        return False
    verbs = [tree.head[at], *tree.deps(tree.head[at], "aux", "auxpass")]
    return tree.head[at] > at and not any(tree.tag[v] == "VBZ" for v in verbs)


def _reaches(tree: Tree, number: Number) -> bool:
    """ "From six miles to twelve"."""
    first = number.first
    return first > 3 and tree.lower[first - 1] == "to" and "from" in tree.lower[max(first - 5, 0) : first - 2]


def _kind_of_noun_before(tree: Tree, number: Number) -> str | None:
    """ "More troops to the island, where it keeps 35,000": the kind of the last noun that a list knows."""
    kinds = load_quantities()["kinds"]
    for at in range(number.first - 1, max(number.first - _NEAR, -1), -1):
        if tree.sent[at] != tree.sent[number.first]:
            return None
        if tree.pos[at] == "NOUN":
            for kind in ("forces", "vehicles", "people"):
                if tree.lemma[at] in kinds[kind]:
                    return kind
    return None
