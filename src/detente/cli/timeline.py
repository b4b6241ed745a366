"""The timeline as rows: a day's records once each, what was planned with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from detente.cli.output import Column, Row
from detente.cli.views import COUNT, DATE, ID, WORDS, show_arrow, show_date, show_names, words_of
from detente.record import Date, Plan, to_json
from detente.report.days import Plans, without_repeats

if TYPE_CHECKING:
    from detente.api import Cited, Record

TIMELINE = (DATE, Column("WHAT", 10), Column("STATUS", 19), Column("WHO", 34), WORDS, COUNT, ID)
PLAN_NOTE = "→ what became of a plan; → ?: no report of it taking place (detente plans)."
_BORROWED = ("published", "inferred")


def timeline_rows(
    days: Iterable[Cited[Any]], record: Record, *, full: bool, top: int | None = None
) -> Iterator[Row]:
    """A day's meetings, measures and events, one a row; with ``top`` only so many, those that matter most."""
    plans = Plans(plan.record for plan in record.layer("plans"))
    found: Iterator[tuple[Cited[Any], list[Cited[Any]]]]
    found = ((day, _entries(day, record)) for day in days)
    if top is not None:
        found = _chosen(found, top)
    for day, entries in found:
        before = ""
        for one in entries:
            date = _date(day.date, one.date)
            shown = one.id if full else record.view.short_id(one.id)
            plan = plans.of(one.id)
            cells = (date if full or date != before else "", *_cells(one, plan, record), shown)
            before = date
            data = {"plan": to_json(plan)} if plan is not None else {}
            yield Row(cells, {"day": day.date.from_, **one.to_json(), **data})


def _entries(day: Cited[Any], record: Record) -> list[Cited[Any]]:
    """The day's records, each word told once; those whose day is not in their words last."""
    named = [
        (layer, record.get(i)) for layer in ("meetings", "measures", "events") for i in getattr(day, layer)
    ]
    kept = {one.id for _, one in without_repeats([(layer, one.record) for layer, one in named])}
    ones = [one for _, one in named if one.id in kept]
    return sorted(ones, key=lambda one: one.date.basis in _BORROWED)


def _chosen(
    found: Iterable[tuple[Cited[Any], list[Cited[Any]]]], top: int
) -> Iterator[tuple[Cited[Any], list[Cited[Any]]]]:
    from detente.compare.timeline import choose_entries

    held = list(found)
    chosen = choose_entries(
        [(day.weight, [one.record for one in entries]) for day, entries in held], most=top
    )
    for day, entries in held:
        kept = [one for one in entries if one.id in chosen]
        if kept:
            yield day, kept


def _date(day: Date, own: Date) -> str:
    """The day's date with the mark of the record's own: an entry bears that of its firmest record."""
    marked = Date(day.from_, day.to, day.precision, own.basis) if day.known else day
    return show_date(marked)


def _cells(one: Cited[Any], plan: Plan | None, record: Record) -> tuple[str, ...]:
    kind = type(one.record).__name__
    if kind == "Meeting":
        what, who = one.format, show_names(one.participants, record)
    elif kind == "Measure":
        what, who = one.kind, show_arrow(one.actors, one.targets, record)
    else:
        what, who = one.type, show_arrow(one.sources, one.recipients, record)
    return (what, one.status + _became(one, plan), who, words_of(one), str(one.count))


def _became(one: Cited[Any], plan: Plan | None) -> str:
    """ " → held", " → ?"."""
    if plan is None:
        return ""
    done = "held" if type(one.record).__name__ == "Meeting" else "happened"
    return " → " + {"unreported": "?", "happened": done}.get(plan.became, plan.became)
