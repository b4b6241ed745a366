"""One suite over everything that can be looked at as a record: a store, and an exported folder."""

from __future__ import annotations

import json

import pytest

from detente.errors import UsageError
from detente.formats import format_named
from detente.formats.jsonl import JsonlRecord
from detente.record import LAYERS, Article, to_json
from detente.store import look_at, open_store
from detente.store.check import check_equal, check_record


@pytest.fixture(params=["store", "store for writing", "export"])
def record(request, shared_db, tmp_path):
    if request.param == "export":
        view = look_at(shared_db)
        format_named("jsonl").write(view, tmp_path / "out")
        view.close()
        yield JsonlRecord(tmp_path / "out")
        return
    opened = look_at(shared_db) if request.param == "store" else open_store(shared_db)
    yield opened
    opened.close()


def test_counts_are_what_the_layers_hold(record):
    assert record.counts() == {name: len(list(record.layer(name))) for name in LAYERS}


@pytest.mark.parametrize("layer", LAYERS)
def test_lines_are_the_records_in_the_contracts_order_of_fields(record, layer):
    lines = [json.loads(line) for line in record.lines(layer)]
    assert [to_json(one) for one in record.layer(layer)] == lines
    assert [list(to_json(one)) for one in record.layer(layer)] == [list(line) for line in lines]


def test_an_article_carries_its_whole_text_and_its_origin(record):
    (herald,) = [a for a in record.layer("articles") if a.outlet == "Herald"]
    assert isinstance(herald, Article)
    assert "At least 12 killed." in herald.text
    assert record.article(herald.id) == herald
    assert herald.origin in {origin.id for origin in record.layer("origins")}


def test_an_unknown_article_is_a_usage_error(record):
    with pytest.raises(UsageError, match="no article"):
        record.article("a-0000000000000000")


def test_limit_gives_the_first_of_a_layer(record):
    assert list(record.layer("statements", limit=2)) == list(record.layer("statements"))[:2]


def test_the_manifest_names_versions_readers_and_every_input(record):
    manifest = record.manifest()
    assert (manifest.record_version, manifest.model) == ("1.0", "canned-1")
    assert manifest.readers == ("words.v1", "fragile.v1")
    assert [i.status for i in manifest.inputs] == ["read"] * 3
    assert manifest.abstentions == {"fragile.v1": 1}


def test_a_sound_record_has_no_fault(record):
    assert list(check_record(record)) == []


def test_every_view_is_equal_to_the_store(record, view):
    assert list(check_equal(view, record)) == []
