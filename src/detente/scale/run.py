"""A whole run on an engine: each step's missing pieces made, then the manifest.

1. **Plan**: the inputs are found and cut into units.
2. **Pages**: each unit's inputs to articles and refusals.
3. **Shards**: the articles, by content, cut into ranges; each read by the language stage and the readers.
4. **Stories**: near-duplicate candidates and episodes part the articles; this one step runs in one process.
5. **Records**: each story compared as a pile of its own.

A killed run goes on where it stopped: what is done stands in the folder. An article that was read is not
read again while its text and the readers are the same, whichever unit brings it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import StoreLocked, UsageError
from detente.pipeline import Progress, Tick
from detente.scale import stages, tables
from detente.scale.arrow import pa, pq
from detente.scale.engines import Engine, make_all
from detente.scale.folder import MANIFEST, PLAN, Folder, read_json, read_rows, write_json
from detente.scale.near import PLACE_BITS, Sketch, near_pairs
from detente.scale.pieces import Job, Told
from detente.scale.plan import make_plan, plan_json
from detente.scale.settings import ScaleSettings
from detente.scale.spool import spooled
from detente.scale.stories import find_stories
from detente.scale.tables import Batch
from detente.version import VERSION


@dataclass(slots=True)
class ScaleSummary:
    """What a run did and what its folder holds."""

    made: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    read: int = 0
    refused: int = 0
    abstained: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)
    stories: int = 0
    records: int = 0


@dataclass(slots=True)
class _Run:
    folder: Folder
    engine: Engine
    settings: ScaleSettings
    progress: Progress
    summary: ScaleSummary = field(default_factory=ScaleSummary)

    def make(self, step: str, jobs: Sequence[Job], done: Callable[[Told, Job], bool]) -> dict[str, Told]:
        """Make the missing pieces of a step, drop those no longer wanted; what each of them holds."""
        wanted = {job["name"]: job for job in jobs}
        for name in set(self.folder.done(step)) - set(wanted):
            self.folder.drop(step, name)
        found: dict[str, Told] = {}
        for name, job in wanted.items():
            told = self.folder.told(step, name)
            if told is not None and done(told, job):
                found[name] = told
        missing = [{**job, "step": step, "folder": str(self.folder.path)} for job in jobs]
        missing = [job for job in missing if job["name"] not in found]
        self.summary.made[step] = len(missing)
        for name, told in make_all(self.engine, missing):
            found[name] = told
            self.progress(Tick(step, len(found), len(jobs), "pieces"))
        self.progress(Tick(step, len(found), len(jobs), "pieces", ended=True))
        return {name: found[name] for name in sorted(found)}


def read_at_scale(
    paths: Sequence[str],
    out: str | Path,
    engine: Engine,
    *,
    settings: ScaleSettings | None = None,
    compare: bool = True,
    progress: Progress = lambda tick: None,
) -> ScaleSummary:
    """Read inputs on an engine into a folder of parquet files; what stands there already is not made again.

    Args:
        paths: files, folders, globs, ``s3://bucket/prefix``.
        out: the folder, on a disk that every worker sees; made when missing.
        engine: who does the work.
        settings: how it is cut up; of a later run, only ``limits`` count.
        compare: part the articles into stories and compare each; False leaves that to ``load``.
        progress: told of every step.

    Raises:
        UsageError: the folder was made from other paths.
        StoreLocked: another run works in the folder.
        EngineFailed: the engine stopped; run again to go on.
    """
    folder = Folder(Path(out).absolute())
    folder.path.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        run = _Run(folder, engine, settings or ScaleSettings(), progress)
        _remove_parts(folder)
        (folder.path / MANIFEST).unlink(missing_ok=True)  # until the run is whole again
        plan, kept = make_plan(paths, run.settings), _kept_plan(folder, paths)
        told = plan_json(plan, run.settings, kept.get("shards"))
        write_json(folder.path / PLAN, {"paths": sorted(paths), **told})
        pages = _make_pages(run, told)
        shards = _make_shards(run, told, pages, sorted(paths))
        records = _make_records(run, shards) if compare else _without_records(folder)
        _finish(run, told, {"pages": pages, "shards": shards, "records": records})
    return run.summary


def _without_records(folder: Folder) -> dict[str, Told]:
    for step in ("records", "sorted", "stories"):
        for name in folder.done(step):
            folder.drop(step, name)
    return {}


def _kept_plan(folder: Folder, paths: Sequence[str]) -> dict[str, Any]:
    kept = read_json(folder.path / PLAN) or {}
    if kept and kept["paths"] != sorted(paths):
        raise UsageError(
            f"{folder.path} was made from other paths: {' '.join(kept['paths'])[:200]}.",
            hint="Name another --out; detente load takes several folders.",
        )
    return kept


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    with (folder.path / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreLocked(
                f"Another run works in {folder.path}.", hint="Wait for it to end, then run again."
            ) from error
        yield


def _remove_parts(folder: Folder) -> None:
    """What a killed run left half written."""
    for part in folder.path.glob("**/.*.part"):
        part.unlink(missing_ok=True)


def _make_pages(run: _Run, plan: dict[str, Any]) -> dict[str, Told]:
    limits = plan["settings"]["limits"]
    jobs = [
        {"name": u["name"], "items": u["items"], "limits": limits, "batch": run.settings.batch}
        for u in plan["units"]
    ]
    return run.make("pages", jobs, lambda told, job: True)


def _make_shards(
    run: _Run, plan: dict[str, Any], pages: dict[str, Told], paths: list[str]
) -> dict[str, Told]:
    index = _index(run.folder, list(pages))
    if plan["shards"] is None:
        plan["shards"] = _power(len(index) / run.settings.shard_articles)
        write_json(run.folder.path / PLAN, {"paths": paths, **plan})
    jobs = list(_shard_jobs(run, index, plan["shards"]))
    done = run.make("shards", jobs, lambda told, job: told["of"] == job["of"])
    run.summary.articles = sum(told["articles"] for told in done.values())
    run.summary.read = sum(told.get("read", 0) for told in done.values())
    return done


@dataclass(slots=True)
class _Place:
    key: int
    source: str
    unit: str
    units: set[str]


def _index(folder: Folder, units: Sequence[str]) -> dict[str, _Place]:
    """Every article's place, least source and units: some 400 bytes an article."""
    index: dict[str, _Place] = {}
    for unit in units:
        table = read_rows(folder.table("pages", unit), ["key", "id", "source"])
        for key, article_id, source in zip(*(c.to_pylist() for c in table.columns), strict=True):
            if article_id is None:
                continue
            place = index.setdefault(article_id, _Place(key, source, unit, set()))
            place.units.add(unit)
            if source < place.source:
                place.source, place.unit = source, unit
    return index


