"""Floors for actors on pinned development gold; raise them when the benchmark rises."""

from __future__ import annotations

import hashlib

import pytest

from benchmarks.actors import SHARED, measure_gum, measure_strings

STRINGS = SHARED / "bench/events/actor_strings_dev.jsonl"
GUM = SHARED / "bench/statements/gum_news_dev.jsonl"
HASHES = {STRINGS: "188a32c21ce618f8", GUM: "24f3cb91a1341d16"}
pytestmark = pytest.mark.skipif(not STRINGS.exists(), reason="the shared gold is not on this machine")


@pytest.mark.parametrize("path", [STRINGS, GUM])
def test_the_gold_is_the_pinned_one(path) -> None:
    assert HASHES[path] == hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_actor_phrases_keep_their_floors() -> None:
    pytest.importorskip("dateparser")
    figures = measure_strings(errors=False)
    assert figures["country"] >= 0.82
    assert figures["sector"] >= 0.77
    assert figures["both"] >= 0.75


def test_pronouns_keep_their_floors() -> None:
    figures = measure_gum(errors=False)
    assert figures["right where resolved"] >= 0.82
    assert figures["resolved"] >= 0.87
