"""Accounts: what is told about an event or story, a claim a row, an origin a column, words in the cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.record import LAYERS, Episode, Span, layer_of, to_json
from detente.report.view import Quote, date_label
from detente.web.ask import Ask
from detente.web.charts.spread import draw_spread
from detente.web.lines import Line, line_of, lines_of
from detente.web.look import Look
from detente.web.page import PAGING, Page, Screen
from detente.web.pages.briefing import told_by_article
from detente.web.pages.origins import Strip, strip_of

MOST_COLUMNS, MOST_ROWS = 8, 40
CLAIMED = ("events", "meetings", "measures", "positions")
_TOLD = tuple(f"{LAYERS[name].prefix}-" for name in (*CLAIMED, "statements"))


@dataclass(frozen=True, slots=True)
class Column:
    """An origin and the reports that carry it."""

    origin: str
    name: str
    outlets: list[str]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of a claim. ``letter`` is S same, D different, X denied, – silent."""

    letter: str
    word: str
    value: str = ""
    quote: Quote | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One claim over all origins."""

    id: str
    layer: str
    label: str
    marks: list[tuple[str, str]]
    cells: list[Cell]
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """The whole comparison."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    left_out: int = 0


def show_index(look: Look, ask: Ask) -> Page:
    """The stories, and the events that more than one origin tells."""
    stories = sorted(look.view.layer("episodes"), key=lambda e: (-len(e.articles), e.id))
    told = look.snap.memo(("told", ask.get("asof"), ask.get("outlet")), lambda: _told_by_many(look, ask))
    start = next((n + 1 for n, r in enumerate(told) if r[1] == ask.get("after")), 0)
    shown = told[start : start + ask.limit]
    lines = lines_of(look, (look.get(identity) for _, identity, _ in shown), ask)
    disputed = {identity: n for _, identity, n in shown}
    return Page(
        template="accounts",
        title="Accounts",
        echo="What more than one origin tells, the most disputed first",
        data={
            "stories": [to_json(s) for s in stories],
            "rows": [{**x.data, "differences": disputed[x.id]} for x in lines],
        },
        view={
            "stories": [
                (s, story_label(look, s), date_label(s.date), look.count_articles(s.articles))
                for s in stories[:12]
            ],
            "lines": lines,
            "disputed": disputed,
            "stories_left": max(0, len(stories) - 12),
        },
        columns=("id", "layer", "differences"),
        rows=lambda: [[identity, layer, n] for layer, identity, n in told],
        total=len(told),
        after=shown[-1][1] if start + ask.limit < len(told) else None,
    )


def story_label(look: Look, story: Episode) -> str:
    """What a story is called: its label, else a headline of one of its reports, else how many they are."""
    headlines = [look.head(a).title for a in story.articles if a in look.snap.heads]
    told = next((h for h in headlines if h != "(no headline)"), "")
    return story.label or told or f"Story without a headline ({len(story.articles)} in all)"


_ORIGINS = "CAST(json_extract(r.json, '$.count.origins') AS INTEGER)"
_REPORTS = "CAST(json_extract(r.json, '$.count.reports') AS INTEGER)"


def _told_by_many(look: Look, ask: Ask) -> list[tuple[str, str, int]]:
    """Records of events that several origins tell, with how many differences are about each."""
    rows = []
    for layer in ("events", "meetings", "measures"):
        condition, values = look.view.condition(layer, look.where(ask))
        sql = (
            f"SELECT r.id, {_ORIGINS}, {_REPORTS},"
            " (SELECT count(DISTINCT d.id) FROM links AS l JOIN records AS d ON d.n = l.record"
            "  WHERE l.target = r.id AND d.layer = 'differences')"
            f" FROM records AS r WHERE {condition} AND ({_ORIGINS} > 1"
            "  OR r.id IN (SELECT l.target FROM links AS l JOIN records AS d ON d.n = l.record"
            "  WHERE d.layer = 'differences'))"
        )
        rows += [(layer, *row) for row in look.view.select(sql, *values)]
    rows.sort(key=lambda r: (-r[4], -r[2], -r[3], r[1]))
    return [(layer, identity, n) for layer, identity, _, _, n in rows]


