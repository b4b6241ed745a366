"""A pile of articles with their readings: what the comparison reads, in one stated order.

The stores implement :class:`Pile`; :class:`MemoryPile` is for tests and small piles, and
:func:`asof` shows a pile as it stood on a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from detente.record import Article, Reading


class Pile(Protocol):
    """Articles and readings by id. Every iterator runs in the order of article ids."""

    def article_ids(self) -> list[str]:
        """All article ids, sorted."""
        ...

    def article(self, article_id: str) -> Article:
        """One article."""
        ...

    def articles(self) -> Iterator[Article]:
        """Every article in the order of ids."""
        ...

    def reading(self, article_id: str, *layers: str) -> Reading:
        """What the readers found in one article, empty when nothing was; ``layers`` as for all readings."""
        ...

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Every reading in the order of article ids.

        ``layers`` names the lists that are wanted; the others may come empty. None named: all.
        """
        ...


@dataclass(slots=True)
class MemoryPile:
    """A pile held in memory; articles without a reading get an empty one."""

    _articles: dict[str, Article] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)

    def __init__(self, articles: Iterable[Article], readings: Iterable[Reading] = ()) -> None:
        self._articles = dict(sorted((a.id, a) for a in articles))
        self._readings = {r.article: r for r in readings}

    def article_ids(self) -> list[str]:
        """All article ids, sorted."""
        return list(self._articles)

    def article(self, article_id: str) -> Article:
        """One article; KeyError when the pile has none of that id."""
        return self._articles[article_id]

    def articles(self) -> Iterator[Article]:
        """Every article in the order of ids."""
        return iter(self._articles.values())

    def reading(self, article_id: str, *layers: str) -> Reading:
        """What the readers found in one article."""
        return self._readings.get(article_id) or Reading(article_id)

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Every reading in the order of article ids."""
        return (self.reading(article_id) for article_id in self._articles)


def remember(pile: Pile) -> MemoryPile:
    """The pile held in memory: for piles so small that decoding them again and again costs more."""
    return MemoryPile(pile.articles(), pile.readings())


@dataclass(frozen=True, slots=True)
class AsOfPile:
    """A pile as the reports published until a day make it. Articles without a date are left out."""

    pile: Pile
    day: dt.date
    _ids: list[str]

    def article_ids(self) -> list[str]:
        """The ids of the articles published by that day, sorted."""
        return list(self._ids)

    def article(self, article_id: str) -> Article:
        """One article."""
        return self.pile.article(article_id)

    def articles(self) -> Iterator[Article]:
        """Every article of that day's pile."""
        return (self.pile.article(article_id) for article_id in self._ids)

    def reading(self, article_id: str, *layers: str) -> Reading:
        """What the readers found in one article."""
        return self.pile.reading(article_id, *layers)

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Every reading of that day's pile."""
        return (self.pile.reading(article_id, *layers) for article_id in self._ids)


def asof(pile: Pile, day: dt.date) -> AsOfPile:
    """The pile as it stood at the end of ``day``: what was published later, or has no date, is left out."""
    kept = []
    for article in pile.articles():
        published = article.published.last_day
        if published is not None and published <= day:
            kept.append(article.id)
    return AsOfPile(pile, day, kept)
