"""A store is copied while somebody writes, and what is restored is the same record (docs/server.md)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from urllib.parse import urlsplit

import pytest

from detente.record import LAYERS
from detente.store import look_at, on_server, open_store
from detente.store.check import check_record, check_store


def _back_up_and_restore(address, tmp_path):
    """The address of the restored store."""
    if not on_server(address):
        copy = tmp_path / "backup.db"
        with sqlite3.connect(f"file:{address}?mode=ro", uri=True) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        return str(copy)
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    server, schema = address.split("?schema=")
    dump = tmp_path / "crisis.dump"
    subprocess.run(
        ["pg_dump", "--schema", schema, "--format", "custom", "--file", str(dump), server], check=True
    )
    subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {schema}"], check=True)
    restored = urlsplit(server)._replace(path=f"/{schema}").geturl()
    subprocess.run(["pg_restore", "--dbname", restored, str(dump)], check=True)
    return f"{restored}?schema={schema}"


def test_what_is_restored_from_a_backup_made_while_one_writes_is_the_record(db, tmp_path):
    writer = open_store(db)
    with writer._writing():
        restored = _back_up_and_restore(db, tmp_path)
    before, after = look_at(db), look_at(restored)
    for layer in LAYERS:
        assert list(before.lines(layer)) == list(after.lines(layer))
    assert [*check_record(after), *check_store(after)] == []
    assert [hit.id for hit in after.search("red line")] == [hit.id for hit in before.search("red line")]
    for one in (before, after, writer):
        one.close()
    again = open_store(restored)
    assert again.pile_fingerprint() == again.compared()[0]
    again.close()
