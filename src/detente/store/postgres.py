"""The store on a PostgreSQL server (13 or newer, UTF-8): many look while one writes.

Its address is ``postgresql://user@host/database``; ``?schema=crisis`` keeps several records in one
database, each in a schema of its own (default: ``detente``). The driver is psycopg
(https://www.psycopg.org/psycopg3/docs/), which reads the usual ``PG…`` variables and the password file.

* One program writes at a time: a writing transaction takes an advisory lock (manual section 13.3.5) of the
  schema and waits ``busy_seconds`` for it.
* Looking opens its session read-only: the server itself refuses a write.
* Whole layers stream through cursors on the server, so that memory stays flat.
* The words are indexed as tsvector with English stems; the ranking is the server's (``ts_rank``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from detente.errors import MissingPart, StoreError, StoreLocked, UsageError
from detente.record import Article
from detente.store.connect import check_version
from detente.store.filtering import Matching
from detente.store.finding import searchable
from detente.store.look import SqlView
from detente.store.migrations import migrations, read_step, schema_version
from detente.store.place import shown_path
from detente.store.query import ts_query
from detente.store.write import Connection, SqlStore

if TYPE_CHECKING:
    import psycopg

DEFAULT_SCHEMA = "detente"
_AT_ONCE = 500  # rows a cursor on the server hands over at once
_DATABASE = "postgres"


class PostgresView(SqlView):
    """A record on a server, opened read-only."""

    writes = False

    def __init__(self, address: str, *, busy_seconds: float = 5.0) -> None:
        driver = _driver()
        conninfo, self.schema = split_address(address)
        self.path = shown_path(address)
        self._errors = driver.Error
        self._numbers = itertools.count()
        settings = [f"search_path={self.schema}", f"lock_timeout={int(busy_seconds * 1000)}"]
        if not self.writes:
            settings.append("default_transaction_read_only=on")
        options = " ".join(f"-c {one}" for one in settings)
        with self._translated():
            self._connection = driver.connect(conninfo, autocommit=True, options=options)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """End the session."""
        self._connection.close()

    def _prepare(self) -> None:
        version = _version(self._connection, self.schema)
        if version is None:
            raise StoreError(
                f"There is no store at {self.path}.", hint=f"Run: detente read PATH… --db {self.path}"
            )
        check_version(version, schema_version(_DATABASE), self.path, write=False)

    def _rows(self, sql: str, *values: Any) -> Iterator[Any]:
        with self._translated():
            rows = self._connection.execute(_translated_sql(sql), values).fetchall()
        yield from rows

    def _stream(self, sql: str, *values: Any) -> Iterator[Any]:
        cursor = self._connection.cursor(f"stream_{next(self._numbers)}", withhold=True)
        cursor.itersize = _AT_ONCE
        try:
            with self._translated():
                cursor.execute(_translated_sql(sql), values)
            while rows := self._fetch(cursor):
                yield from rows
        finally:
            if not self._connection.broken:
                cursor.close()

    def _fetch(self, cursor: Any) -> list[Any]:
        with self._translated():
            rows: list[Any] = cursor.fetchmany(_AT_ONCE)
            return rows

    def _matching(self, table: str, text: str) -> Matching:
        query = ts_query(text)
        return Matching(
            "w.n",
            "w.words @@ to_tsquery('words', ?)",
            "-ts_rank(w.words, to_tsquery('words', ?))",
            (query,),
            (query,),
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise server_error(error, self.path) from error


class PostgresStore(PostgresView, SqlStore):
    """A record on a server, opened for writing; made when it is not there, upgraded when it is older."""

    writes = True

    def __init__(self, address: str, *, busy_seconds: float = 5.0) -> None:
        PostgresView.__init__(self, address, busy_seconds=busy_seconds)
        SqlStore.__init__(self)

    def _prepare(self) -> None:
        (encoding,) = self._connection.execute("SHOW server_encoding").fetchone() or ("",)
        if encoding != "UTF8":
            raise StoreError(
                f"The database of {self.path} is encoded as {encoding}, not UTF8.",
                hint="Make one with: createdb --encoding UTF8 --template template0 NAME",
            )
        version = _version(self._connection, self.schema)
        if version is None or version < schema_version(_DATABASE):  # else opening waits for nobody
            self._migrate()
        super()._prepare()

    def _migrate(self) -> None:
        with self._writing():
            version = _version(self._connection, self.schema)  # another program may have been first
            if version is None:
                self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {self.schema}".encode())
            for step, name in migrations(_DATABASE):
                if step > (version or 0):
                    self._connection.execute(read_step(name, _DATABASE).encode())
                    self._connection.execute(
                        "INSERT INTO meta (key, value) VALUES ('schema', %s) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        (str(step),),
                    )

    @contextmanager
    def _writing(self, *, alone: bool = True) -> Iterator[Connection]:
        """One transaction; one that is not alone sees the record as it stood when it began."""
        with self._translated():
            self._connection.execute("BEGIN" if alone else "BEGIN ISOLATION LEVEL REPEATABLE READ")
            try:
                if alone:
                    lock = "SELECT pg_advisory_xact_lock(hashtext('detente'), hashtext(%s))"
                    self._connection.execute(lock, (self.schema,))
                yield _Questioned(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                if not self._connection.broken and self._connection.info.transaction_status:
                    self._connection.execute("ROLLBACK")
                raise

    def _index_article(self, db: Connection, n: int, article: Article) -> None:
        sql = "INSERT INTO article_words (n, words) VALUES (?, to_tsvector('words', bare_words(?)))"
        db.execute(sql, (n, searchable(article)))

    def _unindex_article(self, db: Connection, n: int, article: Article) -> None:
        db.execute("DELETE FROM article_words WHERE n = ?", (n,))

    def _prepare_asking(self, db: Connection) -> None:
        self._connection.execute(read_step("asking.sql", _DATABASE).encode())


class _Questioned:
    """A connection that takes question marks for values."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        return self._connection.execute(_translated_sql(sql), values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        with self._connection.cursor() as cursor:
            cursor.executemany(_translated_sql(sql), rows)


