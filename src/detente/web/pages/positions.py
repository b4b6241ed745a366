"""Positions: issue by party, with the words at each step; and the list behind every cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from detente.web.ask import Ask
from detente.web.lines import CSV_COLUMNS, Line, line_json, line_of, lines_of
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING, Page, Screen
from detente.web.pages.lists import all_rows, echo_of, facets

MOST_ISSUES, MOST_PARTIES, MOST_STEPS = 12, 7, 2
FOR, AGAINST = ("accepts", "supports", "offers", "open", "proposes"), ("rejects", "refuses", "denies")


@dataclass(frozen=True, slots=True)
class Square:
    """A party's stands on an issue: the first few in order, and how many there are."""

    steps: list[Line]
    total: int


@dataclass(frozen=True)
class Matrix:
    """Issues down, parties across."""

    parties: list[tuple[str, str]]
    rows: list[tuple[str, str, int, list[Square]]]
    issues: int
    all_parties: int


def show_positions(look: Look, ask: Ask) -> Page:
    """The matrix of the query, and its rows."""
    records, total, after = look.page("positions", ask)
    lines = lines_of(look, records, ask)
    grid = make_matrix(look, ask) if not ask.get("after") else None
    return Page(
        template="positions",
        title="Positions",
        echo=echo_of(look, ask, "positions"),
        data={"rows": [line_json(x) for x in lines], "matrix": _matrix_json(grid) if grid else None},
        view={"lines": lines, "matrix": grid, "facets": facets(look, ask, "positions")},
        columns=CSV_COLUMNS,
        rows=lambda: all_rows(look, ask, "positions"),
        total=total,
        after=after,
    )


def make_matrix(look: Look, ask: Ask) -> Matrix:
    """The issues and parties with the most positions; a square holds the ids in order of days."""
    key = tuple(sorted((k, v) for k, v in ask.values.items() if k not in ("limit",)))
    issues, parties, squares = look.snap.memo(("matrix", key), lambda: _tally(look, ask))
    top = [p for p, _ in parties.most_common() if _is_named(look, p)][:MOST_PARTIES]
    rows = []
    for issue, n in issues.most_common(MOST_ISSUES):
        cells = [_square(look, squares.get((issue, party), []), ask) for party in top]
        if any(c.total for c in cells):
            rows.append((issue, look.name(issue), n, cells))
    return Matrix([(p, look.name(p)) for p in top], rows, len(issues), len(parties))


def _is_named(look: Look, party: str) -> bool:
    """Parties that somebody can hold to it: an unnamed official is in the list below, not in the matrix."""
    return party in look.snap.actors and look.snap.actors[party].type != "unnamed"


def _tally(look: Look, ask: Ask) -> tuple[Counter[str], Counter[str], dict[tuple[str, str], list[str]]]:
    condition, values = look.view.condition("positions", look.where(ask))
    sql = (
        "SELECT r.id, json_extract(r.json, '$.issue'), l.target FROM records AS r JOIN links AS l "
        f"ON l.record = r.n AND l.field = 'parties' WHERE {condition} ORDER BY r.sort, r.id"
    )
    issues: Counter[str] = Counter()
    parties: Counter[str] = Counter()
    squares: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[str] = set()
    for identity, issue, party in look.view.select(sql, *values):
        if identity not in seen:
            issues[issue] += 1
            seen.add(identity)
        parties[party] += 1
        squares[issue, party].append(identity)
    return issues, parties, squares


def _square(look: Look, ids: list[str], ask: Ask) -> Square:
    return Square([line_of(look, look.get(i), ask) for i in ids[:MOST_STEPS]], len(ids))


def side_of(stance: str) -> str:
    """for, against or asks: how a stance is lettered and coloured."""
    return "for" if stance in FOR else "against" if stance in AGAINST else "asks"


def _matrix_json(grid: Matrix) -> dict[str, Any]:
    return {
        "parties": [{"id": i, "name": n} for i, n in grid.parties],
        "issues": [
            {"id": issue, "label": label, "count": n, "positions": [[s.id for s in c.steps] for c in cells]}
            for issue, label, n, cells in grid.rows
        ],
    }


SCREENS = (
    Screen(
        "/positions",
        show_positions,
        (*FILTERS, *PAGING),
        "Who wants what: issue by party, with the words",
        "positions",
    ),
)
