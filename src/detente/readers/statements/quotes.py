"""Quotations: where they open and close, in any marks, over paragraphs, inside one another.

Marks handled: “ ” „ ‟ « » " ＂ '' `` and, where they cannot be an apostrophe, ‘ ’ ‚ ' ‹ ›.
A quotation left open at the end of a paragraph goes on when the next paragraph opens with a mark
again (the printers' rule); else it is ``odd`` and ends with its paragraph. A closing mark that
nothing opened makes an odd quotation from the paragraph's start. Odd quotations never lose anything
but themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

_MARK = re.compile(r"``|''|[\"“”„‟«»＂‘’‚'‹›]")
_OPENS = {"“", "„", "«", "``", "‹", "‘", "‚", "‟"}
_CLOSES = {"”", "»", "›", "’"}
_SINGLE = {"‘", "’", "‚", "'", "‹", "›"}
MARKS = frozenset({"``", "''", *"\"“”„‟«»＂‘’‚'‹›"})


@dataclass(slots=True)
class Quote:
    """One quotation within one paragraph.

    ``start`` and ``end`` are article-wide tokens **inside** the marks; ``outer_start`` and
    ``outer_end`` take the marks in. ``next`` is the quotation that carries it on in the next paragraph.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    single: bool
    odd: bool = False
    next: int = -1
    previous: int = -1


@dataclass(slots=True)
class _Open:
    offset: int
    length: int
    single: bool
    low: bool


def find_quotes(view: View) -> list[Quote]:
    """Find the quotations of an article and mark their tokens in ``view.quote``."""
    quotes: list[Quote] = []
    pending = -1
    for number, paragraph in enumerate(view.paragraphs):
        text = paragraph.text
        begin, stop = view.paragraph_range(number)
        raw, opened = _scan(text, pending >= 0)
        first = len(quotes)
        for start, end, start_out, end_out, depth, single, odd in raw:
            quote = _to_tokens(view, begin, stop, (start, end, start_out, end_out), depth, single, odd)
            if quote.start < quote.end:
                quotes.append(quote)
        quotes[first:] = sorted(quotes[first:], key=lambda q: (q.outer_start, -q.outer_end))
        pending = _join(quotes, first, pending, begin, opened)
    _keep(quotes, lambda q: not (q.odd and q.single) and not _is_title(view, q))
    for index, quote in enumerate(quotes):
        for i in range(quote.start, quote.end):
            inner = view.quote[i]
            if inner < 0 or quotes[inner].depth <= quote.depth:
                view.quote[i] = index
    return quotes


def _join(quotes: list[Quote], first: int, pending: int, begin: int, opened: bool) -> int:
    """Tie a quotation to the one it carries on; return the quotation still open, or -1."""
    if pending >= 0 and len(quotes) > first and quotes[first].outer_start == begin:
        quotes[pending].next, quotes[first].previous = first, pending
        quotes[pending].odd = False
    if not opened:
        return -1
    return next((i for i in range(len(quotes) - 1, first - 1, -1) if quotes[i].odd), -1)


def _keep(quotes: list[Quote], wanted: Callable[[Quote], bool]) -> None:
    """Drop quotations that are none: a single mark that never closes is an apostrophe, a title no speech."""
    keep = [q for q in quotes if wanted(q)]
    if len(keep) == len(quotes):
        return
    place = {id(q): i for i, q in enumerate(keep)}
    for quote in keep:
        quote.next = place.get(id(quotes[quote.next]), -1) if quote.next >= 0 else -1
        quote.previous = place.get(id(quotes[quote.previous]), -1) if quote.previous >= 0 else -1
    quotes[:] = keep


_SMALL = {"of", "the", "a", "an", "with", "and", "in", "on", "for", "to", "at"}
_LONGEST_TITLE = 8


def _is_title(view: View, quote: Quote) -> bool:
    """The name of a broadcast: a few capitalised words behind its station or "programme"."""
    words = [i for i in range(quote.start, quote.end) if view.text[i][:1].isalpha()]
    capital = sum(1 for i in words if view.text[i][:1].isupper())
    small = sum(1 for i in words if view.low[i] in _SMALL and not view.text[i][:1].isupper())
    if quote.odd or not 0 < len(words) <= _LONGEST_TITLE or capital < 2 or capital + small < len(words):
        return False
    before = quote.outer_start - 1
    if before > 0 and view.text[before] in ("'s", "’s"):
        before -= 1
    return before >= 0 and (
        view.low[before] in forms().media_names or view.lemma[before] in forms().broadcasts
    )


Raw = tuple[int, int, int, int, int, bool, bool]


def _scan(text: str, continued: bool) -> tuple[list[Raw], bool]:
    """The quotations of one paragraph by character offsets, and whether a double one stays open."""
    stack: list[_Open] = []
    found: list[Raw] = []
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        single = mark in _SINGLE
        if single and _apostrophe(text, at, stack):
            continue
        if _is_opening(text, mark, at, match.end(), stack):
            stack.append(_Open(at, len(mark), single, mark in ("„", "‚")))
            continue
        matching = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].single == single), -1)
        if matching >= 0:
            opening = stack[matching]
            del stack[matching:]
            depth = len(stack)
            inner = opening.offset + opening.length
            found.append((inner, at, opening.offset, match.end(), depth, single, False))
        elif not single and not any(f[4] == 0 for f in found):
            # Nothing opened it: the words from the paragraph's start, for want of better.
            found.append((0, at, 0, match.end(), 0, single, not continued))
    opened = False
    for depth, opening in enumerate(stack):
        inner = opening.offset + opening.length
        if not opening.single:
            opened = True
        found.append((inner, len(text), opening.offset, len(text), depth, opening.single, True))
    return found, opened


def _apostrophe(text: str, at: int, stack: list[_Open]) -> bool:
    """True for a single mark inside a word, or after one with nothing open, or before a decade ('90s)."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "‘‚‹›":
        return after.isspace()
    if before.isalnum() and after.isalnum():
        return True
    is_open = any(o.single for o in stack)
    if before.isspace() or before in '(“"—–[-':
        return after.isdigit() or after.isspace() or text[at] == "’"
    return not is_open


def _is_opening(text: str, mark: str, at: int, end: int, stack: list[_Open]) -> bool:
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    if mark in _CLOSES:
        # Some wires print ” and » on both sides.
        alone = not any(o.single == (mark in _SINGLE) for o in stack)
        return alone and (before.isspace() or before in "(—–") and after.isalnum()
    if mark in _OPENS:
        if stack and stack[-1].low and mark in ("“", "‘"):
            return False  # „…“ and ‚…‘: the mark that opens in English closes here
        return not (after.isspace() and before.isalnum())
    if before.isspace() or before in "([—–-“‘/'":
        return not after.isspace()
    if after.isspace() or after in ",.;:!?)—–-":
        return False
    return not any(o.single == (mark in _SINGLE) for o in stack)


def _to_tokens(
    view: View, begin: int, stop: int, at: tuple[int, int, int, int], depth: int, single: bool, odd: bool
) -> Quote:
    start, end, outer_start, outer_end = at
    inner = bisect_left(view.start, start, begin, stop)
    last = bisect_left(view.start, end, begin, stop)
    outer = bisect_left(view.start, outer_start, begin, stop)
    if outer > begin and view.end[outer - 1] > outer_start:
        outer -= 1
    return Quote(inner, last, min(outer, inner), max(last, bisect_left(view.start, outer_end, begin, stop)),
                 depth, single, odd)  # fmt: skip
