"""Two independent solvers say the same of random models, and both say what was published."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from detente.conflict import fast, literal
from detente.conflict.graph import BACK, BOTH, FORWARD, Graph, ModelError, check_size

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
CASES = sorted((SHARED / "bench" / "conflict").glob("*.json"))


def random_graph(seed: int) -> Graph:
    """1–5 parties, 2–7 options, some irreversible, some settings infeasible, ties in the ranks."""
    rng = np.random.default_rng(seed)
    parties, options = int(rng.integers(1, 6)), int(rng.integers(2, 8))
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


@pytest.mark.parametrize("block", range(10))
@pytest.mark.parametrize("concept", fast.CONCEPTS)
def test_fast_and_literal_solver_agree_on_random_models(concept: str, block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        graph = random_graph(seed)
        for party in range(len(graph.parties)):
            expected = literal.stable_states(graph, party, concept)
            actual = {int(s) for s in np.flatnonzero(fast.stable(graph, party, concept))}
            assert expected == actual, f"seed {seed}, party {party}"


def graph_of(case: dict) -> Graph:
    """A published case of the option form as a graph."""
    options = case["options"]
    settings = 1 << len(options)
    feasible = np.ones(settings, dtype=bool)
    for pattern in case["infeasible"]:
        for state in range(settings):
            if all(c == "-" or (c == "Y") == bool(state >> b & 1) for b, c in enumerate(pattern)):
                feasible[state] = False
    ranks = []
    for party in case["decision_makers"]:
        rank = np.zeros(settings, dtype=np.int32)
        for place, tied in enumerate(reversed(case["preference_ranking_best_first"][party])):
            for number in tied if isinstance(tied, list) else [tied]:
                rank[state_of(case["states"][str(number)])] = place
        ranks.append(rank)
    words = {"both": BOTH, "fwd": FORWARD, "back": BACK}
    parties = case["decision_makers"]
    return Graph(
        tuple(parties), tuple(f"o{i}" for i in range(len(options))), tuple(parties.index(o["dm"]) for o in options),
        tuple(words[o["direction"]] for o in options), feasible, tuple(ranks),
    )  # fmt: skip


def state_of(pattern: str) -> int:
    return sum(1 << b for b, c in enumerate(pattern) if c == "Y")


@pytest.mark.skipif(not CASES, reason="the published cases are not beside this checkout")
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_published_cases_come_out_by_definition(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    if case["form"] != "option":
        pytest.skip("a graph-form case")
    graph = graph_of(case)
    numbers = {state_of(pattern): int(number) for number, pattern in case["states"].items()}
    assert int(graph.feasible.sum()) == case["n_feasible"]
    for concept, by_party in case["expected"]["computed"]["stable_for"].items():
        for party, expected in by_party.items():
            found = np.flatnonzero(fast.stable(graph, graph.parties.index(party), concept))
            assert expected == sorted(numbers[int(s)] for s in found), (concept, party)


def test_forty_options_are_refused_with_the_way_out() -> None:
    with pytest.raises(ModelError, match="40 options") as caught:
        check_size([f"o{i}" for i in range(40)])
    assert "Merge" in caught.value.hint
