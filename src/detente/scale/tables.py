"""The tables of a run on an engine: their columns, and records to rows and back.

A record travels as the JSON line of the export, with the columns beside it that an engine sorts, joins or
counts by; a reading and a parse travel as the bytes that a store keeps. So a row holds exactly what a store
would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from detente.record import LAYERS, Article, Page, Reading, from_json, to_json
from detente.record.packed import pack_reading, unpack_reading
from detente.scale.arrow import pa
from detente.store.pile import article_of
from detente.store.rows import id_of, line_of

if TYPE_CHECKING:
    from detente.source import Outcome

Batch = Any
"""An Arrow record batch (pyarrow ships no types)."""

# What an input came to. kind: article, refused, skipped or file (read to its end). n: its place in the unit.
# key: the article's place among the shards. sketch: its least shingle hashes (near.py).
INPUTS = pa.schema([
    ("key", pa.int64()), ("n", pa.int64()), ("kind", pa.string()), ("source", pa.string()),
    ("sha256", pa.string()), ("reason", pa.string()), ("detail", pa.string()), ("number", pa.int64()),
    ("id", pa.string()), ("line", pa.string()), ("text", pa.string()), ("sketch", pa.list_(pa.uint64())),
])  # fmt: skip
PAGES = pa.schema([
    ("n", pa.int64()), ("kind", pa.string()), ("source", pa.string()), ("sha256", pa.string()),
    ("reason", pa.string()), ("detail", pa.string()), ("number", pa.int64()), ("content", pa.string()),
    ("page", pa.string()),
])  # fmt: skip
ARTICLES = pa.schema([("id", pa.string()), ("line", pa.string()), ("text", pa.string())])
PARSES = pa.schema([("key", pa.string()), ("parse", pa.binary())])
READINGS = pa.schema([("id", pa.string()), ("made_by", pa.string()), ("reading", pa.binary())])
# A shard, read: an article of its own with its reading. ``source`` is the least among the article's sources.
READ = pa.schema(
    [
        ("key", pa.int64()),
        ("id", pa.string()),
        ("source", pa.string()),
        ("line", pa.string()),
        ("text", pa.string()),
        ("sketch", pa.list_(pa.uint64())),
        ("made_by", pa.string()),
        ("reading", pa.binary()),
        ("digest", pa.string()),
    ]
)
STORIES = pa.schema([("id", pa.string()), ("number", pa.int64()), ("story", pa.string())])
SORTED = pa.schema([
    ("number", pa.int64()), ("story", pa.string()), *(f for f in READ if f.name != "sketch"),
])  # fmt: skip  # fmt: skip
RECORDS = pa.schema([
    ("story", pa.string()), ("n", pa.int64()), ("layer", pa.string()), ("id", pa.string()),
    ("line", pa.string()),
])  # fmt: skip


def batch_of(rows: Iterable[dict[str, Any]], schema: Any) -> Batch:
    """Rows as one record batch of a schema; a column that a row lacks is null."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


def article_row(article: Article) -> dict[str, Any]:
    """An article's columns: its JSON line without the text, and the text."""
    data = to_json(article)
    del data["text"]
    return {"id": article.id, "source": article.source, "line": line_of(data), "text": article.text}


def articles_in(batch: Batch) -> list[Article]:
    """The articles of a batch that has the columns ``line`` and ``text``; rows without a line hold none."""
    lines, texts = batch.column("line").to_pylist(), batch.column("text").to_pylist()
    return [article_of(line, text) for line, text in zip(lines, texts, strict=True) if line is not None]


def readings_in(batch: Batch) -> list[Reading]:
    """The readings of a batch that has the column ``reading``."""
    return [unpack_reading(data) for data in batch.column("reading").to_pylist()]


def readings_batch(readings: Sequence[Reading], made_by: str) -> Batch:
    """Readings as a batch of ``READINGS``."""
    rows = ({"id": r.article, "made_by": made_by, "reading": pack_reading(r)} for r in readings)
    return batch_of(rows, READINGS)


def record_row(story: str, n: int, layer: str, record: Any) -> dict[str, Any]:
    """A compared record's columns."""
    return {"story": story, "n": n, "layer": layer, "id": id_of(record), "line": line_of(to_json(record))}


def records_in(batch: Batch) -> Iterator[Any]:
    """The records of a batch of ``RECORDS``, in its order."""
    import json

    layers, lines = batch.column("layer").to_pylist(), batch.column("line").to_pylist()
    for layer, line in zip(layers, lines, strict=True):
        yield from_json(LAYERS[layer].record, json.loads(line))


@dataclass(frozen=True, slots=True)
class KnownPage(Page):
    """A page whose article was made before: what a load gives the main path in place of the page."""

    article: Article | None = None


def page_row(n: int, page: Page) -> dict[str, Any]:
    """A page's columns: its content, and all else as JSON."""
    data = {**to_json(replace(page, content=""))}
    content = page.content
    try:
        content.encode("utf-8")
    except UnicodeEncodeError:  # Arrow's strings are UTF-8: such a page travels escaped
        content, data["escaped"] = content.encode("unicode_escape").decode("ascii"), True
    told = {"n": n, "kind": "page", "source": page.source, "sha256": page.sha256}
    return {**told, "content": content, "page": line_of(data).encode("utf-8", "replace").decode()}


def page_in(row: dict[str, Any]) -> Page:
    """The page of a row."""
    import json

    data = json.loads(row["page"])
    content = row["content"]
    if data.pop("escaped", False):
        content = content.encode("ascii").decode("unicode_escape")
    return from_json(Page, {**data, "content": content})


def outcome_row(n: int, outcome: Outcome) -> dict[str, Any]:
    """What reading an input came to, as a row of ``PAGES``."""
    from detente.source import FileDone, Skipped

    if isinstance(outcome, Page):
        return page_row(n, outcome)
    if isinstance(outcome, FileDone):
        return {"n": n, "kind": "file", "source": outcome.source, "sha256": outcome.sha256}
    told = {"n": n, "source": outcome.source, "sha256": outcome.sha256 or "", "reason": outcome.reason}
    if isinstance(outcome, Skipped):
        return {**told, "kind": "skipped", "detail": outcome.detail, "number": outcome.count}
    return {**told, "kind": "refused", "detail": outcome.detail, "number": 1}


def outcome_in(row: dict[str, Any]) -> Outcome:
    """What a row of ``INPUTS`` tells, as the source layer would."""
    from detente.record import Refusal
    from detente.source import FileDone, Skipped

    kind, source, sha256 = row["kind"], row["source"], row["sha256"]
    if kind == "article":
        return KnownPage(source, "clean", "", sha256, article=article_of(row["line"], row["text"]))
    if kind == "file":
        return FileDone(source, sha256, 0)
    if kind == "skipped":
        return Skipped(source, sha256 or None, row["reason"], row["number"], row["detail"])
    return Refusal(source, row["reason"], row["detail"], sha256 or None)
