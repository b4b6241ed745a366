"""The measure of merged events, on a table worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.stories_events import conll


@pytest.mark.parametrize(
    ("found", "muc", "bcubed", "ceaf"),
    [
        ("aabb", 1.0, 1.0, 1.0),
        ("abcd", 0.0, 2 / 3, 4 / 9),
        ("aaaa", 0.8, 2 / 3, 4 / 9),
    ],
)
def test_merging_is_scored_by_links_mentions_and_groups(found, muc, bcubed, ceaf):
    scores = conll(found, "xxyy")
    assert scores["MUC"] == pytest.approx(muc)
    assert scores["BCubed"] == pytest.approx(bcubed)
    assert scores["CEAF-e"] == pytest.approx(ceaf, abs=1e-6)
    assert scores["CoNLL"] == pytest.approx((muc + bcubed + ceaf) / 3, abs=1e-6)
