"""Canned piles for tests of the store, the formats, the Python side and the command line."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from detente.pipeline import read_pile
from detente.store import SqliteView, look_at, open_store
from tests import canned

# A property is about what comes out, not about how long a busy machine takes for one example.
hypothesis.settings.register_profile("detente", deadline=None)
hypothesis.settings.load_profile("detente")


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
