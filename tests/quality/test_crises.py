"""Meetings, positions, measures and figures of five crises keep their floors."""

from __future__ import annotations

import json

import pytest

from tests.quality.crisis_scores import CRISES, LAYERS, PUBLISHED, Tally, find, score

# Precision, recall (python -m tests.quality.crisis_scores). Floors only rise.
FLOORS = {
    "meetings": (0.91, 0.84),
    "positions": (0.98, 0.92),
    "measures": (0.99, 0.99),
    "figures": (0.99, 0.97),
}


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return score()


@pytest.mark.parametrize("layer", LAYERS)
def test_precision_keeps_its_floor(tallies: dict[str, Tally], layer: str) -> None:
    assert tallies[layer].precision >= FLOORS[layer][0]


@pytest.mark.parametrize("layer", LAYERS)
def test_recall_keeps_its_floor(tallies: dict[str, Tally], layer: str) -> None:
    assert tallies[layer].recall >= FLOORS[layer][1]


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_gold_cites_words_of_its_report(name: str) -> None:
    text = (CRISES / f"{name}.txt").read_text(encoding="utf-8")
    for line in (CRISES / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        for words in [gold["words"]] if isinstance(gold["words"], str) else gold["words"]:
            find(text, words, gold.get("nth", 1))
