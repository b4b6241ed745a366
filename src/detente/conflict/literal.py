"""The solution concepts word for word from their definitions: slow, plain, and the judge of the fast solver.

Sets of states and loops, nothing shared with ``detente.conflict.fast``. Fang, Hipel & Kilgour (1993),
section 3.2 (two parties) and 3.3 (n parties); SIM after Fraser & Hipel (1984).

"Sanction" means *not better*: ties count. Opponents may move in any order and again after another has
moved; two moves in a row by one party merge into one, since moves are transitive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from detente.conflict.graph import Graph


def moves_from(graph: Graph, party: int, state: int) -> list[int]:
    """The states a party can move to on its own, in one move."""
    found = []
    for up, down in graph.moves(party):
        if state & up == 0 and state & down == down:
            target = (state | up) & ~down
            if graph.feasible[target]:
                found.append(target)
    return found


def improvements_from(graph: Graph, party: int, state: int) -> list[int]:
    """The unilateral improvements (UIs) of a party from a state."""
    rank = graph.ranks[party]
    return [t for t in moves_from(graph, party, state) if rank[t] > rank[state]]


def best_replies_from(graph: Graph, party: int, state: int) -> list[int]:
    """The improvements that no other improvement of the same party beats."""
    found = improvements_from(graph, party, state)
    if not found:
        return []
    best = max(graph.ranks[party][t] for t in found)
    return [t for t in found if graph.ranks[party][t] == best]


def reachable(graph: Graph, party: int, state: int, step: Callable[[Graph, int, int], list[int]]) -> set[int]:
    """The states that the opponents of a party can reach from a state by legal sequences of steps."""
    seen: set[int] = set()
    todo = [state]
    while todo:
        here = todo.pop()
        for other in range(len(graph.parties)):
            if other == party:
                continue
            for target in step(graph, other, here):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
    return seen


def is_nash(graph: Graph, party: int, state: int) -> bool:
    """No unilateral improvement."""
    return not improvements_from(graph, party, state)


def is_gmr(graph: Graph, party: int, state: int) -> bool:
    """Every improvement is sanctioned by some sequence of the opponents' moves, credible or not."""
    rank = graph.ranks[party]
    return all(
        any(rank[x] <= rank[state] for x in reachable(graph, party, t, moves_from))
        for t in improvements_from(graph, party, state)
    )


def is_smr(graph: Graph, party: int, state: int) -> bool:
    """As GMR, and the party cannot escape the sanction by a counter-move."""
    rank = graph.ranks[party]

    def holds(x: int) -> bool:
        return rank[x] <= rank[state] and all(rank[h] <= rank[state] for h in moves_from(graph, party, x))

    return all(
        any(holds(x) for x in reachable(graph, party, t, moves_from))
        for t in improvements_from(graph, party, state)
    )


def is_seq(
    graph: Graph,
    party: int,
    state: int,
    step: Callable[[Graph, int, int], list[int]] = improvements_from,
) -> bool:
    """Every improvement is sanctioned by a sequence of the opponents' improvements.

    With ``step=best_replies_from`` the opponents only use their best improvements, which leaves out
    sanctions bundled with gratuitous harm.
    """
    rank = graph.ranks[party]
    return all(
        any(rank[x] <= rank[state] for x in reachable(graph, party, t, step))
        for t in improvements_from(graph, party, state)
    )


def is_sim(graph: Graph, party: int, state: int) -> bool:
    """Every improvement is sanctioned when opponents' improvements are made at the same time.

    A combination whose joint result is infeasible sanctions nothing.
    """
    rank = graph.ranks[party]
    changes = list(_joint_changes(graph, party, state))
    return all(
        any(graph.feasible[t ^ change] and rank[t ^ change] <= rank[state] for change in changes)
        for t in improvements_from(graph, party, state)
    )


def _joint_changes(graph: Graph, party: int, state: int) -> Iterator[int]:
    """What one or more opponents, each improving from ``state``, change together (as a bit mask)."""
    choices = [
        [0] + [state ^ t for t in improvements_from(graph, other, state)]
        for other in range(len(graph.parties))
        if other != party
    ]
    for combination in product(*choices):
        change = 0
        for one in combination:
            change |= one
        if change:
            yield change


CONCEPTS: dict[str, Callable[[Graph, int, int], bool]] = {
    "nash": is_nash,
    "gmr": is_gmr,
    "smr": is_smr,
    "seq": is_seq,
    "seq-best": lambda graph, party, state: is_seq(graph, party, state, best_replies_from),
    "sim": is_sim,
}


def stable_states(graph: Graph, party: int, concept: str) -> set[int]:
    """The feasible states that are stable for a party under a concept."""
    test = CONCEPTS[concept]
    return {int(s) for s in graph.states if test(graph, party, int(s))}
