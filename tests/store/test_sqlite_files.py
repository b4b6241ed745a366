"""Opening files: versions, locks, damage, and that looking never writes."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from detente.errors import StoreError, StoreLocked, StoreNewer
from detente.pipeline import read_pile
from detente.store import look_at, open_store
from detente.store.check import check_record, check_store
from detente.store.migrations import migrations, schema_version
from tests import canned

FIXTURES = Path(__file__).parent.parent / "fixtures"


def _hash(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _prove(db):
    view = look_at(str(db))
    return [*check_record(view), *check_store(view)]


def test_looking_at_nothing_says_what_to_do_and_makes_no_file(tmp_path):
    with pytest.raises(StoreError) as caught:
        look_at(str(tmp_path / "none.db"))
    assert "detente read" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_store_at_rest_is_one_file_that_looking_leaves_as_it_is(db):
    before = _hash(db)
    view = look_at(str(db))
    view.manifest()
    list(view.layer("articles"))
    view.search("Norda")
    view.close()
    assert before == _hash(db)
    assert [p.name for p in db.parent.iterdir() if p.name.startswith("crisis.db-")] == []


def test_a_store_opened_for_looking_refuses_to_write(db):
    view = look_at(str(db))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        view._db.execute("DELETE FROM records")
    view.close()


def test_a_store_of_a_newer_version_is_refused(db):
    with sqlite3.connect(db) as raw:
        raw.execute(f"PRAGMA user_version = {schema_version() + 1}")
    for opening in (look_at, open_store):
        with pytest.raises(StoreNewer) as caught:
            opening(str(db))
        assert (caught.value.exit_code, caught.value.code) == (5, "S03")


def test_a_locked_store_is_told_as_such(db, reports):
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreLocked) as caught:
        open_store(str(db), busy_seconds=0.05).add_inputs([])
    assert caught.value.exit_code == 5
    other.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, just words " * 40, b"SQLite format 3\0" + b"\1" * 900]
)
def test_what_is_no_database_is_refused_with_a_hint(tmp_path, content):
    path = tmp_path / "x.db"
    path.write_bytes(content)
    for opening in (look_at, open_store):
        with pytest.raises(StoreError) as caught:
            opening(str(path))
        assert caught.value.hint
    assert content == path.read_bytes()


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    before = _hash(path)
    with pytest.raises(StoreError, match="not a store"):
        open_store(str(path))
    assert before == _hash(path)


def test_a_damaged_page_is_a_store_error(db):
    data = bytearray(db.read_bytes())
    data[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
    db.write_bytes(bytes(data))
    with pytest.raises(StoreError) as caught:
        _prove(db)
    assert caught.value.hint


def test_an_older_store_is_upgraded_by_writing_and_refused_by_looking(tmp_path):
    path = tmp_path / "old.db"
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(StoreError, match="older schema"):
        look_at(str(path))
    open_store(str(path)).close()
    look_at(str(path)).close()


@pytest.mark.parametrize("version", range(1, schema_version() + 1))
def test_a_store_of_every_released_version_opens_and_is_proved(tmp_path, version):
    path = tmp_path / "released.db"
    with gzip.open(FIXTURES / f"store_v{version}.db.gz") as kept:
        path.write_bytes(kept.read())
    store = open_store(str(path))
    assert list(check_record(store)) + list(check_store(store)) == []
    canned.write_reports(tmp_path / "new", {"d.txt": "Post | 1962-10-26 | More\nKuba said more.\n"})
    read_pile([str(tmp_path / "new")], store, parts=canned.parts())
    assert {k: store.counts()[k] for k in ("articles", "statements")} == {"articles": 4, "statements": 4}
    store.close()


def test_migrations_are_numbered_without_a_gap():
    assert list(range(1, schema_version() + 1)) == [version for version, _ in migrations()]


def test_a_store_is_read_from_a_folder_where_nothing_may_be_written(db, tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copy(db, folder / "crisis.db")
    (folder / "crisis.db").chmod(0o444)
    folder.chmod(0o555)
    view = look_at(str(folder / "crisis.db"))
    assert view.counts()["articles"] == 3
    view.close()
    folder.chmod(0o755)
