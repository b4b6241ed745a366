"""Attention by day of publication: reports and origins side by side, turning points marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.web.charts.svg import group, mark, picture

WIDTH, HEIGHT, LEFT, BASE = 720.0, 132.0, 30.0, 108.0
MOST_BARS = 62  # days; beyond, lines


@dataclass(frozen=True, slots=True)
class Day:
    """What one day of publication brought."""

    day: str
    reports: int
    origins: int
    turn: str = ""  # what turned on that day, where it is a turning point


def fill_days(days: Sequence[Day]) -> list[Day]:
    """Days without a report stand in the chart too, as gaps."""
    if not days:
        return []
    known = {d.day: d for d in days}
    first, last = dt.date.fromisoformat(days[0].day), dt.date.fromisoformat(days[-1].day)
    span = min((last - first).days, 3_660)
    every = [(first + dt.timedelta(n)).isoformat() for n in range(span + 1)]
    return [known.get(day, Day(day, 0, 0)) for day in every]


def draw_attention(days: Sequence[Day], *, link: Callable[[str], str], sources: str = "") -> Markup:
    """The chart; every day links to its rows."""
    every = fill_days(days)
    if not every:
        return Markup("")
    top = max(max(d.reports for d in every), 1)
    step = (WIDTH - LEFT - 8) / len(every)
    marks = [
        *_axis(top),
        *(_days(every, top, step, link) if len(every) <= MOST_BARS else _lines(every, top, step)),
    ]
    marks += _labels(every, step) + _turns(every, top, step, link)
    return picture(
        marks, width=WIDTH, height=HEIGHT, label="Reports and origins by day of publication", sources=sources
    )


def _y(value: float, top: int) -> float:
    return BASE - (BASE - 18) * value / top


def _axis(top: int) -> list[Markup]:
    marks = []
    for value in sorted({0, top // 2, top}):
        y = _y(value, top)
        marks.append(mark("line", "axis", x1=LEFT, x2=WIDTH - 6, y1=y, y2=y))
        marks.append(mark("text", "label", str(value), x=LEFT - 5, y=y + 4, text_anchor="end"))
    return marks


def _days(every: list[Day], top: int, step: float, link: Callable[[str], str]) -> list[Markup]:
    width = min(34.0, step * 0.76)
    marks = []
    for i, day in enumerate(every):
        x = LEFT + step * i + (step - width) / 2
        if not day.reports:
            continue
        bars = [
            mark(
                "rect",
                css,
                x=x + inset,
                y=_y(n, top),
                width=width - 2 * inset,
                height=BASE - _y(n, top),
                rx=1.5,
            )
            for css, n, inset in (("reports", day.reports, 0.0), ("origins", day.origins, width * 0.2))
        ]
        marks.append(
            group(*bars, title=f"{day.day}: {day.reports} reports, {day.origins} origins", href=link(day.day))
        )
    return marks


def _lines(every: list[Day], top: int, step: float) -> list[Markup]:
    paths = []
    for css, name in (("line-reports", "reports"), ("line-origins", "origins")):
        points = [
            f"{LEFT + step * (i + 0.5):.1f},{_y(getattr(d, name), top):.1f}" for i, d in enumerate(every)
        ]
        paths.append(mark("polyline", css, points=" ".join(points)))
    return paths


def _labels(every: list[Day], step: float) -> list[Markup]:
    gap = max(1, round(54 / step + 0.4))
    marks = []
    for i in range(0, len(every), gap):
        day = dt.date.fromisoformat(every[i].day)
        text = f"{day.day} {day:%b}" if len(every) < 400 else f"{day:%b %Y}"
        marks.append(
            mark("text", "label", text, x=LEFT + step * (i + 0.5), y=BASE + 15, text_anchor="middle")
        )
    return marks


def _turns(every: list[Day], top: int, step: float, link: Callable[[str], str]) -> list[Markup]:
    marks = []
    for i, day in enumerate(every):
        if day.turn:
            x, y = LEFT + step * (i + 0.5), _y(day.reports, top) - 5
            points = f"{x - 4.5:.1f},{y - 8:.1f} {x + 4.5:.1f},{y - 8:.1f} {x:.1f},{y:.1f}"
            marks.append(
                group(
                    mark("polygon", "turn", points=points), title=f"{day.day}: {day.turn}", href=link(day.day)
                )
            )
    return marks
