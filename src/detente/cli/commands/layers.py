"""The commands that list a layer: same options, same shape, the query echoed with its count."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import asof_option, chosen_limit, db_option, format_option, limit_option, opened
from detente.cli.output import Column, Row, many, show_note, show_rows
from detente.cli.timeline import PLAN_NOTE, TIMELINE, timeline_rows
from detente.cli.views import COUNT, COUNT_NOTE, DATE_NOTES, ID, VIEWS
from detente.errors import UsageError
from detente.record.types import (
    ACTS,
    DIFFERENCE_KINDS,
    EVENT_STATUSES,
    MEETING_STATUSES,
    PLAN_OUTCOMES,
    STANCES,
)

F = Callable[..., Any]
_MARKS = {**DATE_NOTES, "→": PLAN_NOTE}
_NOUNS = {"timeline": "days", "versions": "pages in versions"}


def _actor(function: F) -> F:
    return click.option(
        "--actor", metavar="NAME", help="Only with this actor (any of its names, or its id)."
    )(function)


def _days(function: F) -> F:
    function = click.option("--until", metavar="DAY", help="Only what touches this day or earlier ones.")(
        function
    )
    return click.option("--since", metavar="DAY", help="Only what touches this day or later ones.")(function)


def _kind(flag: str, text: str, choices: tuple[str, ...] | None = None) -> Callable[[F], F]:
    kind = click.Choice(choices) if choices else click.STRING
    return click.option(flag, "kind", type=kind, help=text, metavar=None if choices else flag[2:].upper())


def _status(choices: tuple[str, ...] | None = None, flag: str = "--status") -> Callable[[F], F]:
    kind = click.Choice(choices) if choices else click.STRING
    return click.option(flag, "status", type=kind, help="Only with this status.")


def _layer(name: str, text: str, examples: str, *options: Callable[[F], F]) -> click.Command:
    """A command that lists the layer ``name``."""

    def list_layer(db: str, form: str, limit: int | None, asof: str | None, **which: Any) -> None:
        list_records(name, db=db, form=form, limit=limit, which=which, asof=asof)

    function: F = list_layer
    for option in reversed((*options, asof_option, limit_option(), format_option, db_option)):
        function = option(function)
    return click.command(name, cls=ExamplesFirst, help=text, examples=examples)(function)


def list_records(
    name: str,
    *,
    db: str,
    form: str,
    limit: int | None,
    which: dict[str, Any],
    asof: str | None = None,
) -> None:
    """Show the records of a layer that a filter lets through."""
    codebook, top = which.pop("codebook", None), which.pop("top", None)
    for flag in ("since", "until"):
        if flag in which:
            which[flag] = _day(which[flag], last=flag == "until")
    most = chosen_limit(limit, form) if top is None else limit or None
    with opened(db, asof=asof) as record:
        where = record.filter(**which)
        total = record.view.count(name, where=where)
        found = record.layer(name, limit=most, **which)
        full = form not in ("table", "md")
        columns: tuple[Column, ...] = TIMELINE if name == "timeline" else (*VIEWS[name].columns, ID)
        if name == "timeline":
            rows = timeline_rows(found, record, full=full, top=top)
        else:
            rows = VIEWS[name].rows(found, record, full=full)
        if codebook is not None:
            columns, rows = without_column(columns, rows, "CAMEO" if codebook == "plover" else "TYPE")
        marks: set[str] = set()
        show_rows(columns, _watched(rows, marks), form=form)
        if form == "table":
            _tell(name, total, most, counted=COUNT in columns, marks=marks)


def _watched(rows: Iterable[Row], marks: set[str]) -> Iterator[Row]:
    """Pass rows on, and notice which marks their dates bear."""
    for row in rows:
        marks.update(set(row.cells[0][-1:]) & {"*", "?"})
        if "plan" in row.data:
            marks.add("→")
        yield row


def without_column(columns: Any, rows: Any, name: str) -> tuple[Any, Any]:
    """The same rows without one column."""
    at = [column.name for column in columns].index(name)
    cut = ((Row((*r.cells[:at], *r.cells[at + 1 :]), r.data)) for r in rows)
    return (*columns[:at], *columns[at + 1 :]), cut


def _tell(name: str, total: int, most: int | None, *, counted: bool, marks: set[str]) -> None:
    """How many there are, and what the marks mean."""
    what = _NOUNS.get(name, name)
    if total == 0:
        show_note(f"No {what}. Run: detente status")
        return
    cut = most is not None and most < total
    shown = f"{most:,} of {total:,} {what}. --limit 0 shows all." if cut else f"{many(total, what)}."
    notes = [COUNT_NOTE] * counted + [_MARKS[mark] for mark in sorted(marks)]
    show_note("  ".join(["\n" + shown, *notes]))


def _day(value: str | None, *, last: bool) -> str | None:
    """A day as given; of a month or a year ("2014-03", "2014") its first or last day."""
    if value is None:
        return None
    try:
        if len(value) == 4:
            value += "-12" if last else "-01"
        if len(value) == 7:
            year, month = int(value[:4]), int(value[5:])
            value += f"-{calendar.monthrange(year, month)[1] if last else 1:02d}"
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{value!r} is no day.", hint="Write it as 2014-03-05, 2014-03 or 2014.") from None


statements = _layer(
    "statements",
    "Who said what: the speaker, the kind of act, the words.",
    "detente statements --actor Lavrov\ndetente statements --act demand --since 2014-03-01",
    _actor,
    _kind("--act", "Only this act.", ACTS),
    _days,
)
events = _layer(
    "events",
    "Who did what to whom. Claims stay with their claimant; planned and denied events are marked.",
    "detente events --status happened\ndetente events --type THREATEN --actor Russia --codebook plover",
    _actor,
    _kind("--type", "Only this PLOVER type (CONSULT, ASSAULT …)."),
    _status(EVENT_STATUSES),
    _days,
    click.option("--codebook", type=click.Choice(["plover", "cameo"]), help="Show this code book alone."),
)
meetings = _layer(
    "meetings",
    "Who met whom: meetings, calls, conferences, visits, talks.",
    "detente meetings --status planned\ndetente meetings --actor Kerry",
    _actor,
    _kind("--type", "Only this format (meeting, call, conference, visit, talks)."),
    _status(MEETING_STATUSES),
    _days,
)
positions = _layer(
    "positions",
    "Who wants what: each party's stand on an issue, in its words.",
    "detente positions --stance demands\ndetente positions --actor Kiev",
    _actor,
    _kind("--stance", "Only this stance.", STANCES),
    _days,
)
measures = _layer(
    "measures",
    "Acts with weight: aid, sanctions, deployments, withdrawals, seizures, recognition.",
    "detente measures --kind sanction",
    _actor,
    _kind("--kind", "Only this kind."),
    _status(),
    _days,
)
plans = _layer(
    "plans",
    "What was planned, and what the reports say became of it: both cited, with a one-line why.",
    "detente plans\ndetente plans --became unreported\ndetente plans --asof 2014-03-05",
    _actor,
    _status(PLAN_OUTCOMES, "--became"),
    _days,
)
figures = _layer(
    "figures",
    "Quantities claimed: how many, of what, and who says so.",
    "detente figures --kind killed\ndetente figures --format csv > figures.csv",
    _actor,
    _kind("--kind", "Only this kind (people, killed, money …)."),
    _days,
)
differences = _layer(
    "differences",
    "Where independent accounts do not agree: both sides, and who carries each.",
    "detente differences --severity high\ndetente differences --kind number --format json",
    _kind("--kind", "Only this kind.", DIFFERENCE_KINDS),
    click.option("--severity", type=click.Choice(["low", "medium", "high"]), help="Only this weight."),
    _status(("open", "settled"), "--state"),
)
origins = _layer(
    "origins",
    "Who first wrote what many carry: ten outlets with one wire story are one origin.",
    "detente origins\ndetente origins --kind agency",
    _kind("--kind", "Only this kind.", ("agency", "outlet", "unknown")),
)
actors = _layer(
    "actors",
    "Persons, states, organisations and groups, each with all its names.",
    "detente actors --type person",
    _kind("--type", "Only this type.", ("person", "state", "organisation", "group", "unnamed")),
)
articles = _layer(
    "articles",
    "The articles read, each with its origin once the pile is compared.",
    "detente articles --since 2014-03-05\ndetente articles --format csv",
    _days,
)
versions = _layer(
    "versions",
    "Pages read in more than one version: how often, and what changed. They count as one report.",
    "detente versions\ndetente versions --format json",
)
timeline = _layer(
    "timeline",
    "What happened, day by day; each line with its count and the words it rests on.",
    "detente timeline --top 10\ndetente timeline --since 2014-03-01 --until 2014-03-05\n"
    "detente timeline --asof 2014-03-05",
    click.option(
        "--top",
        type=click.IntRange(min=1),
        metavar="N",
        help="Only the N that matter most: the weightiest of each of the days that most reports name.",
    ),
    _days,
)
