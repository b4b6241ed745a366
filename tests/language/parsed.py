"""Articles made from a text, parsed once a process."""

from __future__ import annotations

import re
from functools import cache

from detente.language import ParsedArticle, parse_articles
from detente.record import Article, Date


def article_of(text: str, *, day: str = "", name: str = "a-1") -> Article:
    """An article whose body is every line of the text."""
    body = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    published = Date(day, day, "day", "stated") if day else Date.unknown()
    return Article(
        name, "", text, None, None, None, None, None, None, published, "en", body, (), None, ""
    )  # fmt: skip


@cache
def parsed(text: str, *, day: str = "", name: str = "a-1") -> ParsedArticle:
    return next(iter(parse_articles([article_of(text, day=day, name=name)])))
