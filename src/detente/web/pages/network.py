"""Network: who deals with whom, in cooperation and in conflict, over time."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from detente.web.ask import Ask
from detente.web.charts.graph import Edge, Node, draw_graph
from detente.web.look import Look
from detente.web.page import FILTERS, Page, Screen
from detente.web.pages.lists import echo_of

MOST_NODES = 24
CONFLICT = frozenset(
    ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
)


@dataclass
class Tie:
    """Two actors and what stands between them."""

    a: str
    b: str
    agree: int = 0
    clash: int = 0
    first: str = ""
    last: str = ""


def show_network(look: Look, ask: Ask) -> Page:
    """The actors with the most ties, and every tie as a row."""
    ties = ties_of(look, ask)
    nodes, edges = graph_of(look, ties)
    return Page(
        template="network",
        title="Network",
        echo=echo_of(look, ask, "events and meetings")
        + f": {len(nodes)} of {len({x for t in ties for x in (t.a, t.b)})} actors drawn",
        data={
            "nodes": [{"id": n.id, "name": n.name, "ties": n.weight} for n in nodes],
            "ties": [_json(look, t) for t in ties],
        },
        view={
            "picture": draw_graph(nodes, edges),
            "ties": [(t, look.name(t.a), look.name(t.b)) for t in ties[:40]],
            "days": _days(ties),
            "all": len(ties),
        },
        columns=("a", "b", "a_name", "b_name", "cooperation", "conflict", "first", "last"),
        rows=lambda: [
            [t.a, t.b, look.name(t.a), look.name(t.b), t.agree, t.clash, t.first, t.last] for t in ties
        ],
        total=len(ties),
    )


def _json(look: Look, tie: Tie) -> dict[str, Any]:
    return {
        "a": tie.a,
        "b": tie.b,
        "names": [look.name(tie.a), look.name(tie.b)],
        "cooperation": tie.agree,
        "conflict": tie.clash,
        "first": tie.first,
        "last": tie.last,
    }


def _days(ties: list[Tie]) -> tuple[str, str]:
    days = sorted(d for t in ties for d in (t.first, t.last) if d)
    return (days[0], days[-1]) if days else ("", "")


def ties_of(look: Look, ask: Ask) -> list[Tie]:
    """Pairs of actors that stand in one event or meeting, the most frequent first."""
    key = tuple(sorted(ask.values.items()))
    return look.snap.memo(("ties", key), lambda: _ties(look, ask))


def _ties(look: Look, ask: Ask) -> list[Tie]:
    found: dict[tuple[str, str], Tie] = {}
    for layer, ends in (
        ("events", ("sources", "recipients")),
        ("meetings", ("participants", "participants")),
    ):
        condition, values = look.view.condition(layer, look.where(ask))
        sql = (
            "SELECT DISTINCT r.n, r.kind, r.first_day, a.target, b.target FROM records AS r "
            f"JOIN links AS a ON a.record = r.n AND a.field = '{ends[0]}' JOIN links AS b ON b.record = r.n "
            f"AND b.field = '{ends[1]}' WHERE {condition} AND a.target <> b.target LIMIT 200000"
        )
        for _, kind, day, a, b in look.view.select(sql, *values):
            pair = (a, b) if a < b else (b, a)
            if layer == "meetings" and pair != (a, b):
                continue
            if a in look.snap.actors and b in look.snap.actors:
                _add(found.setdefault(pair, Tie(*pair)), kind, day or "")
    return sorted(found.values(), key=lambda t: (-(t.agree + t.clash), t.a, t.b))


def _add(tie: Tie, kind: str, day: str) -> None:
    if kind in CONFLICT:
        tie.clash += 1
    else:
        tie.agree += 1
    if day:
        tie.first = min(filter(None, (tie.first, day)))
        tie.last = max(tie.last, day)


def graph_of(look: Look, ties: list[Tie]) -> tuple[list[Node], list[Edge]]:
    """The busiest actors and the ties between them, laid out the same way every time."""
    busy: Counter[str] = Counter()
    for tie in ties:
        busy.update({tie.a: tie.agree + tie.clash, tie.b: tie.agree + tie.clash})
    chosen = [i for i, _ in sorted(busy.items(), key=lambda x: (-x[1], x[0]))[:MOST_NODES]]
    kept = [t for t in ties if t.a in chosen and t.b in chosen]
    tied = {i for t in kept for i in (t.a, t.b)}
    chosen = [i for i in chosen if i in tied]
    places = lay_out(chosen, {(t.a, t.b): float(t.agree + t.clash) for t in kept})
    nodes = [Node(i, look.name(i), busy[i], *places[i]) for i in chosen]
    edges = [Edge(t.a, t.b, t.agree, t.clash, t.first, t.last) for t in kept]
    return nodes, edges


def lay_out(
    ids: list[str], weights: dict[tuple[str, str], float], *, rounds: int = 90
) -> dict[str, tuple[float, float]]:
    """Places in the unit square by forces (Fruchterman and Reingold 1991), from a fixed spiral: no chance.

    Everything is drawn to the middle as well, so that parts without a tie between them stay on the page.
    """
    places = {
        i: (1.1 * math.sqrt(n + 1) * math.cos(2.399963 * n), math.sqrt(n + 1) * math.sin(2.399963 * n))
        for n, i in enumerate(ids)
    }
    for turn in range(rounds):
        forces: dict[str, list[float]] = {i: [-0.55 * x, -0.9 * y] for i, (x, y) in places.items()}
        for n, a in enumerate(ids):
            for b in ids[n + 1 :]:
                _push(places, forces, a, b, weights.get((a, b), weights.get((b, a), 0.0)))
        step = 0.6 * (1 - turn / rounds)
        for i in ids:
            x, y = forces[i]
            size = math.hypot(x, y) or 1.0
            places[i] = (places[i][0] + x / size * min(size, step), places[i][1] + y / size * min(size, step))
    return _unit(places)


IDEAL = 1.5  # the distance at which the forces of a tie are even


def _push(
    places: dict[str, tuple[float, float]], forces: dict[str, list[float]], a: str, b: str, weight: float
) -> None:
    dx, dy = places[a][0] - places[b][0], places[a][1] - places[b][1]
    distance = max(math.hypot(dx, dy), 0.05)
    pull = distance * distance / IDEAL * min(0.7, 0.3 + 0.08 * weight) if weight else 0.0
    force = IDEAL * IDEAL / distance - pull
    for i, sign in ((a, 1.0), (b, -1.0)):
        forces[i][0] += sign * dx / distance * force
        forces[i][1] += sign * dy / distance * force


def _unit(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    if not places:
        return {}
    xs, ys = [p[0] for p in places.values()], [p[1] for p in places.values()]
    wide, high = max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.01)
    return {i: ((x - min(xs)) / wide, (y - min(ys)) / high) for i, (x, y) in places.items()}


def network_chart(look: Look, ask: Ask) -> str:
    """The picture as a file, with its sources under it."""
    nodes, edges = graph_of(look, ties_of(look, ask))
    return str(
        draw_graph(nodes, edges, sources=f"{look.title} · {echo_of(look, ask, 'events and meetings')}")
    )


SCREENS = (Screen("/network", show_network, FILTERS, "Who deals with whom", "network", charts=("network",)),)
CHARTS = {"/network": network_chart}
