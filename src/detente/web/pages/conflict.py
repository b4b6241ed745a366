"""Conflict: the model beside its citations when there is one; else what it could be drafted from."""

from __future__ import annotations

from collections import Counter
from typing import Any

from detente.web.ask import Ask
from detente.web.lines import line_json, lines_of
from detente.web.look import Look
from detente.web.page import Page, Screen

MOST_PARTIES, MOST_EACH, MOST_LOOKED_AT = 4, 5, 120
ASKS, REFUSES = ("demands", "proposes", "offers"), ("rejects", "refuses", "conditions")


def show_conflict(look: Look, ask: Ask, *, model: str = "") -> Page:
    """The model's parties, options, states and ways out, or the material for a draft."""
    told = _analysis(model)
    parties = _parties(look, ask)
    return Page(
        template="conflict",
        title="Conflict",
        echo="What could happen" if told else "No model yet: what the record offers to draft one",
        data={
            "model": told,
            "parties": [
                {"id": i, "name": n, "positions": [line_json(x) for x in demands]}
                for i, n, demands, _ in parties
            ],
        },
        view={"told": told, "parties": parties, "picture": bool(told)},
        columns=("party", "name", "stance", "issue", "words"),
        rows=lambda: [[i, n, x.kind, x.note, x.words] for i, n, demands, _ in parties for x in demands],
    )


def _parties(look: Look, ask: Ask) -> list[tuple[str, str, list[Any], list[Any]]]:
    """The parties with the most positions, each with its demands and offers and with its refusals."""
    tally: Counter[str] = look.snap.memo(
        ("deciders", ask.get("asof"), ask.get("outlet")), lambda: _tally(look, ask)
    )
    parties = []
    for identity, _ in tally.most_common(MOST_PARTIES):
        where = look.where(ask, actors=(identity,))
        stands = list(look.view.layer("positions", where=where, limit=MOST_LOOKED_AT))
        asks = [p for p in stands if p.stance in ASKS][:MOST_EACH]
        refuses = [p for p in stands if p.stance in REFUSES][:MOST_EACH]
        parties.append(
            (identity, look.name(identity), lines_of(look, asks, ask), lines_of(look, refuses, ask))
        )
    return parties


def _tally(look: Look, ask: Ask) -> Counter[str]:
    """How many positions each named party holds."""
    condition, values = look.view.condition("positions", look.where(ask))
    sql = (
        "SELECT l.target, count(*) FROM records AS r JOIN links AS l ON l.record = r.n "
        f"AND l.field = 'parties' WHERE {condition} GROUP BY 1"
    )
    named = {i for i, a in look.snap.actors.items() if a.type != "unnamed"}
    return Counter({party: n for party, n in look.view.select(sql, *values) if party in named})


def _analysis(model: str) -> dict[str, Any] | None:
    """The analysis as plain data; None without a model or without the part that solves one."""
    if not model:
        return None
    from detente.web.model import tell_model

    return tell_model(model)


SCREENS = (
    Screen("/conflict", show_conflict, (), "Parties, options and what would have to change", "conflict"),
)
