"""A map of places over the outline of the land. No borders are drawn: in a dispute they would take a side.

Plate carrée (longitude and latitude as they are); the frame closes in on the places, with some room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup

from detente.web.charts.svg import group, mark, picture

WIDTH, LEAST = 900.0, 50.0  # degrees: the closest frame


@dataclass(frozen=True, slots=True)
class Dot:
    """A place with how many records name it."""

    name: str
    latitude: float
    longitude: float
    count: int
    first: str


@cache
def land() -> str:
    """The outline of the land as a path, in degrees east and south (Natural Earth 1:110m, public domain)."""
    return resources.files("detente.web").joinpath("data/land.path").read_text(encoding="utf-8").strip()


def draw_world(dots: Sequence[Dot], *, sources: str = "") -> Markup:
    """The map; every dot links to the records that name the place."""
    if not dots:
        return Markup("")
    left, top, wide, high = frame(dots)
    scale = WIDTH / wide
    height = high * scale
    placed = Markup(
        f'<g transform="scale({scale:.3f}) translate({-left:.2f} {-top:.2f})">'
        f'<path class="land" fill="#e6e1d4" d="{land()}"/></g>'
    )
    marks = [mark("rect", "sea", x=0.0, y=0.0, width=WIDTH, height=height), placed]
    for dot in sorted(dots, key=lambda d: -d.count):
        x, y = (dot.longitude - left) * scale, (-dot.latitude - top) * scale
        radius = min(4 + 2.2 * dot.count**0.5, 18.0)
        circle = mark("circle", "dot see", cx=x, cy=y, r=radius)
        anchor = "end" if x > WIDTH - 120 else "start"
        label = mark(
            "text",
            "name halo",
            f"{dot.name} {dot.count}",
            x=x + (radius + 4) * (-1 if anchor == "end" else 1),
            y=y + 4,
            text_anchor=anchor,
        )
        marks.append(
            group(circle, label, title=f"{dot.name}: {dot.count} records", href=f"#place-{dot.first}")
        )
    clip = Markup('<svg x="0" y="0" width="{}" height="{}" overflow="hidden">{}</svg>').format(
        int(WIDTH), int(height), Markup("").join(marks)
    )
    return picture([clip], width=WIDTH, height=float(int(height)), label="Map of places", sources=sources)


def frame(dots: Sequence[Dot]) -> tuple[float, float, float, float]:
    """Left, top (south positive), width and height in degrees, twice as wide as high, around all places."""
    east, south = [d.longitude for d in dots], [-d.latitude for d in dots]
    wide = max(max(east) - min(east), 2 * (max(south) - min(south)), LEAST) * 1.25
    wide = min(wide, 360.0)
    high = wide / 2
    left = min(max((max(east) + min(east) - wide) / 2, -180.0), 180.0 - wide)
    top = min(max((max(south) + min(south) - high) / 2, -90.0), 90.0 - high)
    return left, top, wide, high
