"""The lemmatizer on the short way: to the letter what spaCy's own says."""

from __future__ import annotations

import pytest

from detente.language import load_model
from detente.language.lemmas import QuickLemmatizer, quicken

TEXTS = (
    "They were saying that the geese had flown further and that better men had left their wives.",
    "It's mine and I ain't going; he'd've gone, we'll see, let's not.",
    "Ministers' talks stalled: 3 of the 12 ships were leaving Bosphorus waters faster than the pentagons' best.",
    "  odd   spaces\tand unforeseeable wordings, reblooding xqzies ",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_short_way_says_what_the_lemmatizer_says(plain, text):
    expected = [token.lemma_ for token in plain(text)]
    first, again = load_model()(text), load_model()(text)  # learnt, then remembered
    assert [token.lemma_ for token in first] == expected
    assert [token.lemma_ for token in again] == expected


def test_a_lemma_set_already_is_kept():
    doc = load_model().make_doc("geese fly")
    doc[0].lemma_, doc[1].pos_ = "bird", "VERB"
    assert [token.lemma_ for token in load_model().get_pipe("lemmatizer")(doc)] == ["bird", "fly"]


def test_a_text_without_words_stays_as_it_is():
    assert len(load_model()("")) == 0


def test_a_lemmatizer_that_looks_words_up_is_left_alone():
    import spacy

    model = spacy.blank("en")
    model.add_pipe("lemmatizer", config={"mode": "lookup"})
    quicken(model)
    assert not isinstance(model.get_pipe("lemmatizer"), QuickLemmatizer)
