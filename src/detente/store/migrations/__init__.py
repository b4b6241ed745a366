"""The schema as numbered steps: step N brings a store from version N-1 to N.

SQLite's steps stand here, PostgreSQL's in ``postgres/`` with their own numbers. A step is never edited
once it is released.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def migrations(database: str = "") -> tuple[tuple[int, str], ...]:
    """Every step in order: its version and its file name. ``database``: SQLite, or "postgres"."""
    names = sorted(f.name for f in _folder(database).iterdir() if f.name[:4].isdigit())
    return tuple((int(name.partition("_")[0]), name) for name in names)


def schema_version(database: str = "") -> int:
    """The version this program writes."""
    return migrations(database)[-1][0]


def read_step(name: str, database: str = "") -> str:
    """The SQL of one step."""
    return _folder(database).joinpath(name).read_text(encoding="utf-8")


def _folder(database: str) -> Path:
    # Not importlib.resources: importing that costs more than all else that opening a store does.
    return Path(__file__).parent / database
