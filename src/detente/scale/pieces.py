"""The pieces of a run: each one made alone, from files to a file, by any process of any engine.

A job is plain JSON and says what to make; :func:`make` makes it and tells what it holds. A piece that is
made again is the same to the byte. What one page or article breaks is told in the piece's manifest; a
process that dies (a crash in compiled code, no memory) leaves the piece begun, and whoever makes it next
does so with care: in a process of its own, where only the page or article that kills it is lost.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from detente.errors import DetenteError
from detente.record.packed import unpack_reading
from detente.scale import stages, tables
from detente.scale.apart import Apart
from detente.scale.arrow import pa
from detente.scale.buckets import is_remote, open_object
from detente.scale.folder import Folder, read_rows
from detente.scale.tables import Batch
from detente.source import Limits, Outcome, read_found
from detente.source.walk import Found
from detente.workers import GC_EVERY

Job = dict[str, Any]
Told = dict[str, Any]
_RUN = 2000  # inputs sorted at once: bounds the memory of a large archive


def make(job: str) -> str:
    """Make the piece that a job describes; the answer says what it holds or what stopped it, as JSON."""
    gc.set_threshold(GC_EVERY, 20, 20)
    asked: Job = json.loads(job)
    folder = Folder(Path(asked["folder"]))
    answer: Told = {"step": asked["step"], "name": asked["name"]}
    try:
        careful = folder.begin(asked["step"], asked["name"])
        answer["told"] = _MAKERS[asked["step"]](folder, asked, careful)
    except DetenteError as error:
        answer["error"] = {"code": error.code, "message": error.message, "hint": error.hint}
    except OSError as error:
        message = f"{asked['folder']}: {error.strerror or error}."
        answer["error"] = {"code": "S01", "message": message, "hint": "Mend it and run again: it goes on."}
    except Exception as error:  # an engine would bury it under its own
        message = f"A fault of detente in {asked['step']}/{asked['name']}: {type(error).__name__}: {error}"
        answer["error"] = {"code": "D99", "message": message, "hint": "Please report it."}
    return json.dumps(answer)


def read_unit(folder: Folder, job: Job, careful: bool) -> Told:
    """A unit's inputs to articles and refusals."""
    limits = Limits(**job["limits"])
    counts: dict[str, int] = {}

    def made() -> Iterator[Any]:
        outcomes = enumerate(one for item in job["items"] for one in _outcomes(item, limits))
        with Apart(careful) as apart:
            for some in _runs(outcomes, job["batch"], apart):
                table = pa.Table.from_batches(some, schema=tables.INPUTS)
                for kind in table.column("kind").to_pylist():
                    counts[kind] = counts.get(kind, 0) + 1
                yield table.sort_by([("key", "ascending"), ("n", "ascending")])

    told = {"sources": len(job["items"]), "counts": counts}
    return folder.keep(job["step"], job["name"], made(), tables.INPUTS, lambda: told)


def _outcomes(item: dict[str, Any], limits: Limits) -> Iterator[Outcome]:
    found = Found(item["path"], item["source"])
    if not is_remote(item["path"]):
        yield from read_found(found, limits=limits)
        return
    try:
        with open_object(item["path"]) as stream:
            yield from read_found(found, limits=limits, stream=stream)
    except OSError as error:
        from detente.record import Refusal

        yield Refusal(item["source"], "unreadable", f"The server says: {str(error).splitlines()[0][:200]}.")


def _runs(outcomes: Iterator[tuple[int, Outcome]], size: int, apart: Apart) -> Iterator[list[Batch]]:
    """Batches of made articles, some ``_RUN`` rows of them at a time."""
    some: list[Batch] = []
    while rows := [tables.outcome_row(n, one) for n, one in islice(outcomes, size)]:
        pages = tables.batch_of(rows, tables.PAGES)
        some += apart.each(stages.articles_of, pages, stages.killed_pages)
        if len(some) * size >= _RUN:
            yield some
            some = []
    if some:
        yield some


def read_shard(folder: Folder, job: Job, careful: bool) -> Told:
    """The articles whose place is in the shard, each with its reading; none is read twice."""
    articles = _articles_of_shard(folder, job)
    before = _readings_before(folder, job["name"])
    told: Told = {"of": job["of"], "made_by": job["made_by"], "abstained": 0, "failures": []}
    ids = [row["id"] for row in articles]
    told["articles"] = len(ids)
    new = [0]  # no part of the manifest: a piece made again is the same

    def made() -> Iterator[Any]:
        with Apart(careful) as apart:
            known: dict[str, bytes] = {}
            for i in range(0, len(articles), job["batch"]):
                rows = articles[i : i + job["batch"]]
                readings, read = _read(rows, before, known, apart, job["made_by"])
                new[0] += read
                yield pa.Table.from_pylist(list(_read_rows(rows, readings, told)), schema=tables.READ)

    kept = folder.keep(job["step"], job["name"], made(), tables.READ, lambda: told)
    return {**kept, "read": new[0]}


