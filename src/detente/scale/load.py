"""From a run's folder into a store: the main path, with what the engine made in the place of the work.

The inputs come in as they would from the files, in the same order; the readings are put beside them; and
the comparison runs over the whole store. So the record is the one that ``detente read`` of the same paths
makes. One story alone is loaded with the record that the engine compared it to.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.errors import InputError, UsageError
from detente.pipeline import Progress, Summary, Tick, compare, compared_by, read_unread, take_in
from detente.record import Article, Page, Refusal
from detente.scale import stages, tables
from detente.scale.arrow import pa
from detente.scale.folder import MANIFEST, PLAN, Folder, open_folder, read_json, read_rows
from detente.source import Outcome
from detente.store.protocol import Store

_KEPT_AT_ONCE = 256


def load_folders(
    folders: Sequence[str | Path],
    store: Store,
    *,
    story: str | None = None,
    jobs: int = 1,
    progress: Progress = lambda tick: None,
) -> Summary:
    """Load what an engine read into a store and compare it; loading twice changes nothing.

    Args:
        folders: of finished runs.
        store: open for writing; what it holds already stays.
        story: one story of the folder, its articles and its record alone.
        jobs: processes, for what the folder's readings (made by other readers) leave to be read.
        progress: told of every step.

    Raises:
        InputError: no folder of a run, or of one that is not finished.
        UsageError: there is no such story.
    """
    summary, parts = Summary(), stages.parts()
    opened = [finished_run(folder) for folder in folders]
    kept = _members(opened, story) if story is not None else None
    for folder in opened:
        given = replace(
            parts, pages=lambda paths, folder=folder, **how: _outcomes(folder, kept), article=_known
        )
        take_in([str(folder.path)], store, given, summary, progress)
        _add_readings(folder, store, summary, progress, kept)
    read_unread(store, parts, summary, progress, jobs=jobs)
    if story is not None:
        _keep_records(opened[0], story, store, summary)
    compare(store, parts, summary, progress)
    return summary


def finished_run(path: str | Path) -> Folder:
    """The folder of a finished run.

    Raises:
        InputError: no folder of a run, or of one that is not finished.
    """
    folder = open_folder(path)
    if read_json(folder.path / MANIFEST) is None:
        raise InputError(
            f"The run in {path} is not finished.", hint="Run its detente read again: it goes on."
        )
    return folder


def _members(folders: Sequence[Folder], story: str) -> frozenset[str]:
    """The articles of a story."""
    if len(folders) != 1:
        raise UsageError("A story is loaded from one folder.", hint="Name the folder that holds it.")
    table = folders[0].table("stories", "map")
    rows = read_rows(table, ["id"], [("story", "==", story)]) if table.is_file() else None
    if rows is None or not rows.num_rows:
        raise UsageError(
            f"{folders[0].path} has no story {story}.", hint="List them: detente load DIR --stories"
        )
    return frozenset(rows.column("id").to_pylist())


def _outcomes(folder: Folder, kept: frozenset[str] | None) -> Iterator[Outcome]:
    """What the inputs came to, in the order of the run; of some articles alone, nothing but their pages."""
    plan = read_json(folder.path / PLAN) or {}
    if kept is None:
        for told in plan["refused"]:
            yield Refusal(**told)
    for unit in plan["units"]:
        for row in _in_order(folder, unit["name"], kept):
            yield tables.outcome_in(row)


def _in_order(folder: Folder, unit: str, kept: frozenset[str] | None) -> Iterator[dict[str, Any]]:
    """A unit's rows as they were read. Some 10 kB an article are held, of one unit at a time."""
    where = None if kept is None else [("id", "in", sorted(kept))]
    columns = [name for name in tables.INPUTS.names if name not in ("key", "sketch")]
    table = read_rows(folder.proved("pages", unit), columns, where).sort_by("n")
    for batch in table.to_batches(max_chunksize=_KEPT_AT_ONCE):
        yield from batch.to_pylist()


def _known(page: Page) -> Article | Refusal:
    assert isinstance(page, tables.KnownPage)
    assert page.article is not None
    return page.article


def _add_readings(
    folder: Folder, store: Store, summary: Summary, progress: Progress, kept: frozenset[str] | None
) -> None:
    """Put the engine's readings beside the articles that these readers have not read yet."""
    by = stages.made_by()
    unread = set(store.unread(by))
    done, shards = 0, folder.done("shards")
    for number, name in enumerate(shards, 1):
        for batch in _new(folder, name, unread, by, kept):
            readings = tables.readings_in(batch)
            store.add_readings(readings, readers=by)
            done += len(readings)
        progress(Tick("loading", number, len(shards), "shards", ended=number == len(shards)))
    summary.read += done


def _new(folder: Folder, name: str, unread: set[str], by: str, kept: frozenset[str] | None) -> Iterable[Any]:
    wanted = sorted(unread if kept is None else unread & kept)
    where = [("made_by", "==", by)] + ([("id", "in", wanted)] if kept is not None else [])
    table = read_rows(folder.proved("shards", name), ["id", "reading"], where)
    for batch in table.to_batches(max_chunksize=_KEPT_AT_ONCE):
        mask = [one in unread for one in batch.column("id").to_pylist()]
        yield batch.filter(pa.array(mask))


def _keep_records(folder: Folder, story: str, store: Store, summary: Summary) -> None:
    """Put a story's compared record in a store that holds nothing else; otherwise all is compared anew."""
    parts = stages.parts()
    if set(store.pile().article_ids()) != _members([folder], story) or store.judgements():
        return
    for name in folder.done("records"):
        table = read_rows(folder.proved("records", name), None, [("story", "==", story)]).sort_by("n")
        if table.num_rows:
            records = (one for batch in table.to_batches() for one in tables.records_in(batch))
            summary.compared = store.replace_records(
                records, fingerprint=store.pile_fingerprint(), made_by=compared_by(parts)
            )


def list_stories(path: str | Path) -> list[dict[str, Any]]:
    """The stories of a folder, by id: how many articles, since when, and the label of the largest episode."""
    folder = finished_run(path)
    sizes = Counter(read_rows(folder.table("stories", "map"), ["story"]).column("story").to_pylist())
    told: dict[str, tuple[int, str, str | None]] = {}
    for name in folder.done("records"):
        where = [("layer", "==", "episodes")]
        rows = read_rows(folder.table("records", name), ["story", "line"], where).to_pylist()
        for row in rows:
            episode = json.loads(row["line"])
            found = (len(episode["articles"]), episode["label"], episode["date"]["from"])
            if found[0] > told.get(row["story"], (0, "", None))[0]:
                told[row["story"]] = found
    nothing = (0, "", None)
    return [
        {"story": one, "articles": n, "since": told.get(one, nothing)[2], "label": told.get(one, nothing)[1]}
        for one, n in sorted(sizes.items())
    ]
