"""Ways through a conflict: what can be reached from a state, by whose moves, at whose loss on the way.

Status-quo analysis after Li, Kilgour & Hipel (2005, "Status quo analysis in the graph model"). A move gains,
keeps or loses for its mover, judged from the state it leaves. A path is chosen for the fewest losing moves,
then the fewest that keep, then the fewest moves.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from detente.conflict.explicit import explicit_of
from detente.conflict.graph import Graph, ModelError

MAX_SETTINGS = 1 << 13


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One move on a path; ``gain`` is 1, 0 or -1 for its mover."""

    party: int
    start: int
    end: int
    gain: int


@dataclass(frozen=True, slots=True)
class Path:
    """Moves one after the other, no party twice in a row."""

    steps: tuple[Step, ...]

    @property
    def losses(self) -> tuple[Step, ...]:
        """The steps by which their mover loses."""
        return tuple(step for step in self.steps if step.gain < 0)

    @property
    def ends(self) -> int:
        """The state in which the path ends."""
        return self.steps[-1].end


@dataclass(frozen=True, slots=True)
class Exposure:
    """A party gains by a move, and the others' improvements can then bring it below where it was."""

    party: int
    step: Step
    answer: Path


def paths_from(graph: Graph, start: int, *, most_losses: int | None = None) -> dict[int, Path]:
    """The best path to each state that can be reached.

    Args:
        graph: a single reading, up to ``MAX_SETTINGS`` settings.
        start: a feasible state.
        most_losses: leave out paths with more losing moves; 0 for improvements (and moves that keep) only.

    Raises:
        ModelError: the graph is too large, or the start cannot be.
    """
    _check(graph, start)
    return _search(graph, start, set(range(len(graph.parties))), most_losses=most_losses)


def improvement_paths(graph: Graph, start: int, *, parties: set[int] | None = None) -> dict[int, Path]:
    """The shortest path by strict improvements to each state that such paths reach."""
    _check(graph, start)
    return _search(graph, start, parties or set(range(len(graph.parties))), strict=True)


def exposures(graph: Graph, start: int) -> list[Exposure]:
    """Who would gain by a move, and could then be brought below the start by the others' improvements."""
    model = explicit_of(graph)
    found = []
    for party in range(len(graph.parties)):
        rank = graph.ranks[party]
        others = set(range(len(graph.parties))) - {party}
        for target in model.targets(party, start):
            if rank[target] <= rank[start]:
                continue
            answers = _search(graph, target, others, strict=True)
            worse = [p for end, p in answers.items() if rank[end] < rank[start]]
            if worse:
                answer = min(worse, key=lambda p: (int(rank[p.ends]), len(p.steps), p.ends))
                found.append(Exposure(party, Step(party, start, target, 1), answer))
    return found


def _check(graph: Graph, start: int) -> None:
    if graph.settings > MAX_SETTINGS or graph.readings > 1:
        raise ModelError(
            f"Paths are searched up to {MAX_SETTINGS} settings of one reading, "
            f"here are {graph.feasible.size}.",
            hint="Fix options that do not matter for the question.",
        )
    if not graph.feasible[start]:
        raise ModelError(f"State {graph.pattern(start)} cannot be.", hint="See the exclusions.")


def _search(
    graph: Graph, start: int, parties: set[int], *, strict: bool = False, most_losses: int | None = None
) -> dict[int, Path]:
    """Least-cost search over (state, who moved last): moves of one party in a row merge into one."""
    moves = {party: list(graph.moves(party)) for party in sorted(parties)}
    queue: list[tuple[tuple[int, int, int], int, int, tuple[Step, ...]]] = [((0, 0, 0), start, -1, ())]
    done: set[tuple[int, int]] = set()
    best: dict[int, Path] = {}
    while queue:
        (losses, keeps, length), here, last, steps = heapq.heappop(queue)
        if (here, last) in done:
            continue
        done.add((here, last))
        if here != start and here not in best:
            best[here] = Path(steps)
        for party, kinds in moves.items():
            if party == last:
                continue
            rank = graph.ranks[party]
            for up, down in kinds:
                if here & up or here & down != down:
                    continue
                end = (here | up) & ~down
                gain = int(rank[end] > rank[here]) - int(rank[end] < rank[here])
                if not graph.feasible[end] or (strict and gain <= 0) or (end, party) in done:
                    continue
                cost = (losses + (gain < 0), keeps + (gain == 0), length + 1)
                if most_losses is None or cost[0] <= most_losses:
                    heapq.heappush(queue, (cost, end, party, (*steps, Step(party, here, end, gain))))
    return best
