"""Which words can name one act."""

from __future__ import annotations

import pytest

from detente.compare.cluster import Light
from detente.compare.kinship import APART, sense_distance
from detente.compare.same import event_fit


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shell", "shell", 0.0),
        ("seize", "capture", 0.5),
        ("die", "death", 0.5),
        ("kill", "murder", 1.0),
        ("frobnicate", "seize", APART),
        ("frobnicate", "frobnicate", 0.0),
    ],
)
def test_words_are_as_near_as_their_nearest_senses(one, other, expected):
    assert sense_distance(one, other) == sense_distance(other, one) == expected


def light(name, lemma, words):
    return Light(
        name, name, 700000, 700000, True, (), "SEIZE", "happened", (frozenset(("a",)), frozenset(("b",))), None,
        frozenset(words.split()), lemma,
    )  # fmt: skip


@pytest.mark.parametrize(("lemma", "one"), [("seize", True), ("capture", True), ("praise", False)])
def test_one_act_of_the_same_parties_on_one_day_may_be_told_by_a_synonym(lemma, one):
    fit = event_fit(light("x", "seize", "fort dawn north"), light("y", lemma, "garrison river rain"))
    assert (fit > 0) is one
