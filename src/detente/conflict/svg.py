"""The few SVG pieces that the pictures are made of: text, boxes, arrows, a frame with its description.

Pictures stand alone (no fonts or styles fetched), say in ``<title>`` and ``<desc>`` what they show, and tell
parties apart by dash as well as by colour. Colours: Okabe & Ito's palette for colour-blind readers.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#444444", "#56B4E9", "#7A3E9D")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 2", "6 6")
INK, PALE, HELD, NOW = "#1b1b1b", "#ffffff", "#e4f3ec", "#fff3d6"
LINE = 15  # pixels a line of text of 12 pixels


def frame(width: float, height: float, *, title: str, about: str, body: Sequence[str]) -> str:
    """A whole picture with its accessible name and description."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="t d" '
            'font-family="sans-serif" font-size="12">',
            f'<title id="t">{escape(title)}</title>',
            f'<desc id="d">{escape(about)}</desc>',
            f'<rect width="100%" height="100%" fill="{PALE}"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 12,
    bold: bool = False,
    anchor: str = "start",
    fill: str = INK,
) -> str:
    """One line of text."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(words)}</text>"
    )


def wrapped(words: str, columns: int) -> list[str]:
    """Words in lines of at most so many characters."""
    return textwrap.wrap(words, columns) or [""]


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    lines: Sequence[str],
    *,
    fill: str = PALE,
    tip: str = "",
    strong: bool = False,
) -> str:
    """A rounded box of lines, the first bold; ``tip`` is shown on pointing and read aloud."""
    stroke = 2.5 if strong else 1.2
    shown = [
        f'<g role="group" aria-label="{escape(tip or " ".join(lines))}">',
        f"<title>{escape(tip or ' '.join(lines))}</title>",
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="{fill}" '
        f'stroke="{INK}" stroke-width="{stroke}"/>',
    ]
    for number, line in enumerate(lines):
        shown.append(text(x + 8, y + 17 + number * LINE, line, bold=number == 0))
    return "\n".join([*shown, "</g>"])


def arrow(x1: float, y1: float, x2: float, y2: float, *, party: int, tip: str, bend: float = 0) -> str:
    """An arrow in a party's colour and dash."""
    colour, dash = COLOURS[party % len(COLOURS)], DASHES[party % len(DASHES)]
    length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    mx, my = (x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend
    # The head points along the last part of the curve.
    hx, hy = x2 - mx, y2 - my
    norm = max(1.0, (hx * hx + hy * hy) ** 0.5)
    ux, uy = hx / norm, hy / norm
    left = f"{x2 - 9 * ux - 4 * uy:.1f},{y2 - 9 * uy + 4 * ux:.1f}"
    right = f"{x2 - 9 * ux + 4 * uy:.1f},{y2 - 9 * uy - 4 * ux:.1f}"
    head = f"{x2:.1f},{y2:.1f} {left} {right}"
    return (
        f"<g><title>{escape(tip)}</title>"
        f'<path d="M{x1:.1f},{y1:.1f} Q{mx:.1f},{my:.1f} {x2:.1f},{y2:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="1.8" stroke-dasharray="{dash}"/><polygon points="{head}" fill="{colour}"/></g>'
    )


def legend(x: float, y: float, parties: Sequence[str]) -> list[str]:
    """Which line is whose."""
    shown, place = [], x
    for number, name in enumerate(parties):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        shown.append(
            f'<line x1="{place:.1f}" y1="{y - 4:.1f}" x2="{place + 34:.1f}" y2="{y - 4:.1f}" '
            f'stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>'
        )
        shown.append(text(place + 40, y, name))
        place += 60 + 7.2 * len(name)
    return shown
