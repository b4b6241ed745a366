"""A conflict as a person writes it: parties, options, exclusions and preferences, each with its citations.

``Model.graph()`` gives the form the solvers read. The file forms stand in ``modelfile`` (TOML, JSON) and
``gmcr``; ``docs/conflict.md`` documents every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from detente.conflict.formulas import Formula, parse_formula
from detente.conflict.graph import BOTH, Bits, Graph, ModelError, Ranks, check_size

STATUSES = ("reported", "claimed", "disputed", "third-party", "inferred", "analyst")
SIDES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Cite:
    """Exact words of an article: ``text[start:end] == quote`` (start and end may be missing in a draft)."""

    article: str
    quote: str
    start: int | None = None
    end: int | None = None

    @property
    def sentence(self) -> tuple[str, str]:
        """What makes two citations the same sentence."""
        return (self.article, self.quote)


@dataclass(frozen=True, slots=True)
class Support:
    """What an element of a model rests on.

    ``claim`` names a contested claim; elements on its two ``side``s never stand in one reading. ``line`` is
    where the element stands in its file (0: not from a file).
    """

    status: str = "analyst"
    cite: tuple[Cite, ...] = ()
    claim: str = ""
    side: str = "yes"
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """Who decides, for which of the record's ``actors``; ``preferences`` may be "unknown"."""

    id: str
    name: str
    actors: tuple[str, ...] = ()
    preferences: str = "known"
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Option:
    """What its owner can do or leave; ``direction`` forward: not to be undone, back: not to be redone."""

    id: str
    owner: str
    label: str = ""
    direction: str = BOTH
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """States that cannot be: those in which the formula ``when`` holds, and the reason."""

    when: str
    reason: str = ""
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Preference:
    """What a party wants: that ``holds``. Lower ``rank`` matters more; equal ranks: the order is open."""

    party: str
    holds: str
    rank: int
    id: str = ""
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A party's states in order, best first, ties as inner tuples; ``rest`` says what the others are."""

    party: str
    best_first: tuple[tuple[str, ...], ...]
    rest: str = "error"
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Pair:
    """One comparison that is known: a party prefers a state over another; the rest stays unknown."""

    party: str
    better: str
    worse: str
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class Move:
    """A reported move: options a party took or dropped; ``before`` where it did not lead to the present."""

    party: str
    takes: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    before: str = ""
    date: str = ""
    support: Support = field(default_factory=Support)


