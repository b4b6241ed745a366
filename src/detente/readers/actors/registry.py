"""The actors of one article in the making: one a key, with names, roles and mentions collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from detente.readers.names import ACTORS as READER
from detente.record import Actor, Role, Span, make_id


def actor_id(key: str) -> str:
    """An actor's id, from its key alone."""
    # A key of this article alone ("unnamed:?a-3f…") is made anew, so that who notes ids sees it (``twins``).
    return make_id("ac", key) if "?" in key else _shared_id(key)


@lru_cache(maxsize=50_000)
def _shared_id(key: str) -> str:
    return make_id("ac", key)


@dataclass(slots=True)
class Making:
    """An actor that mentions are still being added to."""

    key: str
    type: str
    name: str
    country: str | None = None
    sector: str | None = None
    part_of: str | None = None
    names: dict[str, None] = field(default_factory=dict)
    roles: dict[tuple[str, str | None], Role] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)
    confidence: float = 0.0
    id: str = ""

    def __post_init__(self) -> None:
        """Derive the id."""
        self.id = actor_id(self.key)

    def add_role(self, role: Role) -> None:
        """Enter a role; evidence of one told twice is joined."""
        of = role.of or next((known for title, known in self.roles if title == role.title), None)
        old = self.roles.get((role.title, of))
        if old is None:
            self.roles[role.title, of] = role
            return
        evidence = tuple(dict.fromkeys((*old.evidence, *role.evidence)))
        from_, to = old.from_ or role.from_, old.to or role.to
        self.roles[role.title, of] = Role(role.title, of, from_, to, evidence)

    def finished(self) -> Actor:
        """The record."""
        return Actor(
            self.id, self.name, tuple(self.names), self.type, self.country, self.part_of,
            tuple(self.roles.values()), tuple(dict.fromkeys(self.mentions)), self.sector, self.key, READER,
            round(self.confidence, 2),
        )  # fmt: skip


@dataclass(slots=True)
class Actors:
    """The actors by key, and what was mentioned last."""

    by_key: dict[str, Making] = field(default_factory=dict)
    by_id: dict[str, Making] = field(default_factory=dict)

    def get(
        self,
        key: str,
        *,
        type: str,
        name: str,
        country: str | None = None,
        sector: str | None = None,
        part_of: str | None = None,
    ) -> Making:
        """The actor under a key, made on first use; empty fields are filled by later knowledge."""
        making = self.by_key.get(key)
        if making is None:
            making = self.by_key[key] = Making(key, type, name)
            self.by_id[making.id] = making
        making.country = making.country or country
        making.sector = making.sector or sector
        making.part_of = making.part_of or part_of
        return making
