"""The parser of sentences on the short way: to the letter what spaCy's own makes of a text."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language import load_model
from detente.language.arcs import QuickParser, quicken

_SET = ["HEAD", "DEP", "SENT_START"]
TEXTS = (
    "Minister Carla Ros met the Turkish Foreign Ministry's Omar Dal in Cairo on 3 March 2021. He left.",
    "What the envoy, who had flown in from Rabat, said they would never accept was a truce without monitors.",
    "“We counted 12 convoys,” the spokesman said, “and will not wait for the next.” Nobody answered! Why?",
    "The old man the boats that the horse raced past the barn fell into were painted red; so it goes",
    "A report came out yesterday that shook the ministry, and troops left it which nobody had ever seen before.",
    "Talks",
    "  France  and\tGermany  ",
    "... - ( ) , . ; ?",
    " ",
    "no no no no yes yes (see below) of of of the the to to and and but",
)


@pytest.fixture
def side_by_side(monkeypatch):
    """The model with even one text on the short way, which few texts do not take."""
    monkeypatch.setattr(load_model().get_pipe("parser"), "least", 0)
    return load_model()


def _tree(doc):
    return [(t.head.i, t.dep_, t.left_edge.i, t.right_edge.i, [c.i for c in t.children]) for t in doc]


def test_the_models_parser_is_on_the_short_way():
    assert isinstance(load_model().get_pipe("parser"), QuickParser)


@pytest.mark.parametrize("text", TEXTS)
def test_the_short_way_makes_the_parsers_trees(plain, side_by_side, text):
    expected, found = plain(text), side_by_side(text)
    assert np.array_equal(expected.to_array(_SET), found.to_array(_SET))
    assert _tree(expected) == _tree(found)


def test_texts_parsed_together_have_the_trees_they_have_alone(plain, side_by_side):
    together = list(side_by_side.pipe(["", *TEXTS]))
    assert [_tree(doc) for doc in together] == [_tree(plain(text)) for text in ("", *TEXTS)]


def test_an_arc_that_crosses_others_is_led_to_its_own_head(plain, side_by_side):
    text = TEXTS[4]
    assert [token.dep_ for token in side_by_side(text)] == [token.dep_ for token in plain(text)]
    assert not any("||" in token.dep_ for token in side_by_side(text))


def test_a_few_texts_are_parsed_as_spacy_parses_them(monkeypatch):
    parser = load_model().get_pipe("parser")
    taken = []
    monkeypatch.setattr(QuickParser, "_parse", lambda self, docs: taken.append(len(docs)))
    for count in (1, 5, 40):
        list(
            load_model()
            .get_pipe("tok2vec")
            .pipe(docs := [load_model().make_doc(TEXTS[0]) for _ in range(count)])
        )
        list(parser.pipe(docs, batch_size=64))
    assert taken == [40]


def test_sentences_that_a_text_holds_already_are_kept(plain):
    def with_sentences(model):
        doc = model.make_doc("We met on Monday Then they left")
        for token in doc:
            token.is_sent_start = token.i in (0, 3)
        doc = model.get_pipe("tok2vec")(doc)
        return model.get_pipe("parser")(doc)

    found = [sentence.text for sentence in with_sentences(load_model()).sents]
    assert found == [sentence.text for sentence in with_sentences(plain).sents]
    assert found == ["We met on", "Monday Then they left"]


def test_a_parser_that_keeps_several_readings_is_left_alone():
    import spacy

    model = spacy.blank("en")
    model.add_pipe("beam_parser").add_label("nsubj")
    model.initialize()
    quicken(model, name="beam_parser")
    assert not isinstance(model.get_pipe("beam_parser"), QuickParser)
