"""Undated articles placed by their company: copies of the same text, else reports of the same story.

An article without a date takes the day that its dated company gives, narrowed by the weekday that its own
first paragraphs name ("on Wednesday"). Such a date says ``basis: inferred``, cites the weekday's words
where there are any, and names the company in the article's ``basis``. It exists in the compared record
alone: the article as read stays undated.

Limits: company that spreads over more than ten days places nobody; a weekday that falls twice within it
does not narrow.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from detente.compare.pile import Pile
from detente.compare.relative_dates import DAYS, resolve
from detente.record import Article, Date, Episode, Origin, Reading, Span

WIDEST = 10  # days over which company may spread and still place an article
LEAD = 4  # paragraphs whose weekday is the report's own day
_WEEKDAY = re.compile(rf"(?<!next )(?<!last )(?<!until )\b({'|'.join(DAYS)})\b")
_LAYERS = ("statements", "events", "meetings", "measures", "figures", "positions")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an undated article was placed: its date, and whose company says so."""

    date: Date
    company: tuple[str, ...]
    why: str


def place_undated(pile: Pile, origins: Iterable[Origin], stories: Iterable[Episode]) -> dict[str, Placed]:
    """Undated articles that their company places: copies first, then the same story."""
    undated: set[str] = set()
    days: dict[str, dt.date] = {}
    for article in pile.articles():
        day = article.published.last_day
        if day is None:
            undated.add(article.id)
        else:
            days[article.id] = day
    placed: dict[str, Placed] = {}
    groups = [(o.articles, "copies of the same text") for o in origins]
    groups += [(e.articles, "reports of the same story") for e in stories]
    for members, why in groups if undated else ():
        company = tuple(m for m in members if m in days)
        for article_id in members:
            if article_id in undated and article_id not in placed and company:
                found = _place(pile.article(article_id), [days[m] for m in company])
                if found is not None:
                    placed[article_id] = Placed(found, company, why)
    return placed


def _place(article: Article, company: list[dt.date]) -> Date | None:
    first, last = min(company), max(company)
    if (last - first).days > WIDEST:
        return None
    for span, weekday in _weekdays(article):
        near = [first + dt.timedelta(n) for n in range(-1, (last - first).days + 2)]
        fitting = [day for day in near if day.weekday() == weekday]
        if len(fitting) == 1:
            return Date.day(fitting[0], basis="inferred", span=span)
        break
    if first == last:
        return Date.day(first, basis="inferred")
    return Date(first.isoformat(), last.isoformat(), "week", "inferred")


def _weekdays(article: Article) -> Iterator[tuple[Span, int]]:
    for start, end in article.body[:LEAD]:
        for match in _WEEKDAY.finditer(article.text, start, end):
            yield Span(article.id, *match.span()), DAYS.index(match.group())


@dataclass(frozen=True, slots=True)
class DatedPile:
    """A pile in which the placed articles, and what they report without a day, have their inferred date."""

    pile: Pile
    placed: dict[str, Placed]

    def article_ids(self) -> list[str]:
        """All article ids, sorted."""
        return self.pile.article_ids()

    def article(self, article_id: str) -> Article:
        """One article, with its inferred date if it was placed."""
        return self._dated(self.pile.article(article_id))

    def articles(self) -> Iterator[Article]:
        """Every article in the order of ids."""
        return map(self._dated, self.pile.articles())

    def _dated(self, article: Article) -> Article:
        placed = self.placed.get(article.id)
        if placed is None:
            return article
        basis = {**article.basis, "published": f"inferred from {placed.why}: {', '.join(placed.company[:5])}"}
        evidence = dict(article.evidence)
        if placed.date.span is not None:
            evidence["published"] = placed.date.span
        return dataclasses.replace(article, published=placed.date, basis=basis, evidence=evidence)

    def reading(self, article_id: str, *layers: str) -> Reading:
        """One reading; what a placed article reports without a day takes the article's."""
        return self._filled(self.pile.reading(article_id, *layers))

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Every reading in the order of article ids."""
        return map(self._filled, self.pile.readings(*layers))

    def _filled(self, reading: Reading) -> Reading:
        placed = self.placed.get(reading.article)
        if placed is None:
            return reading
        article = self.pile.article(reading.article)
        layers: dict[str, Any] = {
            name: [_fill(record, article, placed.date) for record in getattr(reading, name)]
            for name in _LAYERS
        }
        return dataclasses.replace(reading, **layers)


def _fill(record: Any, article: Article, day: Date) -> Any:
    """A record without a date takes the article's day, or what its words ("last week") mean on it."""
    if record.date.known or not day.known:
        return record
    span = record.date.span
    if span is None and record.date.basis == "inferred":  # done by the day of the report
        return dataclasses.replace(record, date=Date.by(day.last_day, basis="inferred"))
    if span is None:
        return dataclasses.replace(record, date=Date(day.from_, day.to, day.precision, "inferred"))
    planned = getattr(record, "status", "") in ("planned", "hypothetical")
    words = article.text[span.start : span.end]
    found = resolve(words, day, after=planned, span=span)
    return record if found is None else dataclasses.replace(record, date=found)
