"""Canned piles for tests of the store, the formats, the Python side and the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.pipeline import read_pile
from detente.store import SqliteView, look_at, open_store
from tests import canned


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return canned.write_reports(tmp_path / "reports")


@pytest.fixture
def db(tmp_path: Path, reports: Path) -> Path:
    path = tmp_path / "crisis.db"
    store = open_store(str(path))
    read_pile([str(reports)], store, parts=canned.parts())
    store.close()
    return path


@pytest.fixture
def view(db: Path):
    opened: SqliteView = look_at(str(db))
    yield opened
    opened.close()
