"""``detente check``: the whole record proved, or a list of faults and exit code 4."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option, format_option, limit_option
from detente.cli.output import Column, Row, many, show_note, show_rows
from detente.store.check import Fault, check_equal, check_record, check_store

_COLUMNS = (Column("FAULT", 10), Column("WHERE", 40), Column("WHAT"))


@click.command(
    cls=ExamplesFirst,
    examples="detente check\n"
    "detente check --export out/     the export is equal to the store\n"
    "detente check out/              a folder of JSON Lines, ours or not",
    help="Prove the record: every citation re-read, ids unique, references whole, no record on furniture, "
    "texts unchanged. Exit 4 with a list of faults.",
)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--export",
    "exported",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also prove that this exported folder is equal to the store.",
)
@limit_option()
@format_option
@db_option
def check(folder: Path | None, exported: Path | None, limit: int | None, form: str, db: str) -> int:
    """Prove the record."""
    faults = _of_folder(folder) if folder is not None else _of_store(db, exported)
    found = list(islice(faults, limit or None))
    rows = [
        Row((f.code, f.where, f.what), {"fault": f.code, "where": f.where, "what": f.what}) for f in found
    ]
    show_rows(_COLUMNS, rows, form=form)
    what = folder or db
    show_note(f"{what}: {many(len(found), 'faults')}." if found else f"{what}: proved, no fault.")
    return 4 if found else 0


def _of_folder(folder: Path) -> Iterator[Fault]:
    from detente.formats.jsonl import JsonlRecord

    record = JsonlRecord(folder)
    for name, kept, now in record.file_hashes():
        if kept != now:
            yield Fault("export", name, f"the file is not the one its manifest describes ({now[:12]}…)")
    yield from check_record(record)


def _of_store(db: str, exported: Path | None) -> Iterator[Fault]:
    from detente.formats.jsonl import JsonlRecord
    from detente.store import look_at

    view = look_at(db)
    try:
        yield from check_store(view)
        yield from check_record(view)
        if exported is not None:
            yield from check_equal(view, JsonlRecord(exported))
    finally:
        view.close()