def _articles_of_shard(folder: Folder, job: Job) -> list[dict[str, Any]]:
    """The shard's articles in order; of pages that are one article, that of the least source."""
    columns = ["key", "n", "source", "id", "line", "text", "sketch"]
    where = [("key", ">=", job["first"]), ("key", "<=", job["last"])]
    least: dict[str, dict[str, Any]] = {}
    for unit in job["units"]:
        for row in read_rows(folder.table("pages", unit), columns, where).to_pylist():
            kept = least.get(row["id"])
            if kept is None or (row["source"], row["n"]) < (kept["source"], kept["n"]):
                least[row["id"]] = row
    return sorted(least.values(), key=lambda row: (row["key"], row["id"]))


def _readings_before(folder: Folder, name: str) -> dict[str, tuple[str, str, bytes]]:
    if folder.told("shards", name) is None:
        return {}
    rows = read_rows(folder.table("shards", name), ["id", "made_by", "line", "reading"]).to_pylist()
    return {row["id"]: (row["made_by"], row["line"], row["reading"]) for row in rows}


def _read(
    rows: list[dict[str, Any]],
    before: dict[str, tuple[str, str, bytes]],
    known: dict[str, bytes],
    apart: Apart,
    made_by: str,
) -> tuple[dict[str, bytes], int]:
    """Article id → its reading, made before or now; and how many were made now."""
    found = {
        row["id"]: before[row["id"]][2]
        for row in rows
        if row["id"] in before and before[row["id"]][:2] == (made_by, row["line"])
    }
    new = [row for row in rows if row["id"] not in found]
    if new:
        batch = tables.batch_of(({k: row[k] for k in ("id", "line", "text")} for row in new), tables.ARTICLES)
        for parses in apart.each(stages.parses_of, batch, stages.no_parses, known=known):
            known.update(zip(*(column.to_pylist() for column in parses.columns), strict=True))
        for readings in apart.each(stages.readings_of, batch, stages.killed_articles, known=known):
            ids, _, data = (column.to_pylist() for column in readings.columns)
            found.update(zip(ids, data, strict=True))
    return found, len(new)


def _read_rows(
    rows: list[dict[str, Any]], readings: dict[str, bytes], told: Told
) -> Iterator[dict[str, Any]]:
    for row in rows:
        data = readings[row["id"]]
        reading = unpack_reading(data, ("abstentions",))
        told["abstained"] += len(reading.abstentions)
        told["failures"] += [{**one, "source": row["source"]} for one in stages.failures([reading])]
        digest = hashlib.sha256(data + row["line"].encode() + row["text"].encode()).hexdigest()[:32]
        kept = {k: row[k] for k in ("key", "id", "source", "line", "text", "sketch")}
        yield {**kept, "made_by": told["made_by"], "reading": data, "digest": digest}


def sort_shard(folder: Folder, job: Job, careful: bool) -> Told:
    """A shard's rows in the order of the stories, so that a story is found without reading the rest.

    The job names each article's story, in the shard's order: so the map of all is not read for every shard.
    """
    shard = read_rows(folder.table("shards", job["shard"]))
    columns = {name: shard.column(name) for name in tables.READ.names if name != "sketch"}
    columns |= {"number": pa.array([number for number, _ in job["stories"]], pa.int64())}
    columns |= {"story": pa.array([story for _, story in job["stories"]], pa.string())}
    table = pa.table({name: columns[name] for name in tables.SORTED.names}, schema=tables.SORTED)
    ordered = table.sort_by([("number", "ascending"), ("id", "ascending")])
    return folder.keep(job["step"], job["name"], [ordered], tables.SORTED, lambda: {"of": job["of"]})


def compare_stories(folder: Folder, job: Job, careful: bool) -> Told:
    """Stories compared, each as a pile of its own."""
    where = [("number", ">=", job["first"]), ("number", "<=", job["last"])]
    parts = [read_rows(folder.table("sorted", name), None, where) for name in job["sorted"]]
    rows = pa.concat_tables(parts).sort_by([("number", "ascending"), ("id", "ascending")]).combine_chunks()
    told: Told = {"stories": len(job["stories"]), "articles": rows.num_rows, "failures": []}

    def made() -> Iterator[Any]:
        start = 0
        for story, size in job["stories"]:
            batches = rows.slice(start, size).combine_chunks().to_batches()
            start += size
            for batch in batches:
                yield _compared(batch, story, told)

    return folder.keep(job["step"], job["name"], made(), tables.RECORDS, lambda: told)


def _compared(batch: Batch, story: str, told: Told) -> Any:
    """A story's records; a story that breaks the comparison costs itself."""
    try:
        records = stages.records_of(batch, story=story)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        told["failures"].append({"story": story, "reason": reason})
        records = tables.batch_of([], tables.RECORDS)
    return pa.Table.from_batches([records], schema=tables.RECORDS)


_MAKERS: dict[str, Callable[[Folder, Job, bool], Told]] = {
    "pages": read_unit,
    "shards": read_shard,
    "sorted": sort_shard,
    "records": compare_stories,
}
