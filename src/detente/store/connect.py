"""Opening an SQLite file as a store: settings, versions, and errors that say what to do.

Settings, and why:

* ``journal_mode=WAL`` while writing, so that others may look meanwhile; back to ``DELETE`` on a clean
  close, so that a store at rest is one file that can be opened where nothing may be written.
* ``synchronous=NORMAL``: in WAL a killed program loses nothing that was committed; a power cut may lose
  the last commits, never the file. The next ``detente read`` does again what is missing.
* A cache of 32 MB and a checkpoint every 8,000 pages while writing, so that a busy disk is waited for
  less often than with the defaults (2 MB, 1,000 pages). Memory stays flat whatever the pile.
* ``busy_timeout`` of five seconds, then :class:`~detente.errors.StoreLocked`.
* Looking opens with ``mode=ro``: SQLite itself refuses a write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from detente.errors import StoreError, StoreLocked, StoreNewer
from detente.store.migrations import migrations, read_step, schema_version

APPLICATION_ID = 0x64746E74  # "dtnt": tells our files from other people's SQLite files
BUSY_SECONDS = 5.0
MEMORY = ":memory:"
_WRITING = ("PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -32000", "PRAGMA wal_autocheckpoint = 8000")


def connect(path: str, *, write: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open ``path`` at the schema version of this program.

    Args:
        path: a file, or ``:memory:`` for a store that ends with the process.
        write: create or upgrade as needed; False opens read-only and changes nothing.
        busy_seconds: how long to wait for another writer.

    Raises:
        StoreError: no such file (when looking), not a store, or damaged.
        StoreNewer: made by a newer detente.
        StoreLocked: another program is writing.
    """
    if path != MEMORY and not write and not Path(path).is_file():
        raise StoreError(f"There is no store at {path}.", hint=f"Run: detente read PATH… --db {path}")
    if path != MEMORY and write and not Path(path).absolute().parent.is_dir():
        raise StoreError(f"The folder of {path} does not exist.", hint="Create it, or name another --db.")
    with translated(path):
        connection = sqlite3.connect(
            _uri(path, write=write), uri=True, timeout=busy_seconds, isolation_level=None,
            check_same_thread=write,  # the web app lends a reader to one thread at a time
        )  # fmt: skip
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
    return connection


def close(connection: sqlite3.Connection, *, write: bool) -> None:
    """Close; a writer that is alone leaves one plain file behind."""
    try:
        if write:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        pass  # somebody is looking: the file stays in WAL, which is as good
    finally:
        connection.close()


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, path) from error


def store_error(error: sqlite3.Error, path: str) -> StoreError:
    """Our error for one of SQLite's, with what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreLocked(
            f"Another program is writing to {path}.", hint="Wait for it to end, then run the command again."
        )
    if isinstance(error, sqlite3.OperationalError) and "disk" in text and "full" in text:
        return StoreError(
            f"No space is left for {path}.", hint="Free some space and run again; work is kept."
        )
    if "readonly" in text:
        return StoreError(f"{path} may not be written.", hint="Check its permissions, or name another --db.")
    if "unable to open" in text:
        return StoreError(f"{path} cannot be opened ({text}).", hint="Check its permissions.")
    return StoreError(
        f"{path} is damaged or no store ({text}).",
        hint="Restore a copy, or read the reports again into a new store: detente read PATH… --db NEW",
    )


def _uri(path: str, *, write: bool) -> str:
    if path == MEMORY:
        return "file::memory:"
    return f"file:{quote(str(Path(path).absolute()))}?mode={'rwc' if write else 'ro'}"


def _prepare(connection: sqlite3.Connection, path: str, *, write: bool) -> None:
    version = _version(connection, path)
    check_version(version, schema_version(), path, write=write)
    if not write:
        return
    for setting in _WRITING:
        connection.execute(setting)
    if path != MEMORY:
        connection.execute("PRAGMA journal_mode = WAL")
    if version < schema_version():
        _migrate(connection)


def check_version(version: int, newest: int, path: str, *, write: bool) -> None:
    """Refuse what a newer program made, and to look at what only writing may upgrade.

    Raises:
        StoreNewer: made by a newer detente.
        StoreError: older, when looking.
    """
    if version > newest:
        raise StoreNewer(
            f"{path} was made by a newer detente (schema {version}; this one knows {newest}).",
            hint="Run: python -m pip install --upgrade detente",
        )
    if version < newest and not write:
        raise StoreError(
            f"{path} is of an older schema ({version}; now {newest}); looking never writes.",
            hint=f"Run: detente read --db {path}   (upgrades it)",
        )


def _version(connection: sqlite3.Connection, path: str) -> int:
    """The schema version; 0 for an empty file."""
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != APPLICATION_ID and tables:
        raise StoreError(
            f"{path} is an SQLite file, but not a store of detente.", hint="Name another file with --db."
        )
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    """Run the steps that are missing, each whole or not at all."""
    for version, name in migrations():
        connection.execute("BEGIN IMMEDIATE")
        try:
            (now,) = connection.execute("PRAGMA user_version").fetchone()
            if now < version:
                for statement in _statements(read_step(name)):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """Single statements of a script: ``executescript`` would commit behind our back."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
