"""Two invented piles read as the main job reads them keep their floors."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.quality.crisis_scores import LAYERS, Tally, find
from tests.quality.pile_scores import NAMES, gold_of, read_pile, score

# Precision, recall (python -m tests.quality.pile_scores). Floors only rise.
FLOORS = {
    "meetings": (1.0, 0.88),
    "positions": (1.0, 0.66),
    "measures": (0.95, 0.95),
    "figures": (0.91, 0.85),
}
STATEMENTS_FOUND, SPEAKERS_RIGHT, FURNITURE_LEAKED = 58, 51, 0

Scores = tuple[dict[str, Tally], Counter[str], list[str]]


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score()


@pytest.mark.parametrize("layer", LAYERS)
def test_precision_keeps_its_floor(scores: Scores, layer: str) -> None:
    assert scores[0][layer].precision >= FLOORS[layer][0]


@pytest.mark.parametrize("layer", LAYERS)
def test_recall_keeps_its_floor(scores: Scores, layer: str) -> None:
    assert scores[0][layer].recall >= FLOORS[layer][1]


def test_key_statements_and_their_speakers_keep_their_floors(scores: Scores) -> None:
    assert scores[1]["found"] >= STATEMENTS_FOUND
    assert scores[1]["speaker"] >= SPEAKERS_RIGHT


def test_furniture_stays_out_of_the_body(scores: Scores) -> None:
    assert scores[1]["leaked"] <= FURNITURE_LEAKED


@pytest.mark.parametrize("name", NAMES)
def test_gold_cites_words_of_its_report(name: str) -> None:
    reports = read_pile(name)
    for gold in gold_of(name):
        for words in [gold["words"]] if isinstance(gold.get("words"), str) else gold.get("words", ()):
            if gold["layer"] not in ("furniture", "origins", "differences"):
                find(reports[gold["report"]].article.text, words, gold.get("nth", 1))
