"""``detente read``: reports in, a record out."""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option
from detente.cli.output import many, show_note
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.pipeline import Summary
    from detente.source import Limits

_SHOWN = 20


@click.command(
    cls=ExamplesFirst,
    examples="detente read reports/\n"
    "detente read march/*.html wire.jsonl crawl.warc.gz --db crisis.db\n"
    "cat page.txt | detente read -\n"
    "detente read s3://news/day/ --engine daft --out day/",
    help="Read files, folders, globs, .jsonl, .warc.gz, feeds or - (stdin): only what is new. "
    "Without PATHS an interrupted run is finished.",
)
@click.argument("paths", nargs=-1)
@click.option("--again", is_flag=True, help="Read again what was read before (parses are kept).")
@click.option(
    "--set", "limits", metavar="NAME=N", multiple=True, help="Set a limit of docs/inputs.md (repeatable)."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that read articles (default: one a core, at most 4; one for a few articles).",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "daft")),
    help="Read into --out with an engine: processes of this machine, or Daft (docs/scale.md).",
)
@click.option("--out", metavar="DIR", help="The folder an engine fills; then: detente load DIR.")
@click.option("--cluster", metavar="ADDRESS", help="The Ray cluster Daft works on; auto: this machine's.")
@click.option(
    "--piece",
    type=click.IntRange(1),
    default=500,
    metavar="N",
    help="Articles an engine reads as one piece: what a killed run does again (default 500).",
)
@click.option("--strict", is_flag=True, help="Exit with 1, not 3, when an input was refused.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="The summary's form."
)
@db_option
def read(
    paths: tuple[str, ...],
    again: bool,
    limits: tuple[str, ...],
    jobs: int | None,
    engine: str | None,
    out: str | None,
    cluster: str | None,
    piece: int,
    strict: bool,
    quiet: bool,
    form: str,
    db: str,
) -> int:
    """Read reports into the record."""
    if engine or out or cluster:
        refused = read_with(
            engine, out, cluster, paths, limits=limits, jobs=jobs, piece=piece, quiet=quiet, form=form
        )
        return 0 if not refused else 1 if strict else 3
    if not paths and not _exists(db):
        raise UsageError("There is nothing to read.", hint="Run: detente read PATH…   (or: detente demo)")
    how = {"limits": read_limits(limits)} if limits else {}
    summary = read_into(db, paths, again=again, jobs=jobs, quiet=quiet, **how)
    for refusal in summary.refused[:_SHOWN]:
        show_note(f"refused  {refusal.source}  {refusal.reason}: {refusal.detail}")
    if len(summary.refused) > _SHOWN:
        show_note(f"refused  … {len(summary.refused) - _SHOWN:,} more. Run: detente status --inputs refused")
    show_summary(summary, db, form=form)
    return 0 if not summary.refused else 1 if strict else 3


def read_with(
    engine: str | None,
    out: str | None,
    cluster: str | None,
    paths: tuple[str, ...],
    *,
    limits: tuple[str, ...],
    jobs: int | None,
    piece: int,
    quiet: bool,
    form: str,
) -> int:
    """Read paths on an engine into a folder; how many inputs were refused."""
    if not out or not paths:
        raise UsageError("An engine needs PATHS and a folder.", hint="Add: PATH… --engine local --out DIR")
    from detente.cli.progress import ShownProgress
    from detente.scale import ScaleSettings, make_engine, read_at_scale

    settings = ScaleSettings(limits=read_limits(limits), shard_articles=piece)
    made = make_engine(engine or "local", jobs=jobs, cluster=cluster)
    with ShownProgress(quiet=quiet) as progress:
        summary = read_at_scale(paths, out, made, settings=settings, progress=progress)
    if form == "json":
        click.echo(json.dumps(dataclasses.asdict(summary)))
        return summary.refused
    click.echo(
        f"{out} holds {many(summary.articles, 'articles')}, {many(summary.stories, 'stories')} and "
        f"{many(summary.records, 'records')}; {summary.refused:,} inputs refused, "
        f"{len(summary.failures):,} failures (manifest.json)."
    )
    show_note(f"Next: detente load {out}   (or one story of detente load {out} --stories)")
    return summary.refused


def read_limits(settings: tuple[str, ...]) -> Limits:
    """The limits of the source layer with some of them set, from "NAME=N".

    Raises:
        UsageError: no such limit, or no number.
    """
    from detente.source import Limits

    known = {field.name for field in dataclasses.fields(Limits)}
    values: dict[str, int] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in known:
            raise UsageError(f"There is no limit {name!r}.", hint=f"Limits: {', '.join(sorted(known))}")
        if not value.replace("_", "").isdecimal():
            raise UsageError(f"{value!r} is no number for {name}.", hint=f"Write: --set {name}=1000000")
        values[name] = int(value)
    return Limits(**values)


def read_into(
    db: str,
    paths: tuple[str, ...],
    *,
    again: bool = False,
    jobs: int | None = None,
    quiet: bool = False,
    **how: Any,
) -> Summary:
    """Read paths into a store with progress on stderr; ``jobs`` None: one process a core, at most four."""
    from detente.cli.progress import ShownProgress
    from detente.pipeline import read_pile
    from detente.store import open_store
    from detente.workers import GC_EVERY, default_jobs

    gc.set_threshold(GC_EVERY, 20, 20)
    jobs = jobs or default_jobs()
    store = open_store(db)
    try:
        with ShownProgress(quiet=quiet) as progress:
            if "-" in paths:
                how["stdin"] = sys.stdin.buffer
            return read_pile(paths, store, again=again, jobs=jobs, progress=progress, **how)
    finally:
        store.close()


def show_summary(summary: Summary, db: str, *, form: str) -> None:
    """What the run did and what the record holds now."""
    from detente.cli.options import opened
    from detente.store import shown_path

    shown = shown_path(db)
    with opened(db) as record:
        counts = record.counts
    done = {
        "pages": summary.pages,
        "unchanged": summary.unchanged,
        "skipped": summary.skipped,
        "refused": len(summary.refused),
        "new_articles": summary.new_articles,
        "read": summary.read,
        "abstained": summary.abstained,
        "failed": summary.failed,
        "compared": summary.compared,
    }
    if form == "json":
        click.echo(json.dumps({**done, "counts": counts}))
        return
    click.echo(
        f"{many(summary.pages, 'pages')} in, {many(summary.new_articles, 'new articles')}, "
        f"{many(summary.unchanged, 'files')} unchanged, {len(summary.refused):,} refused, "
        f"{summary.skipped:,} passed over."
    )
    if summary.read:
        failed = f", {summary.failed:,} with a reader that failed" if summary.failed else ""
        times = many(summary.abstained, "times")
        click.echo(f"{many(summary.read, 'articles')} read; the readers abstained {times}{failed}.")
    click.echo(f"{shown} holds {_told(counts)}.")
    show_note(f"Next: detente serve --db {shown}   (or detente timeline, differences, brief --db {shown})")


def _told(counts: dict[str, int]) -> str:
    told = [many(n, "days" if name == "timeline" else name) for name, n in counts.items() if n]
    return ", ".join(told) or "nothing yet"


def _exists(db: str) -> bool:
    from pathlib import Path

    from detente.store import on_server

    return on_server(db) or Path(db).is_file()
