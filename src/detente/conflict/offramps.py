"""Off-ramps: states better than now for all (or for named parties), and how they could be reached.

For each: in how many readings it is better, the path with the fewest losing moves and who moves first, who
stands below the present on the way, whether the end would hold, and what would have to change if not (as an
order of statements).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.conflict.fast import Solver
from detente.conflict.graph import Graph, ModelError
from detente.conflict.inverse import InStatements, in_statements
from detente.conflict.model import Model
from detente.conflict.paths import Path, paths_from
from detente.conflict.readings import Readings, Verdict, base_graph


@dataclass(frozen=True, slots=True)
class Offramp:
    """A state that is better than the present.

    ``gains``, ``loses``: parties (ids) in the model's first reading; ``better``: in how many readings it is
    better for those asked for; ``path`` None where no moves lead there; ``below``: for each step the parties
    that then stand below the present; ``leavers``: parties that would not stay in the end state; ``change``
    what each of them would have to want.
    """

    state: int
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    better: Verdict
    path: Path | None
    below: tuple[tuple[str, ...], ...]
    leavers: tuple[str, ...]
    change: tuple[InStatements, ...]

    @property
    def first_mover(self) -> int | None:
        """The party (index) that would have to move first."""
        return self.path.steps[0].party if self.path else None


def find_offramps(
    model: Model,
    *,
    start: int | None = None,
    parties: Sequence[str] = (),
    concept: str = "seq",
    readings: Readings | None = None,
    most: int = 5,
) -> list[Offramp]:
    """States that are better than now, those that most readings agree on and that cost least first.

    Args:
        model: a model with a present state, or ``start``.
        start: the state to leave; the present by default.
        parties: who must gain; others may lose. By default no party may lose and one must gain.
        concept: the solution concept for whether the end would hold.
        readings: readings already made, to be used again.
        most: how many to return.
    """
    start = model.present if start is None else start
    if start is None:
        raise ModelError("The model has no present state.", hint="Add now = [...] at the top of the file.")
    readings = readings or Readings(model)
    graph = base_graph(model)
    counts = _better_in(readings, start, [model.party_ids.index(p) for p in parties])
    possible = [int(s) for s in np.flatnonzero(counts) if graph.feasible[s]]
    paths = paths_from(graph, start)
    possible.sort(key=lambda s: _cost(int(counts[s]), paths.get(s), graph, s, start))
    solver = Solver(graph)
    held = [solver.stable(p, concept) for p in range(len(model.parties))]
    return [
        _offramp(model, graph, s, start, counts, readings, paths.get(s), held, concept)
        for s in possible[:most]
    ]


def _better_in(readings: Readings, start: int, named: Sequence[int]) -> np.ndarray:
    """In how many readings each state is better than the start for those who must gain."""
    total = np.zeros(1 << len(readings.model.options), dtype=int)
    for variant in readings.kept:
        better = readings.stack.feasible(variant).copy()
        some = np.zeros_like(better)
        for party, order in enumerate(variant.orders):
            rank = readings.stack.ranks(party, order)
            if named:
                better &= (rank > rank[start]) if party in named else True
            else:
                better &= rank >= rank[start]
                some |= rank > rank[start]
        total += better if named else better & some
    return total


def _cost(count: int, path: Path | None, graph: Graph, state: int, start: int) -> tuple[int, ...]:
    gains = sum(int(rank[state] > rank[start]) for rank in graph.ranks)
    if path is None:
        return (-count, 1, 0, 0, -gains, state)
    return (-count, 0, len(path.losses), -gains, len(path.steps), state)


def _offramp(
    model: Model,
    graph: Graph,
    state: int,
    start: int,
    counts: np.ndarray,
    readings: Readings,
    path: Path | None,
    held: list[np.ndarray],
    concept: str,
) -> Offramp:
    ids = model.party_ids

    def compared(end: int, sign: int) -> tuple[str, ...]:
        return tuple(
            ids[p] for p, r in enumerate(graph.ranks) if np.sign(int(r[end]) - int(r[start])) == sign
        )

    leavers = tuple(ids[p] for p, stable in enumerate(held) if not stable[state])
    change = tuple(
        in_statements(model, state, party, concept=concept) for party in leavers if model.statements_of(party)
    )
    return Offramp(
        state,
        compared(state, 1),
        compared(state, -1),
        Verdict(int(counts[state]), int(readings.present_in[state])),
        path,
        tuple(compared(step.end, -1) for step in path.steps) if path else (),
        leavers,
        change,
    )