@dataclass(frozen=True, slots=True)
class View:
    """How one party sees the conflict: preferences it believes in, and options that it does not see."""

    party: str
    preferences: tuple[Preference, ...] = ()
    unaware: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A whole model. Elements keep the order of their file, which is the order of the bits of a state."""

    title: str
    parties: tuple[Party, ...]
    options: tuple[Option, ...]
    exclusions: tuple[Exclusion, ...] = ()
    preferences: tuple[Preference, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    pairs: tuple[Pair, ...] = ()
    moves: tuple[Move, ...] = ()
    views: tuple[View, ...] = ()
    now: str = ""
    date: str = ""
    note: str = ""
    source: str = ""

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The options in the order of the bits."""
        return tuple(option.id for option in self.options)

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The bit of each option."""
        return {name: bit for bit, name in enumerate(self.option_ids)}

    @cached_property
    def party_ids(self) -> tuple[str, ...]:
        """The parties in order."""
        return tuple(party.id for party in self.parties)

    def formula(self, text: str) -> Formula:
        """Read a formula over this model's options."""
        return parse_formula(text, self.option_ids)

    def truth(self, text: str) -> Bits:
        """Where on the grid a formula holds."""
        return self.formula(text).holds(np.arange(1 << len(self.options)), self.bits)

    def state(self, pattern: str) -> int:
        """A state from its pattern of Y and N.

        Raises:
            ModelError: not one letter Y or N for each option.
        """
        if len(pattern) != len(self.options) or set(pattern) - {"Y", "N"}:
            raise ModelError(
                f"State {pattern!r} is not one letter Y or N for each of the {len(self.options)} options.",
                hint="Order of the options: " + ", ".join(self.option_ids),
            )
        return sum(1 << bit for bit, letter in enumerate(pattern) if letter == "Y")

    def pattern(self, state: int) -> str:
        """A state as one letter an option."""
        return "".join("Y" if state >> bit & 1 else "N" for bit in range(len(self.options)))

    @property
    def present(self) -> int | None:
        """The present state, if the model has one."""
        return self.state(self.now) if self.now else None

    def taken(self, state: int) -> tuple[str, ...]:
        """The options taken in a state."""
        return tuple(name for name, bit in self.bits.items() if state >> bit & 1)

    def name_of(self, party: str) -> str:
        """A party's name."""
        return next((p.name for p in self.parties if p.id == party), party)

    def label_of(self, option: str) -> str:
        """An option in words."""
        return next((o.label or o.id for o in self.options if o.id == option), option)

    def feasible(self) -> Bits:
        """Which settings can be."""
        check_size(self.option_ids)
        allowed = np.ones(1 << len(self.options), dtype=bool)
        for exclusion in self.exclusions:
            if self.stands(exclusion.support):
                allowed &= ~self.truth(exclusion.when)
        return allowed

    @cached_property
    def first_sides(self) -> Mapping[str, str]:
        """For each contested claim the side that the first reading takes: that of its first element."""
        sides: dict[str, str] = {}
        for support in self.supports():
            if support.claim:
                sides.setdefault(support.claim, support.side)
        return sides

    def supports(self) -> list[Support]:
        """What the elements that can be contested rest on: statements, exclusions, options."""
        return [
            *(p.support for p in self.preferences),
            *(e.support for e in self.exclusions),
            *(o.support for o in self.options),
        ]

    def stands(self, support: Support) -> bool:
        """Whether an element stands in the first reading."""
        return not support.claim or self.first_sides[support.claim] == support.side

    def statements_of(self, party: str) -> tuple[Preference, ...]:
        """A party's statements in the first reading, most important first (file order inside a rank)."""
        own = [p for p in self.preferences if p.party == party and self.stands(p.support)]
        return tuple(sorted(own, key=lambda p: p.rank))

    def graph(self) -> Graph:
        """The solved form: open orders are taken in the order of the file.

        Raises:
            ModelError: too many options, or a ranking that leaves out feasible states.
        """
        from detente.conflict.preferences import ranks_for

        feasible = self.feasible()
        return Graph(
            self.party_ids,
            self.option_ids,
            tuple(self.party_ids.index(option.owner) for option in self.options),
            tuple(option.direction for option in self.options),
            feasible,
            tuple(ranks_for(self, party, feasible) for party in self.party_ids),
        )

    def seen_by(self, party: str) -> Model:
        """The model as one party sees it (misperception); the model itself where it has no view."""
        from dataclasses import replace

        view = next((v for v in self.views if v.party == party), None)
        if view is None:
            return self
        believed = {p.party for p in view.preferences}
        kept = tuple(p for p in self.preferences if p.party not in believed)
        unaware = tuple(
            Exclusion(option, f"{self.name_of(party)} does not see this option") for option in view.unaware
        )
        rankings = tuple(r for r in self.rankings if r.party not in believed)
        return replace(
            self,
            title=f"{self.title}, as {self.name_of(party)} sees it",
            preferences=kept + view.preferences,
            rankings=rankings,
            exclusions=self.exclusions + unaware,
            views=(),
        )


def elements_of(model: Model) -> list[tuple[str, Any]]:
    """Every element that can carry citations, with a name that a person can find it by."""
    found: list[tuple[str, Any]] = [(f"party {p.id}", p) for p in model.parties]
    found += [(f"option {o.id}", o) for o in model.options]
    found += [(f"exclusion {e.when!r}", e) for e in model.exclusions]
    found += [(f"preference of {p.party}: {p.holds!r}", p) for p in model.preferences]
    found += [(f"ranking of {r.party}", r) for r in model.rankings]
    found += [(f"pair of {p.party}: {p.better} over {p.worse}", p) for p in model.pairs]
    found += [(f"move of {m.party}", m) for m in model.moves]
    return found


def rank_array(values: np.ndarray) -> Ranks:
    """Any sortable values as small ranks, equal where equal."""
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int32)
