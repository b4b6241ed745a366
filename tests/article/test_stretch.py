"""The likeliest stretch: a short piece that the tagger was not sure of, and what is left as it was."""

from __future__ import annotations

import numpy as np
import pytest

from detente.article.stretch import FEW, keep_stretch

SENTENCE = (
    "The ferry between the two islands stopped running on Monday after its crew had walked out over pay."
)
MENU = "Weather"


def kept_of(words, chances):
    chances = np.array(chances, dtype=np.float32)
    return keep_stretch(words, chances, [bool(p >= 0.5) for p in chances])


def test_the_neighbours_of_the_little_that_was_kept_are_kept_too():
    words = [MENU, SENTENCE, SENTENCE, SENTENCE, MENU]
    assert kept_of(words, [0.0, 0.4, 0.6, 0.45, 0.1]) == [False, True, True, True, False]


def test_of_two_stretches_the_likelier_is_the_article():
    words = [SENTENCE, MENU, MENU, MENU, SENTENCE, SENTENCE]
    chances = [0.55, 0.0, 0.0, 0.0, 0.49, 0.49]
    words[1:4] = [SENTENCE] * 3
    assert kept_of(words, chances) == [False, False, False, False, True, True]


@pytest.mark.parametrize(("number", "found"), [(1, 0), (2, 2)])
def test_where_nothing_was_kept_one_sentence_is_no_article(number, found):
    words = [MENU, *[SENTENCE] * number, MENU]
    assert sum(kept_of(words, [0.0, *[0.45] * number, 0.0])) == found


def test_a_page_whose_best_line_is_unlikely_has_no_article():
    assert not any(kept_of([SENTENCE] * 4, [0.35] * 4))


def test_a_page_with_enough_of_a_body_stays_as_it_was():
    words = [SENTENCE] * (FEW // len(SENTENCE) + 2)
    chances = [0.9] * (len(words) - 1) + [0.4]
    assert kept_of(words, chances) == [True] * (len(words) - 1) + [False]


def test_a_page_without_units_has_no_stretch():
    assert kept_of([], []) == []