def _power(least: float) -> int:
    """The least power of two that is not below."""
    shards = 1
    while shards < least:
        shards *= 2
    return shards


def _shard_jobs(run: _Run, index: dict[str, _Place], shards: int) -> Iterator[Job]:
    width = (1 << PLACE_BITS) // shards
    parts: dict[int, list[str]] = {}
    for article_id in sorted(index):
        parts.setdefault(index[article_id].key // width, []).append(article_id)
    by = stages.made_by()
    for number, ids in sorted(parts.items()):
        units = sorted({unit for one in ids for unit in index[one].units})
        of = _hash([by, VERSION, *([one, index[one].source, index[one].unit] for one in ids)])
        yield {
            "name": f"{number:0{len(f'{shards - 1:x}')}x}",
            "first": number * width,
            "last": (number + 1) * width - 1,
            "units": units,
            "of": of,
            "made_by": by,
            "batch": run.settings.batch,
        }


def _make_records(run: _Run, shards: dict[str, Told]) -> dict[str, Told]:
    stories = _make_map(run, shards)
    of = {one: [n, story] for n, (story, ids) in enumerate(stories.members.items()) for one in ids}
    jobs: list[Job] = []
    held: Held = {}
    for name, told in shards.items():
        rows = read_rows(run.folder.table("shards", name), ["id", "digest"]).to_pylist()
        held |= {row["id"]: (name, row["digest"]) for row in rows}
        made_of = _hash([told["sha256"], stories.sha256])
        jobs.append({"name": name, "shard": name, "of": made_of, "stories": [of[row["id"]] for row in rows]})
    run.make("sorted", jobs, lambda told, job: told["of"] == job["of"])
    done = run.make("records", list(_story_jobs(run, stories, held)), lambda told, job: True)
    run.summary.stories = len(stories.members)
    run.summary.records = sum(told["rows"] for told in done.values())
    return done


@dataclass(frozen=True, slots=True)
class _Stories:
    members: dict[str, list[str]]
    sha256: str


def _make_map(run: _Run, shards: dict[str, Told]) -> _Stories:
    """Part the articles into stories, unless the shards are what they were."""
    folder, of = run.folder, _hash([told["sha256"] for told in shards.values()])
    told = folder.told("stories", "map")
    if told is None or told["of"] != of:
        run.progress(Tick("stories", 0, None, "articles"))
        paths = [folder.table("shards", name) for name in shards]
        near = near_pairs(_sketches(paths), run.engine.candidates(paths))
        with spooled(_batches(paths)) as pile:
            found = find_stories(pile, near)
        rows = [
            {"id": one, "number": number, "story": story}
            for number, (story, ids) in enumerate(found.items())
            for one in ids
        ]
        table = pa.Table.from_pylist(rows, schema=tables.STORIES)
        told = folder.keep("stories", "map", [table], tables.STORIES, lambda: {"of": of, "near": len(near)})
        run.progress(Tick("stories", len(rows), len(rows), "articles", ended=True))
    members: dict[str, list[str]] = {}
    for row in read_rows(folder.table("stories", "map")).to_pylist():
        members.setdefault(row["story"], []).append(row["id"])
    return _Stories(members, told["sha256"])


def _batches(paths: Sequence[Path]) -> Iterator[Batch]:
    """The articles of shards, a row group at a time."""
    for path in paths:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(columns=["id", "line", "text"])


def _sketches(paths: Sequence[Path]) -> dict[str, Sketch]:
    found: dict[str, Sketch] = {}
    for path in paths:
        table = read_rows(path, ["id", "sketch"]).combine_chunks()
        for batch in table.to_batches():
            sketches = batch.column("sketch")
            values, ends = sketches.values.to_numpy(), sketches.offsets.to_pylist()
            for one, start, end in zip(batch.column("id").to_pylist(), ends, ends[1:], strict=False):
                found[one] = values[start:end].copy()
    return found


Held = dict[str, tuple[str, str]]  # article id → its shard, the hash of its text and reading


def _story_jobs(run: _Run, stories: _Stories, held: Held) -> Iterator[Job]:
    """Stories in jobs of some articles each, named by all that the comparison reads."""
    some: list[tuple[int, str]] = []
    size = 0
    for number, (story, ids) in enumerate(stories.members.items()):
        some.append((number, story))
        size += len(ids)
        if size >= run.settings.story_articles:
            yield _story_job(some, stories, held)
            some, size = [], 0
    if some:
        yield _story_job(some, stories, held)


def _story_job(some: list[tuple[int, str]], stories: _Stories, held: Held) -> Job:
    ids = [one for _, story in some for one in stories.members[story]]
    name = _hash([VERSION, stages.parts().compare_name, some, [held[one][1] for one in ids]])
    return {
        "name": name[:24],
        "first": some[0][0],
        "last": some[-1][0],
        "stories": [[story, len(stories.members[story])] for _, story in some],
        "sorted": sorted({held[one][0] for one in ids}),
    }


def _finish(run: _Run, plan: dict[str, Any], made: dict[str, dict[str, Told]]) -> None:
    """The manifest of the whole, and the summary. It names no clock, no machine and no engine."""
    summary, counts = run.summary, Counter[str]()
    for told in made["pages"].values():
        counts.update(told["counts"])
    counts["refused"] += len(plan["refused"])
    summary.refused = counts["refused"]
    summary.abstained = sum(told["abstained"] for told in made["shards"].values())
    summary.failures = [
        one for step in ("shards", "records") for t in made[step].values() for one in t["failures"]
    ]
    data = {
        "tool_version": VERSION,
        "readers": stages.made_by(),
        "inputs": dict(sorted(counts.items())),
        "articles": summary.articles,
        "abstained": summary.abstained,
        "stories": summary.stories,
        "records": summary.records,
        "failures": summary.failures,
        "files": {
            f"{step}/{name}.parquet": {"rows": told["rows"], "sha256": told["sha256"]}
            for step, pieces in made.items()
            for name, told in pieces.items()
        },
    }
    write_json(run.folder.path / MANIFEST, data)


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode("utf-8", "surrogatepass")).hexdigest()
