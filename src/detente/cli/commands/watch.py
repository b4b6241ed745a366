"""``detente watch``: follow a folder or a growing file."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option
from detente.cli.output import many, show_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.pipeline import Summary


@click.command(
    cls=ExamplesFirst,
    examples="detente watch incoming/\n"
    "detente watch feed.xml wire/*.jsonl --db postgresql://desk@db.example.org/crisis --every 60",
    help="Follow files, folders and globs: whatever is new or has changed is read and the record compared "
    "anew, until Ctrl+C. Nothing is fetched: what brings the files is yours (wget, rsync, a mail filter).",
)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two looks.",
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="A file that changed more lately is still being written, and waits.",
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read articles.")
@db_option
def watch(paths: tuple[str, ...], every: float, settle: float, jobs: int | None, db: str) -> None:
    """Follow paths until interrupted."""
    from detente.cli.commands.read import read_into
    from detente.store import shown_path
    from detente.watch import watch as follow

    def read(changed: Sequence[str]) -> Summary:
        return read_into(db, tuple(changed), jobs=jobs, quiet=True)

    signal.signal(signal.SIGTERM, _end)
    show_note(f"Following {many(len(paths), 'paths')} into {shown_path(db)}   (Ctrl+C ends it)")
    try:
        for one in follow(paths, read, every=every, settle=settle, wait=time.sleep, now=time.time):
            if one.summary is None:
                show_note(f"{shown_path(db)} is locked by another program; {many(one.files, 'files')} wait.")
            else:
                click.echo(_told(one.files, one.summary))
    except KeyboardInterrupt:
        show_note("Ended; what was read is kept.")


def _told(files: int, summary: Summary) -> str:
    refused = f", {len(summary.refused):,} refused" if summary.refused else ""
    compared = ", compared" if summary.compared else ""
    return f"{many(files, 'files')}: {many(summary.new_articles, 'new articles')}{refused}{compared}"


def _end(number: int, frame: Any) -> None:
    """A service manager's request to end is treated as Ctrl+C: the batch at hand is kept."""
    raise KeyboardInterrupt
