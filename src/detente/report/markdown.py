"""The dossier in Markdown: the same lines, each with its words and a footnote-like source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.report.lines import Dossier, Group, Line
from detente.report.view import Quote

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_markdown(dossier: Dossier) -> str:
    """Render the dossier as CommonMark; text from pages is escaped, so it cannot form markup."""
    return "\n".join(_lines(dossier)) + "\n"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _lines(dossier: Dossier) -> Iterator[str]:
    yield f"# {_escape(dossier.title)}"
    yield ""
    yield f"{dossier.coverage} — {dossier.period}."
    yield "Each count reads *reports · origins · outlets*: copies of one text are one origin."
    for label, value in dossier.facts:
        yield f"- {_escape(label)}: {_escape(value)}"
    sections: tuple[tuple[str, Iterable[Group]], ...] = (
        ("What happened when", dossier.happened),
        ("Who wants what", dossier.wants),
        ("Who said what", dossier.said),
        ("Where accounts differ", dossier.differ),
        ("Whose words", dossier.origins),
    )
    if dossier.versions:
        sections += (("What outlets changed in their own pages", dossier.versions),)
    for title, groups in sections:
        yield ""
        yield f"## {title}"
        yield from _groups(groups)
    yield ""
    yield "## Reports read"
    yield ""
    for text in dossier.texts:
        yield (
            f"- **{_escape(text.outlet)}**, {text.published}: {_escape(text.title)} "
            f"(origin: {_escape(text.origin or 'its own')}; `{text.source.replace('`', '')}`)"
        )


def _groups(groups: Iterable[Group]) -> Iterator[str]:
    empty = True
    for group in groups:
        empty = False
        yield ""
        yield f"### {_escape(group.title)}"
        if group.note:
            yield ""
            yield f"*{_escape(group.note)}*"
        yield ""
        for line in group.lines:
            yield from _line(line)
        if group.left_out:
            yield f"- … and {group.left_out} more in the record."
    if empty:
        yield ""
        yield "Nothing found."


def _line(line: Line) -> Iterator[str]:
    marks = " ".join(f"`{label.replace('`', '')}`" for _, label in line.marks)
    parts = [f"**{_escape(line.head)}**" if line.head else "", marks, _escape(line.note)]
    tail = " · ".join(filter(None, (line.date, line.count)))
    yield "- " + " ".join(filter(None, parts)) + (f" ({tail})" if tail else "")
    for quote in line.quotes:
        yield f"  - {_quote(quote)}"
    if line.more:
        yield f"  - … and {line.more} more reports."


def _quote(quote: Quote) -> str:
    words = f"{_escape(quote.before)}**{_escape(quote.words)}**{_escape(quote.after)}"
    return f"{words} — {_escape(quote.outlet)}, {quote.published}"
