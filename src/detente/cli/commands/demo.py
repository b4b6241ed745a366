"""``detente demo``: a packaged crisis, read into a folder of its own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from detente.cli.commands.brief import has_report, write_dossier
from detente.cli.commands.layers import list_records
from detente.cli.commands.read import read_into, show_summary
from detente.cli.main import ExamplesFirst
from detente.cli.options import opened
from detente.cli.output import show_note
from detente.errors import MissingPart

SAMPLE = ("sample", "october_1962", "reports")
GLIMPSES = (("origins", "Whose words", 5), ("differences", "Where independent accounts differ", 8))


@click.command(
    cls=ExamplesFirst,
    examples="detente demo\ndetente timeline --db demo/crisis.db",
    help="Read the packaged crisis (October 1962, in the words of invented outlets) into FOLDER, show what "
    "comes of it, and write the dossier.",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="demo")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def demo(folder: Path, quiet: bool) -> int:
    """Read the packaged crisis."""
    with resources.as_file(_sample()) as reports:
        folder.mkdir(parents=True, exist_ok=True)
        db = str(folder / "crisis.db")
        summary = read_into(db, (_near(reports),), quiet=quiet)
    show_summary(summary, db, form="table")
    for layer, title, most in GLIMPSES:
        click.echo(f"\n{title}:  detente {layer} --db {db}")
        list_records(layer, db=db, form="table", limit=most, which={})
    if has_report():
        with opened(db) as record:
            for path in write_dossier(record, folder / "dossier"):
                click.echo(f"dossier: {path}")
    else:
        show_note("This build writes no dossier.")
    return 0


def _sample() -> resources.abc.Traversable:
    place = resources.files("detente").joinpath(*SAMPLE)
    if not place.is_dir():
        raise MissingPart("This build of detente carries no sample.", hint="Run: detente read PATH…")
    return place


def _near(path: Path) -> str:
    """The path from here where it lies below, so that sources read the same on every machine."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
