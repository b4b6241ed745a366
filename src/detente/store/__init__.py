"""Where a record is kept: one protocol, and the SQLite store behind it."""

from __future__ import annotations

from detente.store.look import RECORD_VERSION, SqliteView, text_hash
from detente.store.protocol import Filter, Hit, Input, Manifest, RecordView, Resting, Store
from detente.store.replay import Replay, replay
from detente.store.sqlite import SqliteStore

__all__ = [
    "RECORD_VERSION",
    "Filter",
    "Hit",
    "Input",
    "Manifest",
    "RecordView",
    "Replay",
    "Resting",
    "SqliteStore",
    "SqliteView",
    "Store",
    "look_at",
    "open_store",
    "replay",
    "text_hash",
]


def open_store(path: str, *, busy_seconds: float = 5.0) -> SqliteStore:
    """Open a store for writing; made when it does not exist, upgraded when it is older."""
    return SqliteStore(path, busy_seconds=busy_seconds)


def look_at(path: str) -> SqliteView:
    """Open a store for looking: read-only, so that nothing can be written."""
    return SqliteView(path)
