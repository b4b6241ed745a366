"""Writing a store: what came in, what was read, and the compared record.

One text of SQL serves every database; the few methods that differ stand at the end.
"""

from __future__ import annotations

import dataclasses
import json
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from detente.record import LAYERS, Article, Reading, Refusal, make_id, to_json
from detente.store.look import SqlView, text_hash
from detente.store.protocol import Input
from detente.store.rows import Entry, entry_of, line_of, row_of

if TYPE_CHECKING:
    from detente.compare import Judgement
    from detente.record.packed import PackedReading

# The tables that a comparison fills, with their columns.
_COMPARED = {
    "records": "n, layer, id, sort, first_day, last_day, kind, status, json, known",
    "links": "record, field, target",
    "citations": "record, field, article, start, stop",
}
# The first number of each layer's records: room for 67 million a layer, and for 32 layers, in 31 bits.
_FIRST = {name: number << 26 for number, name in enumerate(LAYERS)}
_AT_ONCE = 500  # keys a query asks for at once; SQLite's oldest limit on variables is 999


class Connection(Protocol):
    """What the writing half asks of a database connection; question marks stand for values."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any:
        """Run one statement; its rows can be walked over."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for each row of values."""
        ...


class SqlStore(SqlView):
    """A store in a database, opened for writing (:class:`detente.store.Store`).

    Every ``add_`` and ``replace_`` is one transaction: a killed program leaves whole batches.
    """

    def __init__(self) -> None:
        self._fresh: set[tuple[str, str, str]] = set()  # refused or skipped since this store was opened
        self._gathered: Gathered | None = None  # the record that is about to be put in place

    # ---- the parser's cache

    def load_parses(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The kept parses among ``keys``."""
        found: dict[str, bytes] = {}
        for i in range(0, len(keys), _AT_ONCE):
            some = keys[i : i + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(self._rows(f"SELECT key, data FROM parses WHERE key IN ({marks})", *some))
        return found

    def save_parses(self, parses: dict[str, bytes]) -> None:
        """Keep new parses (a DocBin is compressed already)."""
        with self._writing() as db:
            db.executemany(
                "INSERT INTO parses (key, data) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(parses.items())
            )

    # ---- what came in

    def seen(self, sha256: str, path: str | None = None) -> bool:
        """True when a file of this content was read to its end before (there, if a path is given)."""
        sql = "SELECT count(*) FROM files WHERE sha256 = ? AND path = coalesce(?, path)"
        return bool(self._one(sql, sha256, path))

    def has_input(self, source: str, sha256: str) -> bool:
        """True when this page came in before, with this content, whatever became of it."""
        sql = "SELECT count(*) FROM inputs WHERE source = ? AND sha256 = ?"
        return bool(sha256) and bool(self._one(sql, source, sha256))

    def refused_in(self, path: str) -> list[Refusal]:
        """What was refused of a file or of what it holds."""
        rows = self._rows(
            "SELECT source, reason, detail, sha256 FROM inputs WHERE status = 'refused' "
            f"AND {_OF_FILE} ORDER BY source",
            *_of_file(path),
        )
        return [Refusal(*row) for row in rows]

    def add_inputs(
        self, pages: Iterable[tuple[Input, Article | None]], *, files: Iterable[tuple[str, str]] = ()
    ) -> int:
        """Keep a batch of inputs with their articles, and the files now read to their end.

        Of several inputs with one article the smallest source stands in the article, whatever their
        order; all keep their row. An input that was refused before and is read now is no longer refused.

        Returns:
            How many articles are new.
        """
        new = 0
        with self._writing() as db:
            for entry, article in pages:
                if article is not None:
                    new += self._add_article(db, article)
                    db.execute("DELETE FROM inputs WHERE source = ? AND status = 'refused'", (entry.source,))
                self._add_input(db, entry)
            for path, sha256 in files:
                db.execute(
                    "INSERT INTO files (path, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING", (path, sha256)
                )
                self._drop_stale(db, path)
        return new

    def _add_input(self, db: Connection, entry: Input) -> None:
        if entry.status in ("refused", "skipped"):
            self._fresh.add((entry.source, entry.sha256, entry.reason))
        if entry.status != "skipped":
            self._supersede(db, entry)
        db.execute(
            "INSERT INTO inputs (source, sha256, status, reason, detail, article, number) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, sha256, reason) DO UPDATE SET "
            "status = excluded.status, detail = excluded.detail, article = excluded.article, "
            "number = excluded.number",
            dataclasses.astuple(entry),
        )

    def _supersede(self, db: Connection, entry: Input) -> None:
        """Let go of what this page, with this content, gave before, if it gives something else now.

        That happens when the page reader has changed. An article that no input holds any more goes too.
        """
        key = (entry.source, entry.sha256)
        of_page = "source = ? AND sha256 = ? AND article <> coalesce(?, '')"
        before = db.execute(f"SELECT article FROM inputs WHERE {of_page}", (*key, entry.article)).fetchall()
        db.execute(f"DELETE FROM inputs WHERE {of_page}", (*key, entry.article))
        for (article_id,) in before:
            held = db.execute("SELECT min(source) FROM inputs WHERE article = ?", (article_id,)).fetchone()
            if held[0] is None:
                self._forget_article(db, article_id)
            else:
                line = _line_without_text(
                    dataclasses.replace(self.pile().article(article_id), source=held[0])
                )
                db.execute(
                    "UPDATE articles SET source = ?, json = ? WHERE id = ?", (held[0], line, article_id)
                )

    def _forget_article(self, db: Connection, article_id: str) -> None:
        article = self.pile().article(article_id)
        (n,) = db.execute("SELECT n FROM articles WHERE id = ?", (article_id,)).fetchone()
        self._unindex_article(db, n, article)
        db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        db.execute("DELETE FROM readings WHERE article = ?", (article_id,))

    def _drop_stale(self, db: Connection, path: str) -> None:
        """Forget what an earlier state of this file had refused, now that it was read to its end."""
        rows = db.execute(
            "SELECT source, sha256, reason FROM inputs WHERE status IN ('refused', 'skipped') "
            f"AND {_OF_FILE}",
            _of_file(path),
        ).fetchall()
        for key in rows:
            if key not in self._fresh:
                db.execute("DELETE FROM inputs WHERE source = ? AND sha256 = ? AND reason = ?", key)

    def _add_article(self, db: Connection, article: Article) -> int:
        kept = db.execute("SELECT n, source, json FROM articles WHERE id = ?", (article.id,)).fetchone()
        if kept is not None and kept[1] <= article.source:
            return 0
        line = _line_without_text(article)
        if kept is None:
            db.execute(
                "INSERT INTO articles (id, source, text, text_sha256, json) VALUES (?, ?, ?, ?, ?)",
                (article.id, article.source, article.text, text_hash(article.text), line),
            )
            (n,) = db.execute("SELECT n FROM articles WHERE id = ?", (article.id,)).fetchone()
            self._index_article(db, n, article)
            return 1
        before = self.pile().article(article.id)
        db.execute(
            "UPDATE articles SET source = ?, json = ? WHERE id = ?", (article.source, line, article.id)
        )
        if _differs(before, article):
            # What the readers saw was the other page: index and read this one instead.
            self._unindex_article(db, kept[0], before)
            db.execute(
                "UPDATE articles SET text = ?, text_sha256 = ? WHERE id = ?",
                (article.text, text_hash(article.text), article.id),
            )
            self._index_article(db, kept[0], article)
            db.execute("DELETE FROM readings WHERE article = ?", (article.id,))
        return 0

    # ---- readings

    def unread(self, readers: str, *, among: Sequence[str] | None = None) -> list[str]:
        """The articles, by id, that these readers have not read; of those named, if any are."""
        sql = (
            "SELECT a.id FROM articles AS a LEFT JOIN readings AS r ON r.article = a.id "
            "WHERE (r.readers IS NULL OR r.readers <> ?)"
        )
        if among is None:
            return [row[0] for row in self._rows(f"{sql} ORDER BY a.id", readers)]
        found: list[str] = []
        for i in range(0, len(among), _AT_ONCE):
            some = among[i : i + _AT_ONCE]
            named = f"{sql} AND a.id IN ({','.join('?' * len(some))})"
            found += (row[0] for row in self._rows(named, readers, *some))
        return sorted(found)

    def add_readings(self, readings: Iterable[Reading | PackedReading], *, readers: str) -> None:
        """Keep a batch of readings made by ``readers``."""
        from detente.record.packed import PackedReading, packed

        with self._writing() as db:
            for reading in readings:
                one = reading if isinstance(reading, PackedReading) else packed(reading)
                db.execute(
                    "INSERT INTO readings (article, readers, digest, abstentions, data) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (article) DO UPDATE SET readers = excluded.readers, "
                    "digest = excluded.digest, abstentions = excluded.abstentions, data = excluded.data",
                    (one.article, readers, one.digest, len(one.abstentions), one.data),
                )

    # ---- the compared record

    def replace_records(self, records: Iterable[Any], *, fingerprint: str, made_by: dict[str, str]) -> bool:
        """Put the compared record in place of the last one: all of it or, on any failure, none.

        Args:
            records: every record of every layer. Articles need not be among them: those that are not
                stand as read. Each article's ``origin`` is taken from the origins.
            fingerprint: the pile's, as it was when the comparison read it.
            made_by: what made the record (``tool_version``, ``model``, ``readers``), for the manifest.

        Returns:
            False, and nothing changed, when another program added to the pile meanwhile.
        """
        self._gather(records)  # the long part: others may write meanwhile
        with self._writing() as db:
            if self.pile_fingerprint() != fingerprint:
                return False
            for table, columns in _COMPARED.items():
                db.execute(f"DELETE FROM {table}")
                db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new_{table}")
                db.execute(f"DROP TABLE new_{table}")
            self._prepare_asking(db)
            meta = {**made_by, "compared": fingerprint, "records": self._hash_now()}
            db.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                sorted(meta.items()),
            )
        return True

    def _gather(self, records: Iterable[Any]) -> None:
        """Put every record, and the articles with their origins, into tables of this connection alone."""
        origin_of: dict[str, str] = {}
        changed: dict[str, Article] = {}
        with self._writing(alone=False) as db:
            for table, columns in _COMPARED.items():
                db.execute(f"DROP TABLE IF EXISTS new_{table}")
                db.execute(f"CREATE TEMP TABLE new_{table} AS SELECT {columns} FROM {table} LIMIT 0")
            gathered = self._gathering(db)
            for record in records:
                if isinstance(record, Article):
                    changed[record.id] = record
                    gathered.date(record)
                    continue
                entry = record if isinstance(record, Entry) else entry_of(record)
                if entry.row[0] == "origins":
                    origin_of.update((one, entry.row[1]) for field, one in entry.links if field == "articles")
                gathered.add(entry)
            for article in self.pile().articles():
                article = changed.get(article.id, article)
                gathered.add(_article_entry(article, origin_of.get(article.id)))
            gathered.flush()
            self._gathered = gathered

    def _gathering(self, db: Connection) -> Gathered:
        """What takes the records in."""
        return Gathered(db)

    def _hash_now(self) -> str:
        return self.record_hash()[1]

    # ---- judgements

    def add_judgement(self, judgement: Judgement) -> str:
        """Keep what a person decided; the next comparison applies it. Gives the judgement's id."""
        about = json.dumps(judgement.about)
        identity = make_id("ju", judgement.kind, about, judgement.who, judgement.when)
        with self._writing() as db:
            db.execute(
                "INSERT INTO judgements (id, kind, about, who, time, why) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET why = excluded.why",
                (identity, judgement.kind, about, judgement.who, judgement.when, judgement.why),
            )
        return identity

    def drop_judgement(self, judgement_id: str) -> bool:
        """Take a judgement back (the person's own undo); False where there is none of this id."""
        with self._writing() as db:
            dropped = db.execute("DELETE FROM judgements WHERE id = ?", (judgement_id,))
            return bool(dropped.rowcount)

    # ---- what each database has its own way of

    @abstractmethod
    def _writing(self, *, alone: bool = True) -> AbstractContextManager[Connection]:
        """One transaction, whole or not at all; ``alone``: no other program writes meanwhile."""

    @abstractmethod
    def _index_article(self, db: Connection, n: int, article: Article) -> None:
        """Put the words of an article's headline and body into the index."""

    @abstractmethod
    def _unindex_article(self, db: Connection, n: int, article: Article) -> None:
        """Take them out again."""

    @abstractmethod
    def _prepare_asking(self, db: Connection) -> None:
        """Set ``known`` of every record and index the words that the records cite."""


_OF_FILE = "(source = ? OR (source > ? AND source < ?))"


def _of_file(path: str) -> tuple[str, str, str]:
    """The file itself and its rows or records ("PATH#…"): values for ``_OF_FILE``."""
    return path, path + "#", path + "$"


class Gathered:
    """Records on their way into the temporary tables, some at once; ``begun`` once there is one."""

    def __init__(self, db: Connection) -> None:
        self._db, self.begun = db, False
        self._counts = dict.fromkeys(LAYERS, 0)
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COMPARED}

    def date(self, article: Article) -> None:
        """An article has another date than it was read with."""

    def known(self, entry: Entry) -> str | None:
        """The record's ``known``, where that is told before all are there."""
        return None

    def add(self, entry: Entry) -> int:
        """Take one in. Its number tells its layer and its place there, whatever came in between."""
        self.begun, layer = True, entry.row[0]
        n = _FIRST[layer] + self._counts[layer]
        self._counts[layer] += 1
        self._rows["records"].append((n, *entry.row, self.known(entry)))
        self._rows["links"] += [(n, *link) for link in entry.links]
        self._rows["citations"] += [(n, *citation) for citation in entry.citations]
        if len(self._rows["records"]) >= _AT_ONCE:
            self.flush()
        return n

    def flush(self) -> None:
        """Write what is held."""
        for table, rows in self._rows.items():
            marks = ", ".join("?" * (_COMPARED[table].count(",") + 1))
            if rows:
                self._db.executemany(f"INSERT INTO new_{table} VALUES ({marks})", rows)
                rows.clear()


def _article_entry(article: Article, origin: str | None) -> Entry:
    """An article's entry: its line without the text, which stands in ``articles`` once."""
    row = row_of(dataclasses.replace(article, text=""))
    row = dataclasses.replace(row, json=_line_without_text(article, origin=origin or article.origin))
    return entry_of(article, row=row)._replace(links=(("origin", origin),) if origin else ())


def _line_without_text(article: Article, *, origin: str | None = None) -> str:
    data = to_json(article)
    del data["text"]
    if origin is not None:
        data["origin"] = origin
    return line_of(data)


def _differs(before: Article, after: Article) -> bool:
    """True when anything but the source differs."""
    return dataclasses.replace(before, source=after.source) != after
