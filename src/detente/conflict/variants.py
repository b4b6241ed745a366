"""Many variants of one model, solved at once: which statements stand, in which order, which are turned round.

A variant is a small record of choices; ``stack`` turns any number of them into one graph whose arrays hold
the variants one after the other. Truth tables and each party's ranks are computed once for each distinct
choice, so a thousand readings cost little more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.conflict.graph import Bits, Graph, Ranks
from detente.conflict.model import Model
from detente.conflict.preferences import ranks_for, ranks_from_truths

CELLS = 1 << 20  # places solved at once: about 4 MB an array
BUDGET = 1 << 25  # places solved for one question (readings, hinges, orders): seconds, not minutes
Order = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to read a model.

    ``orders``: for each party, its statements (index in ``model.preferences``, turned round or not), most
    important first. ``exclusions``: indexes that stand. ``fixed``: options that are not there to change.
    """

    orders: tuple[Order, ...]
    exclusions: frozenset[int]
    fixed: frozenset[str] = frozenset()


def base_variant(model: Model) -> Variant:
    """The model as its file has it: open orders in file order, every element standing."""
    index = {id(p): i for i, p in enumerate(model.preferences)}
    orders = tuple(
        tuple((index[id(p)], False) for p in model.statements_of(party)) for party in model.party_ids
    )
    exclusions = frozenset(i for i, e in enumerate(model.exclusions) if model.stands(e.support))
    fixed = frozenset(o.id for o in model.options if not model.stands(o.support))
    return Variant(orders, exclusions, fixed)


class Stack:
    """Variants of one model as graphs, with what they share kept."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.size = 1 << len(model.options)
        self._truths = [model.truth(p.holds) for p in model.preferences]
        self._excluded = [model.truth(e.when) for e in model.exclusions]
        self._ranks: dict[tuple[int, Order], Ranks] = {}
        self._feasible: dict[tuple[frozenset[int], frozenset[str]], Bits] = {}
        feasible = model.feasible()
        self._given = {
            party: ranks_for(model, name, feasible)
            for party, name in enumerate(model.party_ids)
            if any(r.party == name for r in model.rankings) or not model.statements_of(name)
        }
        self._plain = replace(model, rankings=(), preferences=()).graph()

    def ranks(self, party: int, order: Order) -> Ranks:
        """A party's ranks under an order of its statements."""
        if party in self._given:
            return self._given[party]
        key = (party, order)
        if key not in self._ranks:
            truths = [~self._truths[i] if turned else self._truths[i] for i, turned in order]
            self._ranks[key] = ranks_from_truths(truths, self.size)
        return self._ranks[key]

    def feasible(self, variant: Variant) -> Bits:
        """Which settings can be under a variant."""
        key = (variant.exclusions, variant.fixed)
        if key not in self._feasible:
            allowed = np.ones(self.size, dtype=bool)
            for index in variant.exclusions:
                allowed &= ~self._excluded[index]
            present = self.model.present
            for option in variant.fixed:
                value = present >> self.model.bits[option] & 1 if present is not None else 0
                allowed &= (np.arange(self.size) >> self.model.bits[option] & 1) == value
            self._feasible[key] = allowed
        return self._feasible[key]

    def graph(self, variants: Sequence[Variant]) -> Graph:
        """All variants as one graph."""
        ranks = tuple(
            np.concatenate([self.ranks(party, v.orders[party]) for v in variants])
            for party in range(len(self.model.parties))
        )
        feasible = np.concatenate([self.feasible(v) for v in variants])
        return replace(self._plain, feasible=feasible, ranks=ranks)

    def chunks(self, variants: Sequence[Variant]) -> list[Sequence[Variant]]:
        """Variants in groups that fit the memory of one solve."""
        step = max(1, CELLS // self.size)
        return [variants[i : i + step] for i in range(0, len(variants), step)]
