"""Stability for coalitions on the grid; definitions and sources stand in ``literal_coalitions``.

GMR and SEQ need only, for each member, the worst that the opponents can bring about for it: an improvement
is sanctioned when one member's worst is no gain. SMR has no such number (a sanction must hold against all
escapes at once), so it asks state by state, O(N) vector steps each: fine to about 12 options.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from detente.conflict.blocks import BEST
from detente.conflict.explicit import Explicit, explicit_of
from detente.conflict.fast import Solver, masked
from detente.conflict.graph import Bits, Graph, ModelError, Ranks

Groups = Sequence[Sequence[int]] | None
Edges = list[tuple[int, np.ndarray]]
MAX_STATES = 1 << 13


def stable(
    graph: Graph,
    coalition: Iterable[int],
    concept: str,
    *,
    joint: bool = False,
    groups: Sequence[Sequence[int]] | None = None,
) -> Bits:
    """Where the states are stable for a coalition.

    Args:
        graph: a single reading.
        coalition: the members' indexes.
        concept: nash, gmr, smr or seq.
        joint: members change their options in one move; the settings between need not be feasible.
        groups: opponents that make credible sanctions together; by default each improves on its own.

    Raises:
        ModelError: more than ``MAX_STATES`` settings.
    """
    if graph.feasible.size > MAX_STATES:
        raise ModelError(
            f"Coalitions are solved up to {MAX_STATES} settings; this model has {graph.feasible.size}.",
            hint="Fix options that the coalition does not contest.",
        )
    members = tuple(sorted(set(coalition)))
    others = [p for p in range(len(graph.parties)) if p not in members]
    reach = reachable(graph, members, joint=joint)
    answering = graph
    if joint and groups is not None:
        answering = _merged(graph, groups)
        others = [group[0] for group in groups]
    if concept == "smr":
        return _smr(answering, members, others, reach)
    if concept == "seq" and groups is not None:
        edges = _edges_together(graph, groups, joint)
        floors = [_floor_together(graph, member, edges) for member in members]
    else:
        floors = [_floor(answering, member, others, concept) for member in members]
    out = graph.feasible.copy()
    for state in np.flatnonzero(graph.feasible).tolist():
        targets = reach[state]
        gains = np.ones(targets.size, dtype=bool)
        for member, floor in zip(members, floors, strict=True):
            rank = graph.ranks[member]
            gains &= np.minimum(rank[targets], floor[targets]) > rank[state]
        out[state] = not gains.any()
    return out


def equilibria(graph: Graph, structure: Sequence[Sequence[int]], concept: str, *, joint: bool = True) -> Bits:
    """The states that are stable for every coalition of a structure (parties not named stand alone).

    Each coalition acts as one player: it improves when all its members gain.
    """
    players = [tuple(group) for group in structure]
    named = {member for group in players for member in group}
    players += [(party,) for party in range(len(graph.parties)) if party not in named]
    found = graph.feasible.copy()
    for player in players:
        opponents = [group for group in players if group != player]
        found &= stable(graph, player, concept, joint=joint, groups=opponents)
    return found


def joined(graph: Graph, structure: Sequence[Sequence[int]]) -> Explicit:
    """The explicit form in which any member can make its coalition's joint moves."""
    plain = explicit_of(graph)
    moves = list(plain.moves)
    for group in structure:
        reach = reachable(graph, group, joint=True)
        for member in group:
            moves[member] = {s: tuple(int(t) for t in reach[s]) for s in plain.states}
    return Explicit(plain.parties, plain.states, tuple(moves), plain.relations, options=True)


def reachable(graph: Graph, members: Sequence[int], *, joint: bool) -> dict[int, np.ndarray]:
    """The states that members can bring about from each state, by sequences or by one joint move."""
    if joint:
        one = explicit_of(_merged(graph, [members])).moves[members[0]]
        return {s: np.array(one[s], dtype=np.intp) for s in one}
    model = explicit_of(graph)
    found = {}
    for state in model.states:
        seen, todo = {state}, [state]
        while todo:
            here = todo.pop()
            for target in (t for member in members for t in model.targets(member, here)):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        found[state] = np.array(sorted(seen - {state}), dtype=np.intp)
    return found


def _merged(graph: Graph, groups: Sequence[Sequence[int]]) -> Graph:
    """The graph in which the first member of each group controls the options of all."""
    leader = {member: group[0] for group in groups for member in group}
    owners = tuple(leader.get(owner, owner) for owner in graph.owners)
    return Graph(graph.parties, graph.options, owners, graph.directions, graph.feasible, graph.ranks)


def _floor(graph: Graph, member: int, others: list[int], concept: str) -> Ranks:
    """The worst rank that the opponents can bring about for one member, from each state."""
    rank = graph.ranks[member]
    if concept == "nash":
        return np.full_like(rank, BEST)
    return Solver(graph).fixpoint(masked(graph, rank, BEST), others, concept)


def _edges_together(graph: Graph, groups: Sequence[Sequence[int]], joint: bool) -> Edges:
    """From each state, where some group can go so that all its members gain."""
    edges: Edges = []
    for group in groups:
        for state, targets in reachable(graph, group, joint=joint).items():
            better = np.ones(targets.size, dtype=bool)
            for member in group:
                better &= graph.ranks[member][targets] > graph.ranks[member][state]
            if better.any():
                edges.append((state, targets[better]))
    return edges


def _floor_together(graph: Graph, member: int, edges: Edges) -> Ranks:
    """The worst rank for one member at the end of sequences along these edges."""
    worst, changed = masked(graph, graph.ranks[member], BEST), True
    while changed:
        changed = False
        for state, targets in edges:
            lowest = worst[targets].min()
            if lowest < worst[state]:
                worst[state], changed = lowest, True
    return worst


def _smr(graph: Graph, members: tuple[int, ...], others: list[int], reach: dict[int, np.ndarray]) -> Bits:
    out = graph.feasible.copy()
    feasible = np.flatnonzero(graph.feasible).tolist()
    solver = Solver(graph)
    for state in feasible:
        gain = graph.feasible.copy()
        for member in members:
            gain &= graph.ranks[member] > graph.ranks[member][state]
        improving = reach[state][gain[reach[state]]]
        if not improving.size:
            continue
        # 1 where all members gain, or can escape to where they do; the opponents look for a 0.
        escape = np.zeros(graph.feasible.size, dtype=np.int32)
        for y in feasible:
            escape[y] = bool(gain[y] or gain[reach[y]].any())
        end = solver.fixpoint(masked(graph, escape, 1), others, "gmr")
        out[state] = not (end[improving] == 1).any()
    return out
