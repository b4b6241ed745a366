"""The tag rules on the short way: to the letter what spaCy's own ruler does."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language import load_model

_SET = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
TEXTS = (
    "“We counted 12 convoys and we will not wait,” Minister Carla Ros said in Cairo, because it hadn't rained.",
    "There is a man whom I saw; it's mine, and that is what you have done to us.",
    "I ain't gonna go. Let's see, y'all: c'm on, it's gotta be done.",
    "  odd   spaces here ",
    "He has to be there, though he'd had one, and does what he does.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_short_way_sets_what_the_ruler_sets(plain, text):
    ours = load_model()
    first, again = ours(text), ours(text)  # learnt, then remembered
    expected = plain(text).to_array(_SET)
    assert np.array_equal(expected, first.to_array(_SET))
    assert np.array_equal(expected, again.to_array(_SET))


def test_the_models_rules_are_all_on_the_short_way():
    assert load_model().get_pipe("attribute_ruler")._quick


def test_a_pattern_that_looks_at_something_else_turns_the_short_way_off(plain):
    from detente.language.rules import QuickRuler

    ruler = QuickRuler(plain.vocab, "ruler")
    ruler.add_patterns([{"patterns": [[{"SHAPE": "Xxxx"}]], "attrs": {"LEMMA": "name"}, "index": 0}])
    ruler.prepare()
    assert [t.lemma_ for t in ruler(plain.make_doc("then Olga spoke"))] == ["", "name", ""]
