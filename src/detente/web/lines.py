"""A record as one line of a screen: who, what, when, how widely told, and the first words it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from detente.record import Count, Date, Plan, Span, layer_of, to_json
from detente.record.types import NARRATOR
from detente.report.days import became_label
from detente.report.view import Quote, date_label
from detente.web.ask import Ask
from detente.web.look import Look, date_days

BASIS_WORDS = {
    "stated": "the words name the day",
    "resolved": "worked out from the words",
    "published": "not in the words: the day of publication",
    "inferred": "inferred from other reports",
}
CSV_COLUMNS = (
    "id", "layer", "from", "to", "precision", "basis", "kind", "status", "who", "whom", "words",
    "reports", "origins", "outlets", "article", "start", "end", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One record, ready to be shown. ``who`` and ``whom`` are (id, name); the id is empty for no actor."""

    id: str
    layer: str
    kind: str
    status: str
    who: list[tuple[str, str]]
    whom: list[tuple[str, str]]
    marks: list[tuple[str, str]]
    date: str
    days: tuple[str, str]
    basis: str
    precision: str
    count: Count | None
    quote: Quote | None
    span: Span | None
    note: str
    words: str
    data: dict[str, Any]
    plan: Plan | None = None
    became: str = ""
    as_planned: Plan | None = None

    @property
    def undated(self) -> bool:
        """True when nothing tells the day."""
        return not self.days[0]


def line_of(look: Look, record: Any, ask: Ask | None = None) -> Line:
    """The line of a statement, event, meeting, measure, position or figure."""
    layer = layer_of(record).name
    who, whom, kind, status, marks, note = _MAKERS[layer](look, record)
    spans = look.spans_of(record, ask)
    asof = ask is not None and bool(ask.get("asof"))
    told = look.count_of(spans) if asof or not hasattr(record, "count") else record.count
    plan = look.plan_of(record.id, ask)
    return Line(
        record.id, layer, kind, status, who, whom, marks,
        date_label(record.date), date_days(record.date),
        record.date.basis if record.date.known else "", record.date.precision,
        told, look.quote(spans[0]) if spans else None, spans[0] if spans else None,
        note, look.words(spans[0]) if spans else "", to_json(record),
        plan, became_label(plan) if plan is not None else "", look.planned_before(record.id),
    )  # fmt: skip


def lines_of(look: Look, records: Iterable[Any], ask: Ask | None = None) -> list[Line]:
    """The lines of several records."""
    return [line_of(look, record, ask) for record in records]


def line_json(line: Line) -> dict[str, Any]:
    """A line for the JSON twin: the record as exported, with names and the first words beside."""
    return {
        **line.data,
        "layer": line.layer,
        "who": [name for _, name in line.who],
        "whom": [name for _, name in line.whom],
        "words": line.words,
        **({"plan": to_json(line.plan)} if line.plan is not None else {}),
    }


def line_row(look: Look, line: Line) -> list[Any]:
    """A line for the CSV, in the order of ``CSV_COLUMNS``."""
    count = line.count or Count(0, 0, 0)
    span = line.span
    head = look.snap.heads.get(span.article) if span else None
    return [
        line.id, line.layer, *line.days, line.precision, line.basis, line.kind, line.status,
        "; ".join(name for _, name in line.who), "; ".join(name for _, name in line.whom), line.words,
        count.reports, count.origins, count.outlets,
        span.article if span else "", span.start if span else "", span.end if span else "",
        head.source if head else "",
    ]  # fmt: skip


# --- one maker a layer: who, whom, kind, status, marks, note

_Made = tuple[list[tuple[str, str]], list[tuple[str, str]], str, str, list[tuple[str, str]], str]


def speakers(look: Look, statement: Any) -> list[tuple[str, str]]:
    """A statement's speakers by name, else the words that stand for them."""
    if statement.speakers:
        return look.named(statement.speakers)
    return [("", look.words(statement.speaker) or "speaker not stated")]