def show_grid(look: Look, ask: Ask, identity: str) -> Page:
    """The accounts of one story (an episode) or of one record."""
    record = look.get(identity)
    columns = _columns(look, record)
    grid = _fill(look, record, columns, ask)
    strips = [s for s in (strip_of(look, c.origin) for c in columns if len(c.articles) > 1) if s is not None]
    about = [look.get(i) for i in _differences_about(look, record)]
    title = story_label(look, record) if isinstance(record, Episode) else _label(look, record)
    return Page(
        template="grid",
        title=title,
        echo=f"Accounts of “{title}”: {len(grid.columns)} origins, {len(grid.rows)} claims",
        data={
            "id": record.id,
            "layer": layer_of(record).name,
            "columns": [_column_json(c) for c in columns],
            "rows": [_row_json(r) for r in grid.rows],
        },
        view={
            "grid": grid,
            "record": record,
            "strips": strips,
            "differences": about,
            "spreads": spreads(look, about),
            "story": isinstance(record, Episode),
            "line": None
            if isinstance(record, Episode)
            or layer_of(record).name in ("differences", "articles", "actors", "origins")
            else line_of(look, record, ask),
        },
        columns=("claim", "layer", "label", "origin", "says", "value", "words", "article", "start", "end"),
        rows=lambda: _csv(grid),
        total=len(grid.rows),
    )


def _label(look: Look, record: Any) -> str:
    spans = look.spans_of(record)
    if layer_of(record).name == "differences":
        return " / ".join(s.value for s in record.sides)[:120]
    return (look.words(spans[0]) if spans else record.id)[:120]


def _columns(look: Look, record: Any) -> list[Column]:
    """The origins of the story that the record belongs to, those that tell it first."""
    own = [s.article for s in look.spans_of(record)]
    if isinstance(record, Episode):
        articles = list(record.articles)
    else:
        articles = list(dict.fromkeys([*own, *(a for e in _episodes_of(look, own) for a in e.articles)]))
    by_origin: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article in look.snap.heads:
            by_origin[look.origin_of(article)].append(article)
    tells = {look.origin_of(a) for a in own}
    told = look.snap.memo("told by article", lambda: told_by_article(look))
    order = sorted(
        by_origin,
        key=lambda o: (
            o not in tells,
            -len({r for a in by_origin[o] for r in told.get(a, ())}),
            min(look.head(a).day or "9" for a in by_origin[o]),
            o,
        ),
    )
    return [
        Column(
            o,
            look.origin_name(o),
            list(dict.fromkeys(look.head(a).outlet for a in by_origin[o])),
            tuple(by_origin[o]),
        )
        for o in order[:MOST_COLUMNS]
    ]


def _episodes_of(look: Look, articles: Iterable[str]) -> list[Episode]:
    wanted = set(articles)
    stories = look.snap.memo("episodes", lambda: list(look.view.layer("episodes")))
    return [e for e in stories if wanted & set(e.articles)]


def _differences_about(look: Look, record: Any) -> list[str]:
    if layer_of(record).name == "differences":
        return [record.id]
    if isinstance(record, Episode):
        from detente.store import Filter

        found = look.view.layer("differences", where=Filter(articles=record.articles), limit=30)
        return [d.id for d in found]
    return list(dict.fromkeys(r.id for r in look.view.resting_on(record.id) if r.layer == "differences"))


def _fill(look: Look, record: Any, columns: Sequence[Column], ask: Ask) -> Grid:
    differences = [look.get(i) for i in _differences_about(look, record)]
    rows = [_difference_row(look, d, columns) for d in differences]
    claims = _claims(look, record, columns)
    rows += [_claim_row(look, claim, columns, ask) for claim in claims[:MOST_ROWS]]
    return Grid(list(columns), rows, max(0, len(claims) - MOST_ROWS))


