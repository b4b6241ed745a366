"""What each outlet made of one origin's text, in lines and as plain values."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.cli.output import cut, line_width, many, one_line
from detente.cli.views import show_date
from detente.record import Span, to_json

if TYPE_CHECKING:
    from detente.api import Record
    from detente.compare.lineage import Lineage, Version
    from detente.record import Origin

_MOST = 6  # pieces of one sort shown of one version


def lineage_of(origin: Origin, record: Record) -> Lineage | None:
    """The lineage of an origin that several articles carry; None where one does."""
    if len(origin.articles) < 2:
        return None
    from detente.compare.lineage import lineage_within

    return lineage_within(origin, record.view.pile())


def lineage_lines(lineage: Lineage, record: Record) -> Iterator[str]:
    """The nearest text to the origin's own, then what each other outlet kept, changed, added and dropped."""
    reference = record.article(lineage.reference)
    yield f"  {'lineage':<13}against {_named(lineage.reference, record)}, {show_date(reference.published)}"
    for version in lineage.versions:
        article = record.article(version.article)
        head = f"{_named(version.article, record)}, {show_date(article.published)}"
        yield f"    {head}: {_tally(version, record)}"
        for before, after in _edits(version, record)[: 2 * _MOST]:
            yield from _piece("~", f"{before or '(nothing)'} → {after or '(nothing)'}")
        for sign, spans in (("+", version.added), ("-", version.dropped)):
            for span in spans[:_MOST]:
                yield from _piece(sign, _words(span, record))
            if len(spans) > _MOST:
                yield f"      {sign} … {many(len(spans) - _MOST, 'pieces')} more"


def lineage_json(lineage: Lineage, record: Record) -> dict[str, Any]:
    """The lineage as plain values, every piece with its words."""

    def told(span: Span) -> dict[str, Any]:
        return {**to_json(span), "text": record.cite(span).text}

    return {
        "reference": lineage.reference,
        "versions": [
            {
                "article": v.article, "outlet": v.outlet, "kept": [told(s) for s in v.kept],
                "changed": [{"here": told(a), "reference": told(b)} for a, b in v.changed],
                "added": [told(s) for s in v.added], "dropped": [told(s) for s in v.dropped],
            }
            for v in lineage.versions
        ],
    }  # fmt: skip


def _named(article_id: str, record: Record) -> str:
    article = record.article(article_id)
    return f"{article.outlet or article.host or '–'} ({record.view.short_id(article_id)})"


def _tally(version: Version, record: Record) -> str:
    sizes = {"kept": version.kept, "added": version.added, "dropped": version.dropped}
    counts = {what: sum(len(_words(s, record).split()) for s in spans) for what, spans in sizes.items()}
    changed = sum(max(len(a.split()), len(b.split())) for a, b in _edits(version, record))
    counts = {"kept": counts.pop("kept") - changed, "changed": changed, **counts}
    return ", ".join(f"{what} {many(n, 'words')}" for what, n in counts.items())


def _edits(version: Version, record: Record) -> list[tuple[str, str]]:
    """The runs of words in which the passages differ: the reference's and this outlet's, marks left aside."""
    found: list[tuple[str, str]] = []
    for here, there in version.changed:
        old, new = _words(there, record).split(), _words(here, record).split()
        was, now = _bare(old), _bare(new)
        for op, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if op != "equal" and (any(was[a:b]) or any(now[c:d])):
                found.append((" ".join(old[a:b]), " ".join(new[c:d])))
    return found


def _bare(words: list[str]) -> list[str]:
    return [re.sub(r"\W", "", word).casefold() for word in words]


def _piece(sign: str, text: str) -> Iterator[str]:
    shown = cut(text, 3 * (line_width() - 8))
    yield from textwrap.wrap(shown, line_width(), initial_indent=f"      {sign} ", subsequent_indent=" " * 8)


def _words(span: Span, record: Record) -> str:
    return one_line(record.cite(span).text)
