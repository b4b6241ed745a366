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
    taken: list[tuple[float, float, float, float]] = []
    ordered = sorted(nodes, key=lambda n: (-n.weight, n.id))
    sizes = {n.id: 5 + 11 * (n.weight / top) ** 0.5 for n in nodes}
    taken += [(at[i][0] - r, at[i][1] - r, at[i][0] + r, at[i][1] + r) for i, r in sizes.items()]
    for node in ordered:
        x, y = at[node.id]
        circle = mark("circle", "node", cx=x, cy=y, r=sizes[node.id])
        label = _label(node, x, y, sizes[node.id], taken)
        marks.append(
            group(circle, label, title=f"{node.name}: {node.weight} ties", href=f"/actors/{node.id}", css="n")
        )
    return picture(marks, width=WIDTH, height=HEIGHT, label="Network of actors", sources=sources)


def _label(
    node: Node, x: float, y: float, radius: float, taken: list[tuple[float, float, float, float]]
) -> Markup:
    """The name where it covers nothing: right, left, above or below; the last resort is right."""
    text = node.name if len(node.name) <= 26 else node.name[:25] + "…"
    wide = 6.8 * len(text)
    choices = (
        ("start", x + radius + 4, y + 4),
        ("end", x - radius - 4, y + 4),
        ("middle", x, y - radius - 5),
        ("middle", x, y + radius + 13),
    )
    for anchor, left, base in choices:
        start = left - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
        box = (start, base - 11, start + wide, base + 3)
        if start > 0 and start + wide < WIDTH and not any(_meet(box, other) for other in taken):
            break
    else:
        anchor, left, base = choices[0]
        box = (left, base - 11, left + wide, base + 3)
    taken.append(box)
    return mark("text", "name halo", text, x=left, y=base, text_anchor=anchor)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _edge(edge: Edge, at: dict[str, tuple[float, float]], names: dict[str, str]) -> Markup:
    (x1, y1), (x2, y2) = at[edge.a], at[edge.b]
    css = "edge-conflict" if edge.clash > edge.agree else "edge"
    days = f"{edge.first} – {edge.last}"
    title = f"{names[edge.a]} – {names[edge.b]}: {edge.agree} cooperation, {edge.clash} conflict; {days}"
    width = min(1 + 0.8 * (edge.agree + edge.clash), 7.0)
    return Markup(
        f'<line class="e {css}" {PAINT[css]} x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke-width="{width:.1f}" data-first="{escape(edge.first)}" data-last="{escape(edge.last)}">'
        f"<title>{escape(title)}</title></line>"
    )
