"""The check finds what is broken: each fault planted, each fault named."""

from __future__ import annotations

import json
import sqlite3

import pytest

from detente.formats import format_named
from detente.formats.jsonl import JsonlRecord
from detente.store import look_at
from detente.store.check import check_equal, check_record, check_store


def _faults(db):
    view = look_at(str(db))
    try:
        return {fault.code for fault in (*check_store(view), *check_record(view))}
    finally:
        view.close()


def _change(db, sql, *values):
    with sqlite3.connect(db) as raw:
        assert raw.execute(sql, values).rowcount >= 1
    raw.close()


@pytest.mark.parametrize("at", [0, 40, 75])
def test_any_changed_letter_of_a_text_is_found(db, at):
    _change(db, "UPDATE articles SET text = substr(text, 1, ?) || '#' || substr(text, ? + 2)", at, at)
    assert "text" in _faults(db)


def test_any_changed_byte_of_a_record_is_found(db):
    _change(db, "UPDATE records SET json = replace(json, 'demand', 'deny') WHERE layer = 'statements'")
    assert {"record"} == _faults(db)


def test_a_citation_outside_its_text_is_found(db):
    _change(db, "UPDATE records SET json = replace(json, '\"end\": ', '\"end\": 9') WHERE layer = 'events'")
    assert "span" in _faults(db)


def test_an_article_that_is_gone_is_found(db):
    _change(db, "DELETE FROM records WHERE layer = 'articles'")
    assert {"span", "missing", "record"} <= _faults(db)


def test_an_actor_that_is_gone_is_found(db):
    _change(db, "DELETE FROM records WHERE layer = 'actors'")
    assert {"missing", "record"} == _faults(db)


def test_an_id_that_stands_twice_is_found(db):
    _change(
        db,
        "INSERT INTO records (layer, id, sort, json) SELECT layer, id, sort, json FROM records WHERE layer = 'events'",
    )
    assert {"twice", "record"} == _faults(db)


def test_a_record_that_rests_on_furniture_is_found(db):
    _change(
        db,
        """UPDATE records SET json = replace(json, '"furniture": [', '"furniture": [[38, 43, "teaser"], ')
           WHERE layer = 'articles' AND json LIKE '%Herald%'""",
    )
    assert {"furniture", "overlap", "record"} == _faults(db)


@pytest.fixture
def out(view, tmp_path):
    format_named("jsonl").write(view, tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("statements.jsonl", lambda lines: lines[1:]),
        ("statements.jsonl", lambda lines: [*lines, lines[0]]),
        ("events.jsonl", lambda lines: [lines[0].replace("ASSAULT", "AID")]),
        ("articles.jsonl", lambda lines: lines[::-1]),
    ],
)
def test_an_export_that_is_not_the_store_is_found(view, out, name, change):
    path = out / name
    path.write_text("\n".join(change(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    assert [fault.code for fault in check_equal(view, JsonlRecord(out))] == ["export"]


def test_every_flipped_byte_of_an_export_is_found_without_the_store(out):
    path = out / "articles.jsonl"
    data = bytearray(path.read_bytes())
    data[data.index(b"dawn")] ^= 1
    path.write_bytes(bytes(data))
    assert [name for name, kept, now in JsonlRecord(out).file_hashes() if kept != now] == ["articles.jsonl"]


def test_a_foreign_folder_without_a_manifest_is_checked(out):
    (out / "manifest.json").unlink()
    lines = (out / "positions.jsonl").read_text(encoding="utf-8").splitlines()
    position = json.loads(lines[0])
    position["issue"] = "is-0000000000000000"
    (out / "positions.jsonl").write_text(json.dumps(position) + "\n", encoding="utf-8")
    assert [fault.code for fault in check_record(JsonlRecord(out))] == ["missing"]
