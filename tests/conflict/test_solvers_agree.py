"""Two independent solvers say the same of random models, however large the blocks and stacked the readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.conflict import coalitions, fast, literal, literal_coalitions
from detente.conflict.blocks import BEST, Block
from detente.conflict.explicit import explicit_of
from detente.conflict.graph import Graph, ModelError, check_size
from tests.conflict.cases import random_graph

SEEDS_A_BLOCK = 100


@pytest.mark.parametrize("block", range(20))
def test_fast_and_literal_solver_agree_on_random_models(block: int, monkeypatch) -> None:
    if block % 2:  # the other way through a block must agree too
        monkeypatch.setattr("detente.conflict.blocks.MAX_EDGES", 0)
    for seed in range(block * SEEDS_A_BLOCK, (block + 1) * SEEDS_A_BLOCK):
        graph = random_graph(seed)
        solver, judge = fast.Solver(graph), explicit_of(graph)
        for concept in fast.CONCEPTS:
            for party in range(len(graph.parties)):
                expected = literal.stable_states(judge, party, concept)
                actual = {int(s) for s in np.flatnonzero(solver.stable(party, concept))}
                assert expected == actual, f"seed {seed}, party {party}, {concept}"


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("joint", [False, True])
def test_fast_and_literal_coalition_solver_agree_on_random_models(seed: int, joint: bool) -> None:
    graph = random_graph(seed + 9000, parties=4, options=3 + seed % 3)
    coalition, rest = ((0, 1), (2, 3)) if seed % 3 else ((0, 2), (1, 3))
    alone, together = [(p,) for p in rest], [rest]
    anyhow = [*alone, rest]
    for concept in literal_coalitions.CONCEPTS:
        for groups in (None, together, anyhow):
            if joint and groups is anyhow:
                continue  # who moves jointly is then not one answer
            structure = [coalition, *(groups or alone)]
            judge = coalitions.joined(graph, structure) if joint else explicit_of(graph)
            expected = literal_coalitions.stable_states(judge, coalition, concept, groups=groups)
            found = coalitions.stable(graph, coalition, concept, joint=joint, groups=groups)
            assert expected == {int(s) for s in np.flatnonzero(found)}, (concept, groups)


def test_a_coalition_of_one_is_the_party() -> None:
    for seed in range(40):
        graph = random_graph(seed + 500, options=4)
        for concept in literal_coalitions.CONCEPTS:
            alone = fast.stable(graph, 0, concept)
            assert np.array_equal(alone, coalitions.stable(graph, (0,), concept)), (seed, concept)


@pytest.mark.parametrize("seed", range(40))
def test_sorting_a_block_gives_what_comparing_rows_gives(seed: int, monkeypatch) -> None:
    graph = random_graph(seed + 4000, options=6, parties=2)
    if seed % 2:
        graph = replace(graph, directions=("both",) * 6)
    worst = np.where(graph.feasible, graph.ranks[0], np.int32(BEST))
    feasible = graph.feasible

    def answer(**how) -> np.ndarray:
        return Block(graph, 1, **how).lowest_after(worst, best_only=False)[feasible]

    expected = answer(order=False)
    assert np.array_equal(expected, answer())
    assert np.array_equal(expected, answer(max_pairs=-1, order=False))
    monkeypatch.setattr("detente.conflict.blocks.MAX_EDGES", 0)
    assert np.array_equal(expected, answer())


@pytest.mark.parametrize("concept", fast.CONCEPTS)
def test_stacked_readings_are_solved_as_if_one_by_one(concept: str) -> None:
    first = random_graph(77, options=5, parties=3)
    rng = np.random.default_rng(5)
    graphs = [
        Graph(first.parties, first.options, first.owners, first.directions, rng.random(32) < 0.8,
              tuple(rng.integers(0, 6, 32).astype(np.int32) for _ in first.parties))
        for _ in range(7)
    ]  # fmt: skip
    stacked = Graph(
        first.parties, first.options, first.owners, first.directions,
        np.concatenate([g.feasible for g in graphs]),
        tuple(np.concatenate([g.ranks[p] for g in graphs]) for p in range(3)),
    )  # fmt: skip
    for party in range(3):
        expected = np.concatenate([fast.stable(g, party, concept) for g in graphs])
        assert np.array_equal(expected, fast.stable(stacked, party, concept))


def test_forty_options_are_refused_with_the_way_out() -> None:
    with pytest.raises(ModelError, match="40 options") as caught:
        check_size([f"o{i}" for i in range(40)])
    assert "Merge" in caught.value.hint
