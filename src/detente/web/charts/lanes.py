"""The timeline's lanes as a still picture: dots, ranges with soft ends, hollow plans, demands as threads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from detente.web.charts.svg import group, mark, picture

WIDTH, LEFT, ROW, MOST_ROWS = 960.0, 110.0, 13.0, 12
_HOLLOW = frozenset(("planned", "hypothetical"))
_CROSSED = frozenset(("denied", "cancelled"))


def draw_lanes(
    lanes: Sequence[tuple[str, str]],
    items: Sequence[dict[str, Any]],
    threads: Sequence[dict[str, Any]],
    *,
    sources: str = "",
) -> Markup:
    """The picture; every mark links to its citations."""
    days = _range(items, threads)
    if not days:
        return Markup("")
    first, last = days
    scale = (WIDTH - LEFT - 16) / max((last - first).days + 1, 1)
    known = {lane for lane, _ in lanes}
    by_lane: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        by_lane[item["lane"] if item["lane"] in known else ""].append(item)
    marks: list[Markup] = []
    y = 22.0
    for lane, label in lanes:
        drawn, rows = (
            _threads(threads, first, scale, y) if lane == "Demands" else _lane(by_lane[lane], first, scale, y)
        )
        height = max(rows, 1) * ROW + 12
        marks.append(mark("line", "axis", x1=4.0, x2=WIDTH - 4, y1=y - 4, y2=y - 4))
        marks.append(mark("text", "name", label[:18], x=4.0, y=y + 10))
        marks += drawn
        y += height
    return picture(
        [*_days(first, last, scale, y), *marks],
        width=WIDTH,
        height=y + 4,
        label="Timeline in lanes",
        sources=sources,
    )


def _range(
    items: Sequence[dict[str, Any]], threads: Sequence[dict[str, Any]]
) -> tuple[dt.date, dt.date] | None:
    """From the first to the last day, far outliers (histories) left to the list."""
    days = sorted([i["from"] for i in items] + [p["day"] for t in threads for p in t["points"]])
    if not days:
        return None
    low, high = days[len(days) // 20], days[-1 - len(days) // 20]
    spread = max((dt.date.fromisoformat(high) - dt.date.fromisoformat(low)).days, 7)
    near = [
        d for d in days if abs((dt.date.fromisoformat(d) - dt.date.fromisoformat(low)).days) <= 3 * spread
    ]
    return dt.date.fromisoformat(near[0]), dt.date.fromisoformat(near[-1])


def _x(day: str, first: dt.date, scale: float) -> float:
    return LEFT + (dt.date.fromisoformat(day) - first).days * scale + scale / 2


def _lane(items: list[dict[str, Any]], first: dt.date, scale: float, y: float) -> tuple[list[Markup], int]:
    """The marks of a lane, stacked where they would touch."""
    ends: list[float] = []
    marks: list[Markup] = []
    for item in items:
        x = _x(item["from"], first, scale)
        to = max(_x(item["to"] or item["from"], first, scale), x)
        if to < LEFT or x > WIDTH:
            continue
        x, to = max(x, LEFT), min(to, WIDTH - 8)
        row = next((n for n, end in enumerate(ends) if end < x - 12), len(ends))
        if row >= MOST_ROWS:
            row = min(range(len(ends)), key=ends.__getitem__)
        if row == len(ends):
            ends.append(to)
        ends[row] = max(ends[row], to)
        marks.append(_item(item, x, to, y + row * ROW + 6))
    return marks, len(ends)


def _item(item: dict[str, Any], x: float, to: float, y: float) -> Markup:
    css = "ring" if item["status"] in _HOLLOW else "deny" if item["status"] in _CROSSED else "dot"
    radius = 3.4 + min(item["origins"] - 1, 4) * 0.7
    shapes = []
    if to - x > 3:
        shapes.append(
            mark("rect", "soft" if item["soft"] else css, x=x, y=y - 2.5, width=to - x, height=5.0, rx=2.5)
        )
    if item["soft"]:
        shapes.append(mark("circle", "soft", cx=x, cy=y, r=radius + 2.2))
    shapes.append(mark("circle", css, cx=x, cy=y, r=radius))
    became = item.get("became", "")
    if item.get("open"):  # some day, not told which
        shapes.append(mark("rect", "soft", x=x + radius, y=y - 1, width=14.0, height=2.0, rx=1.0))
    if became == "happened":
        shapes.append(mark("circle", "dot", cx=x, cy=y, r=radius / 2.4))
    elif became == "moved":
        shapes.append(mark("path", "thread", d=f"M{x - 2:.1f} {y:.1f}h4m-2 -2l2 2l-2 2"))
    if css == "deny" or became == "cancelled":
        shapes.append(mark("line", "deny", x1=x - 3, x2=x + 3, y1=y - 3, y2=y + 3))
    day = item["from"] if item["to"] in ("", item["from"]) else f"{item['from']} – {item['to']}"
    day = f"after {day}" if item.get("open") else day
    status = item["status"] + (f" → {item['told']}" if item.get("told") else "")
    basis = " (day of publication)" if item["basis"] == "published" else ""
    told = f"{item['reports']} reports, {item['origins']} origins"
    title = f"{day}{basis}: {item['label']} · {item['kind']}, {status} · {told}"
    return group(*shapes, title=title, href=f"/cite/{item['id']}")


def _threads(
    threads: Sequence[dict[str, Any]], first: dt.date, scale: float, y: float
) -> tuple[list[Markup], int]:
    marks: list[Markup] = []
    for row, thread in enumerate(threads):
        at = y + row * ROW + 6
        points = [(max(_x(p["day"], first, scale), LEFT), p) for p in thread["points"]]
        marks.append(mark("line", "thread", x1=points[0][0], x2=max(x for x, _ in points) + 1, y1=at, y2=at))
        for x, point in points:
            css = (
                "deny"
                if point["stance"] in ("rejects", "refuses", "denies")
                else "ring"
                if point["stance"] in ("accepts", "supports", "open")
                else "dot"
            )
            marks.append(
                group(
                    mark("circle", css, cx=x, cy=at, r=3.4),
                    title=f"{thread['label']}: {point['who']} {point['stance']}, {point['day']}",
                    href=f"/cite/{point['id']}",
                )
            )
    return marks, len(threads)


def _days(first: dt.date, last: dt.date, scale: float, bottom: float) -> list[Markup]:
    """Lines and names of the days, as many as fit."""
    gap = max(1, round(64 / scale + 0.4))
    marks = []
    for n in range(0, (last - first).days + 1, gap):
        day, x = first + dt.timedelta(n), LEFT + n * scale
        text = f"{day.day} {day:%b}" if scale * 400 > 900 else f"{day:%b %Y}"
        marks.append(mark("line", "axis", x1=x, x2=x, y1=16.0, y2=bottom))
        marks.append(mark("text", "label", text, x=x + 3, y=12.0))
    return marks
