"""Floors for killed counts and "do the totals differ" on the dev gold. Raise them when a measure rises; never lower alone.

The gold stands in ``../shared/bench/stories`` (or ``DETENTE_SHARED``); without it these tests are skipped.
"""

from __future__ import annotations

import hashlib

import pytest

from benchmarks import stories_counts as counts

ROOT = counts.ROOT
FOLDER = ROOT / "bench" / "stories"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no gold at {FOLDER}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fakes_syria_dev.jsonl.gz", "a3d1bb448872eb95"),
        ("gva_incidents_dev.jsonl.gz", "3178c7a68c734540"),
        ("gva_registry_dev.jsonl", "45a7f2e91ee1d465"),
    ],
)
def test_gold_of_the_counts_is_the_one_the_floors_were_set_on(name, expected):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:16] == expected


@pytest.mark.parametrize(("name", "floor"), [("fakes", 0.86), ("gva", 0.75), ("gva one", 0.85)])
def test_killed_counts_stay_above_their_floor_and_the_baseline(name, floor):
    ours = counts.score_tolls(name, ROOT)["all"].value
    assert ours >= floor
    assert ours > counts.score_tolls(name, ROOT, counts.first_number)["all"].value


def test_differing_totals_stay_above_their_floor():
    assert counts.score_pairs(ROOT)["all"].value >= 0.83


def test_tolls_that_differences_set_against_each_other_do_differ():
    scores = counts.score_contrasts(ROOT)
    assert scores["pairs raised"] * scores["share that gold has differing"] >= 12
    assert scores["share that gold has differing"] >= 0.95
