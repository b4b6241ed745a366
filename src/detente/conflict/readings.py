"""Readings: the ways in which a model can be read where the citations leave it open, and what holds in them.

Three things fork a model: a contested claim (elements on its two sides never stand together), a disputed
element (it stands or it does not), and statements of equal rank (their order is open: every order is a
reading). A reported move that would make its mover worse off refutes a reading.

Readings are counted, not weighed: a share is no probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, permutations, product
from math import factorial, prod
from typing import Any

import numpy as np

from detente.conflict.fast import Solver
from detente.conflict.graph import ModelError
from detente.conflict.model import Model, Move
from detente.conflict.variants import Stack, Variant, base_variant

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Fork:
    """A point where the model can be read in more than one way.

    ``kind`` is claim, disputed or order; ``choices`` the ways in words.
    """

    kind: str
    name: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """In how many readings a state is stable for all parties (or for one), of how many that have it."""

    stable: int
    total: int

    @property
    def word(self) -> str:
        """all, some or none."""
        if not self.total or not self.stable:
            return "none"
        return "all" if self.stable == self.total else "some"

    @property
    def share(self) -> float:
        """The share of readings; 0 where the state is in none."""
        return self.stable / self.total if self.total else 0.0


class Readings:
    """The readings of a model, solved together.

    Args:
        model: a model whose parties all have statements or rankings (unknown preferences have no readings).
        limit: at most so many readings; beyond it an even sample of all combinations is taken, the same on
            every run, and ``sampled`` is True.
    """

    def __init__(self, model: Model, *, limit: int = LIMIT) -> None:
        if any(p.preferences == "unknown" for p in model.parties) or model.pairs:
            raise ModelError(
                "Readings need an order for each party; some preferences here are unknown.",
                hint="Give statements of equal rank where the order is open, or solve with --unknown.",
            )
        self.model = model
        self.stack = Stack(model)
        self.claims = sorted({e.support.claim for e in self._elements() if e.support.claim})
        self.disputed = [
            e for e in self._elements() if e.support.status == "disputed" and not e.support.claim
        ]
        self.possible = self._count()
        self.sampled = self.possible > limit
        self.variants = self._variants(limit)
        self.refuted = self._refuted()

    def _elements(self) -> list[Any]:
        return [*self.model.preferences, *self.model.exclusions, *self.model.options]

    @cached_property
    def forks(self) -> tuple[Fork, ...]:
        """Where the model can be read in more than one way."""
        found = [Fork("claim", claim, ("so", "not so")) for claim in self.claims]
        found += [Fork("disputed", _name(e), ("stands", "does not")) for e in self.disputed]
        for party in self.model.party_ids:
            for group in _groups(self.model, [p for p in self.model.preferences if p.party == party]):
                slots = {self.model.preferences[i].support.claim or i for i in group}
                if len(slots) > 1:  # the two sides of one claim never stand together
                    words = tuple(self.model.preferences[i].holds for i in group)
                    found.append(Fork("order", f"the order of what {self.model.name_of(party)} wants", words))
        return tuple(found)

    def _choices(self) -> Iterator[tuple[bool, ...]]:
        return product((True, False), repeat=len(self.claims) + len(self.disputed))

    def _standing(self, choice: tuple[bool, ...]) -> set[int]:
        """The ids of elements that stand when claims are so or not and disputed elements stand or not."""
        so = dict(zip(self.claims, choice, strict=False))
        out = {id(e) for e, kept in zip(self.disputed, choice[len(self.claims) :], strict=True) if not kept}
        return {
            id(e)
            for e in self._elements()
            if id(e) not in out and (not e.support.claim or so[e.support.claim] == (e.support.side == "yes"))
        }

    def _orders(self, standing: set[int]) -> list[list[list[int]]]:
        """For each party its groups of equal rank that stand."""
        return [
            _groups(self.model, [p for p in self.model.preferences if p.party == party and id(p) in standing])
            for party in self.model.party_ids
        ]

    def _count(self) -> int:
        if len(self.claims) + len(self.disputed) > 16:
            raise ModelError(
                f"{len(self.claims) + len(self.disputed)} contested elements give too many readings.",
                hint="Join elements that rest on one claim with claim = …, or settle some.",
            )
        return sum(
            prod(factorial(len(group)) for groups in self._orders(self._standing(c)) for group in groups)
            for c in self._choices()
        )

    def _variants(self, limit: int) -> list[Variant]:
        if not self.sampled:
            return list(self._all())
        if self.possible <= 20 * limit:
            step = self.possible / limit
            wanted = {int(i * step) for i in range(limit)}
            return [v for i, v in enumerate(islice(self._all(), self.possible)) if i in wanted]
        return self._random(limit)

    def _all(self) -> Iterator[Variant]:
        for choice in self._choices():
            standing = self._standing(choice)
            flat = [group for groups in self._orders(standing) for group in groups]
            sizes = [len(groups) for groups in self._orders(standing)]
            for orders in product(*(permutations(group) for group in flat)):
                yield self._variant(orders, sizes, standing)

    def _random(self, limit: int) -> list[Variant]:
        rng = np.random.default_rng(0)
        choices = list(self._choices())
        found = []
        for n in range(limit):
            standing = self._standing(choices[n % len(choices)])
            groups = self._orders(standing)
            orders = [tuple(map(int, rng.permutation(g))) for by in groups for g in by]
            found.append(self._variant(orders, [len(by) for by in groups], standing))
        return found

    def _variant(self, orders: Sequence[tuple[int, ...]], sizes: list[int], standing: set[int]) -> Variant:
        by_party, place = [], 0
        for size in sizes:
            flat = [i for order in orders[place : place + size] for i in order]
            by_party.append(tuple((i, False) for i in flat))
            place += size
        exclusions = frozenset(i for i, e in enumerate(self.model.exclusions) if id(e) in standing)
        fixed = frozenset(o.id for o in self.model.options if id(o) not in standing)
        return Variant(tuple(by_party), exclusions, fixed)

    def _refuted(self) -> list[tuple[int, Move]]:
        """Readings in which a reported move made its mover worse off, each with the first such move."""
        moves = [(m, *ends) for m in self.model.moves if (ends := move_ends(self.model, m)) is not None]
        found = []
        for number, variant in enumerate(self.variants):
            for move, before, after in moves:
                party = self.model.party_ids.index(move.party)
                rank = self.stack.ranks(party, variant.orders[party])
                if rank[after] < rank[before]:
                    found.append((number, move))
                    break
        return found

    @property
    def solved(self) -> int:
        """How many readings were made (all, or the sample), refuted ones included."""
        return len(self.variants)

    @cached_property
    def kept(self) -> list[Variant]:
        """The readings that no reported move refutes; all of them where the moves refute every one."""
        gone = {number for number, _ in self.refuted}
        kept = [v for i, v in enumerate(self.variants) if i not in gone]
        return kept or list(self.variants)

    def stable(self, concept: str, *, party: int | None = None) -> np.ndarray:
        """A row a kept reading: where the states are stable (for all parties, or for one)."""
        rows = []
        for chunk in self.stack.chunks(self.kept):
            solver = Solver(self.stack.graph(chunk))
            found = solver.equilibria(concept) if party is None else solver.stable(party, concept)
            rows.append(found.reshape(len(chunk), -1))
        return np.concatenate(rows)

    def splits(self, state: int, concept: str) -> list[tuple[str, str, str]]:
        """What separates the readings in which a state is stable from those in which it is not.

        Returns:
            (how, what, than): "only if" or "whenever", a statement that stands (``than`` empty) or
            that ranks above another. Empty where the state is stable in all or no readings.
        """
        stable = self.stable(concept)[:, state]
        if stable.all() or not stable.any():
            return []
        literals = self._literals()
        found = _separating({k: v for k, v in literals.items() if not k[1]}, stable)
        # An order that follows from a claim above says nothing more: look only where those claims hold.
        needed = [literals[what, than] for how, what, than in found if how == "only if"]
        within = np.logical_and.reduce(needed) if needed else np.ones_like(stable)
        if not stable[within].all():
            orders = {k: v[within] for k, v in literals.items() if k[1]}
            found += _separating(orders, stable[within])
        return found

    def _literals(self) -> dict[tuple[str, str], np.ndarray]:
        """Each thing that readings decide, and in which kept readings it is so."""
        places = [{i: n for order in v.orders for n, (i, _) in enumerate(order)} for v in self.kept]
        found: dict[tuple[str, str], np.ndarray] = {}
        for index, preference in enumerate(self.model.preferences):
            name = f"{self.model.name_of(preference.party)} wants {preference.holds}"
            stands = np.array([index in p for p in places])
            if not stands.all():
                found[name, ""] = stands
            for other, rival in enumerate(self.model.preferences):
                if rival.party == preference.party and rival.rank == preference.rank and other != index:
                    above = [index in p and (other not in p or p[index] < p[other]) for p in places]
                    found[name, rival.holds] = np.array(above)
        return found

    @cached_property
    def present_in(self) -> np.ndarray:
        """In how many kept readings each state can be."""
        counts: np.ndarray = np.sum([self.stack.feasible(v) for v in self.kept], axis=0)
        return counts

    def verdicts(self, concept: str) -> dict[int, Verdict]:
        """For each state that can be in some reading: in how many it is stable for all."""
        counts = self.stable(concept).sum(axis=0)
        return {
            int(s): Verdict(int(counts[s]), int(self.present_in[s])) for s in np.flatnonzero(self.present_in)
        }

    def verdict(self, state: int, concept: str, *, party: int | None = None) -> Verdict:
        """In how many readings one state is stable."""
        counts = self.stable(concept, party=party)[:, state].sum()
        return Verdict(int(counts), int(self.present_in[state]))


def _separating(
    literals: dict[tuple[str, str], np.ndarray], stable: np.ndarray
) -> list[tuple[str, str, str]]:
    found = []
    for (what, than), holds in literals.items():
        if not holds.any() or holds.all():
            continue
        if not stable[~holds].any():
            found.append(("only if", what, than))
        elif stable[holds].all():
            found.append(("whenever", what, than))
    return sorted(found)


def move_ends(model: Model, move: Move) -> tuple[int, int] | None:
    """The states before and after a reported move; None where the model does not know them.

    Without ``before`` the move is taken to have led to the present state.
    """
    takes = sum(1 << model.bits[o] for o in move.takes)
    drops = sum(1 << model.bits[o] for o in move.drops)
    if move.before:
        before = model.state(move.before)
        return before, (before | takes) & ~drops
    if model.present is None:
        return None
    after = (model.present | takes) & ~drops
    return (after | drops) & ~takes, after


def base_graph(model: Model) -> Any:
    """The model's first reading as a graph."""
    return Stack(model).graph([base_variant(model)])


def _groups(model: Model, statements: Sequence[Any]) -> list[list[int]]:
    index = {id(p): i for i, p in enumerate(model.preferences)}
    ranks = sorted({p.rank for p in statements})
    return [[index[id(p)] for p in statements if p.rank == rank] for rank in ranks]


def _name(element: Any) -> str:
    return str(getattr(element, "holds", "") or getattr(element, "when", "") or element.id)
