"""The versions of a page in lines: the captures in order, and what changed from each to the next."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.cli.output import bold, cut, line_width, many, one_line
from detente.cli.views import show_date
from detente.record import Article, Change, Span, Versions
from detente.store.protocol import Filter

if TYPE_CHECKING:
    from detente.api import Record

_SIGNS = {"added": "+", "dropped": "-", "changed": "~", "moved": "→"}
_AROUND = 4  # words kept on each side of a changed run


def versions_lines(versions: Versions, record: Record) -> Iterator[str]:
    """The captures, each with what it has otherwise than the one before, in words."""
    yield bold(f"versions {versions.id}")
    yield f"  {'address':<13}{versions.address}"
    yield f"  {'order':<13}{_ORDERS[versions.basis]}"
    for number, article_id in enumerate(versions.articles, 1):
        article = record.article(article_id)
        when = article.fetched or show_date(article.published)
        yield f"  version {number:<5}{when}   {article.source}   {record.view.short_id(article_id)}"
        changes = [c for c in versions.changes if c.later == article_id]
        if number > 1 and not changes:
            yield "    nothing that is kept as a part of the article"
        for change in changes:
            yield from _change_lines(change, record)


_ORDERS = {
    "fetched": "by the time of capture",
    "published": "by the day of publication",
    "unknown": "not known: no times of capture, one day of publication",
}


def version_of(article: Article, record: Record) -> Iterator[tuple[str, str]]:
    """Which version of its page an article is, as a field; nothing for a page that was read once."""
    found = record.view.layer("versions", where=Filter(articles=(article.id,)))
    for versions in (v for v in found if article.id in v.articles):
        number = versions.articles.index(article.id) + 1
        short = record.view.short_id(versions.id)
        yield "version", f"{number} of {len(versions.articles)} of {versions.address} ({short})"
        changes = [c for c in versions.changes if c.later == article.id]
        if changes:
            yield "changed", tally(changes)


def tally(changes: list[Change]) -> str:
    """The changes of a step in one line: "headline changed, 2 paragraphs added"."""
    told = [f"{c.part} {c.kind}" for c in changes if c.part != "paragraph"]
    counts = Counter(c.kind for c in changes if c.part == "paragraph")
    told += [f"{many(counts[kind], 'paragraphs')} {kind}" for kind in _SIGNS if counts[kind]]
    return ", ".join(told) or "nothing"


def _change_lines(change: Change, record: Record) -> Iterator[str]:
    sign = _SIGNS[change.kind]
    if change.part != "paragraph":
        yield from _piece(sign, f"{change.part}: {change.was or '(none)'} → {change.now or '(none)'}")
        return
    span = change.after or change.before
    place = f"{span.start}–{span.end}" if span else ""
    if change.kind == "changed" and change.before and change.after:
        yield from _piece(sign, f"{place} {' | '.join(edits_between(change.before, change.after, record))}")
    elif span:
        yield from _piece(sign, f"{place} {one_line(record.cite(span).text)}")


def edits_between(before: Span, after: Span, record: Record) -> list[str]:
    """The runs of words in which two paragraphs differ: "… words was → now words …"."""
    old, new = (record.cite(span).text.split() for span in (before, after))
    was, now = ([re.sub(r"\s", "", word) for word in words] for words in (old, new))
    told = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if op != "equal":
            lead = " ".join(old[max(0, a - _AROUND) : a])
            told.append(
                f"{lead} [{' '.join(old[a:b]) or '–'} → {' '.join(new[c:d]) or '–'}]".strip(),
            )
    return told


def _piece(sign: str, text: str) -> Iterator[str]:
    shown = cut(text, 3 * (line_width() - 6))
    yield from textwrap.wrap(shown, line_width(), initial_indent=f"    {sign} ", subsequent_indent=" " * 6)
