"""Rows in the form that ``--format`` asks for: a table that fits, JSON, JSON Lines, CSV or Markdown.

Tables keep the columns that identify a row whole and give what is left of the line to the words, cut at
the end with "…". The width is the terminal's (COLUMNS), or 120 where there is none, so that the output
is the same in a pipe.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click

_GAP = 2
_LEAST_WORDS = 24
NO_TERMINAL_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header and its greatest width in a table (0: takes what is left).

    ``right`` aligns it right; ``ending`` keeps the end of what is too long (a path's file name).
    """

    name: str
    most: int = 0
    right: bool = False
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of output: its cells as shown, and the whole record for JSON."""

    cells: tuple[str, ...]
    data: dict[str, Any]


def show_rows(columns: Sequence[Column], rows: Iterable[Row], *, form: str) -> int:
    """Write rows to stdout in a form; how many."""
    if form == "jsonl":
        return _each(rows, lambda row: json.dumps(row.data, ensure_ascii=False))
    kept = list(rows)
    if form == "json":
        click.echo(json.dumps([row.data for row in kept], ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(columns, kept), nl=False)
    elif form == "md":
        click.echo(_markdown(columns, kept))
    elif kept:
        for line in table_lines(columns, [row.cells for row in kept], width=line_width()):
            click.echo(line)
    return len(kept)


def show_note(text: str) -> None:
    """A line for the person, on stderr."""
    click.echo(text, err=True)


def many(number: int, things: str) -> str:
    """A number of things: "1 event", "2,455 events"."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


def line_width() -> int:
    """How wide a line may be."""
    if not os.environ.get("COLUMNS") and not sys.stdout.isatty():
        return NO_TERMINAL_WIDTH
    import shutil

    return max(40, shutil.get_terminal_size((NO_TERMINAL_WIDTH, 24)).columns)


def table_lines(columns: Sequence[Column], cells: Sequence[Sequence[str]], *, width: int) -> list[str]:
    """A table in lines no longer than ``width`` (unless its narrowest form is wider)."""
    flat = [[one_line(cell) for cell in row] for row in cells]
    # Empty columns tell nothing: leave them out.
    keep = [i for i, column in enumerate(columns) if any(row[i] for row in flat) or column.most == 0]
    columns, flat = [columns[i] for i in keep], [[row[i] for i in keep] for row in flat]
    widths = _widths(columns, flat, width)
    lines = [
        _line([bold(c.name.ljust(w)) if c.name else " " * w for c, w in zip(columns, widths, strict=True)])
    ]
    for row in flat:
        lines.append(_line([_fit(cell, w, c) for cell, c, w in zip(row, columns, widths, strict=True)]))
    return lines


def bold(text: str) -> str:
    """Bold on a terminal; plain with NO_COLOR or in a pipe."""
    return click.style(text, bold=True) if coloured() else text


def dim(text: str) -> str:
    """Dim on a terminal; plain with NO_COLOR or in a pipe."""
    return click.style(text, dim=True) if coloured() else text


def coloured() -> bool:
    """True on a terminal whose user has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def one_line(text: str) -> str:
    """Text on one line, without control characters that a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) != "Cc")


def cut(text: str, width: int) -> str:
    """Text of at most ``width`` columns, with "…" where something is missing."""
    if display_width(text) <= width:
        return text
    out, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > width - 1:
            break
        out.append(char)
    return "".join(out).rstrip() + "…"


def display_width(text: str) -> int:
    """How many columns a terminal gives to the text."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    natural = [
        max([display_width(column.name), *(display_width(row[i]) for row in cells)], default=0)
        for i, column in enumerate(columns)
    ]
    widths = [min(n, c.most) if c.most else n for n, c in zip(natural, columns, strict=True)]
    widths = [max(w, display_width(c.name)) for w, c in zip(widths, columns, strict=True)]
    flexible = [i for i, column in enumerate(columns) if not column.most]
    room = width - _GAP * (len(columns) - 1) - sum(w for i, w in enumerate(widths) if i not in flexible)
    if flexible and sum(widths[i] for i in flexible) > room:
        share = max(room // len(flexible), _LEAST_WORDS)
        for i in flexible:
            widths[i] = min(natural[i], share) if len(flexible) > 1 else share
    return widths


def _fit(cell: str, width: int, column: Column) -> str:
    text = cut(cell[::-1], width)[::-1] if column.ending else cut(cell, width)
    pad = " " * (width - display_width(text))
    return pad + text if column.right else text + pad


def _line(cells: Sequence[str]) -> str:
    return (" " * _GAP).join(cells).rstrip()


def _each(rows: Iterable[Row], line_of: Any) -> int:
    count = 0
    for row in rows:
        click.echo(line_of(row))
        count += 1
    return count


def _csv(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name.lower() for column in columns])
    writer.writerows([[one_line(cell) for cell in row.cells] for row in rows])
    return out.getvalue()


def _markdown(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    head = "| " + " | ".join(column.name for column in columns) + " |"
    rule = "|" + "|".join(" ---: " if column.right else " --- " for column in columns) + "|"
    return "\n".join([head, rule, *("| " + " | ".join(map(_md_cell, row.cells)) + " |" for row in rows)])


def _md_cell(cell: str) -> str:
    return one_line(cell).replace("\\", "\\\\").replace("|", "\\|")
