"""A record as a row: its id, its place in the order of its layer, and what it is asked for by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from detente.record import Date, TimelineDay, json_line, layer_of, types
from detente.store.walk import all_spans, named_ids

_LAST = "9999"  # undated records stand after the dated ones
OPEN = "~"  # and what may be any day from one on, after all of that day
PAST = "|"  # and what was done by a day, not told which, before that

_KIND = {
    types.Origin: "kind",
    types.Passage: "kind",
    types.Actor: "type",
    types.Statement: "act",
    types.Event: "type",
    types.Meeting: "format",
    types.Position: "stance",
    types.Measure: "kind",
    types.Figure: "kind",
    types.Difference: "kind",
}
_STATUS = {
    types.Event: "status",
    types.Meeting: "status",
    types.Measure: "status",
    types.Plan: "became",
    types.Difference: "state",
}
_SEVERITY = {"high": "0", "medium": "1", "low": "2"}


@dataclass(frozen=True, slots=True)
class Row:
    """What the store keeps of a record beside its JSON line."""

    layer: str
    id: str
    sort: str
    first_day: str | None
    last_day: str | None
    kind: str | None
    status: str | None
    json: str


class Entry(NamedTuple):
    """What the store keeps of a compared record, in plain values: its row, what it names and cites.

    ``links`` are (field, id), ``citations`` (field, article, start, end).
    """

    row: tuple[str, str, str, str | None, str | None, str | None, str | None, str]
    links: tuple[tuple[str, str], ...]
    citations: tuple[tuple[str, str, int, int], ...]


def entry_of(record: Any, *, row: Row | None = None) -> Entry:
    """The entry of a compared record; ``row`` is given where it is not :func:`row_of`'s."""
    row = row or row_of(record)
    return Entry(
        (row.layer, row.id, row.sort, row.first_day, row.last_day, row.kind, row.status, row.json),
        tuple(dict.fromkeys(named_ids(record))),
        tuple((field, span.article, span.start, span.end) for field, span in all_spans(record)),
    )


def row_of(record: Any) -> Row:
    """The row of a compared record."""
    cls = type(record)
    day = _date_of(record)
    first, last = days_told(record)
    return Row(
        layer=layer_of(record).name,
        id=id_of(record),
        sort=_sort_key(record, day),
        first_day=first,
        last_day=last,
        kind=getattr(record, _KIND[cls]) if cls in _KIND else None,
        status=getattr(record, _STATUS[cls]) if cls in _STATUS else None,
        json=json_line(record),
    )


def days_told(record: Any) -> tuple[str | None, str | None]:
    """The first and the last day that a record tells; None twice where it tells none."""
    day = _date_of(record)
    if day is None or not (day.known or day.open or day.past):
        return None, None
    return (day.from_ or day.to)[:10], (day.to or day.from_)[:10]


def id_of(record: Any) -> str:
    """A record's id; a day of the timeline is named by its date."""
    if isinstance(record, TimelineDay):
        first, last = record.date.from_ or "undated", record.date.to
        if record.date.open:
            return f"tl-after-{first}"
        if record.date.past:
            return f"tl-by-{last}"
        return f"tl-{first}" if last in (first, "") else f"tl-{first}--{last}"
    identity: str = record.id
    return identity


def line_of(data: dict[str, Any]) -> str:
    """One JSON line as the export writes it."""
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "))


def _date_of(record: Any) -> Date | None:
    date = getattr(record, "published" if isinstance(record, types.Article) else "date", None)
    return date if isinstance(date, Date) else None


def _sort_key(record: Any, day: Date | None) -> str:
    """By day where a layer has days; else what matters most first."""
    if isinstance(record, types.Article):
        return record.source
    if isinstance(record, types.Actor):
        return f"{10**9 - len(record.mentions):010d}"
    if isinstance(record, types.Origin | types.Episode) and not (day and day.known):
        return f"{10**9 - len(record.articles):010d}"
    if isinstance(record, types.Difference):
        return _SEVERITY.get(record.severity, "3") + record.kind
    if isinstance(record, types.Versions):
        return record.address
    if isinstance(record, types.Issue):
        return record.label.casefold()
    if day is not None and day.open:
        return day.from_[:10] + OPEN
    if day is not None and day.past:
        return day.to[:10] + PAST
    return day.from_ if day is not None and day.known else _LAST
