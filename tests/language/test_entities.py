"""The recogniser of names on the short way: to the letter what spaCy's own finds."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language import load_model
from detente.language.entities import QuickRecognizer, quicken

_SET = ["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"]
TEXTS = (
    "Minister Carla Ros met the Turkish Foreign Ministry's Omar Dal in Cairo on 3 March 2021. He left.",
    "The United Nations Security Council adopted Resolution 1701 by 14 votes to none",
    "NATO",
    "In New York",
    "On Monday night. Tuesday came. The European Union of the Peoples",
    "  France  and\tGermany  ",
    "nothing to be named here",
    " ",
    "“We counted 12 convoys, at a cost of $3.5 million, two thirds of them before 9 a.m.,” the Pentagon said.",
)


def test_the_models_recogniser_is_on_the_short_way():
    assert isinstance(load_model().get_pipe("ner"), QuickRecognizer)


@pytest.mark.parametrize("text", TEXTS)
def test_the_short_way_finds_what_the_recogniser_finds(plain, text):
    assert np.array_equal(plain(text).to_array(_SET), load_model()(text).to_array(_SET))


def test_texts_read_together_hold_the_names_they_hold_alone(plain):
    together = list(load_model().pipe(["", *TEXTS]))
    assert [[(e.text, e.label_) for e in doc.ents] for doc in together] == [
        [(e.text, e.label_) for e in plain(text).ents] for text in ("", *TEXTS)
    ]


def test_names_that_a_text_holds_already_are_kept(plain):
    def with_a_name(model):
        doc = model.make_doc("Olga Petrova went to Paris")
        doc.set_ents([doc.char_span(0, 4, label="ORG")], default="unmodified")
        return doc

    found = load_model().get_pipe("ner")(with_a_name(load_model()))
    expected = plain.get_pipe("ner")(with_a_name(plain))
    assert [(e.text, e.label_) for e in found.ents] == [(e.text, e.label_) for e in expected.ents]
    assert found.ents[0].label_ == "ORG"


def test_a_recogniser_that_keeps_several_readings_is_left_alone():
    import spacy

    model = spacy.blank("en")
    model.add_pipe("beam_ner").add_label("ORG")
    model.initialize()
    quicken(model, name="beam_ner")
    assert not isinstance(model.get_pipe("beam_ner"), QuickRecognizer)
