"""Six invented piles read as the main job reads them keep their floors."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.quality.crisis_scores import LAYERS, Tally, find
from tests.quality.pile_scores import EARLIER, LATER, NAMES, NEWEST, gold_of, read_pile, score

# Precision, recall (python -m tests.quality.pile_scores). Floors only rise.
FLOORS = {
    EARLIER: {
        "meetings": (1.0, 0.88),
        "positions": (1.0, 0.66),
        "measures": (0.95, 0.95),
        "figures": (0.92, 0.91),
    },
    LATER: {
        "meetings": (0.89, 0.77),
        "positions": (0.95, 0.71),
        "measures": (0.93, 0.83),
        "figures": (0.98, 0.91),
    },
    NEWEST: {
        "meetings": (0.84, 0.57),
        "positions": (1.0, 0.77),
        "measures": (1.0, 0.89),
        "figures": (1.0, 1.0),
    },
}
EVENTS, HEARERS = (0.92, 0.80), 10
# Key statements found, those with the right speaker, lines of furniture in the body.
COUNTS = {EARLIER: (58, 51, 0), LATER: (49, 43, 7), NEWEST: (76, 71, 0)}

Scores = tuple[dict[str, Tally], Counter[str], list[str]]


@pytest.fixture(scope="module", params=[EARLIER, LATER, NEWEST], ids="+".join)
def scored(request: pytest.FixtureRequest) -> tuple[tuple[str, ...], Scores]:
    return request.param, score(request.param)


@pytest.mark.parametrize("layer", LAYERS)
def test_precision_and_recall_keep_their_floors(scored: tuple[tuple[str, ...], Scores], layer: str) -> None:
    names, (tallies, _, _) = scored
    precision, recall = FLOORS[names][layer]
    assert tallies[layer].precision >= precision
    assert tallies[layer].recall >= recall


def test_statements_speakers_and_furniture_keep_their_floors(scored: tuple[tuple[str, ...], Scores]) -> None:
    names, (_, counts, _) = scored
    found, speakers, leaked = COUNTS[names]
    assert counts["found"] >= found
    assert counts["speaker"] >= speakers
    assert counts["leaked"] <= leaked


def test_events_and_hearers_of_the_newest_piles_keep_their_floors() -> None:
    tallies, counts, _ = score(NEWEST)
    assert tallies["events"].precision >= EVENTS[0]
    assert tallies["events"].recall >= EVENTS[1]
    assert counts["hearer"] >= HEARERS


@pytest.mark.parametrize("name", NAMES)
def test_gold_cites_words_of_its_report(name: str) -> None:
    reports = read_pile(name)
    for gold in gold_of(name):
        for words in [gold["words"]] if isinstance(gold.get("words"), str) else gold.get("words", ()):
            if gold["layer"] not in ("furniture", "origins", "differences"):
                find(reports[gold["report"]].article.text, words, gold.get("nth", 1))
