"""``detente brief``: the dossier."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import asof_option, db_option, opened
from detente.errors import MissingPart
from detente.store.protocol import Manifest

if TYPE_CHECKING:
    from detente.api import Record


@click.command(
    cls=ExamplesFirst,
    examples="detente brief\ndetente brief dossier/ --db crisis.db",
    help="Write the dossier into OUT: one self-contained HTML file and Markdown. What happened when, who "
    "wants what, who said what, where accounts differ; each line cites its words and shows its count.",
)
@click.argument("out", type=click.Path(path_type=Path), default="dossier")
@asof_option
@db_option
def brief(out: Path, asof: str | None, db: str) -> None:
    """Write the dossier."""
    with opened(db, asof=asof) as record:
        for path in write_dossier(record, out):
            click.echo(path)


def has_report() -> bool:
    """True when the part that writes dossiers is there."""
    return find_spec("detente.report") is not None


def write_dossier(record: Record, out: Path) -> list[Path]:
    """The files of the dossier.

    Raises:
        MissingPart: this build has no report part.
    """
    if not has_report():
        raise MissingPart(
            "This build of detente writes no dossier.", hint="Run: detente timeline --format md"
        )
    report = import_module("detente.report")
    settings = report.BriefSettings(facts=coverage(record.manifest))
    return list(report.write_brief(record.view, out, settings=settings))


def coverage(manifest: Manifest) -> list[tuple[str, str]]:
    """What was not read and where the readers were unsure, for the dossier's coverage box."""
    states = Counter[str]()
    for entry in manifest.inputs:
        states[entry.status] += entry.number
    unsure = ", ".join(f"{reader} {times:,}" for reader, times in manifest.abstentions.items())
    return [
        ("inputs", ", ".join(f"{number:,} {state}" for state, number in sorted(states.items())) or "none"),
        ("abstentions", unsure or "none"),
        ("made by", f"detente {manifest.tool_version}, {manifest.model}"),
    ]
