"""The model as we load it: the same parses as spaCy's own, with less to load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import detente
from detente.language import load_model

TEXTS = (
    "Iran’s ‘naïve’ Foreign Ministry ain't gonna pay $US 10bn :) — it’s 5pm, w/o “help” from the U.N.…",
    "Ünlü bir şehir: Ankara & İzmir; Zürich, Łódź, Ｆｕｌｌ width, ﬁne, 東京 and Київ met on 3/4/1962.",
    "  He's said\tthe 2nd   Brigade (of 3,000 men) would've left by 11:30 a.m. on Tuesday, i.e. too late. ",
)
_NAMES = ("text", "norm_", "lower_", "shape_", "prefix_", "suffix_", "tag_", "pos_", "dep_", "lemma_",
          "ent_type_", "ent_iob_")  # fmt: skip


def told(doc):
    return [(*(getattr(token, name) for name in _NAMES), str(token.morph), token.head.i) for token in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_a_parse_is_the_plain_models_parse_to_the_letter(plain, text):
    assert told(load_model()(text)) == told(plain(text))


def test_words_have_the_vectors_of_the_plain_model(plain):
    words = ("ministry", "Ankara", "xqzies")
    ours = load_model().vocab
    assert [ours[word].vector.tolist() for word in words] == [plain.vocab[w].vector.tolist() for w in words]


def test_every_label_of_the_model_has_its_name(plain):
    ours = load_model().vocab.strings
    for name in plain.pipe_names:
        assert [label for label in getattr(plain.get_pipe(name), "labels", ()) if label not in ours] == []


def test_the_tokenizer_has_the_rules_of_the_plain_models(plain):
    ours, theirs = load_model().tokenizer, plain.tokenizer
    assert ours.rules == theirs.rules
    for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        found, expected = getattr(ours, name).__self__, getattr(theirs, name).__self__
        assert (found.pattern, found.flags) == (expected.pattern, expected.flags), name


def test_spacy_comes_without_its_command_line_until_that_is_asked_for():
    code = (
        "import sys; from detente.language.model import import_spacy; import_spacy(); import spacy;"
        "print('typer' in sys.modules, 'spacy.cli' in sys.modules);"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__);"
        "import spacy.cli; print(callable(spacy.cli.download))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(detente.__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["False", "False", "True", "True"]
