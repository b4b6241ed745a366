"""Floors for time expressions on a pinned subset of the development gold."""

from __future__ import annotations

import hashlib

import pytest

from benchmarks.times import FILES, SHARED, load, measure

PLACE = SHARED / "bench/stories"
HASHES = {"te3": "b08440b8c2bb7bca", "wikiwars": "320b748081cf8cb6"}
pytestmark = pytest.mark.skipif(not PLACE.exists(), reason="the shared gold is not on this machine")


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_gold_is_the_pinned_one(name: str) -> None:
    assert HASHES[name] == hashlib.sha256((PLACE / FILES[name]).read_bytes()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("name", "sample", "relaxed", "value"), [("te3", 25, 0.90, 0.78), ("wikiwars", 2, 0.90, 0.78)]
)
def test_time_expressions_keep_their_floors(name: str, sample: int, relaxed: float, value: float) -> None:
    score = measure(load(name, sample=sample))
    assert score.f1(score.relaxed) >= relaxed
    assert score.f1(score.value) >= value
