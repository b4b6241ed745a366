"""``detente doctor``: what runs here, for a person and for a report of a fault."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option, format_option
from detente.cli.output import Column, Row, show_rows
from detente.errors import DetenteError
from detente.version import VERSION

_COLUMNS = (Column("PART", 22), Column("STATE", 8), Column("WHAT"))
_LIBRARIES = ("spacy", "lxml", "trafilatura", "click", "numpy")


@click.command(
    cls=ExamplesFirst,
    examples="detente doctor\ndetente doctor --markdown    for a report of a fault",
    help="What runs here: Python, libraries, the language model, the index, the store, the disk. "
    "Exit 1 when a part is missing.",
)
@click.option("--markdown", is_flag=True, help="As a Markdown table: --format md.")
@format_option
@db_option
def doctor(markdown: bool, form: str, db: str) -> int:
    """What runs here."""
    found = list(_parts(db))
    rows = [Row(one, dict(zip(("part", "state", "what"), one, strict=True))) for one in found]
    show_rows(_COLUMNS, rows, form="md" if markdown else form)
    return 1 if any(state == "missing" for _, state, _ in found) else 0


def _parts(db: str) -> Iterator[tuple[str, str, str]]:
    yield "detente", "ok", VERSION
    enough = sys.version_info >= (3, 11)
    yield "python", "ok" if enough else "missing", f"{platform.python_version()} ({sys.implementation.name})"
    yield "system", "ok", f"{platform.system()} {platform.machine()}"
    for name in _LIBRARIES:
        yield _library(name)
    yield _model()
    yield _index()
    yield _store(db)
    yield _disk(db)


def _library(name: str) -> tuple[str, str, str]:
    try:
        return name, "ok", metadata.version(name)
    except metadata.PackageNotFoundError:
        return name, "missing", f"Run: python -m pip install {name}"


def _model() -> tuple[str, str, str]:
    from detente.language import model_name

    try:
        return "language model", "ok", model_name()
    except DetenteError as error:
        return "language model", "missing", error.hint or error.message


def _index() -> tuple[str, str, str]:
    with_fts = any("FTS5" in row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options"))
    state = "ok" if with_fts else "missing"
    return "sqlite", state, f"{sqlite3.sqlite_version}, full-text index {'FTS5' if with_fts else 'absent'}"


def _store(db: str) -> tuple[str, str, str]:
    from detente.store import look_at, on_server

    if not on_server(db) and not Path(db).is_file():
        return "store", "none", f"{db} does not exist yet"

    try:
        view = look_at(db)
    except DetenteError as error:
        return "store", "broken", error.message
    counts = {name: n for name, n in view.counts().items() if n}
    view.close()
    size = "" if on_server(db) else f", {Path(db).stat().st_size / 1e6:,.1f} MB"
    return "store", "ok", f"{view.path}{size}, {sum(counts.values()):,} records"


def _disk(db: str) -> tuple[str, str, str]:
    from detente.store import on_server

    if on_server(db):
        return "disk", "ok", "on the server"
    free = shutil.disk_usage(Path(db).absolute().parent).free / 1e9
    return "disk", "ok" if free > 1 else "low", f"{free:,.1f} GB free"
