"""Text → units: the smallest pieces that are kept or set aside whole, with their offsets.

A unit is one line of a page's text, or, where the page is hard-wrapped (every line broken at about the
same width), one block of lines. Spans are trimmed of whitespace; blank lines belong to no unit.
"""

from __future__ import annotations

import itertools
import re
from statistics import median
from typing import NamedTuple

_BULLET = re.compile(r"(?:[*•·▪◦‣+–—#>|-]|\d{1,2}[.)])\s")
# "RELATED: …", "ADVERTISEMENT: …" open a line of furniture.
_LABEL = re.compile(r"[A-Z]{4,}:\s")
_DIVIDER = re.compile(r"\s(?:--|[|»·•/–—])\s")
# Widths at which mail, wire and text dumps are wrapped; wider lines are paragraphs in their own right.
_WRAP_MIN, _WRAP_MAX = 45, 130


class Unit(NamedTuple):
    """A line or wrapped block: ``blanks`` blank lines stand before it, ``indent`` spaces within its line."""

    start: int
    end: int
    blanks: int
    indent: int
    lines: int = 1


def find_units(text: str) -> list[Unit]:
    """Cut a text into units in reading order; together they cover every non-space character."""
    lines = _lines(text)
    return _unwrap(text, lines) if _is_wrapped(text, lines) else lines


def _lines(text: str) -> list[Unit]:
    """The lines that hold words; a blank one is a line feed with nothing but space before it."""
    units: list[Unit] = []
    at = blanks = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            indent = len(line) - len(line.lstrip())
            units.append(Unit(at + indent, at + indent + len(body), blanks, indent))
            blanks = 0
        elif "\n" in line:
            blanks += 1
        at += len(line)
    return units


def _is_wrapped(text: str, lines: list[Unit]) -> bool:
    """Most lines followed directly by another are about as long as the longest, and end mid-sentence."""
    inner = [
        line for line, after in itertools.pairwise(lines)
        if after.blanks == 0 and not _BULLET.match(text, after.start)
    ]  # fmt: skip
    if len(inner) < 6:
        return False
    widths = sorted(line.end - line.start for line in inner)
    width = widths[int(len(widths) * 0.95)]
    if not _WRAP_MIN <= width <= _WRAP_MAX or median(widths) < 0.8 * width:
        return False
    longest = max(line.end - line.start for line in lines)
    open_ends = sum(text[line.end - 1] not in '.!?:"”’»…' for line in inner)
    return longest <= width * 1.25 and open_ends >= 0.6 * len(inner)


def _unwrap(text: str, lines: list[Unit]) -> list[Unit]:
    width = sorted(line.end - line.start for line in lines)[int(len(lines) * 0.95)]
    units: list[Unit] = []
    for line, before in zip(lines, [None, *lines], strict=False):
        if before is not None and units and _continues(text, before, line, width):
            last = units[-1]
            units[-1] = Unit(last.start, line.end, last.blanks, last.indent, last.lines + 1)
        else:
            units.append(line)
    return units


def _continues(text: str, before: Unit, line: Unit, width: int) -> bool:
    if line.blanks or _BULLET.match(text, line.start) or _LABEL.match(text, line.start):
        return False
    if line.indent >= before.indent + 2:
        return False
    first_word = len(text[line.start : line.end].split(None, 1)[0])
    # The next word would have fitted: the break was meant.
    fitted = before.end - before.start + 1 + first_word < 0.9 * width
    meant = text[before.end - 1] in '.!?”"' or not text[line.start].islower()
    return not (fitted and meant) and not _is_menu(text, before)


def _is_menu(text: str, line: Unit) -> bool:
    """True for "THE LEDGER -- Front page -- Farm -- Court": no sentence runs on from it."""
    return len(_DIVIDER.findall(text, line.start, line.end)) >= 3


def join_paragraphs(text: str, units: list[Unit], kept: list[bool]) -> list[tuple[int, int]]:
    """The kept units as paragraphs: a sentence cut by a stray blank line is made whole again."""
    paragraphs: list[tuple[int, int]] = []
    last_kept = False
    for unit, keep in zip(units, kept, strict=True):
        if keep and last_kept and _is_broken(text, paragraphs[-1], unit):
            paragraphs[-1] = (paragraphs[-1][0], unit.end)
        elif keep:
            paragraphs.append((unit.start, unit.end))
        last_kept = keep
    return paragraphs


def _is_broken(text: str, before: tuple[int, int], unit: Unit) -> bool:
    start, end = before
    if end - start < 40 or unit.end - unit.start < 20:
        return False
    return (text[end - 1].isalpha() or text[end - 1] == ",") and text[unit.start].islower()
