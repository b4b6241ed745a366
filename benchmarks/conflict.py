"""How fast the conflict model solves, with slopes: what one more option, party or reading costs.

    python -m benchmarks.conflict            # all, under a minute
    python -m benchmarks.conflict --json     # the same as JSON

CPU seconds of one core (OMP_NUM_THREADS=1), the best of three where a run is short; memory is the peak of a
process of its own. The floors are those of issue 8: 13 options and 3 parties under 0.15 s; 20 options and 5
parties (250,000 feasible states) under 10 s and 300 MB for Nash, GMR, SMR and SEQ together; 1,000 readings of
an 8-option model under 5 s.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing import get_context

import numpy as np

from detente.conflict.fast import Solver
from detente.conflict.graph import Graph
from detente.conflict.hinges import find_hinges
from detente.conflict.modelfile import parse_model
from detente.conflict.readings import Readings

USUAL = ("nash", "gmr", "smr", "seq")


@dataclass(frozen=True)
class Run:
    """One measurement."""

    what: str
    states: int
    seconds: float
    megabytes: float
    floor_seconds: float | None = None
    floor_megabytes: float | None = None

    @property
    def held(self) -> bool:
        slow = self.floor_seconds is not None and self.seconds > self.floor_seconds
        large = self.floor_megabytes is not None and self.megabytes > self.floor_megabytes
        return not slow and not large


def random_model(options: int, parties: int, *, share: float, seed: int = 1) -> Graph:
    """Reversible options dealt out evenly, strict random rankings, a share of the settings feasible."""
    rng = np.random.default_rng(seed)
    settings = 1 << options
    return Graph(
        tuple(f"p{i}" for i in range(parties)), tuple(f"o{i}" for i in range(options)),
        tuple(i * parties // options for i in range(options)), ("both",) * options, rng.random(settings) < share,
        tuple(rng.permutation(settings).astype(np.int32) for _ in range(parties)),
    )  # fmt: skip


def open_model(statements: int, *, options: int = 8, seed: int = 1) -> str:
    """A model file of 3 parties whose statements are all of one rank: every order is a reading."""
    rng = np.random.default_rng(seed)
    lines = ['now = ["o1"]']
    lines += [f'[[party]]\nid = "p{p}"' for p in range(3)]
    lines += [f'[[option]]\nid = "o{o}"\nowner = "p{o % 3}"' for o in range(options)]
    for party in range(3):
        for _ in range(statements):
            a, b = rng.integers(options, size=2)
            lines.append(f'[[preference]]\nparty = "p{party}"\nholds = "o{a} or not o{b}"\nrank = 1')
    return "\n".join(lines)


def solve(options: int, parties: int, share: float) -> int:
    graph = random_model(options, parties, share=share)
    solver = Solver(graph)
    for concept in USUAL:
        solver.equilibria(concept)
    return int(graph.feasible.sum())


def read(readings: int) -> int:
    model = parse_model(open_model(5))
    made = Readings(model, limit=readings)
    made.verdicts("nash")
    made.verdicts("seq")
    return len(made.variants)


def hinge(statements: int) -> int:
    model = parse_model(open_model(statements))
    find_hinges(model, model.state(model.now))
    return 1 << len(model.options)


def measure(
    what: str, job: Callable[..., int], *args: float, floor: tuple[float | None, float | None] = (None, None)
) -> Run:
    """Run a job in a process of its own."""
    with get_context("fork").Pool(1) as pool:
        states, seconds, megabytes = pool.apply(_timed, (job, args))
    return Run(what, states, seconds, megabytes, *floor)


def _timed(job: Callable[..., int], args: tuple[float, ...]) -> tuple[int, float, float]:
    best, states = math.inf, 0
    for _ in range(3):
        start = time.process_time()
        states = job(*args)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return states, round(best, 4), round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def slope(runs: list[Run], sizes: list[float]) -> float:
    """The exponent b of seconds = a · size**b, by least squares on logarithms."""
    xs, ys = np.log(sizes), np.log([max(run.seconds, 1e-4) for run in runs])
    return round(float(np.polyfit(xs, ys, 1)[0]), 2)


def main() -> int:
    by_options = [measure(f"{k} options, 3 parties", solve, k, 3, 1.0) for k in (10, 12, 14, 16)]
    by_parties = [measure(f"12 options, {p} parties", solve, 12, p, 1.0) for p in (2, 3, 4, 6)]
    by_readings = [measure(f"{n} readings, 8 options", read, n) for n in (100, 400, 1600)]
    wanted = [
        measure("13 options, 3 parties", solve, 13, 3, 1.0, floor=(0.15, None)),
        measure("20 options, 5 parties", solve, 20, 5, 0.25, floor=(10, 300)),
        measure("1000 readings, 8 options", read, 1000, floor=(5, None)),
        measure("hinges, 8 options, 15 statements", hinge, 5),
    ]
    slopes = {
        "seconds by states (10–16 options)": slope(by_options, [run.states for run in by_options]),
        "seconds by parties": slope(by_parties, [2, 3, 4, 6]),
        "seconds by readings": slope(by_readings, [100, 400, 1600]),
    }
    runs = by_options + by_parties + by_readings + wanted
    if "--json" in sys.argv:
        print(json.dumps({"runs": [asdict(run) for run in runs], "slopes": slopes}, indent=1))
    else:
        for run in runs:
            mark = "" if run.floor_seconds is None else "  ok" if run.held else "  TOO SLOW OR LARGE"
            print(f"{run.what:36} {run.states:>9,} {run.seconds:>9.3f} s {run.megabytes:>7.0f} MB{mark}")
        for name, value in slopes.items():
            print(f"slope of {name}: {value}")
    return 0 if all(run.held for run in runs) else 1


if __name__ == "__main__":
    raise SystemExit(main())
