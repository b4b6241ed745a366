"""The solution concepts word for word from their definitions: slow, plain, and the judge of the fast solver.

Sets of states and loops, nothing shared with ``detente.conflict.fast``. Fang, Hipel & Kilgour (1993),
section 3.2 (two parties) and 3.3 (n parties); SIM after Fraser & Hipel (1984).

"Sanction" means *not better*: ties count. Opponents may move in any order and again after another has
moved; two moves in a row by one party are not a legal sequence (where moves are transitive they merge).

Unknown preferences follow Li, Hipel, Kilgour & Fang (2004, IEEE SMC-A 34(4): 507–520): ``attitude`` says what
a party does about a pair it cannot compare. "a": it may leave for an unknown state and only known losses
deter it; "b": it leaves for known gains only, known losses deter it; "c": unknown states draw and deter;
"d": known gains draw, known losses and unknown states deter. Opponents' sanctions may use unknown moves in
all four. Without unknown pairs the four are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from detente.conflict.explicit import Explicit, Relation
from detente.conflict.graph import ModelError

ATTITUDES = ("a", "b", "c", "d")
Step = Callable[[Explicit, int, int], list[int]]


def draws(relation: Relation, to: int, at: int, attitude: str = "b") -> bool:
    """Whether a party would leave ``at`` for ``to``."""
    found = relation(to, at)
    return found == 1 or (found is None and attitude in "ac")


def deters(relation: Relation, end: int, at: int, attitude: str = "b") -> bool:
    """Whether ending in ``end`` is no gain over ``at``: a sanction."""
    found = relation(end, at)
    return attitude in "cd" if found is None else found <= 0


def any_move(model: Explicit, party: int, state: int) -> list[int]:
    """The states a party can move to on its own, in one move."""
    return list(model.targets(party, state))


def improvements_from(model: Explicit, party: int, state: int, attitude: str = "b") -> list[int]:
    """The unilateral improvements (UIs) of a party from a state."""
    relation = model.relations[party]
    return [t for t in model.targets(party, state) if draws(relation, t, state, attitude)]


def credible_from(model: Explicit, party: int, state: int) -> list[int]:
    """The moves an opponent may make of its own will: improvements, and moves to what it cannot compare."""
    return improvements_from(model, party, state, "a")


def best_replies_from(model: Explicit, party: int, state: int) -> list[int]:
    """The improvements that no other improvement of the same party beats."""
    found = improvements_from(model, party, state)
    relation = model.relations[party]
    return [t for t in found if not any(relation(u, t) == 1 for u in found)]


def reachable(model: Explicit, movers: set[int], state: int, step: Step) -> set[int]:
    """The states that some parties can reach from a state by legal sequences of steps.

    No party moves twice in a row, so a place in a sequence is a state and who moved last.
    """
    seen: set[tuple[int, int]] = set()
    todo = [(state, -1)]
    while todo:
        here, last = todo.pop()
        for mover in movers:
            if mover == last:
                continue
            for target in step(model, mover, here):
                if (target, mover) not in seen:
                    seen.add((target, mover))
                    todo.append((target, mover))
    return {target for target, _ in seen}


def _others(model: Explicit, party: int) -> set[int]:
    return set(range(len(model.parties))) - {party}


def is_nash(model: Explicit, party: int, state: int, attitude: str = "b") -> bool:
    """No unilateral improvement."""
    return not improvements_from(model, party, state, attitude)


def is_gmr(model: Explicit, party: int, state: int, attitude: str = "b") -> bool:
    """Every improvement is sanctioned by some sequence of the opponents' moves, credible or not."""
    return _sanctioned(model, party, state, any_move, attitude)


def is_seq(model: Explicit, party: int, state: int, attitude: str = "b", step: Step = credible_from) -> bool:
    """Every improvement is sanctioned by a sequence of the opponents' improvements.

    With ``step=best_replies_from`` the opponents only use their best improvements, which leaves out
    sanctions bundled with gratuitous harm.
    """
    return _sanctioned(model, party, state, step, attitude)


def _sanctioned(model: Explicit, party: int, state: int, step: Step, attitude: str) -> bool:
    relation = model.relations[party]
    return all(
        any(deters(relation, x, state, attitude) for x in reachable(model, _others(model, party), t, step))
        for t in improvements_from(model, party, state, attitude)
    )


def is_smr(model: Explicit, party: int, state: int, attitude: str = "b") -> bool:
    """As GMR, and the party cannot escape the sanction by a counter-move."""
    relation = model.relations[party]

    def holds(x: int) -> bool:
        ends = [x, *model.targets(party, x)]
        return all(deters(relation, end, state, attitude) for end in ends)

    return all(
        any(holds(x) for x in reachable(model, _others(model, party), t, any_move))
        for t in improvements_from(model, party, state, attitude)
    )


def is_sim(model: Explicit, party: int, state: int, attitude: str = "b") -> bool:
    """Every improvement is sanctioned when opponents' improvements are made at the same time.

    A combination whose joint result is infeasible sanctions nothing.

    Raises:
        ModelError: the model is in graph form, where two moves at the same time have no common result.
    """
    if not model.options:
        raise ModelError(
            "Simultaneous sanctions need a model in option form.", hint="Ask for nash, gmr, smr or seq."
        )
    relation = model.relations[party]
    changes = list(_joint_changes(model, party, state))
    feasible = set(model.states)
    return all(
        any(t ^ change in feasible and deters(relation, t ^ change, state, attitude) for change in changes)
        for t in improvements_from(model, party, state, attitude)
    )


def _joint_changes(model: Explicit, party: int, state: int) -> Iterator[int]:
    """What one or more opponents, each improving from ``state``, change together (as a bit mask)."""
    choices = [
        [0] + [state ^ t for t in credible_from(model, other, state)]
        for other in sorted(_others(model, party))
    ]
    for combination in product(*choices):
        change = 0
        for one in combination:
            change |= one
        if change:
            yield change


def _is_seq_best(model: Explicit, party: int, state: int, attitude: str = "b") -> bool:
    return is_seq(model, party, state, attitude, best_replies_from)


CONCEPTS: dict[str, Callable[..., bool]] = {
    "nash": is_nash,
    "gmr": is_gmr,
    "smr": is_smr,
    "seq": is_seq,
    "seq-best": _is_seq_best,
    "sim": is_sim,
}


def stable_states(model: Explicit, party: int, concept: str, *, attitude: str = "b") -> set[int]:
    """The states that are stable for a party under a concept."""
    test = CONCEPTS[concept]
    return {state for state in model.states if test(model, party, state, attitude)}


def equilibria(model: Explicit, concept: str, *, attitude: str = "b") -> set[int]:
    """The states that are stable for every party."""
    found = set(model.states)
    for party in range(len(model.parties)):
        found &= stable_states(model, party, concept, attitude=attitude)
    return found
