"""A network as SVG: nodes with names, solid edges for cooperation, dashed red ones for conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from detente.web.charts.svg import PAINT, group, mark, picture

WIDTH, HEIGHT, PAD_X, PAD_Y = 900.0, 560.0, 90.0, 36.0


@dataclass(frozen=True, slots=True)
class Node:
    """An actor at a place of the unit square."""

    id: str
    name: str
    weight: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with its first and last day."""

    a: str
    b: str
    agree: int
    clash: int
    first: str
    last: str


def draw_graph(nodes: Sequence[Node], edges: Sequence[Edge], *, sources: str = "") -> Markup:
    """The picture; nodes link to their actor, edges carry their days for the time slider."""
    if not nodes:
        return Markup("")
    at = {n.id: (PAD_X + n.x * (WIDTH - 2 * PAD_X), PAD_Y + n.y * (HEIGHT - 2 * PAD_Y)) for n in nodes}
    names = {n.id: n.name for n in nodes}
    marks = [_edge(e, at, names) for e in edges]
    top = max(n.weight for n in nodes)
    for node in sorted(nodes, key=lambda n: n.weight):
        x, y = at[node.id]
        radius = 5 + 11 * (node.weight / top) ** 0.5
        circle = mark("circle", "node", cx=x, cy=y, r=radius)
        label = mark("text", "name halo", node.name[:24], x=x, y=y - radius - 5, text_anchor="middle")
        marks.append(group(circle, label, title=f"{node.name}: {node.weight} ties", href=f"/actors/{node.id}", css="n"))
    return picture(marks, width=WIDTH, height=HEIGHT, label="Network of actors", sources=sources)


def _edge(edge: Edge, at: dict[str, tuple[float, float]], names: dict[str, str]) -> Markup:
    (x1, y1), (x2, y2) = at[edge.a], at[edge.b]
    css = "edge-conflict" if edge.clash > edge.agree else "edge"
    title = f"{names[edge.a]} – {names[edge.b]}: {edge.agree} of cooperation, {edge.clash} of conflict; {edge.first} – {edge.last}"
    width = min(1 + 0.8 * (edge.agree + edge.clash), 7.0)
    return Markup(
        f'<line class="e {css}" {PAINT[css]} x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke-width="{width:.1f}" data-first="{escape(edge.first)}" data-last="{escape(edge.last)}"><title>{escape(title)}</title></line>'
    )