def _claims(look: Look, record: Any, columns: Sequence[Column]) -> list[Any]:
    """What is compared: the record itself, or all that the story's reports tell, the widest told first."""
    if layer_of(record).name == "differences":
        return [look.get(i) for i in record.about if i.startswith(_TOLD)]
    if not isinstance(record, Episode):
        return [record]
    from detente.store import Filter

    where = Filter(articles=tuple(a for c in columns for a in c.articles))
    found = [r for layer in CLAIMED for r in look.view.layer(layer, where=where, limit=400)]
    return sorted(found, key=lambda r: (-r.count.origins, -r.count.reports, r.date.from_ or "9", r.id))


def _claim_row(look: Look, record: Any, columns: Sequence[Column], ask: Ask) -> Row:
    line = line_of(look, record, ask)
    spans = look.spans_of(record, ask)
    denied = getattr(record, "status", "") in ("denied", "cancelled")
    cells = []
    for column in columns:
        span = next((s for s in spans if s.article in column.articles), None)
        if span is None:
            cells.append(Cell("–", "silent"))
        else:
            cells.append(
                Cell("X", "denied", "", look.quote(span), span)
                if denied
                else Cell("S", "tells it", "", look.quote(span), span)
            )
    return Row(record.id, line.layer, _claim_label(line), line.marks, cells, line.date)


def _claim_label(line: Line) -> str:
    who = ", ".join(name for _, name in line.who)
    whom = ", ".join(name for _, name in line.whom)
    return f"{who} → {whom}" if whom else who


def _difference_row(look: Look, difference: Any, columns: Sequence[Column]) -> Row:
    cells = []
    for column in columns:
        found = [(side, s) for side in difference.sides for s in side.spans if s.article in column.articles]
        if found:
            side, span = found[0]
            letter, word = (
                ("X", "denies")
                if difference.kind == "denial" and side is difference.sides[-1]
                else ("D", "differs")
            )
            cells.append(Cell(letter, word, side.value, look.quote(span), span))
        else:
            cells.append(Cell("–", "silent"))
    marks = [
        ("type", difference.kind),
        (f"severity-{difference.severity}", difference.severity),
        ("state", difference.state),
    ]
    return Row(difference.id, "differences", difference.why, marks, cells)


def spreads(look: Look, differences: Sequence[Any]) -> list[tuple[Any, Any]]:
    """For each difference in a number: the figures as dots by day and origin."""
    drawn = []
    for difference in differences:
        if difference.kind == "number":
            points = [
                (side.value, look.head(s.article).day, look.origin_name(look.origin_of(s.article)), s.article)
                for side in difference.sides
                for s in side.spans
                if s.article in look.snap.heads
            ]
            drawn.append((difference, draw_spread(points)))
    return drawn


def _column_json(column: Column) -> dict[str, Any]:
    return {
        "origin": column.origin,
        "name": column.name,
        "outlets": column.outlets,
        "articles": list(column.articles),
    }


def _row_json(row: Row) -> dict[str, Any]:
    cells = [
        {
            "says": c.word,
            "letter": c.letter,
            "value": c.value,
            "words": c.quote.words if c.quote else "",
            "span": to_json(c.span) if c.span else None,
        }
        for c in row.cells
    ]
    return {"id": row.id, "layer": row.layer, "label": row.label, "cells": cells}


def _csv(grid: Grid) -> list[list[Any]]:
    return [
        [
            row.id,
            row.layer,
            row.label,
            column.name,
            cell.word,
            cell.value,
            cell.quote.words if cell.quote else "",
            *((cell.span.article, cell.span.start, cell.span.end) if cell.span else ("", "", "")),
        ]
        for row in grid.rows
        for column, cell in zip(grid.columns, row.cells, strict=True)
    ]


SCREENS = (
    Screen(
        "/accounts",
        show_index,
        PAGING,
        "Where accounts differ: stories, and events that several origins tell",
        "accounts",
    ),
    Screen(
        "/accounts/{id}", show_grid, (), "One event or story: a claim a row, an origin a column", "accounts"
    ),
)

__all__ = ["SCREENS", "Cell", "Column", "Grid", "Row", "Strip", "show_grid", "show_index"]
