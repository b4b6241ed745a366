"""Random models and the published cases, for the tests of the solvers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from detente.conflict.explicit import Explicit, explicit_from_lists
from detente.conflict.graph import BACK, BOTH, FORWARD, Graph

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
CASES = sorted((SHARED / "bench" / "conflict").glob("*.json"))
ABSENT = "the published cases are not beside this checkout"
WORDS = {"both": BOTH, "fwd": FORWARD, "back": BACK}


def random_graph(seed: int, *, options: int | None = None, parties: int | None = None) -> Graph:
    """1–5 parties, 2–8 options, some irreversible, some settings infeasible, ties in the ranks."""
    rng = np.random.default_rng(seed)
    parties = parties or int(rng.integers(1, 6))
    options = options or int(rng.choice([2, 3, 4, 5, 6, 7, 8], p=[0.2, 0.25, 0.25, 0.19, 0.07, 0.03, 0.01]))
    settings = 1 << options
    feasible = rng.random(settings) < rng.choice([0.4, 0.8, 1.0])
    feasible[rng.integers(settings)] = True
    levels = int(rng.choice([2, 4, settings]))
    return Graph(
        parties=tuple(f"p{i}" for i in range(parties)),
        options=tuple(f"o{i}" for i in range(options)),
        owners=tuple(int(rng.integers(parties)) for _ in range(options)),
        directions=tuple(str(rng.choice([BOTH, BOTH, FORWARD, BACK])) for _ in range(options)),
        feasible=feasible,
        ranks=tuple(rng.integers(0, levels, settings).astype(np.int32) for _ in range(parties)),
    )


def read_case(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def state_of(pattern: str) -> int:
    return sum(1 << b for b, c in enumerate(pattern) if c == "Y")


def numbers_of(case: dict[str, Any]) -> dict[int, int]:
    """From our state to the case's number."""
    return {state_of(pattern): int(number) for number, pattern in case["states"].items()}


def graph_of(case: dict[str, Any]) -> Graph:
    """A published case of the option form as a graph."""
    options, parties = case["options"], case["decision_makers"]
    settings = 1 << len(options)
    feasible = np.ones(settings, dtype=bool)
    for pattern in case["infeasible"]:
        for state in range(settings):
            if all(c == "-" or (c == "Y") == bool(state >> b & 1) for b, c in enumerate(pattern)):
                feasible[state] = False
    ranks = []
    for party in parties:
        rank = np.zeros(settings, dtype=np.int32)
        for place, tied in enumerate(reversed(case["preference_ranking_best_first"][party])):
            for number in tied if isinstance(tied, list) else [tied]:
                rank[state_of(case["states"][str(number)])] = place
        ranks.append(rank)
    return Graph(
        tuple(parties), tuple(f"o{i}" for i in range(len(options))), tuple(parties.index(o["dm"]) for o in options),
        tuple(WORDS[o["direction"]] for o in options), feasible, tuple(ranks),
    )  # fmt: skip


def explicit_case(case: dict[str, Any]) -> Explicit:
    """A published case of the graph form."""
    moves = {p: {int(s): t for s, t in by.items()} for p, by in case["moves"].items()}
    states = [int(n) for n in case["states"]]
    return explicit_from_lists(moves, case["preference_ranking_best_first"], states=states)
