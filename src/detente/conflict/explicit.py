"""A conflict as a plain graph: numbered states, each party's moves as lists, and pairwise preferences.

The literal solver reads this form alone. It holds what the grid cannot: moves that are not changes of
options (graph form, as in the literature's Elmira model) and preferences that are unknown for some pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.conflict.graph import Graph, ModelError

Relation = Callable[[int, int], int | None]
"""relation(a, b): 1 when a is better than b, 0 a tie, -1 worse, None unknown."""


@dataclass(frozen=True, slots=True)
class Explicit:
    """States, moves and pairwise preferences, nothing else.

    ``moves[party][state]`` are the states that the party can move to on its own in one move.
    ``options`` is True when a state is a set of options as bits, which simultaneous moves need.
    """

    parties: tuple[str, ...]
    states: tuple[int, ...]
    moves: tuple[Mapping[int, tuple[int, ...]], ...]
    relations: tuple[Relation, ...]
    options: bool = False

    def targets(self, party: int, state: int) -> tuple[int, ...]:
        """Where a party can go from a state in one move."""
        return self.moves[party].get(state, ())


def explicit_of(graph: Graph, relations: Sequence[Relation] | None = None) -> Explicit:
    """A model on the grid, its moves listed one by one; the judge of the fast solver reads this.

    Args:
        graph: a single reading.
        relations: pairwise preferences instead of the graph's ranks (for unknown preferences).
    """
    states = tuple(int(s) for s in graph.states)
    moves = tuple(_moves(graph, party, states) for party in range(len(graph.parties)))
    related = tuple(relations) if relations else tuple(rank_relation(rank) for rank in graph.ranks)
    return Explicit(graph.parties, states, moves, related, options=True)


def rank_relation(rank: Mapping[int, int] | np.ndarray) -> Relation:
    """A complete order as a pairwise relation."""

    def relation(a: int, b: int) -> int:
        return (int(rank[a]) > int(rank[b])) - (int(rank[a]) < int(rank[b]))

    return relation


def explicit_from_lists(
    moves: Mapping[str, Mapping[int, Sequence[int]]],
    ranking: Mapping[str, Sequence[int | Sequence[int]]],
    *,
    states: Sequence[int],
) -> Explicit:
    """A graph-form model from lists of moves and rankings (best first, ties as inner lists).

    Raises:
        ModelError: a ranking leaves out a state or names one twice, or a move goes to an unknown state.
    """
    known = set(states)
    for party, by_state in moves.items():
        for state, targets in by_state.items():
            unknown = {state, *targets} - known
            if unknown:
                raise ModelError(
                    f"{party} moves from {state} to {list(targets)}, but {min(unknown)} is no state.",
                    hint="States: " + ", ".join(map(str, states)),
                )
    relations = tuple(rank_relation(ranks_of(ranking[party], known, party=party)) for party in moves)
    lists = tuple({s: tuple(t) for s, t in by_state.items()} for by_state in moves.values())
    return Explicit(tuple(moves), tuple(states), lists, relations)


def ranks_of(best_first: Sequence[int | Sequence[int]], states: set[int], *, party: str) -> dict[int, int]:
    """A ranking, best first with ties as inner lists, as a rank a state (larger is better)."""
    ranks: dict[int, int] = {}
    for place, tied in enumerate(reversed(best_first)):
        for state in [tied] if isinstance(tied, int) else tied:
            if state in ranks or state not in states:
                what = "twice" if state in ranks else "but it is no state"
                raise ModelError(f"The ranking of {party} names state {state} {what}.")
            ranks[state] = place
    missing = states - set(ranks)
    if missing:
        raise ModelError(
            f"The ranking of {party} leaves out state {min(missing)}.",
            hint="Rank every feasible state; tied states stand in an inner list.",
        )
    return ranks


def _moves(graph: Graph, party: int, states: Sequence[int]) -> dict[int, tuple[int, ...]]:
    kinds = list(graph.moves(party))
    found: dict[int, tuple[int, ...]] = {}
    for state in states:
        targets = [(state | up) & ~down for up, down in kinds if state & up == 0 and state & down == down]
        found[state] = tuple(t for t in targets if graph.feasible[t])
    return found
