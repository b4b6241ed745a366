"""The published cases, with what was published, what a tool printed and what follows by definition kept apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.conflict import coalitions, fast, literal
from tests.conflict.cases import ABSENT, CASES, explicit_case, graph_of, numbers_of, read_case

pytestmark = pytest.mark.skipif(not CASES, reason=ABSENT)
OPTION = [p for p in CASES if read_case(p)["form"] == "option"]
GRAPH = [p for p in CASES if read_case(p)["form"] == "graph"]


@pytest.mark.parametrize("path", OPTION, ids=lambda p: p.stem)
def test_option_form_cases_come_out_by_definition(path: Path) -> None:
    case = read_case(path)
    graph, numbers = graph_of(case), numbers_of(case)
    assert int(graph.feasible.sum()) == case["n_feasible"]
    for concept, by_party in case["expected"]["computed"]["stable_for"].items():
        for party, expected in by_party.items():
            found = np.flatnonzero(fast.stable(graph, graph.parties.index(party), concept))
            assert expected == sorted(numbers[int(s)] for s in found), (concept, party)


@pytest.mark.parametrize("path", GRAPH, ids=lambda p: p.stem)
def test_graph_form_cases_come_out_by_definition(path: Path) -> None:
    case = read_case(path)
    model = explicit_case(case)
    for concept, by_party in case["expected"]["computed"]["stable_for"].items():
        for party, expected in by_party.items():
            assert expected == sorted(literal.stable_states(model, model.parties.index(party), concept))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_published_equilibria_come_out_as_printed(path: Path) -> None:
    case = read_case(path)
    published = case["expected"].get("published", {}).get("equilibria", {})
    for concept in {"nash", "gmr", "smr", "seq", "sim"} & set(published):
        if case["form"] == "graph":
            found = literal.equilibria(explicit_case(case), concept)
            assert published[concept] == sorted(found), concept
            continue
        states = np.flatnonzero(fast.equilibria(graph_of(case), concept))
        assert published[concept] == sorted(numbers_of(case)[int(s)] for s in states), concept


@pytest.mark.parametrize("path", OPTION, ids=lambda p: p.stem)
def test_coalitions_come_out_by_definition(path: Path) -> None:
    case = read_case(path)
    graph, numbers = graph_of(case), numbers_of(case)
    for key, by_concept in case["expected"]["computed"].items():
        if not key.startswith("coalition_["):
            continue
        members = [graph.parties.index(name) for name in key[len("coalition_[") : -1].split(",")]
        for concept, expected in by_concept.items():
            for joint in (False, True):
                found = np.flatnonzero(coalitions.equilibria(graph, [members], concept, joint=joint))
                assert expected == sorted(numbers[int(s)] for s in found), (concept, joint)
