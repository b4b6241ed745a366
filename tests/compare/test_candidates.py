"""Words as numbers, candidate pairs, alignment."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.compare.align import AlignSettings, align, grams_of, index_words
from detente.compare.candidates import GramIndex
from detente.compare.words import WORD, cut_words, word_codes


def everything(hashes):
    return np.ones(len(hashes), bool)


def aligned(one, other):
    a, b = (grams_of(word_codes(text), everything) for text in (one, other))
    return [(x.a_start, x.a_end, x.b_start, x.b_end) for x in align(a, index_words(b), AlignSettings())]


def made_words(seed, count):
    rng = random.Random(seed)
    return [f"w{rng.randrange(5000)}" for _ in range(count)]


@given(st.text(max_size=300))
def test_words_stand_where_the_pattern_finds_them(text):
    _, starts, ends, _ = cut_words(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [m.span() for m in WORD.finditer(text)]


@pytest.mark.parametrize("text", ["The CANAL", "the, canal!", "«The» canal", "  the\ncanal", "thE cAnal"])
def test_case_marks_and_place_do_not_change_a_words_number(text):
    assert word_codes(text).tolist() == word_codes("the canal").tolist()


def test_a_text_longer_than_one_slice_has_the_same_words():
    text = " ".join(made_words(1, 30_000))
    whole = cut_words(text)
    assert [text[s:e] for s, e in zip(whole[1].tolist(), whole[2].tolist(), strict=True)] == text.split()
    assert whole[0][-1] == word_codes(text.split()[-1])[0]


@pytest.mark.parametrize("at", range(0, 90, 7))
def test_twelve_words_in_a_row_always_make_a_candidate(at):
    one, other = made_words(2, 100), made_words(3, 100)
    other[20:32] = one[at : at + 12]
    index = GramIndex()
    for words in (one, other):
        index.add(word_codes(" ".join(words)))
    assert list(index.pairs()) == [(0, 1)]


def test_articles_that_share_nothing_make_no_candidate():
    index = GramIndex()
    for seed in range(50):
        index.add(word_codes(" ".join(f"s{seed}{w}" for w in made_words(seed, 80))))
    assert len(index.candidates()) == 0


@pytest.mark.parametrize("copies", [30, 200])
def test_many_copies_make_links_in_proportion(copies):
    index = GramIndex()
    for _ in range(copies):
        index.add(word_codes(" ".join(made_words(4, 80))))
    found = index.candidates()
    assert len(found) <= 2 * copies
    assert found.linked.all()


def test_a_refrain_of_many_articles_is_not_telling():
    index, refrain = GramIndex(), " ".join(made_words(5, 10))
    for seed in range(30):
        index.add(word_codes(f"{' '.join(f's{seed}{w}' for w in made_words(seed, 40))} {refrain}"))
    index.candidates()
    assert not index.telling(grams_of(word_codes(refrain), everything).anchors).any()


def test_runs_are_joined_over_a_changed_word():
    one = made_words(6, 30)
    other = [*one[:15], "changed", *one[16:]]
    assert aligned(" ".join(one), " ".join(other)) == [(0, 30, 0, 30)]


def test_reordered_parts_are_passages_of_their_own():
    one = made_words(7, 60)
    other = [*one[30:], *one[:30]]
    assert aligned(" ".join(one), " ".join(other)) == [(0, 30, 30, 60), (30, 60, 0, 30)]


def test_a_few_words_in_common_are_no_passage():
    one, other = made_words(8, 60), [f"x{w}" for w in made_words(9, 60)]
    other[10:17] = one[40:47]
    assert aligned(" ".join(one), " ".join(other)) == []
