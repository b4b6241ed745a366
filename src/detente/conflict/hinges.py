"""Hinges: the fewest cited sentences whose removal or reversal changes the verdict on a state.

An element of the model falls when all the sentences it cites are taken away, and turns round when all are
reversed. The same words in several reports count as one sentence: ten copies of a wire story are one hinge.
Elements without citations hinge on the analyst and are listed as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from detente.conflict.fast import Solver
from detente.conflict.graph import ModelError
from detente.conflict.model import Cite, Model, Support
from detente.conflict.variants import BUDGET, Stack, Variant, base_variant

REMOVED, REVERSED = "removed", "reversed"
MOST = 20_000  # variants tried at most; larger sets of elements are then left out


@dataclass(frozen=True, slots=True)
class Hinge:
    """Sentences whose removal or reversal changes a verdict.

    ``sentences`` holds each different wording once with one citation a report; ``elements`` names what falls
    or turns with them; ``analyst`` counts elements among them that rest on no sentence.
    """

    how: str
    elements: tuple[str, ...]
    sentences: tuple[tuple[Cite, ...], ...]
    analyst: int
    stable_before: bool
    stable_after: bool

    @property
    def size(self) -> int:
        """How many sentences (or, uncited, judgements of the analyst) must change."""
        return len(self.sentences) + self.analyst


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: str
    index: int
    id: str
    name: str
    keys: frozenset[str]


def find_hinges(model: Model, state: int, *, concept: str = "seq", most: int = 3) -> list[Hinge]:
    """The smallest sets of sentences on which a state's stability hangs, smallest first.

    Args:
        model: any model with statements.
        state: usually the present state.
        concept: the solution concept of the verdict.
        most: at most so many elements changed together.

    Returns:
        All hinges of the least size found; empty when none of up to ``most`` elements changes the verdict.
    """
    stack = Stack(model)
    base = base_variant(model)
    if not stack.feasible(base)[state]:
        raise ModelError(f"State {model.pattern(state)} cannot be.", hint="See the exclusions.")
    before = _stable(stack, [base], state, concept)[0]
    found: list[Hinge] = []
    units = _units(model)
    for count in range(1, most + 1):
        changes = list(_changes(units, count))
        if len(changes) > min(MOST, BUDGET >> len(model.options)):
            if count == 1:
                raise ModelError(
                    f"{len(changes)} changes of a model of {len(model.options)} options are too many to try.",
                    hint="Fix options that do not matter for the question.",
                )
            break
        variants = [_changed(base, units, how, keys) for how, keys in changes]
        possible = [i for i, v in enumerate(variants) if stack.feasible(v)[state]]
        after = _stable(stack, [variants[i] for i in possible], state, concept)
        found += [
            _hinge(model, units, *changes[i], before, after[n])
            for n, i in enumerate(possible)
            if after[n] != before
        ]
        if found and min(h.size for h in found) <= count:
            break
    least = min((h.size for h in found), default=0)
    unique = {(h.how, h.elements): h for h in found if h.size == least}
    return sorted(unique.values(), key=lambda h: (h.analyst, h.how, h.elements))


def _units(model: Model) -> list[_Unit]:
    """The elements that stand in the first reading, each with the sentences it rests on."""
    elements: list[tuple[str, int, Any]] = [
        *(("preference", i, e) for i, e in enumerate(model.preferences)),
        *(("exclusion", i, e) for i, e in enumerate(model.exclusions)),
        *(("option", i, e) for i, e in enumerate(model.options)),
    ]
    units = []
    for kind, index, element in elements:
        if model.stands(element.support):
            name = _name(model, kind, element)
            keys = frozenset(_key(c) for c in element.support.cite) or frozenset([f"\0{name}"])
            units.append(_Unit(kind, index, getattr(element, "id", ""), name, keys))
    return units


def _support(model: Model, kind: str, index: int) -> Support:
    supports: dict[str, list[Support]] = {
        "preference": [p.support for p in model.preferences],
        "exclusion": [e.support for e in model.exclusions],
        "option": [o.support for o in model.options],
    }
    return supports[kind][index]


def _name(model: Model, kind: str, element: Any) -> str:
    if kind == "preference":
        return f"{model.name_of(element.party)} wants: {element.holds}"
    if kind == "exclusion":
        return f"cannot be: {element.when}"
    return f"{model.name_of(element.owner)} can: {model.label_of(element.id)}"


def _key(cite: Cite) -> str:
    return " ".join(cite.quote.split()).casefold()


def _changes(units: list[_Unit], count: int) -> Iterator[tuple[str, frozenset[str]]]:
    seen: set[tuple[str, frozenset[str]]] = set()
    for how in (REMOVED, REVERSED):
        usable = [u for u in units if how == REMOVED or u.kind == "preference"]
        for group in combinations(usable, count):
            keys = frozenset().union(*(u.keys for u in group))
            if (how, keys) not in seen:
                seen.add((how, keys))
                yield how, keys


def _touched(units: list[_Unit], how: str, keys: frozenset[str]) -> list[_Unit]:
    return [u for u in units if u.keys <= keys and (how == REMOVED or u.kind == "preference")]


def _changed(base: Variant, units: list[_Unit], how: str, keys: frozenset[str]) -> Variant:
    touched = _touched(units, how, keys)
    statements = {u.index for u in touched if u.kind == "preference"}
    if how == REVERSED:
        orders = tuple(tuple((i, i in statements) for i, _ in order) for order in base.orders)
        return replace(base, orders=orders)
    orders = tuple(tuple((i, t) for i, t in order if i not in statements) for order in base.orders)
    gone = {u.index for u in touched if u.kind == "exclusion"}
    fixed = frozenset(u.id for u in touched if u.kind == "option")
    return replace(base, orders=orders, exclusions=base.exclusions - gone, fixed=base.fixed | fixed)


def _stable(stack: Stack, variants: list[Variant], state: int, concept: str) -> list[bool]:
    found: list[bool] = []
    for chunk in stack.chunks(variants):
        rows = Solver(stack.graph(chunk)).equilibria(concept).reshape(len(chunk), -1)
        found += np.asarray(rows[:, state]).tolist()
    return found


def _hinge(
    model: Model, units: list[_Unit], how: str, keys: frozenset[str], before: bool, after: bool
) -> Hinge:
    touched = _touched(units, how, keys)
    by_key: dict[str, dict[tuple[str, str], Cite]] = {}
    for unit in touched:
        for cite in _support(model, unit.kind, unit.index).cite:
            by_key.setdefault(_key(cite), {})[cite.sentence] = cite
    sentences = tuple(tuple(by_key[key].values()) for key in sorted(by_key) if key in keys)
    analyst = sum(1 for key in keys if key.startswith("\0"))
    return Hinge(how, tuple(u.name for u in touched), sentences, analyst, before, after)
