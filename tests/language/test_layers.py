"""The layers below the model's decisions, computed the quick way: the numbers of spaCy."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language import layers, load_model
from detente.language.layers import QuickVectors, quick_vectors

TEXTS = (
    "“We counted 12 convoys and we can't wait,” Minister Carla Ros said in Cairo, because it hadn't rained.",
    "NATO",
    "  odd   spaces here\tand there ",
    "It's $3.5 million; they'd 'em all, 5pm, x",
    "The minister met him on Monday. He left on Tuesday, three days before the talks were to begin in Geneva.",
)


def networks(model):
    return {
        "tok2vec": model.get_pipe("tok2vec").model,
        "ner": model.get_pipe("ner").model.layers[0].layers[0],
    }


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_the_quick_way_gives_the_networks_numbers(plain, name):
    network = networks(plain)[name]
    docs = [plain.make_doc(text) for text in TEXTS]
    for _ in ("learnt", "remembered"):
        for quick, expected in zip(quick_vectors(network)(docs), network.predict(docs), strict=True):
            assert np.allclose(quick, expected, atol=1e-5)


def test_a_token_has_one_row_in_any_company(plain):
    network = networks(plain)["tok2vec"]
    alone, among = quick_vectors(network), quick_vectors(network)
    doc, others = plain.make_doc(TEXTS[0]), [plain.make_doc(text) for text in TEXTS[1:]]
    among(others)
    assert np.array_equal(alone._rows.of([doc])[0], among._rows.of([*others, doc])[-1])


def test_a_text_without_words_has_no_vectors(plain):
    quick = quick_vectors(networks(plain)["tok2vec"])
    empty, full = quick([plain.make_doc(""), plain.make_doc("NATO")])
    assert (len(empty), len(full)) == (0, 1)


def test_rows_are_learnt_afresh_when_too_many_are_kept(plain, monkeypatch):
    network = networks(plain)["tok2vec"]
    doc = plain.make_doc(TEXTS[0])
    expected = quick_vectors(network)([doc])[0]
    monkeypatch.setattr(layers, "_KEPT", 8)
    small = quick_vectors(network)
    small([plain.make_doc(TEXTS[1])])
    assert np.array_equal(small([doc])[0], expected)
    assert np.array_equal(small([plain.make_doc(TEXTS[4]), doc])[1], expected)


def test_both_networks_of_the_model_are_on_the_quick_way():
    model = load_model()
    assert model.get_pipe("tok2vec").model.name == "quick_vectors"
    assert isinstance(model.get_pipe("ner")._vectors, QuickVectors)


def test_a_network_of_another_build_is_left_alone():
    import spacy

    config = {"model": {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 8,
                        "depth": 1, "embed_size": 10, "window_size": 2, "maxout_pieces": 3,
                        "subword_features": True}}  # fmt: skip
    model = spacy.blank("en")
    model.add_pipe("tok2vec", config=config)
    model.initialize()
    layers.quicken(model)
    assert model.get_pipe("tok2vec").model.name != "quick_vectors"
