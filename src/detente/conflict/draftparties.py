"""Who the parties of a crisis are: states with their officials and forces, and allies that act as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol

from detente.conflict.kinds import load_blocs
from detente.record import Actor, Article, Span, TellingKey, telling_key

# PLOVER types that set two parties against each other; the rest says nothing about being allies.
AGAINST = frozenset(
    {"DEMAND", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "PROTEST"}
)
Place = tuple[TellingKey, str, int, int]


class RecordView(Protocol):
    """A record that can be looked at: any store, an export, or lists in memory."""

    def layer(self, name: str) -> Iterator[Any]:
        """The records of one layer, in the record's order."""
        ...

    def article(self, article_id: str) -> Article:
        """One article with its text."""
        ...


@dataclass(frozen=True, slots=True)
class Group:
    """States drafted as one party, the weightiest first."""

    keys: tuple[str, ...]
    name: str


class Sides:
    """From actors to the states they act for, and from states to drafted parties."""

    def __init__(self, view: RecordView, *, told: Mapping[str, str] | None = None) -> None:
        self.view = view
        self.given = {name.casefold(): key for name, key in (told or {}).items()}
        self.actors: dict[str, Actor] = {a.id: a for a in sorted(view.layer("actors"), key=_standing)}
        self._articles: dict[str, TellingKey] = {}
        self._surnames = self._by_surname()
        self._mentions = self._by_article()
        self._keys: dict[str, str | None] = {}
        self.names = self._names()

    def key_of(self, actor_id: str) -> str | None:
        """The state (or international body) that an actor acts for; None where the record does not say."""
        if actor_id not in self._keys:
            self._keys[actor_id] = None  # part_of may run in a circle
            self._keys[actor_id] = self._find(actor_id)
        return self._keys[actor_id]

    def keys_of(self, actor_ids: Iterable[str]) -> tuple[str, ...]:
        """The states of several actors, each once, in order."""
        return tuple(dict.fromkeys(key for a in actor_ids if (key := self.key_of(a))))

    def told(self, span: Span) -> Place:
        """What orders words: their article's place in the telling, and theirs in it."""
        key = self._articles.get(span.article)
        if key is None:
            key = self._articles[span.article] = telling_key(self.view.article(span.article))
        return key, span.article, span.start, span.end

    def mentioned(self, span: Span) -> list[tuple[int, str]]:
        """The states mentioned inside a span: where (offset in the article) and which, in order."""
        return [
            (start, key)
            for start, end, actor in self._mentions.get(span.article, [])
            if span.start <= start and end <= span.end and (key := self.key_of(actor))
        ]

    def _find(self, actor_id: str) -> str | None:
        actor = self.actors.get(actor_id)
        if actor is None:
            return None
        for name in (actor.name, *actor.names):
            if name.casefold() in self.given:
                return self.given[name.casefold()]
        bloc = _bloc_named((actor.name, *actor.names))
        if bloc:
            return bloc
        if actor.country and actor.country not in ("IGO", "INT"):
            return actor.country
        for role in actor.roles:
            if role.of:
                key = self.key_of(role.of) if role.of in self.actors else role.of
                if key and re.fullmatch(r"[A-Z]{3}", key):
                    return key
        if actor.part_of:
            return self.key_of(actor.part_of)
        return self._surnames.get(actor.name.split()[-1]) or self._beside(actor)

    def _beside(self, actor: Actor) -> str | None:
        """ "The Obama administration": the state of what stands right before a mention."""
        votes: Counter[str] = Counter()
        for span in actor.mentions:
            for start, end, other in self._mentions.get(span.article, []):
                before = start < span.start and 0 <= span.start - end <= 2
                inside = span.start <= start and end <= span.end and (start, end) != (span.start, span.end)
                if other != actor.id and (before or inside):
                    key = self.key_of(other)
                    votes.update([key] if key else [])
        return votes.most_common(1)[0][0] if votes else None

    def _by_surname(self) -> dict[str, str]:
        """Surnames that only persons of one state bear."""
        found: dict[str, set[str]] = {}
        for actor in self.actors.values():
            if actor.type == "person" and actor.country and " " in actor.name:
                found.setdefault(actor.name.split()[-1], set()).add(actor.country)
        return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}

    def _by_article(self) -> dict[str, list[tuple[int, int, str]]]:
        found: dict[str, list[tuple[int, int, str]]] = {}
        for actor in self.actors.values():
            for span in actor.mentions:
                found.setdefault(span.article, []).append((span.start, span.end, actor.id))
        for rows in found.values():
            rows.sort(key=lambda row: row[:2])
        return found

    def _names(self) -> dict[str, str]:
        names = {bloc.key: bloc.name for bloc in load_blocs()}
        for actor in self.actors.values():
            if actor.type == "state" and actor.country:
                names.setdefault(actor.country, actor.name)
        return names


def _standing(actor: Actor) -> tuple[int, str, str, str]:
    """The most mentioned first."""
    return -len(actor.mentions), actor.name, actor.type, actor.key


def _bloc_named(names: Iterable[str]) -> str | None:
    for bloc in load_blocs():
        if {bloc.name, *bloc.names} & set(names):
            return bloc.key
    return None


def group_allies(sides: Sides, weights: Mapping[str, float], *, year: int) -> list[Group]:
    """States that the record shows acting together and never against each other, as parties.

    Two states stand together when they are sources of one act or position against the same third, or when a
    bloc of that year holds both; and nothing in the record sets one against the other.
    """
    together, against = _relations(sides)
    for bloc in load_blocs():
        members = [k for k, since in bloc.members.items() if since <= year] + [bloc.key]
        together.update(tuple(sorted(pair)) for pair in combinations(sorted(set(members) & set(weights)), 2))
    groups: list[list[str]] = []
    for key in sorted(weights, key=lambda k: (-weights[k], k)):
        home = next(
            (
                group
                for group in groups
                if any(_pair(key, other) in together for other in group)
                and not any(against[_pair(key, other)] for other in group)
            ),
            None,
        )
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    return [Group(tuple(group), _name(sides, group)) for group in groups]


def _pair(a: str, b: str) -> tuple[str, ...]:
    return tuple(sorted((a, b)))


def _name(sides: Sides, group: list[str]) -> str:
    shown = [sides.names.get(key, key) for key in group[:2]]
    return f"{shown[0]} and allies" if len(group) > 2 else " and ".join(shown)


def _relations(sides: Sides) -> tuple[set[tuple[str, ...]], Counter[tuple[str, ...]]]:
    together: set[tuple[str, ...]] = set()
    against: Counter[tuple[str, ...]] = Counter()
    for event in sides.view.layer("events"):
        if event.status not in ("happened", "ongoing") or event.type not in AGAINST:
            continue
        sources, targets = sides.keys_of(event.sources), sides.keys_of(event.recipients)
        if targets:
            together.update(_pair(a, b) for a, b in combinations(sources, 2))
        against.update(_pair(a, b) for a in sources for b in targets if a != b)
    for position in sides.view.layer("positions"):
        parties, asked = sides.keys_of(position.parties), sides.keys_of(position.addressees)
        if position.stance in ("demands", "rejects", "refuses") and asked:
            together.update(_pair(a, b) for a, b in combinations(parties, 2) if not {a, b} & set(asked))
            against.update(_pair(a, b) for a in parties for b in asked if a != b)
    for measure in sides.view.layer("measures"):
        if measure.kind in ("sanction", "blockade", "quarantine", "seizure"):
            together.update(_pair(a, b) for a, b in combinations(sides.keys_of(measure.actors), 2))
    return together, against
