"""Stability for coalitions, word for word from the definitions.

Sources: Kilgour, Hipel, Fang & Peng (2001, Group Decision and Negotiation 10: 159–175) for the coalition
improvement and coalition Nash stability; Inohara & Hipel (2008, Systems Engineering 11: 343–359) for
coalition GMR, SMR and SEQ. A coalition H improves when it can reach, by a legal sequence of its members'
moves, a state that every member strictly prefers. An end sanctions when at least one member does not gain.

Two points on which tools differ are switches. Moves: members may be given joint moves, whose settings in
between need not be feasible (as GMCR+ does; ``coalitions.joined``); else each step of the sequence is a
state. ``groups``: which opponents make credible sanctions together. By default each improves on its own; with
the other coalitions of a structure, each group improves when all its members gain (GMCR+); with every set of
opponents they are Inohara & Hipel's class improvements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.conflict import literal
from detente.conflict.explicit import Explicit

Groups = Sequence[Sequence[int]] | None
CONCEPTS = ("nash", "gmr", "smr", "seq")


def reach(model: Explicit, coalition: Iterable[int], state: int) -> set[int]:
    """The states that a coalition can bring about from a state, by legal sequences of its members' moves."""
    return literal.reachable(model, set(coalition), state, literal.any_move) - {state}


def improvements(model: Explicit, coalition: Iterable[int], state: int) -> set[int]:
    """The states a coalition can reach that every member strictly prefers."""
    members = tuple(coalition)
    return {t for t in reach(model, members, state) if _all_gain(model, members, t, state)}


def is_stable(
    model: Explicit, coalition: Iterable[int], state: int, concept: str, *, groups: Groups = None
) -> bool:
    """Whether a state is stable for a coalition under nash, gmr, smr or seq."""
    members = tuple(sorted(coalition))
    found = improvements(model, members, state)
    if concept == "nash":
        return not found
    return all(_sanctioned(model, members, state, t, concept, groups) for t in found)


def stable_states(
    model: Explicit, coalition: Iterable[int], concept: str, *, groups: Groups = None
) -> set[int]:
    """The states that are stable for a coalition."""
    members = tuple(sorted(coalition))
    return {s for s in model.states if is_stable(model, members, s, concept, groups=groups)}


def _all_gain(model: Explicit, members: tuple[int, ...], end: int, start: int) -> bool:
    return all(model.relations[member](end, start) == 1 for member in members)


def _sanctioned(
    model: Explicit, members: tuple[int, ...], state: int, target: int, concept: str, groups: Groups
) -> bool:
    others = set(range(len(model.parties))) - set(members)
    if concept == "seq":
        ends = (
            _reach_together(model, groups, target)
            if groups is not None
            else literal.reachable(model, others, target, literal.credible_from)
        )
    else:
        ends = literal.reachable(model, others, target, literal.any_move)
    if concept == "smr":
        return any(
            not any(_all_gain(model, members, z, state) for z in {y, *reach(model, members, y)}) for y in ends
        )
    return any(not _all_gain(model, members, y, state) for y in ends)


def _reach_together(model: Explicit, groups: Sequence[Sequence[int]], state: int) -> set[int]:
    """States reachable by sequences of improvements, each by one group whose members all gain."""
    seen: set[int] = set()
    todo = [state]
    while todo:
        here = todo.pop()
        for group in groups:
            for target in improvements(model, group, here):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
    return seen
