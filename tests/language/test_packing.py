"""Parses as bytes: the same parse back, in the format of a spaCy DocBin."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from detente.language import load_model
from detente.language.packing import pack_doc, unpack_doc

_ALL = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SPACY", "SENT_START"]
TEXT = "Egypt’s president met Anna Koval in Cairo on Friday.  He did not say why; she left."


def words_of(doc):
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", [TEXT, "x", ""])
def test_a_parse_comes_back_as_it_was(text):
    doc = load_model()(text)
    back = unpack_doc(pack_doc(doc), doc.vocab)
    assert doc.text == back.text
    assert np.array_equal(doc.to_array(_ALL), back.to_array(_ALL))


def test_a_vocabulary_that_never_saw_the_text_reads_the_same_parse():
    doc = load_model()(TEXT)
    assert words_of(doc) == words_of(unpack_doc(pack_doc(doc), Vocab()))


def test_spacys_own_reader_reads_it():
    doc = load_model()(TEXT)
    (back,) = DocBin().from_bytes(pack_doc(doc)).get_docs(doc.vocab)
    assert words_of(doc) == words_of(back)


def test_what_spacys_own_writer_wrote_is_read():
    doc = load_model()(TEXT)
    assert words_of(doc) == words_of(unpack_doc(DocBin(docs=[doc]).to_bytes(), doc.vocab))
