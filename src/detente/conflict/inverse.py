"""What a party would have to want for a state to hold: in its own statements, and state by state.

``in_statements`` tries every order of the party's statements and says what separates the orders in which the
state is stable from those in which it is not: "A above B". ``conditions`` gives the definition itself as
comparisons of states, for a party whose preferences are open; opponents' preferences stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from math import factorial

import numpy as np

from detente.conflict import literal
from detente.conflict.explicit import Explicit, explicit_of
from detente.conflict.fast import Solver
from detente.conflict.graph import Graph, ModelError
from detente.conflict.model import Model
from detente.conflict.variants import BUDGET, Order, Stack, base_variant

MOST_STATEMENTS = 7  # 5,040 orders; of more statements the first seven are permuted (fewer in large models)


@dataclass(frozen=True, slots=True)
class InStatements:
    """When a state is stable for a party, as an order of its statements.

    ``above``: pairs (A, B) of formulas, "A ranks above B". ``joined`` is "and" or "or"; ``exact`` says that
    the condition holds in just the orders where the state is stable, else it only suffices. ``share`` is the
    share of all orders in which the state is stable.
    """

    party: str
    above: tuple[tuple[str, str], ...]
    joined: str
    exact: bool
    share: float
    now: bool

    @property
    def always(self) -> bool:
        """Stable in every order."""
        return self.share == 1

    @property
    def never(self) -> bool:
        """Stable in no order: another statement would be needed."""
        return self.share == 0


def in_statements(model: Model, state: int, party: str, *, concept: str = "seq") -> InStatements:
    """What separates the orders of a party's statements in which a state is stable for it.

    Raises:
        ModelError: the party has no statements.
    """
    base = base_variant(model)
    index = model.party_ids.index(party)
    order = base.orders[index]
    if not order:
        raise ModelError(f"{model.name_of(party)} has no preference statements to order.")
    stack = Stack(model)
    most = MOST_STATEMENTS
    while most > 1 and factorial(most) << len(model.options) > BUDGET:
        most -= 1
    head, tail = order[:most], order[most:]
    orders = [(*p, *tail) for p in permutations(head)]
    stable = _stable(
        stack, [_with(base.orders, index, o) for o in orders], index, state, concept, base.exclusions
    )
    return _condition(model, party, orders, stable, head)


def _with(orders: tuple[Order, ...], index: int, order: Order) -> tuple[Order, ...]:
    return (*orders[:index], order, *orders[index + 1 :])


def _stable(
    stack: Stack,
    orders: Sequence[tuple[Order, ...]],
    party: int,
    state: int,
    concept: str,
    exclusions: frozenset[int],
) -> np.ndarray:
    base = replace(base_variant(stack.model), exclusions=exclusions)
    variants = [replace(base, orders=o) for o in orders]
    found = []
    for chunk in stack.chunks(variants):
        rows = Solver(stack.graph(chunk)).stable(party, concept).reshape(len(chunk), -1)
        found.append(rows[:, state])
    return np.concatenate(found)


def _condition(
    model: Model, party: str, orders: Sequence[Order], stable: np.ndarray, head: Order
) -> InStatements:
    share = float(stable.mean())
    now = bool(stable[0])
    words = {
        i: ("not (" + model.preferences[i].holds + ")" if t else model.preferences[i].holds) for i, t in head
    }
    places = np.array([[[i for i, _ in order].index(item) for item, _ in head] for order in orders])
    literals = {
        (a, b): places[:, x] < places[:, y]
        for x, (a, _) in enumerate(head)
        for y, (b, _) in enumerate(head)
        if x != y
    }
    if share in (0.0, 1.0):
        return InStatements(party, (), "and", True, share, now)
    for joined, combine in (("and", np.logical_and), ("or", np.logical_or)):
        for size in (1, 2, 3):
            for group in combinations(literals, size):
                if np.array_equal(combine.reduce([literals[g] for g in group]), stable):
                    above = tuple((words[a], words[b]) for a, b in group)
                    return InStatements(party, above, joined, True, share, now)
    return _sufficient(party, literals, stable, words, share, now)


def _sufficient(
    party: str,
    literals: dict[tuple[int, int], np.ndarray],
    stable: np.ndarray,
    words: dict[int, str],
    share: float,
    now: bool,
) -> InStatements:
    """The condition of up to three "above"s that covers most of the stable orders and no other."""
    best: tuple[int, tuple[tuple[int, int], ...]] = (0, ())
    for size in (1, 2, 3):
        for group in combinations(literals, size):
            holds = np.logical_and.reduce([literals[g] for g in group])
            covered = int(holds.sum())
            if covered > best[0] and not (holds & ~stable).any():
                best = (covered, group)
        if best[1]:
            break
    above = tuple((words[a], words[b]) for a, b in best[1])
    return InStatements(party, above, "and", False, share, now)


Clause = tuple[tuple[int, int], ...]


def conditions(graph: Graph, party: int, state: int, concept: str = "nash") -> list[list[Clause]]:
    """The definition as comparisons: every row must have one alternative that holds in full.

    A row stands for one move of the party. An alternative is a set of pairs (a, b): "a is no better than b".
    Nash has one alternative a row; GMR and SEQ add one for each sanction, SMR the sanction with its escapes.
    """
    model = explicit_of(graph)
    return [
        [((t, state),), *_sanctions(model, party, state, t, concept)] for t in model.targets(party, state)
    ]


def _sanctions(model: Explicit, party: int, state: int, target: int, concept: str) -> list[Clause]:
    if concept == "nash":
        return []
    step = literal.credible_from if concept == "seq" else literal.any_move
    others = set(range(len(model.parties))) - {party}
    ends = sorted(literal.reachable(model, others, target, step))
    if concept != "smr":
        return [((end, state),) for end in ends]
    return [tuple((z, state) for z in (end, *model.targets(party, end))) for end in ends]


def holds(rows: Sequence[Sequence[Clause]], rank: Sequence[int] | np.ndarray) -> bool:
    """Whether a ranking meets the conditions."""
    return all(any(all(rank[a] <= rank[b] for a, b in clause) for clause in row) for row in rows)


def count_rankings(graph: Graph, party: int, state: int, concept: str) -> tuple[int, int]:
    """In how many strict rankings of the feasible states a state is stable for a party, and of how many.

    Raises:
        ModelError: more than 8 feasible states (40,320 rankings).
    """
    states = [int(s) for s in graph.states]
    if len(states) > 8:
        raise ModelError(
            f"{len(states)} states have too many rankings to count.", hint="Ask in statements instead."
        )
    rows = conditions(graph, party, state, concept)
    rank = np.zeros(graph.settings, dtype=np.int32)
    found = 0
    for order in permutations(range(len(states))):
        rank[states] = order
        found += holds(rows, rank)
    return found, factorial(len(states))
