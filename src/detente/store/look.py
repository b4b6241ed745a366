"""Looking at a store: articles, records, what rests on what. Nothing here writes.

One text of SQL serves every database. What differs between them (opening, streaming, words, errors) are
the few methods at the end, which ``sqlite.py`` and ``postgres.py`` fill in.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.errors import UsageError
from detente.record import LAYERS, Abstention, Actor, Article, Span, from_json
from detente.store.filtering import Matching, condition_of
from detente.store.finding import article_hit, find_actors, statement_hit
from detente.store.pile import StoredPile, article_of, with_text
from detente.store.protocol import Filter, Hit, Input, Manifest, Resting
from detente.store.rows import line_of
from detente.store.walk import is_id

if TYPE_CHECKING:
    from detente.compare import Judgement

RECORD_VERSION = "1.0"

_INPUTS = """
    SELECT i.source, i.sha256,
           CASE WHEN i.status = 'read' AND i.source <> a.source THEN 'duplicate' ELSE i.status END AS state,
           i.reason, i.detail, i.article, i.number
    FROM inputs AS i LEFT JOIN articles AS a ON a.id = i.article
"""


class SqlView(ABC):
    """A store in a database, opened for looking (:class:`detente.store.RecordView`).

    ``path`` is the file or address it was opened by.
    """

    path: str

    # ---- the run

    def manifest(self) -> Manifest:
        """The run: what made the record and from which inputs."""
        meta = dict(self._rows("SELECT key, value FROM meta"))
        return Manifest(
            record_version=RECORD_VERSION,
            tool_version=meta.get("tool_version", ""),
            model=meta.get("model", ""),
            readers=tuple(meta.get("readers", "").split()),
            inputs=tuple(self.inputs()),
            counts=self.counts(),
            abstentions=self._abstention_counts(),
            pending=self._one("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM readings)"),
            compared=self.compared()[0] == self.pile_fingerprint(),
        )

    def counts(self) -> dict[str, int]:
        """How many records each layer has."""
        found = dict(self._rows("SELECT layer, count(*) FROM records GROUP BY layer"))
        return {name: found.get(name, 0) for name in LAYERS}

    def inputs(self, *, status: str | None = None) -> Iterator[Input]:
        """What came in, by source."""
        for row in self._rows(f"{_INPUTS} ORDER BY i.source, i.sha256, i.reason"):
            if status is None or row[2] == status:
                yield Input(*row)

    def inputs_of(self, article_id: str) -> list[Input]:
        """The inputs that hold an article, by source."""
        rows = self._rows(f"{_INPUTS} WHERE i.article = ? ORDER BY i.source, i.sha256", article_id)
        return [Input(*row) for row in rows]

    def input_counts(self) -> dict[str, int]:
        """How many inputs there are of each status."""
        sql = f"SELECT state, sum(number) FROM ({_INPUTS}) AS found GROUP BY state ORDER BY state"
        return {status: int(number) for status, number in self._rows(sql)}

    def compared(self) -> tuple[str, str]:
        """The pile's fingerprint when it was last compared, and what compared it; empty before."""
        meta = dict(self._rows("SELECT key, value FROM meta WHERE key IN ('compared', 'compare')"))
        return meta.get("compared", ""), meta.get("compare", "")

    def pile_fingerprint(self) -> str:
        """A hash of all that the comparison reads: articles, readings, judgements."""
        digest = hashlib.sha256()
        rows = self._stream(
            "SELECT a.id, a.source, a.text_sha256, a.json, coalesce(r.readers, ''), coalesce(r.digest, '') "
            "FROM articles AS a LEFT JOIN readings AS r ON r.article = a.id ORDER BY a.id"
        )
        for row in rows:
            digest.update("\0".join(row).encode())
        for row in self._rows("SELECT id, why FROM judgements ORDER BY id"):
            digest.update("\0".join(row).encode())
        return digest.hexdigest()

    def articles_fingerprint(self) -> str:
        """A hash of the articles as read: while it is the same, what follows from them alone still holds."""
        digest = hashlib.sha256()
        for row in self._stream("SELECT id, source, text_sha256, json FROM articles ORDER BY id"):
            digest.update("\0".join(row).encode())
        return digest.hexdigest()

    def judgements(self) -> list[Judgement]:
        """What people decided, in the order of time."""
        from detente.compare import Judgement

        rows = self._rows("SELECT kind, about, who, time, why FROM judgements ORDER BY time, id")
        return [Judgement(kind, tuple(json.loads(about)), *rest) for kind, about, *rest in rows]

    # ---- what it was made from

    def pile(self) -> StoredPile:
        """The articles as read and their readings: what the comparison reads, streaming."""
        return StoredPile(self._rows, self._stream)

    def article(self, article_id: str) -> Article:
        """One article; with what the comparison added (origin, inferred date) once it ran.

        Raises:
            UsageError: there is no such article.
        """
        rows = list(
            self._rows(
                "SELECT coalesce(r.json, a.json), a.text FROM articles AS a "
                "LEFT JOIN records AS r ON r.id = a.id WHERE a.id = ?",
                article_id,
            )
        )
        if not rows:
            raise UsageError(f"There is no article {article_id}.", hint="Run: detente articles")
        return article_of(*rows[0])

    def abstentions(self) -> Iterator[Abstention]:
        """Every place where a reader was unsure, by article id."""
        from detente.record.packed import unpack_reading

        for (data,) in self._stream("SELECT data FROM readings WHERE abstentions > 0 ORDER BY article"):
            yield from unpack_reading(data, ("abstentions",)).abstentions

    # ---- the record

    def lines(self, layer: str) -> Iterator[str]:
        """A layer as JSON lines, in the order of the export."""
        if layer != "articles":
            sql = "SELECT json FROM records WHERE layer = ? ORDER BY sort, id, n"
            yield from (line for (line,) in self._stream(sql, layer))
            return
        for line, text in self._stream(
            _SELECT_ARTICLES + " WHERE r.layer = 'articles' ORDER BY r.sort, r.id, r.n"
        ):
            yield line_of(with_text(line, text))

    def layer(
        self,
        name: str,
        *,
        where: Filter | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Iterator[Any]:
        """The records of a layer, in the order of the export.

        Args:
            name: of ``LAYERS``.
            where: which of them.
            limit: at most so many.
            after: only what stands after the record of this id (for paging).

        Raises:
            UsageError: there is no such layer, or none of it has the id ``after``.
        """
        if name not in LAYERS:
            raise UsageError(f"There is no layer {name!r}.", hint=f"Layers: {', '.join(LAYERS)}")
        condition, values = self.condition(name, where or Filter())
        if after is not None:
            condition += " AND (r.sort, r.id) > (?, ?)"
            values += self._place_of(name, after)
        tail = " ORDER BY r.sort, r.id, r.n" + ("" if limit is None else f" LIMIT {int(limit)}")
        rows = self._stream if limit is None else self._rows
        if name == "articles":
            for line, text in rows(f"{_SELECT_ARTICLES} WHERE {condition}{tail}", *values):
                yield article_of(line, text)
            return
        cls = LAYERS[name].record
        for (line,) in rows(f"SELECT r.json FROM records AS r WHERE {condition}{tail}", *values):
            yield from_json(cls, json.loads(line))

    def condition(self, layer: str, where: Filter) -> tuple[str, list[Any]]:
        """A filter as a condition on ``records AS r``, and its values: for views that count or join."""
        return condition_of(layer, where, matching=self._matching)

    def _place_of(self, layer: str, record_id: str) -> tuple[str, str]:
        """Where a record stands in the order of its layer."""
        for row in self._rows("SELECT sort, id FROM records WHERE layer = ? AND id = ?", layer, record_id):
            return row[0], row[1]
        raise UsageError(f"{record_id!r} is none of the {layer}.", hint="Start at the first page.")

    def kinds(self, name: str, *, where: Filter | None = None) -> dict[str, int]:
        """How many records of a layer there are of each kind, the most frequent first."""
        return self._tally("kind", name, where)

    def statuses(self, name: str, *, where: Filter | None = None) -> dict[str, int]:
        """How many records of a layer have each status, the most frequent first."""
        return self._tally("status", name, where)

    def _tally(self, column: str, name: str, where: Filter | None) -> dict[str, int]:
        condition, values = self.condition(name, where or Filter())
        sql = f"SELECT r.{column}, count(*) FROM records AS r WHERE {condition} AND r.{column} IS NOT NULL "
        return dict(self._rows(f"{sql} GROUP BY 1 ORDER BY 2 DESC, 1", *values))

    def count(self, name: str, *, where: Filter | None = None) -> int:
        """How many records of a layer a filter lets through: the same query as :meth:`layer`."""
        condition, values = self.condition(name, where or Filter())
        return int(self._one(f"SELECT count(*) FROM records AS r WHERE {condition}", *values))

    def get(self, record_id: str) -> Any:
        """The record with this id, or the only one whose id begins so.

        Raises:
            UsageError: none, or several.
        """
        full = self.full_id(record_id)
        for layer, line in self._rows("SELECT layer, json FROM records WHERE id = ? ORDER BY n", full):
            return (
                self.article(full)
                if layer == "articles"
                else from_json(LAYERS[layer].record, json.loads(line))
            )
        return self.article(full)

    def full_id(self, prefix: str) -> str:
        """The whole id for its beginning ("st-3f9a").

        Raises:
            UsageError: no record's id begins so, or several do.
        """
        top = prefix + "\U0010ffff"
        found = [
            row[0]
            for row in self._rows(
                "SELECT id FROM records WHERE id >= ? AND id < ? UNION "
                "SELECT id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT 6",
                *(prefix, top, prefix, top),
            )
        ]
        if prefix in found:
            return prefix
        if len(found) == 1:
            return str(found[0])
        if not found:
            raise UsageError(f"There is no record {prefix!r}.", hint='Find one with: detente search "words"')
        raise UsageError(f"{prefix!r} begins several ids: {', '.join(found[:5])}.", hint="Type more of it.")

    def short_id(self, record_id: str, *, least: int = 5) -> str:
        """The shortest beginning (of at least ``least`` digits) that names this record alone."""
        if not is_id(record_id):  # a day of the timeline is short as it stands
            return record_id
        near = self._rows(
            "SELECT max(id) FROM records WHERE id < ? UNION ALL SELECT min(id) FROM records WHERE id > ?",
            *(record_id, record_id),
        )
        shared = max((_shared(record_id, other) for (other,) in near if other), default=0)
        return record_id[: max(shared + 1, record_id.find("-") + 1 + least)]

    def resting_on(self, record_id: str) -> list[Resting]:
        """The records that name this one, by layer and place."""
        sql = (
            "SELECT DISTINCT r.layer, r.id, l.field, r.sort FROM links AS l "
            "JOIN records AS r ON r.n = l.record WHERE l.target = ? ORDER BY r.layer, r.sort, r.id, l.field"
        )
        return [Resting(*row[:3]) for row in self._rows(sql, record_id)]

    def resting_in(self, article_id: str) -> list[Resting]:
        """The records that rest on words of an article, in the order of the text."""
        sql = (
            "SELECT r.layer, r.id, c.field, c.start, c.stop FROM citations AS c "
            "JOIN records AS r ON r.n = c.record WHERE c.article = ? AND r.layer <> 'articles' "
            "ORDER BY c.start, c.stop, r.layer, r.id, c.field"
        )
        return [Resting(r[0], r[1], r[2], Span(article_id, r[3], r[4])) for r in self._rows(sql, article_id)]

    def text_hashes(self) -> Iterator[tuple[str, str, str]]:
        """Each article's id, its text's SHA-256 as stored, and as it is now."""
        for article_id, kept, text in self._stream("SELECT id, text_sha256, text FROM articles ORDER BY id"):
            yield article_id, kept, text_hash(text)

    def record_hash(self) -> tuple[str, str]:
        """The SHA-256 of all compared records as kept when they were written, and as it is now."""
        digest = hashlib.sha256()
        for row in self._stream("SELECT layer, id, json FROM records ORDER BY n"):
            digest.update("\0".join(row).encode("utf-8", "surrogatepass"))
        return str(self._one("SELECT value FROM meta WHERE key = 'records'", default="")), digest.hexdigest()

    def integrity(self) -> list[str]:
        """What the database's own check of its files finds wrong."""
        return []

    def select(self, sql: str, *values: Any) -> Iterator[Any]:
        """The rows of a query, for views that count or join what no method offers; never a write."""
        yield from self._rows(sql, *values)

    # ---- finding

    def find_actors(self, name: str) -> list[Actor]:
        """The actors of that name, or, where none is, those with it among their words."""
        return find_actors(self.layer("actors"), name)

    def search(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Articles whose body or headline hold the words, best first."""
        found = self._matching("article_words", text)
        sql = (
            f"SELECT a.id FROM article_words AS w JOIN articles AS a ON a.n = {found.key} "
            f"WHERE {found.condition} ORDER BY {found.rank}, a.id LIMIT ?"
        )
        rows = self._rows(sql, *found.values, *found.rank_values, limit)
        return [article_hit(self.article(article_id), text) for (article_id,) in rows]

    def search_statements(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Statements whose words or speaker match, best first."""
        found = self._matching("statement_words", text)
        sql = (
            f"SELECT r.id FROM statement_words AS w JOIN records AS r ON r.n = {found.key} "
            f"WHERE {found.condition} AND r.layer = 'statements' ORDER BY {found.rank}, r.id LIMIT ?"
        )
        rows = list(self._rows(sql, *found.values, *found.rank_values, limit))
        return [statement_hit(self.get(record_id), self.article) for (record_id,) in rows]

    # ---- within

    def _abstention_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for abstention in self.abstentions():
            counts[abstention.reader] = counts.get(abstention.reader, 0) + 1
        return dict(sorted(counts.items()))

    def _one(self, sql: str, *values: Any, default: Any = 0) -> Any:
        return next(iter(self._rows(sql, *values)), (default,))[0]

    # ---- what each database has its own way of

    @abstractmethod
    def close(self) -> None:
        """Let the store go."""

    @abstractmethod
    def _rows(self, sql: str, *values: Any) -> Iterator[Any]:
        """The rows of a query, errors translated."""

    def _stream(self, sql: str, *values: Any) -> Iterator[Any]:
        """The rows of a query that may be larger than memory."""
        return self._rows(sql, *values)

    @abstractmethod
    def _matching(self, table: str, text: str) -> Matching:
        """How the words a person typed are looked for in an index of words.

        Raises:
            UsageError: there is no word among them.
        """


_SELECT_ARTICLES = "SELECT r.json, a.text FROM records AS r JOIN articles AS a ON a.id = r.id"


def text_hash(text: str) -> str:
    """The hash that guards an article's text: SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _shared(one: str, other: str) -> int:
    """How many characters two ids share at their beginning."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
