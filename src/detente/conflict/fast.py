"""The solution concepts as min/max reductions along option axes: no N×N matrix, memory O(2**k).

Let p be the focal party's ranks and M(t) the worst p that the others can bring about from t: for GMR the
least fixpoint of the minimum over the opponents' moves; for SMR the same with p replaced by the best p
the party can escape to; for SEQ over the opponents' improvements. Then a state s is unstable exactly when
the maximum, over the party's moves t, of min(p(t), M(t)) exceeds p(s). (t itself is no sanction, since
an improvement has p(t) > p(s).)

Cost: a sweep over one party's moves is O(2**k · 3**m) for m options (2**m reversible ones), and the
fixpoint takes as many sweeps as the longest sanction sequence, seldom more than four.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.conflict.graph import Bits, Graph, Ranks

CONCEPTS = ("nash", "gmr", "smr", "seq", "seq-best", "sim")
_BEST = np.iinfo(np.int32).max
_WORST = np.iinfo(np.int32).min


def stable(graph: Graph, party: int, concept: str) -> Bits:
    """Where the grid's states are stable for a party; infeasible settings are False.

    Args:
        graph: the solved form of a model.
        party: index of the focal party.
        concept: one of ``CONCEPTS``.
    """
    if concept == "sim":
        return _sim(graph, party)
    rank = graph.ranks[party]
    worst = _worst_after(graph, party, concept)
    promise = np.minimum(rank, worst)
    best = _sweep(graph, party, _masked(graph, promise, _WORST), np.maximum, _WORST)
    return graph.feasible & ~(best > rank)


def equilibria(graph: Graph, concept: str) -> Bits:
    """The states that are stable for every party."""
    found = graph.feasible.copy()
    for party in range(len(graph.parties)):
        found &= stable(graph, party, concept)
    return found


def _worst_after(graph: Graph, party: int, concept: str) -> Ranks:
    """M: the worst rank the opponents can bring about from each state under a concept."""
    rank = graph.ranks[party]
    if concept == "nash":
        return np.full_like(rank, _BEST)
    start = rank
    if concept == "smr":
        escape = _sweep(graph, party, _masked(graph, rank, _WORST), np.maximum, _WORST)
        start = np.maximum(rank, escape)
    worst = _masked(graph, start, _BEST)
    others = [other for other in range(len(graph.parties)) if other != party]
    changed = True
    while changed:
        changed = False
        for other in others:
            # A sweep along axes passes through infeasible settings, but none is ever a place to stop.
            lower = _masked(graph, np.minimum(worst, _answers(graph, other, worst, concept)), _BEST)
            if not np.array_equal(lower, worst):
                worst, changed = lower, True
    return worst


def _answers(graph: Graph, other: int, worst: Ranks, concept: str) -> Ranks:
    """The lowest value that one opponent can move to from each state."""
    if concept in ("gmr", "smr"):
        return _sweep(graph, other, worst, np.minimum, _BEST)
    rank = graph.ranks[other]
    if concept == "seq":
        return _sweep(graph, other, worst, np.minimum, _BEST, lambda at, to: rank[to] > rank[at])
    best = _sweep(graph, other, _masked(graph, rank, _WORST), np.maximum, _WORST)
    return _sweep(
        graph, other, worst, np.minimum, _BEST, lambda at, to: (rank[to] == best[at]) & (rank[to] > rank[at])
    )


def _masked(graph: Graph, values: Ranks, neutral: int) -> Ranks:
    """Values with infeasible settings made neutral for the reduction that follows."""
    return np.where(graph.feasible, values, np.int32(neutral))


def _sweep(
    graph: Graph,
    party: int,
    values: Ranks,
    reduce: np.ufunc,
    neutral: int,
    allowed: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
) -> Ranks:
    """Reduce ``values`` over the targets of a party's moves from each state.

    ``values`` must be neutral at infeasible settings. Without ``allowed`` the reduction runs axis by axis
    and includes the state itself, which no concept minds (a state is no better than itself).
    """
    if allowed is None:
        return _sweep_axes(graph, party, values, reduce)
    out = np.full_like(values, neutral)
    everything = np.arange(graph.settings)
    for up, down in graph.moves(party):
        at = everything[((everything & up) == 0) & ((everything & down) == down)]
        at = at[graph.feasible[at]]
        to = (at | up) & ~down
        keep = graph.feasible[to] & allowed(at, to)
        at, to = at[keep], to[keep]
        out[at] = reduce(out[at], values[to])
    return out


def _sweep_axes(graph: Graph, party: int, values: Ranks, reduce: np.ufunc) -> Ranks:
    out = values.copy()
    for bit in graph.bits_of(party):
        cube = out.reshape(-1, 2, 1 << bit)
        no, yes = cube[:, 0, :].copy(), cube[:, 1, :].copy()
        if graph.directions[bit] != "back":
            cube[:, 0, :] = reduce(no, yes)
        if graph.directions[bit] != "forward":
            cube[:, 1, :] = reduce(yes, no)
    return out


def _sim(graph: Graph, party: int) -> Bits:
    """Simultaneous sanctions, one kind of joint change at a time, over all states at once."""
    rank = graph.ranks[party]
    everything = np.arange(graph.settings)
    improving = [_improving(graph, other, everything) for other in range(len(graph.parties))]
    joint: dict[int, Bits] = {0: graph.feasible.copy()}
    for other in range(len(graph.parties)):
        if other == party:
            continue
        more = {
            change | extra: at & where
            for change, at in joint.items()
            for extra, where in improving[other].items()
        }
        joint |= more
    joint.pop(0)
    unstable = np.zeros(graph.settings, dtype=bool)
    for change, where in improving[party].items():
        target = everything ^ change
        sanctioned = np.zeros(graph.settings, dtype=bool)
        for extra, at in joint.items():
            result = target ^ extra
            sanctioned |= at & graph.feasible[result] & (rank[result] <= rank)
        unstable |= where & ~sanctioned
    return graph.feasible & ~unstable


def _improving(graph: Graph, party: int, everything: np.ndarray) -> dict[int, Bits]:
    """For each set of options a party can flip: from which states that is an improvement."""
    rank = graph.ranks[party]
    found: dict[int, Bits] = {}
    for up, down in graph.moves(party):
        target = (everything | up) & ~down
        can = (
            ((everything & up) == 0) & ((everything & down) == down) & graph.feasible & graph.feasible[target]
        )
        where = can & (rank[target] > rank)
        if where.any():
            change = up | down
            found[change] = found.get(change, False) | where
    return found
