"""What the dossier needs from a record, and how a place in a text is shown to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from detente.record import Article, Count, Date, Span

CONTEXT = 180  # characters of the paragraph kept on each side of the cited words
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class RecordView(Protocol):
    """A record that can be looked at: any store, an export, or lists in memory."""

    def layer(self, name: str) -> Iterator[Any]:
        """The records of one layer, in the record's order."""
        ...

    def article(self, article_id: str) -> Article:
        """One article with its text."""
        ...


@dataclass(frozen=True, slots=True)
class Quote:
    """Cited words with a little of their paragraph on both sides, and where they stand."""

    article: str
    anchor: str
    outlet: str
    published: str
    before: str
    words: str
    after: str


def quote_span(article: Article, span: Span) -> Quote:
    """Show a span: its exact words (whitespace folded for display), and what stands around them."""
    start, end, number = _paragraph_of(article, span)
    before = article.text[start : span.start]
    after = article.text[span.end : end]
    return Quote(
        article=article.id,
        anchor=f"{article.id}-p{number}",
        outlet=outlet_label(article),
        published=date_label(article.published),
        before=_fold(_cut_left(before)),
        words=_fold(article.words(span)),
        after=_fold(_cut_right(after)),
    )


def _paragraph_of(article: Article, span: Span) -> tuple[int, int, int]:
    for number, (start, end) in enumerate(article.body):
        if start <= span.start < end:
            return start, max(end, span.end), number
    return span.start, span.end, 0


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _cut_left(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    cut = text[-CONTEXT:]
    return "… " + cut[cut.find(" ") + 1 :]


def _cut_right(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    cut = text[:CONTEXT]
    return cut[: cut.rfind(" ")] + " …"


def outlet_label(article: Article) -> str:
    """The outlet as a person would name it: its name, else its host, else the file it came from."""
    return article.outlet or article.host or article.source.rsplit("/", 1)[-1]


def date_label(date: Date) -> str:
    """A date in words: "5–6 March 2014", "March 2014", "after 5 March 2014", "by 5 March 2014"."""
    first, last = date.first_day, date.last_day
    if date.open and first is not None:
        return f"after {first.day} {_MONTHS[first.month - 1]} {first.year}"
    if date.past and last is not None:
        return f"by {last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first is None or last is None or not date.known:
        return "date unknown"
    if date.precision == "year":
        return str(first.year)
    if date.precision == "decade":
        return f"the {first.year // 10 * 10}s"
    if date.precision == "month":
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[first.month - 1]} {first.year}"
    return f"{first.day} {_MONTHS[first.month - 1]} – {last.day} {_MONTHS[last.month - 1]} {last.year}"


def count_label(count: Count) -> str:
    """Reports · origins · outlets, each with its unit: never one bare number."""
    parts = ((count.reports, "report"), (count.origins, "origin"), (count.outlets, "outlet"))
    return " · ".join(f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in parts)