def claimed_by(look: Look, record: Any) -> str:
    """Who claims it, where the narrator does not say so in its own voice."""
    by: Sequence[str] = getattr(record, "asserted_by", ())
    if NARRATOR in by or not by:
        return ""
    found: dict[str, None] = {}
    for identity in by:
        if identity in look.snap.actors:
            found[look.name(identity)] = None
        elif identity.startswith("st-"):
            found.update(dict.fromkeys(name for _, name in speakers(look, look.get(identity))))
    return ", ".join(found) or "an unnamed source"


def _claim(look: Look, record: Any, marks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    claimant = claimed_by(look, record)
    return [*marks, ("claim", f"claimed by {claimant}")] if claimant else marks


def _statement(look: Look, record: Any) -> _Made:
    act = record.act if record.polarity != "negative" else f"does not {record.act}"
    marks = [("act", act)]
    if record.kind == "direct":
        marks.append(("kind", "own words"))
    if not record.named:
        marks.append(("claim", "not named"))
    if record.via:
        via = speakers(look, look.get(record.via))
        if via != speakers(look, record):
            marks.append(("claim", "according to " + ", ".join(name for _, name in via)))
    note = " · ".join(filter(None, (record.venue, record.channel)))
    return speakers(look, record), look.named(record.addressees), record.act, "", marks, note


def _event(look: Look, record: Any) -> _Made:
    code = record.type + (f" · {record.mode}" if record.mode else "")
    marks = _claim(look, record, [("type", code), (f"status-{record.status}", record.status)])
    if record.cameo:
        marks.append(("code", f"CAMEO {record.cameo}"))
    who = look.named(record.sources) or [("", "actor not stated")]
    return who, look.named(record.recipients), record.type, record.status, marks, record.place or ""


def _meeting(look: Look, record: Any) -> _Made:
    marks = _claim(look, record, [("type", record.format), (f"status-{record.status}", record.status)])
    who = look.named(record.participants) or [("", "participants not stated")]
    return who, [], record.format, record.status, marks, look.name(record.place) if record.place else ""


def _measure(look: Look, record: Any) -> _Made:
    marks = _claim(look, record, [("type", record.kind), (f"status-{record.status}", record.status)])
    who = look.named(record.actors) or [("", "actor not stated")]
    return who, look.named(record.targets), record.kind, record.status, marks, ""


def _position(look: Look, record: Any) -> _Made:
    marks = [("stance", record.stance)]
    claimant = claimed_by(look, record)
    if claimant and claimant != look.names(record.parties):
        marks.append(("claim", f"according to {claimant}"))
    if record.condition:
        marks.append(("condition", look.words(record.condition)))
    who = look.named(record.parties) or [("", "party not stated")]
    return who, look.named(record.addressees), record.stance, "", marks, look.name(record.issue)


def _figure(look: Look, record: Any) -> _Made:
    marks = [("type", record.kind), ("value", figure_words(record))]
    who = [
        ("", "the report") if i == NARRATOR else pair
        for i, pair in zip(record.said_by, _each(look, record), strict=True)
    ]
    return who or [("", "the report")], [], record.kind, "", marks, record.of or ""


def _each(look: Look, record: Any) -> list[tuple[str, str]]:
    return [(i if i in look.snap.actors else "", look.name(i)) for i in record.said_by]


def figure_words(figure: Any) -> str:
    """A figure's number or range with its unit: "about 12–14 km"."""
    low, high = figure.low, figure.high
    if low is not None and high is None:
        text = f"≥ {_number(low)}"
    elif low is None and high is not None:
        text = f"≤ {_number(high)}"
    elif low is None:
        text = "?"
    else:
        text = _number(low) if low == high else f"{_number(low)}–{_number(high)}"
    return f"{'about ' if figure.approximate else ''}{text}{' ' + figure.unit if figure.unit else ''}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


_MAKERS: dict[str, Callable[[Look, Any], _Made]] = {
    "statements": _statement,
    "events": _event,
    "meetings": _meeting,
    "measures": _measure,
    "positions": _position,
    "figures": _figure,
}


def date_note(date: Date) -> str:
    """What the date rests on, in words."""
    if date.open:
        return "planned, for a day that is not told"
    if date.past:
        return "told as done before, on a day that is not told"
    return BASIS_WORDS.get(date.basis, "") if date.known else "no report tells the day"
