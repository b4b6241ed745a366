"""The embedded store: one SQLite file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from detente.record import Article
from detente.store.asking import AskedGathered, index_words
from detente.store.connect import close, connect, store_error
from detente.store.filtering import Matching
from detente.store.finding import searchable
from detente.store.look import SqlView
from detente.store.migrations import read_step
from detente.store.query import fts_query
from detente.store.write import Connection, Gathered, SqlStore


class SqliteView(SqlView):
    """An SQLite file opened read-only."""

    writes = False

    def __init__(self, path: str, *, busy_seconds: float = 5.0) -> None:
        self.path = str(path)
        self._db = connect(self.path, write=self.writes, busy_seconds=busy_seconds)

    def close(self) -> None:
        """Let the file go."""
        close(self._db, write=self.writes and self.path != ":memory:")

    def integrity(self) -> list[str]:
        """What SQLite's own check of the file finds wrong."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def _rows(self, sql: str, *values: Any) -> Iterator[Any]:
        try:
            for row in self._db.execute(sql, values):  # noqa: UP028  ("yield from" would close a closed cursor)
                yield row
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def _matching(self, table: str, text: str) -> Matching:
        return Matching("w.rowid", f"{table} MATCH ?", f"bm25({table})", (fts_query(text),))


class SqliteStore(SqliteView, SqlStore):
    """An SQLite file opened for writing; made when it is not there, upgraded when it is older."""

    writes = True

    def __init__(self, path: str, *, busy_seconds: float = 5.0) -> None:
        SqliteView.__init__(self, path, busy_seconds=busy_seconds)
        SqlStore.__init__(self)

    @contextmanager
    def _writing(self, *, alone: bool = True) -> Iterator[Connection]:
        """One transaction; one that is not alone takes the file only when the file is written."""
        try:
            self._db.execute(f"BEGIN {'IMMEDIATE' if alone else 'DEFERRED'}")
            try:
                yield cast(Connection, self._db)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def _index_article(self, db: Connection, n: int, article: Article) -> None:
        db.execute("INSERT INTO article_words (rowid, text) VALUES (?, ?)", (n, searchable(article)))

    def _unindex_article(self, db: Connection, n: int, article: Article) -> None:
        db.execute(
            "INSERT INTO article_words (article_words, rowid, text) VALUES ('delete', ?, ?)",
            (n, searchable(article)),
        )

    def _gathering(self, db: Connection) -> Gathered:
        return AskedGathered(db, self.pile())

    def _prepare_asking(self, db: Connection) -> None:
        """Index the cited words; where ``known`` was told too early, by statements of migrations 2 and 3."""
        gathered, self._gathered = self._gathered, None
        if isinstance(gathered, AskedGathered) and gathered.whole:
            index_words(db)
            return
        for step in ("0002_asked.sql", "0003_plans.sql"):
            for statement in re.findall(r"^(?:UPDATE|INSERT) .*?;$", read_step(step), re.M | re.S):
                db.execute(statement)
