"""Differences: where independent accounts do not agree, side by side, the gravest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from detente.record import Count, to_json
from detente.report.view import Quote
from detente.web.ask import Ask
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING, Page, Screen
from detente.web.pages.cite import one_an_article
from detente.web.pages.lists import echo_of, facets

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One side: its value, whose it is, how widely told, and the words."""

    value: str
    origins: list[tuple[str, str]]
    count: Count
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody decided about a record (read here without loading the comparison)."""

    kind: str
    who: str


def show_differences(look: Look, ask: Ask) -> Page:
    """One page of differences."""
    records, total, after = look.page("differences", ask)
    return Page(
        template="differences",
        title="Differences",
        echo=echo_of(look, ask, "differences"),
        data={"rows": [to_json(d) for d in records]},
        view={
            "rows": [(d, sides_of(look, d)) for d in records],
            "facets": facets(look, ask, "differences"),
            "judged": judged(look),
        },
        columns=(
            "id",
            "kind",
            "severity",
            "state",
            "why",
            "side",
            "value",
            "origins",
            "words",
            "article",
            "start",
            "end",
        ),
        rows=lambda: [
            row for d in look.view.layer("differences", where=look.where(ask)) for row in _rows(look, d)
        ],
        total=total,
        after=after,
    )


def sides_of(look: Look, difference: Any) -> list[ShownSide]:
    """The sides of a difference with their words."""
    return [
        ShownSide(
            side.value,
            [(o, look.origin_name(o)) for o in side.origins],
            look.count_of(side.spans),
            [look.quote(s) for s in one_an_article(side.spans)[:MOST_QUOTES]],
        )
        for side in difference.sides
    ]


def judged(look: Look) -> dict[str, Judged]:
    """The latest judgement on each record."""
    found: dict[str, Judged] = {}
    for kind, about, who in look.view.select("SELECT kind, about, who FROM judgements ORDER BY time, id"):
        found.update(dict.fromkeys(json.loads(about), Judged(kind, who)))
    return found


def _rows(look: Look, difference: Any) -> list[list[Any]]:
    rows = []
    for n, side in enumerate(difference.sides):
        span = side.spans[0] if side.spans else None
        rows.append(
            [
                difference.id,
                difference.kind,
                difference.severity,
                difference.state,
                difference.why,
                n + 1,
                side.value,
                "; ".join(look.origin_name(o) for o in side.origins),
                look.words(span),
                *((span.article, span.start, span.end) if span else ("", "", "")),
            ]
        )
    return rows


SCREENS = (
    Screen(
        "/differences",
        show_differences,
        (*FILTERS, *PAGING),
        "Where independent accounts do not agree",
        "differences",
    ),
)