def split_address(address: str) -> tuple[str, str]:
    """The address as the driver takes it, and the schema it names.

    Raises:
        UsageError: the schema is no plain name.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    schema = asked.pop("schema", DEFAULT_SCHEMA)
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise UsageError(
            f"{schema!r} is no name of a schema.", hint="Use small letters, digits and underscores."
        )
    return urlunsplit(parts._replace(query=urlencode(asked))), schema


def server_error(error: psycopg.Error, path: str) -> StoreError:
    """Our error for one of the server's, with what to do."""
    from psycopg import errors

    text = " ".join(str(error).split())
    if isinstance(error, errors.LockNotAvailable):
        return StoreLocked(
            f"Another program is writing to {path}.", hint="Wait for it to end, then run the command again."
        )
    if isinstance(error, errors.DiskFull):
        return StoreError(
            f"The server of {path} has no space left.", hint="Free some and run again; work is kept."
        )
    if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
        return StoreError(
            f"{path} may not be written ({text}).", hint="Grant the role CREATE on the database."
        )
    if isinstance(error, errors.OperationalError):
        return StoreError(
            f"{path} cannot be reached ({text}).", hint="Check the address and that the server runs."
        )
    return StoreError(
        f"{path} cannot be used ({text}).", hint="Check that nothing else writes to its schema."
    )


def _version(connection: psycopg.Connection[Any], schema: str) -> int | None:
    """The schema version of the store; None where there is none."""
    (table,) = connection.execute("SELECT to_regclass(%s)", (f"{schema}.meta",)).fetchone() or (None,)
    if table is None:
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return int(row[0]) if row else None


@cache
def _translated_sql(sql: str) -> bytes:
    """The driver's marks for values instead of question marks (no text of ours holds either as a letter)."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def _driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise MissingPart(
            "A store on a PostgreSQL server needs the driver psycopg.",
            hint="Run: python -m pip install 'detente[postgres]'",
        ) from error
    return psycopg
