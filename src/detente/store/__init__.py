"""Where a record is kept: one protocol, and behind it an SQLite file or a PostgreSQL server."""

from __future__ import annotations

from detente.store.look import RECORD_VERSION, SqlView, text_hash
from detente.store.place import on_server, shown_path
from detente.store.protocol import Filter, Hit, Input, Manifest, RecordView, Resting, Store
from detente.store.replay import Replay, replay
from detente.store.sqlite import SqliteStore, SqliteView
from detente.store.write import SqlStore

__all__ = [
    "RECORD_VERSION",
    "Filter",
    "Hit",
    "Input",
    "Manifest",
    "RecordView",
    "Replay",
    "Resting",
    "SqlStore",
    "SqlView",
    "SqliteStore",
    "SqliteView",
    "Store",
    "look_at",
    "on_server",
    "open_store",
    "replay",
    "shown_path",
    "text_hash",
]


def open_store(path: str, *, busy_seconds: float = 5.0) -> SqlStore:
    """Open a store for writing; made when it does not exist, upgraded when it is older.

    Args:
        path: a file, ``:memory:``, or ``postgresql://user@host/database?schema=crisis``.
        busy_seconds: how long to wait for another writer.
    """
    if on_server(path):
        from detente.store.postgres import PostgresStore

        return PostgresStore(path, busy_seconds=busy_seconds)
    return SqliteStore(path, busy_seconds=busy_seconds)


def look_at(path: str) -> SqlView:
    """Open a store for looking: read-only, so that nothing can be written."""
    if on_server(path):
        from detente.store.postgres import PostgresView

        return PostgresView(path)
    return SqliteView(path)
