"""The verb and noun patterns that code events, read once from ``data/events``.

A *frame* says: this verb (with this particle, an object of this class, this prepositional phrase)
codes this PLOVER type and mode, and its recipient stands here. ``frames.csv`` holds one a row; the
classes that it names with ``@`` stand in ``classes.toml``; ``operators.csv`` holds the verbs whose type
depends on what they are about ("refused to …", "demanded …"); ``nouns.csv`` the nouns that code
without a verb ("the annexation of").
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("detente") / "data"


@dataclass(frozen=True, slots=True)
class Need:
    """One alternative of a frame's conditions: a word and the class after it (or any).

    ``must`` makes it a condition of its own, beside the alternatives.
    """

    word: str
    nouns: frozenset[str] | None
    actor: bool = False
    must: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern of one verb. ``objects`` None: any or none; ``bare``: no object allowed."""

    particle: str
    objects: frozenset[str] | None
    actor_object: bool
    bare: bool
    needs: tuple[Need, ...]
    type: str
    mode: str | None
    cameo: str | None
    recipient: tuple[str, ...]
    place: bool = False

    @property
    def weight(self) -> int:
        """How much the pattern asks for: the more, the earlier it is tried."""
        return 2 * (self.objects is not None) + 2 * bool(self.needs) + bool(self.particle) + self.bare


@dataclass(frozen=True, slots=True)
class NounFrame:
    """A noun that codes an event by itself, where its actors stand, and how many it must have."""

    type: str
    mode: str | None
    cameo: str | None
    source: tuple[str, ...]
    recipient: tuple[str, ...]
    need: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A verb whose type depends on its content."""

    role: str
    particle: str
    addressee: tuple[str, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Small word lists of ``words.toml``, as sets."""

    tables: dict[str, dict[str, frozenset[str]]]
    joined: frozenset[str]
    carriers: frozenset[str]
    subject_control: frozenset[str]
    negation: frozenset[str]
    saying: frozenset[str]
    stative: frozenset[str]
    compound_prepositions: frozenset[str]


@cache
def read_data(*path: str) -> dict[str, Any]:
    """A TOML file of the package's data, read once: not to be changed by who is given it."""
    return tomllib.loads(_DATA.joinpath(*path).read_text(encoding="utf-8"))


def read_rows(*path: str) -> list[dict[str, str]]:
    """A CSV file of the package's data, one dict a row."""
    return list(csv.DictReader(_DATA.joinpath(*path).read_text(encoding="utf-8").splitlines()))


@cache
def load_classes() -> dict[str, frozenset[str]]:
    """The noun classes by name."""
    return {name: frozenset(words) for name, words in read_data("events", "classes.toml")["classes"].items()}


@cache
def see_through() -> frozenset[str]:
    """Heads that only count what follows "of"."""
    return frozenset(read_data("events", "classes.toml")["see_through"]["lemmas"])


@cache
def load_words() -> Words:
    """The word lists of ``words.toml``."""
    data = read_data("events", "words.toml")
    tables = {
        name: {key: frozenset(words) for key, words in table.items()}
        for name, table in data.items()
        if isinstance(table, dict)
    }
    return Words(
        tables=tables,
        joined=tables["joined"]["words"],
        carriers=tables["carriers"]["words"],
        subject_control=tables["subject_control"]["verbs"],
        negation=tables["negation"]["words"],
        saying=tables["saying"]["verbs"],
        stative=tables["stative"]["verbs"],
        compound_prepositions=tables["compound_prepositions"]["words"],
    )


@cache
def load_frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb lemma, the most demanding first."""
    found: dict[str, list[Frame]] = {}
    for row in read_rows("events", "frames.csv"):
        objects, actor, bare = _nouns(row["object"])
        frame = Frame(
            particle=row["particle"],
            objects=objects,
            actor_object=actor,
            bare=bare,
            needs=tuple(_need(text) for text in row["prep"].split()),
            type=row["type"],
            mode=row["mode"] or None,
            cameo=row["cameo"] or None,
            recipient=tuple(row["recipient"].split()),
            place="@territory" in row["object"].split(),
        )
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append(frame)
    return {verb: tuple(sorted(frames, key=lambda f: -f.weight)) for verb, frames in found.items()}


@cache
def load_nouns() -> dict[str, NounFrame]:
    """The nouns that code by themselves; two-word nouns are joined by a space."""
    found = {}
    for row in read_rows("events", "nouns.csv"):
        frame = NounFrame(
            row["type"], row["mode"] or None, row["cameo"] or None,
            tuple(row["source"].split()), tuple(row["recipient"].split()), row["need"],
        )  # fmt: skip
        for noun in row["nouns"].split():
            found[noun.replace("_", " ")] = frame
    return found


@cache
def load_class_types() -> tuple[tuple[frozenset[str], str, str | None, str | None], ...]:
    """What an object noun of a class means under an operator: (words, type, mode, CAMEO), in order."""
    classes = load_classes()
    return tuple(
        (classes[row["class"]], row["type"], row["mode"] or None, row["cameo"] or None)
        for row in read_rows("events", "class_types.csv")
    )


@cache
def load_operators() -> dict[str, tuple[Operator, ...]]:
    """The operators of each lemma, those with a particle first."""
    found: dict[str, list[Operator]] = {}
    for row in read_rows("events", "operators.csv"):
        operator = Operator(
            row["role"], row["particle"], tuple(row["addressee"].split()), tuple(row["content"].split())
        )
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append(operator)
    return {verb: tuple(sorted(ops, key=lambda o: not o.particle)) for verb, ops in found.items()}


@cache
def known_verbs() -> frozenset[str]:
    """The verbs that frames or operators know."""
    return frozenset(load_frames()) | frozenset(load_operators())


@cache
def verb_forms() -> dict[str, str]:
    """Regular inflected forms of the verbs that the tables know: "staged" → "stage".

    The parse's lemmas of rarer forms are sometimes wrong ("stag"); the tables' own verbs mend them.
    """
    verbs = [verb for verb in (*load_frames(), *load_operators()) if verb.isalpha()]
    return {form: verb for verb in sorted(verbs) for form in _inflected(verb)}


def _inflected(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb + "d", verb + "s", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing"
    return verb + "ed", verb + "s", verb + "ing"


@cache
def load_contexts() -> dict[str, tuple[str, ...]]:
    """Contexts by the lemma (or two lemmas) that signals them."""
    found: dict[str, list[str]] = {}
    for name, words in read_data("events", "contexts.toml")["contexts"].items():
        for word in words:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@cache
def load_codebook() -> dict[str, Any]:
    """The PLOVER code book: name, types with quad, score and modes, contexts."""
    return read_data("codebooks", "plover.toml")


def _nouns(text: str) -> tuple[frozenset[str] | None, bool, bool]:
    words = text.split()
    if not words:
        return None, False, False
    if words == ["-"]:
        return None, False, True
    found: set[str] = set()
    for word in words:
        if word == "@actor":
            continue
        found.update(load_classes()[word[1:]] if word.startswith("@") else {word.replace("_", " ")})
    return frozenset(found), "@actor" in words, False


def _need(text: str) -> Need:
    must = text.startswith("+")
    word, _, nouns = text.removeprefix("+").partition(":")
    if word == "comp":
        return Need("comp", frozenset({nouns}), must=must)
    if nouns in ("_", ""):
        return Need(word, None, must=must)
    found, actor, _ = _nouns(nouns)
    return Need(word, found, actor, must)
