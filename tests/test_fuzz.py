"""Damaged input, however damaged: a few hundred inputs a parser, and what once broke one (found by fuzzing)."""

from __future__ import annotations

import random

import pytest

from benchmarks.fuzz.__main__ import fuzz
from benchmarks.fuzz.targets import TARGETS
from detente.conflict.graph import ModelError
from detente.conflict.modelfile import parse_model
from detente.errors import InputError
from detente.formats.jsonl import JsonlRecord
from detente.store.review import read_judgement_lines

DEEP = "[" * 100_000
INPUTS = {"pages": 15, "dumps": 15, "urls": 100}


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_ends_as_a_result_or_as_a_refusal_of_ours(name):
    inputs, _, broken = fuzz(TARGETS[name], inputs=INPUTS.get(name, 200), chance=random.Random(1962))
    assert (inputs, dict(broken)) == (INPUTS.get(name, 200), {})


@pytest.mark.parametrize(
    ("text", "form"), [("a = " + "9" * 5000, "toml"), (f"a = {DEEP}", "toml"), (f'{{"a": {DEEP}', "json")]
)
def test_a_model_with_numbers_or_nesting_beyond_reason_is_refused(text, form):
    with pytest.raises(ModelError, match=f"not valid {form.upper()}"):
        parse_model(text, form=form)


def test_a_judgement_nested_beyond_reason_is_refused():
    with pytest.raises(InputError, match="j:1 is no judgement"):
        read_judgement_lines([DEEP], source="j")


@pytest.mark.parametrize(
    ("line", "told"),
    [(b"\xff\n", "1 is no UTF-8"), (DEEP.encode(), "1 is no record"), (b"[]\n", "1 is no record")],
)
def test_an_exported_line_that_is_no_record_is_refused_with_its_place(tmp_path, line, told):
    (tmp_path / "articles.jsonl").write_bytes(b"")
    (tmp_path / "events.jsonl").write_bytes(line)
    with pytest.raises(InputError, match=told):
        list(JsonlRecord(tmp_path).layer("events"))


def test_a_manifest_nested_beyond_reason_is_refused(tmp_path):
    (tmp_path / "articles.jsonl").write_bytes(b"")
    (tmp_path / "manifest.json").write_text(DEEP)
    with pytest.raises(InputError, match="is no JSON"):
        JsonlRecord(tmp_path).manifest()
