"""``detente load``: from the folder that an engine filled into the record."""

from __future__ import annotations

import gc
from typing import Any

import click

from detente.cli.commands.read import show_summary
from detente.cli.main import ExamplesFirst
from detente.cli.options import chosen_limit, db_option, format_option, limit_option
from detente.cli.output import Column, Row, show_rows
from detente.errors import UsageError

_COLUMNS = (Column("story", 20), Column("articles", 8, right=True), Column("since", 10), Column("label"))


@click.command(
    cls=ExamplesFirst,
    examples="detente load day/ --db day.db\n"
    "detente load day/ --stories --limit 10\n"
    "detente load day/ --story story-3f9a12bc --db story.db",
    help="Take in what `detente read --engine … --out DIR` made: the record that reading the same inputs "
    "here would make. Loading again changes nothing.",
)
@click.argument("folders", nargs=-1, required=True, metavar="DIR…")
@click.option("--story", metavar="ID", help="One story alone, with its record as the engine compared it.")
@click.option("--stories", is_flag=True, help="List the stories, the largest first; load nothing.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes, where articles are unread.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@limit_option()
@format_option
@db_option
def load(
    folders: tuple[str, ...],
    story: str | None,
    stories: bool,
    jobs: int | None,
    quiet: bool,
    limit: int | None,
    form: str,
    db: str,
) -> None:
    """Load the folders of finished runs."""
    if stories:
        show_stories(folders, limit=chosen_limit(limit, form), form=form)
        return
    if form not in ("table", "json"):
        raise UsageError(f"The summary has no form {form!r}.", hint="Take --format table or json.")
    from detente.cli.progress import ShownProgress
    from detente.scale import finished_run, load_folders
    from detente.store import open_store
    from detente.workers import GC_EVERY, default_jobs

    for folder in folders:  # before a store is made for nothing
        finished_run(folder)
    gc.set_threshold(GC_EVERY, 20, 20)
    store = open_store(db)
    try:
        with ShownProgress(quiet=quiet) as progress:
            summary = load_folders(
                folders, store, story=story, jobs=jobs or default_jobs(), progress=progress
            )
    finally:
        store.close()
    show_summary(summary, db, form=form)


def show_stories(folders: tuple[str, ...], *, limit: int | None, form: str) -> None:
    """List the stories of folders."""
    from detente.scale import list_stories

    rows: list[Row] = []
    for folder in folders:
        for one in list_stories(folder):
            data: dict[str, Any] = {"folder": folder, **one}
            cells = (one["story"], f"{one['articles']:,}", one["since"] or "", one["label"])
            rows.append(Row(cells, data))
    rows.sort(key=lambda row: (-row.data["articles"], row.data["story"]))
    show_rows(_COLUMNS, rows[:limit], form=form)
