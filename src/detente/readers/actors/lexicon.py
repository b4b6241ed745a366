"""Names of states, organisations and places, and the words that tell an actor's sector.

Read from ``data/countries.csv``, ``organisations.toml``, ``places.csv`` and ``sectors.toml``, once a
process. A name may mean several states; the date decides (Moscow is SUN in 1962, RUS in 2014).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

from detente.readers.actors.trie import Trie, plain

INTERNATIONAL = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for.

    ``kind`` is country, adjective, people, capital, seat, organisation, group or place; ``key`` the
    actor's key; ``from_`` and ``to`` bound the days on which a state's name holds (empty: open).
    """

    kind: str
    key: str
    country: str | None
    sector: str | None
    name: str
    from_: str = ""
    to: str = ""

    def holds(self, day: str) -> bool:
        """True when the state existed on that day (ISO), open bounds allowed."""
        return (not self.from_ or self.from_ <= day) and (not self.to or day < self.to)


@dataclass(frozen=True)
class Lexicon:
    """The names trie, countries by code, and the sector words."""

    names: Trie[Name]
    countries: dict[str, str]
    heads: dict[str, str]
    modifiers: dict[str, str]
    general: frozenset[str]
    unnamed: frozenset[str]
    bodies: dict[str, str]
    state: frozenset[str]
    things: frozenset[str]
    named_things: frozenset[str]
    outlets: frozenset[str]
    references: dict[str, list[str]]
    adjectives: dict[str, str]
    titles: dict[str, str]
    title_sectors: dict[str, str]
    honorifics: dict[str, str]
    defaults: dict[str, str]
    one_each: frozenset[str]
    title_countries: dict[str, str]
    halves: dict[str, dict[str, str]]


def read_data(name: str) -> str:
    """The text of a file under ``data/``."""
    return (files("detente") / "data" / name).read_text(encoding="utf-8")


@cache
def usage(name: str) -> frozenset[str]:
    """A list of ``data/usage.toml``: words around a name that tell how it is used."""
    data: dict[str, str] = tomllib.loads(read_data("usage.toml"))
    return frozenset(data[name].split())


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the built-in data files (about 0.2 s, once a process)."""
    names: Trie[Name] = Trie()
    _enter_names(names)
    countries: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for row in csv.DictReader(StringIO(read_data("countries.csv"))):
        countries.setdefault(row["code"], row["name"])
        adjectives.setdefault(row["code"], (_split(row["adjectives"]) or [row["name"]])[0])
    return _with_sectors(names, countries, adjectives)


class Words:
    """The names that are one word, by themselves: what asks for no more needs no tokeniser and no model."""

    def __init__(self) -> None:
        """Start empty."""
        self._values: dict[str, list[Name]] = {}

    def add(self, name: str, value: Name) -> None:
        """Enter a name; one of several words is passed over."""
        if " " not in name:
            self._values.setdefault(plain(name), []).append(value)

    def get(self, name: str) -> list[Name]:
        """The values under exactly this word, as the trie of all names gives them."""
        return self._values.get(plain(name), [])


@cache
def load_words() -> Words:
    """The names of the lexicon that are one word; spaCy is not loaded for them."""
    words = Words()
    _enter_names(words)
    return words


def _enter_names(names: Trie[Name] | Words) -> None:
    """Enter every name of the data files; a place's or a city's only where nothing bears it yet."""
    for row in csv.DictReader(StringIO(read_data("countries.csv"))):
        for text, name in _country_names(row):
            names.add(text, name)
    for table in tomllib.loads(read_data("organisations.toml"))["organisation"]:
        _add_organisation(names, table)
    for row in csv.DictReader(StringIO(read_data("places.csv"))):
        place = Name(
            "place", f"place:{row['name']}", row["country"] or None, row["sector"] or None, row["name"]
        )
        for text in (row["name"], *_split(row["names"])):
            if not names.get(text):
                names.add(text, place)
    for row in csv.DictReader(StringIO(read_data("cities.csv"))):
        if not names.get(row["name"]):
            key = f"place:{row['name']}"
            names.add(row["name"], Name("city", key, row["country"], None, row["name"]))


def _with_sectors(names: Trie[Name], countries: dict[str, str], adjectives: dict[str, str]) -> Lexicon:
    data = tomllib.loads(read_data("sectors.toml"))
    return Lexicon(
        names=names,
        countries=countries,
        heads=_inverted(data["heads"]),
        modifiers=_inverted(data["modifiers"]),
        general=frozenset(data["general"]["heads"]),
        unnamed=frozenset(data["unnamed"]["heads"]),
        bodies=data["bodies"],
        state=frozenset(data["state"]["heads"]),
        things=frozenset(data["things"]["heads"]),
        named_things=frozenset(data["things"]["named"]),
        outlets=frozenset(data["things"]["outlets"]),
        references=data["references"],
        adjectives=adjectives,
        titles=data["titles"],
        title_sectors=_inverted(data["title_sectors"]),
        honorifics=_inverted(data["honorifics"]),
        defaults=data["defaults"],
        one_each=frozenset(data["one_each"]["titles"]),
        title_countries=data["title_countries"],
        halves=data["halves"],
    )


def _country_names(row: dict[str, str]) -> Iterable[tuple[str, Name]]:
    def name(kind: str) -> Name:
        code, label = row["code"], row["name"]
        return Name(kind, f"state:{code}", code, None, label, row["from"], row["to"])

    yield row["name"], name("country")
    for column, kind in (
        ("names", "country"), ("adjectives", "adjective"), ("people", "people"),
        ("capital", "capital"), ("seats", "seat"),
    ):  # fmt: skip
        for text in _split(row[column]):
            yield text.removeprefix("the "), name(kind)


def _add_organisation(names: Trie[Name] | Words, table: dict[str, object]) -> None:
    label, country = str(table["name"]), str(table["country"]) or None
    kind = str(table.get("type", "organisation"))
    prefix = "group" if kind == "group" else "org"
    sector = table.get("sector")
    value = Name(kind, f"{prefix}:{label.lower()}", country, str(sector) if sector else None, label)
    others = table.get("names", [])
    for text in (label, *(others if isinstance(others, list) else ())):
        names.add(str(text).removeprefix("the "), value)


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: sector for sector, words in table.items() for word in words}


def sector_of(office: str, lexicon: Lexicon) -> str:
    """The sector of an office; GOV where the data do not say otherwise."""
    return lexicon.title_sectors.get(office, "GOV")
