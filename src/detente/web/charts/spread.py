"""A figure's spread over time: each value that an origin gives, as a dot on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from detente.web.charts.svg import group, mark, picture

WIDTH, LEFT, ROW = 560.0, 150.0, 24.0


def draw_spread(points: Sequence[tuple[str, str, str, str]], *, sources: str = "") -> Markup:
    """Dots for (value, day, origin, article); a row a value, the greatest on top; undated ones apart."""
    values = sorted({p[0] for p in points}, key=lambda v: (-_number(v), v))
    days = sorted({p[1] for p in points if p[1]})
    if not values:
        return Markup("")
    step = (WIDTH - LEFT - 60) / max(len(days), 1)
    marks: list[Markup] = []
    for row, value in enumerate(values):
        y = 14.0 + row * ROW
        marks.append(mark("line", "axis", x1=LEFT, x2=WIDTH - 4, y1=y, y2=y))
        marks.append(mark("text", "name", value[:24], x=LEFT - 10, y=y + 4, text_anchor="end"))
        marks += [_dot(p, days, step, y, n) for n, p in enumerate(q for q in points if q[0] == value)]
    bottom = 14.0 + len(values) * ROW
    for n, day in enumerate(days):
        marks.append(
            mark("text", "label", day[5:], x=LEFT + step * (n + 0.5), y=bottom + 6, text_anchor="middle")
        )
    if any(not p[1] for p in points):
        marks.append(mark("text", "label", "undated", x=WIDTH - 30, y=bottom + 6, text_anchor="middle"))
    return picture(marks, width=WIDTH, height=bottom + 14, label="Values by day and origin", sources=sources)


def _dot(point: tuple[str, str, str, str], days: list[str], step: float, y: float, n: int) -> Markup:
    value, day, origin, article = point
    x = LEFT + step * (days.index(day) + 0.5) + (n % 3 - 1) * 9 if day else WIDTH - 30
    dot = mark("circle", "dot" if day else "soft", cx=x, cy=y, r=5.5)
    return group(dot, title=f"{value} – {origin}, {day or 'undated'}", href=f"/reader/{article}")


def _number(text: str) -> float:
    found = re.search(r"\d[\d,]*(\.\d+)?", text)
    return float(found[0].replace(",", "")) if found else 0.0
