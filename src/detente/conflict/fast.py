"""The solution concepts as min/max reductions along option axes: no N×N matrix, memory O(2**k).

Let p be the focal party's ranks and M(t) the worst p that the others can bring about from t: for GMR the
least fixpoint of the minimum over the opponents' moves; for SMR the same with p replaced by the best p
the party can escape to; for SEQ over the opponents' improvements. Then a state s is unstable exactly when
the maximum, over the party's moves t, of min(p(t), M(t)) exceeds p(s). (t itself is no sanction, since
an improvement has p(t) > p(s).)

Arrays may hold many readings of a model, one after the other (see ``graph``): all are solved at once.
"""

from __future__ import annotations

import numpy as np

from detente.conflict.blocks import BEST, WORST, Block
from detente.conflict.graph import Bits, Graph, Ranks

CONCEPTS = ("nash", "gmr", "smr", "seq", "seq-best", "sim")


class Solver:
    """Stability for every party and concept of one graph; what they share is computed once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._blocks: dict[int, Block] = {}

    def stable(self, party: int, concept: str) -> Bits:
        """Where the grid's states are stable for a party; infeasible settings are False.

        Args:
            party: index of the focal party.
            concept: one of ``CONCEPTS``.
        """
        if concept == "sim":
            return _sim(self.graph, party)
        rank = self.graph.ranks[party]
        promise = np.minimum(rank, self.worst_after(party, concept))
        best = sweep_axes(self.graph, party, masked(self.graph, promise, WORST), np.maximum)
        return self.graph.feasible & ~(best > rank)

    def equilibria(self, concept: str) -> Bits:
        """The states that are stable for every party."""
        found = self.graph.feasible.copy()
        for party in range(len(self.graph.parties)):
            found &= self.stable(party, concept)
        return found

    def worst_after(self, party: int, concept: str) -> Ranks:
        """M: the worst rank the opponents can bring about from each state under a concept."""
        graph, rank = self.graph, self.graph.ranks[party]
        if concept == "nash":
            return np.full_like(rank, BEST)
        start = rank
        if concept == "smr":
            start = np.maximum(rank, sweep_axes(graph, party, masked(graph, rank, WORST), np.maximum))
        others = [other for other in range(len(graph.parties)) if other != party]
        return self.fixpoint(masked(graph, start, BEST), others, concept)

    def fixpoint(self, worst: Ranks, others: list[int], concept: str) -> Ranks:
        """The least value that ``others`` can bring about from each state by sequences of their moves."""
        quiet, turn = 0, 0
        while others and quiet < len(others):
            # A sweep along axes passes through infeasible settings, but none is ever a place to stop.
            answer = self._answers(others[turn % len(others)], worst, concept)
            lower = masked(self.graph, np.minimum(worst, answer), BEST)
            quiet = quiet + 1 if np.array_equal(lower, worst) else 0
            # One party's moves are transitive, so a second turn of its own right after changes nothing.
            quiet = max(quiet, 1)
            worst, turn = lower, turn + 1
        return worst

    def _answers(self, other: int, worst: Ranks, concept: str) -> Ranks:
        """The lowest value that one opponent can move to from each state."""
        if concept in ("gmr", "smr"):
            return sweep_axes(self.graph, other, worst, np.minimum)
        if other not in self._blocks:
            self._blocks[other] = Block(self.graph, other)
        return self._blocks[other].lowest_after(worst, best_only=concept == "seq-best")


def stable(graph: Graph, party: int, concept: str) -> Bits:
    """Where the grid's states are stable for a party; see ``Solver.stable``."""
    return Solver(graph).stable(party, concept)


def equilibria(graph: Graph, concept: str) -> Bits:
    """The states that are stable for every party."""
    return Solver(graph).equilibria(concept)


def masked(graph: Graph, values: Ranks, neutral: int) -> Ranks:
    """Values with infeasible settings made neutral for the reduction that follows."""
    return np.where(graph.feasible, values, np.int32(neutral))


def sweep_axes(graph: Graph, party: int, values: Ranks, reduce: np.ufunc) -> Ranks:
    """Reduce ``values`` over the targets of a party's moves from each state, axis by axis.

    ``values`` must be neutral at infeasible settings. The state itself is included, which no concept
    minds (a state is no better than itself).
    """
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
    everything = np.arange(graph.feasible.size)
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
    unstable = np.zeros(graph.feasible.size, dtype=bool)
    for change, where in improving[party].items():
        target = everything ^ change
        sanctioned = np.zeros(graph.feasible.size, dtype=bool)
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
