"""Floors for origins, copies, stories and days on the dev gold. Raise them when a measure rises; never lower alone.

The gold stands in ``../shared/bench/stories`` (or ``DETENTE_SHARED``); without it these tests are skipped.
"""

from __future__ import annotations

import hashlib

import pytest

from benchmarks import stories, stories_events
from detente.compare import MemoryPile, compare_pile

ROOT = stories.ROOT
pytestmark = pytest.mark.skipif(
    not (ROOT / "bench" / "stories").is_dir(), reason=f"no gold at {ROOT / 'bench' / 'stories'}"
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("stories/provenance_pairs_dev.jsonl.gz", "84529ad624e3deef"),
        ("stories/wikinews_events_dev.jsonl.gz", "3cd5cac4675b1820"),
        ("stories/gva_incidents_dev.jsonl.gz", "3178c7a68c734540"),
        ("events/ecbplus_dev.jsonl", "d86126608853a774"),
        ("stories/t17_docs_dev.jsonl.gz", "9ca7571b350ad6ce"),
        ("stories/t17_timelines_dev.jsonl", "f8b34f03a3ef5b19"),
    ],
)
def test_gold_is_the_one_the_floors_were_set_on(name, expected):
    assert hashlib.sha256((ROOT / "bench" / name).read_bytes()).hexdigest()[:16] == expected


def test_shared_origin_stays_above_its_floor_with_few_false_alarms():
    scores = stories.score_pairs(ROOT)
    assert scores["shared-origin F1"] >= 0.95
    assert scores["false alarms Q"] <= 1
    assert scores["false alarms B"] <= 1


def test_copies_stay_above_their_floor():
    assert stories.score_copies(ROOT)["copies F1"] >= 0.92


@pytest.mark.parametrize(
    ("name", "floor"), [("wikinews_events", 0.84), ("ecb", 0.94), ("gva_incidents", 0.93)]
)
def test_stories_stay_above_their_floor(name, floor):
    """The scorer has seen these stories: the floor finds what breaks; training/stories has the held-out figures.

    Wikinews stood at .89 and ECB+ at .97 while the trees knew sets and stories by heart (held out .84 and .94,
    then as now, but .85 of ECB+ when trained on the other two sets, now .93). Stories of undated articles hang on
    their order: under nine others Wikinews has .836 to .852, .844 in the mean, and its floor was .85 for as long as
    ids drew one of the best.
    """
    assert stories.score_stories(name, ROOT)[0] >= floor


def test_stories_that_no_scorer_has_seen_stay_above_their_floor():
    assert stories.score_stories("basil", ROOT)[0] >= 0.99


def test_days_that_matter_stay_above_their_floor():
    assert stories.score_timeline(ROOT) >= 0.56


def test_near_duplicates_are_all_candidates():
    scores = stories.measure_speed(400, ROOT)
    assert scores["recall, chained"] >= 0.99


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000", "001", True), ("002", "003", False), ("002", "004", False), ("003", "004", False)],
)
def test_seeds_part_into_origins(one, other, expected):
    found = {p.name[:3]: p.read_text(encoding="utf-8") for p in sorted((ROOT / "seeds").glob("*.txt"))}
    pair = [stories.to_article(name, found[name]) for name in (one, other)]
    shares = stories.find_shares(stories.MemoryPile(pair))
    origins = stories.find_origins(stories.read_credits(pair), shares)
    assert (len(origins.origins) == 1) is expected


def test_events_of_all_topics_merge_better_than_by_lemma():
    """The scorer has seen these topics (cross-validated over all: training/merging).

    Ten topics, which stood here with .88, hold 70 mentions, of which one pair moves the score by .015: they had .889
    as ids drew the order, .859 to .889 in others. All 33 topics hold 373.
    """
    articles, mentions, _ = stories_events.read_gold(None, ROOT)
    readings = stories_events.read_events(articles)
    found = stories_events.find_ours(mentions, readings)
    ways = stories_events.merge_ways(found, compare_pile(MemoryPile(articles, readings)))
    chains = [mention.chain for mention, _ in found]
    ours, lemma = (stories_events.conll(ways[way], chains)["CoNLL"] for way in ("ours", "lemma, whole pile"))
    assert ours >= 0.79
    assert ours >= lemma + 0.15
