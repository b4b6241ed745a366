"""``detente export``: the record in an exchange format, complete or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option
from detente.cli.output import show_note
from detente.formats import FORMATS, format_named
from detente.store import look_at

_LIST = "\n\n".join(f"\b\n{f.name}: {f.what}.\n  Lost: {f.lost}." for f in FORMATS.values())


@click.command(
    cls=ExamplesFirst,
    examples="detente export jsonl out/\ndetente export csv tables/ --db crisis.db",
    help=f"Write the record as FORMAT to OUT, complete or not at all.\n\n{_LIST}",
)
@click.argument("form", metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path))
@db_option
def export(form: str, out: Path, db: str) -> None:
    """Write the record in an exchange format."""
    chosen = format_named(form)
    view = look_at(db)
    try:
        for path in chosen.write(view, out):
            click.echo(path)
    finally:
        view.close()
    show_note(f"Lost in {chosen.name}: {chosen.lost}.")
