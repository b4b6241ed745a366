"""``detente status``: what came in, what was refused and why, what was found, where readers abstained."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import asof_option, chosen_limit, db_option, format_option, limit_option, opened
from detente.cli.output import Column, Row, bold, show_note, show_rows
from detente.store import shown_path
from detente.store.protocol import INPUT_STATUSES, Manifest

_WHAT = (Column("WHAT", 14), Column("OF", 28), Column("NUMBER", 12, right=True), Column("NOTE"))
_INPUTS = (Column("STATUS", 10), Column("REASON", 16), Column("SOURCE", 50, ending=True), Column("DETAIL"))


@click.command(
    cls=ExamplesFirst,
    examples="detente status\ndetente status --inputs refused\ndetente status --format json",
    help="What came in, what was refused and why, what was found, and how often the readers abstained.",
)
@click.option(
    "--inputs", "of", type=click.Choice([*INPUT_STATUSES, "all"]), help="List the inputs of this status."
)
@limit_option()
@format_option
@asof_option
@db_option
def status(of: str | None, limit: int | None, form: str, asof: str | None, db: str) -> None:
    """What came in and what was found."""
    with opened(db, asof=asof) as record:
        manifest = record.manifest
    if of is not None:
        _list_inputs(manifest, of, form=form, limit=limit)
        return
    rows = list(_rows(manifest))
    if form == "table":
        click.echo(
            bold(f"{db}: record {manifest.record_version}, made by detente {manifest.tool_version or '–'}")
        )
    show_rows(_WHAT, rows, form=form)
    if not manifest.compared:
        show_note(f"\nThe pile has changed since it was compared. Run: detente read --db {shown_path(db)}")


def _rows(manifest: Manifest) -> list[Row]:
    """Inputs by status and reason, records by layer, abstentions by reader."""
    rows = []
    for state, number in sorted(_count(manifest, "status").items()):
        rows.append(_row("inputs", state, number))
    reasons = Counter[tuple[str, str]]()
    for entry in manifest.inputs:
        if entry.reason:
            reasons[entry.status, entry.reason] += entry.number
    for (state, reason), number in sorted(reasons.items()):
        rows.append(_row(state, reason, number, _example(manifest, state, reason)))
    rows += [_row("record", layer, number) for layer, number in manifest.counts.items()]
    rows += [_row("abstained", reader, number) for reader, number in manifest.abstentions.items()]
    if manifest.pending:
        rows.append(_row("unread", "articles", manifest.pending, "Run: detente read"))
    rows.append(_row("made by", manifest.model or "–", len(manifest.readers), " ".join(manifest.readers)))
    return rows


def _row(what: str, of: str, number: int, note: str = "") -> Row:
    data: dict[str, Any] = {"what": what, "of": of, "number": number, "note": note}
    return Row((what, of, f"{number:,}", note), data)


def _count(manifest: Manifest, field: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in manifest.inputs:
        counts[getattr(entry, field)] += entry.number
    return counts


def _example(manifest: Manifest, state: str, reason: str) -> str:
    one = next(i for i in manifest.inputs if (i.status, i.reason) == (state, reason))
    return f"{one.source}: {one.detail}" if one.detail else one.source


def _list_inputs(manifest: Manifest, of: str, *, form: str, limit: int | None) -> None:
    entries = [i for i in manifest.inputs if of in ("all", i.status)]
    most = chosen_limit(limit, form)
    rows = [
        Row(
            (i.status, i.reason, i.source, i.detail),
            {
                name: getattr(i, name)
                for name in ("source", "sha256", "status", "reason", "detail", "article")
            },
        )
        for i in entries[:most]
    ]
    show_rows(_INPUTS, rows, form=form)
    if form == "table":
        show_note(f"\n{len(rows):,} of {len(entries):,} inputs.")
