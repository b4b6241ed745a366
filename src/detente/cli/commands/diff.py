"""``detente diff``: two records, or one on two days, and what came, went or changed between them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import chosen_limit, format_option, limit_option
from detente.cli.output import Column, Row, show_note, show_rows
from detente.errors import UsageError
from detente.record import LAYERS

if TYPE_CHECKING:
    from detente.compare.diff import RecordDiff
    from detente.store.protocol import RecordView

_COLUMNS = (Column("LAYER", 12), Column("CHANGE", 8), Column("WHAT"), Column("FIELDS", 32), Column("ID", 30))
_QUIET = frozenset(("articles", "passages"))  # compared, but an article changes with every origin


@click.command(
    "diff",
    cls=ExamplesFirst,
    examples="detente diff crisis.db@2014-03-05 crisis.db\n"
    "detente diff monday.db friday.db --layer statements\n"
    "detente diff export/ crisis.db --format json",
    help="What was added, gone or changed from A to B. Each is a store, an exported folder, or a store as of "
    "a day (PATH@DAY). A record that joined another one is gone, and the other changed.",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--layer", "only", type=click.Choice(list(LAYERS)), help="Only this layer.")
@limit_option()
@format_option
def diff(a: str, b: str, only: str | None, limit: int | None, form: str) -> None:
    """What changed between two records."""
    from detente.compare.diff import diff as compare_records

    layers = (only,) if only else tuple(name for name in LAYERS if name not in _QUIET)
    with looked_at(a) as before, looked_at(b) as after:
        found = compare_records(_records(before, layers), _records(after, layers))
        total = sum(len(d.added) + len(d.removed) + len(d.changed) for d in found.values())
        rows = [
            row for d in found.values() for row in _rows(d, before, after, full=form not in ("table", "md"))
        ]
        show_rows(_COLUMNS, rows[: chosen_limit(limit, form)], form=form)
    if form == "table":
        for name, one in found.items():
            if not one.empty:
                show_note(
                    f"{name}: {len(one.added):,} added, {len(one.removed):,} gone, "
                    f"{len(one.changed):,} changed"
                )
        show_note(f"{total:,} changes." if total else "No difference.")


@contextlib.contextmanager
def looked_at(named: str) -> Iterator[RecordView]:
    """The record that a path names: a store, an exported folder, or a store as of a day (PATH@DAY).

    Raises:
        UsageError: an exported folder has no readings, so it has no earlier days.
    """
    from detente.cli.options import opened
    from detente.formats.jsonl import JsonlRecord

    path, at, day = (named, "", "") if Path(named).exists() else named.rpartition("@")
    if not at:
        path = named
    if Path(path).is_dir():
        if day:
            raise UsageError(f"{path} is an export: it has no earlier days.", hint="Name its store: PATH@DAY")
        yield JsonlRecord(Path(path))
        return
    with opened(path, asof=day or None) as record:
        yield record.view


def _records(view: RecordView, layers: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in layers:
        for record in view.layer(name):
            yield name, record


def _rows(one: RecordDiff, before: RecordView, after: RecordView, *, full: bool) -> Iterator[Row]:
    from detente.compare.diff import record_key
    from detente.record import to_json

    fields = dict(one.changed)
    gone, came = set(one.removed), {*one.added, *fields}
    old = {k: r for r in before.layer(one.layer) if (k := record_key(r)) in gone or k in fields}
    new = {k: r for r in after.layer(one.layer) if (k := record_key(r)) in came}
    for key in (*one.removed, *one.added, *fields):
        change = "gone" if key in gone else "changed" if key in fields else "added"
        record, view = (old[key], before) if key in gone else (new[key], after)
        data = {
            "layer": one.layer, "change": change, "id": key, "fields": list(fields.get(key, ())),
            "before": to_json(old[key]) if key in old else None,
            "after": to_json(new[key]) if key in new else None,
        }  # fmt: skip
        shown = key if full else key[:14]
        told = ", ".join(_told(f, data) for f in fields.get(key, ()))
        yield Row((one.layer, change, _words(record, view), told, shown), data)


def _told(field: str, data: dict[str, Any]) -> str:
    """A changed field; with both values where they are short."""
    values = [_short(data[side].get(field)) for side in ("before", "after")]
    return f"{field} {values[0]}→{values[1]}" if all(values) else field


def _short(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"reports", "origins", "outlets"}:
        return "·".join(str(value[k]) for k in ("reports", "origins", "outlets"))
    text = value if isinstance(value, str) else json.dumps(value) if isinstance(value, int | float) else ""
    return text if len(text) <= 12 else ""


def _words(record: Any, view: RecordView) -> str:
    """What a record is called, else the first words it rests on."""
    from detente.store.walk import cited_spans

    for name in ("headline", "name", "label", "why"):
        value = getattr(record, name, None)
        if isinstance(value, str) and value:
            return value
    for span in cited_spans(record):
        return view.article(span.article).words(span)
    return "–"
