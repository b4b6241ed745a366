"""The Python side: what ``docs/python.md`` promises."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

import detente
from detente.record import Statement
from tests import canned


@pytest.fixture
def record(db):
    with detente.open(db) as opened:
        yield opened


def test_a_record_is_iterated_with_its_citations(record):
    (demand,) = record.statements(act="demand")
    assert isinstance(demand.record, Statement)
    assert demand.citations[0].text == "Kuba must withdraw its guns"
    article = record.article(demand.citations[0].span.article)
    assert demand.citations[0].sha256 == hashlib.sha256(article.text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("layer", "which", "number"),
    [
        ("statements", {"actor": "Kuba"}, 1),
        ("statements", {"since": "1962-10-24"}, 2),
        ("events", {"type": "ASSAULT"}, 1),
        ("events", {"status": "planned"}, 0),
        ("meetings", {"format": "meeting"}, 1),
        ("positions", {"stance": "demands"}, 1),
        ("figures", {"kind": "killed"}, 2),
        ("differences", {"severity": "high"}, 1),
        ("differences", {"severity": "low"}, 0),
        ("actors", {"type": "state"}, 2),
        ("origins", {"limit": 2}, 2),
        ("timeline", {}, 1),
        ("issues", {}, 1),
        ("measures", {}, 0),
        ("passages", {}, 0),
        ("episodes", {}, 0),
        ("articles", {}, 3),
    ],
)
def test_each_layer_is_an_iterator_narrowed_by_name(record, layer, which, number):
    assert len(list(getattr(record, layer)(**which))) == number


def test_names_stand_behind_ids(record):
    (event,) = record.events()
    assert (event.names_of("sources"), event.names_of("recipients")) == (("Kuba",), ("Norda",))
    assert record.name("narrator") == "narrator"


def test_records_are_frozen(record):
    (event,) = record.events()
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.record.type = "AID"


def test_a_difference_opens_at_both_sides_words(record):
    (difference,) = record.differences()
    assert [c.text for c in difference.citations] == ["12", "30"]


def test_to_json_is_the_contract_with_citations_beside(record):
    (event,) = record.events()
    data = event.to_json()
    assert data["type"] == "ASSAULT"
    assert data["citations"][0]["text"] == "Kuba attacked Norda"


def test_counts_and_manifest(record):
    assert record.counts["statements"] == 3
    assert [i.status for i in record.manifest.inputs] == ["read"] * 3


def test_get_takes_the_beginning_of_an_id(record):
    (event,) = record.events()
    assert record.get(event.id[:9]) == event


def test_search_gives_places(record):
    (hit,) = record.search("red line")
    assert record.article(hit.id).words(hit.span) == hit.text


@pytest.mark.parametrize("kept", [True, False])
def test_read_gives_the_record_in_a_file_or_in_memory(reports, tmp_path, monkeypatch, kept):
    monkeypatch.setattr("detente.pipeline.our_parts", canned.parts)
    canned.write_reports(reports, {"bad.txt": "BAD"})
    refused = []
    path = tmp_path / "new.db" if kept else None
    with detente.read(reports, db=path, on_refused=refused.append) as record:
        assert record.counts["articles"] == 3
    assert [r.reason for r in refused] == ["binary"]
    assert (tmp_path / "new.db").exists() == kept


def test_nothing_prints(record, capsys):
    for layer in ("statements", "events", "differences"):
        for one in getattr(record, layer)():
            assert one.citations
    assert capsys.readouterr() == ("", "")


def test_opening_nothing_is_a_store_error(tmp_path):
    with pytest.raises(detente.StoreError) as caught:
        detente.open(tmp_path / "none.db")
    assert caught.value.hint


def test_an_unknown_actor_is_a_usage_error(record):
    with pytest.raises(detente.UsageError):
        list(record.statements(actor="Nobody"))
