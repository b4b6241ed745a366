"""A sentence that an outlet rewrote, beside text that it carried."""

from __future__ import annotations

import pytest

from detente.compare import MemoryPile, compare_pile, lineage
from tests.compare.builders import make_article

WIRE = (
    "The cabinet is pressing for the garrison to return to its barracks, accept foreign observers along the "
    "canal and settle the quarrel through a joint commission under the auspices of the league."
)
SENTENCE = (
    "Eleven barges loaded with flour were turned back by customs officers at the southern lock on Tuesday."
)
REWRITE = "On Tuesday customs officers at the southern lock turned back eleven barges that carried flour."
APART = (
    "Farmers in the northern valleys waited for rain while the river fell to its lowest mark in thirty years."
)
NAMES = "Petrov, Ivanov, Sokolov, Orlov, Lebedev, Morozov and Volkov were there on Tuesday."


def compared(one, other):
    pile = MemoryPile([make_article("a", one), make_article("b", other)])
    comparison = compare_pile(pile)
    return pile, comparison, [p for p in comparison.passages() if p.kind == "paraphrase"]


def test_a_rewritten_sentence_beside_carried_text_is_a_paraphrase_with_both_wordings():
    pile, _, (passage,) = compared(f"{WIRE}\n{SENTENCE}", f"{REWRITE}\n{WIRE}")
    assert [pile.article(s.article).words(s) for s in passage.spans] == [SENTENCE[:-1], REWRITE[:-1]]
    assert passage.shared == "text"
    assert 0.45 <= passage.similarity < 1


@pytest.mark.parametrize(
    "other", [APART, f"“{REWRITE[:-1]},” an officer said.", "Eleven barges were turned back."]
)
def test_what_is_no_rewrite_is_none(other):
    assert compared(f"{WIRE}\n{SENTENCE}", f"{WIRE}\n{other}")[2] == []


def test_a_list_of_the_same_names_is_no_rewrite():
    turned = "Volkov, Morozov, Lebedev, Orlov, Sokolov, Ivanov and Petrov came on Tuesday."
    assert compared(f"{WIRE}\n{NAMES}", f"{WIRE}\n{turned}")[2] == []


def test_two_reporters_of_one_thing_are_no_paraphrase_and_two_origins():
    _, comparison, found = compared(f"{APART}\n{SENTENCE}", f"{REWRITE}\nBread was dear that week in town.")
    assert found == []
    assert len(set(comparison.origin_of.values())) == 2


def test_lineage_shows_a_rewritten_sentence_as_changed():
    pile, comparison, _ = compared(f"{WIRE}\n{SENTENCE}", f"{REWRITE}\n{WIRE}")
    (origin,) = comparison.origins()
    (version,) = lineage(origin, pile, comparison.shares).versions
    assert [pile.article("b").words(mine) for mine, _ in version.changed] == [REWRITE[:-1]]
    assert (version.added, version.dropped) == ((), ())


def test_a_paraphrase_does_not_make_a_copy_of_a_reused_paragraph():
    _, comparison, _ = compared(f"{WIRE}\n{SENTENCE}", f"{REWRITE}\n{WIRE}")
    (pair,) = comparison.shares
    assert pair.words < 35
