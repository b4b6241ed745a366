"""Finding by words: the articles and statements that hold them, the actors of a name.

The index keeps no text, so the places of a hit are found by indexing the few articles of one page of
results again, in memory, and asking that index to mark them.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from detente.errors import UsageError
from detente.record import Actor, Article, Span
from detente.store.protocol import Hit
from detente.store.query import fts_query
from detente.store.walk import cited_spans

_OPEN, _CLOSE = "\x02", "\x03"
_AROUND = 110  # characters shown on either side of the first find
_FTS = "CREATE VIRTUAL TABLE w USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')"


def searchable(article: Article) -> str:
    """The article's text with everything but headline and body blanked: same length, same offsets."""
    places = list(article.body)
    if article.headline is not None:
        places.append((article.headline.start, article.headline.end))
    out: list[str] = []
    at = 0
    for start, end in sorted(places):
        start = max(start, at)
        if end > start:
            out += (" " * (start - at), article.text[start:end])
            at = end
    out.append(" " * (len(article.text) - at))
    return "".join(out).replace(_OPEN, " ").replace(_CLOSE, " ")


def statement_hit(statement: Any, article_of: Callable[[str], Article]) -> Hit:
    """A statement that was found, with the words it rests on."""
    span = cited_spans(statement)[0]
    return Hit(statement.id, "statements", span, article_of(span.article).words(span))


def article_hit(article: Article, text: str) -> Hit:
    """An article that was found, with the words around the first find; ``text`` is what was typed."""
    marks = _marks(searchable(article), fts_query(text))
    if not marks:  # the index knows the word, the marker does not: show the beginning
        start = article.body[0][0] if article.body else 0
        marks = ((start, start + 1),)
    span = _around(article, marks[0])
    inside = tuple(m for m in marks if span.start <= m[0] and m[1] <= span.end)
    return Hit(article.id, "articles", span, article.words(span), inside)


def _marks(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the query's words stand in a text."""
    db = sqlite3.connect(":memory:")
    try:
        db.execute(_FTS)
        db.execute("INSERT INTO w(text) VALUES (?)", (text,))
        row = db.execute(
            "SELECT highlight(w, 0, ?, ?) FROM w WHERE w MATCH ?", (_OPEN, _CLOSE, query)
        ).fetchone()
    finally:
        db.close()
    marks, offset = [], 0
    for found in re.finditer(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", row[0] if row else ""):
        start = found.start() - offset
        marks.append((start, start + len(found[1])))
        offset += 2
    return tuple(marks)


def _around(article: Article, mark: tuple[int, int]) -> Span:
    """The words around a find, cut at spaces and at the end of its paragraph."""
    places = [*article.body]
    if article.headline is not None:
        places.append((article.headline.start, article.headline.end))
    first, last = next((p for p in places if p[0] <= mark[0] < p[1]), (0, len(article.text)))
    start, end = max(first, mark[0] - _AROUND), min(last, mark[1] + _AROUND)
    if start > first:
        start = article.text.find(" ", start, mark[0]) + 1 or start
    if end < last:
        end = max(article.text.rfind(" ", mark[1], end), mark[1])
    return Span(article.id, start, end)


def find_actors(actors: Iterable[Actor], name: str) -> list[Actor]:
    """The actors of that name, or, where none is, those with it among their words.

    Raises:
        UsageError: none; the hint names the nearest.
    """
    wanted = _fold(name)
    same: list[Actor] = []
    within: list[Actor] = []
    names: dict[str, str] = {}
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    for actor in actors:
        folded = {_fold(n) for n in (actor.name, *actor.names)}
        names.setdefault(_fold(actor.name), actor.name)
        if wanted in folded or wanted == actor.id:
            same.append(actor)
        elif any(pattern.search(n) for n in folded):
            within.append(actor)
    if same or within:
        return same or within
    import difflib

    near = [names[n] for n in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)]
    hint = f"Did you mean {', '.join(near)}?" if near else "Run: detente actors"
    raise UsageError(f"No actor is named {name!r}.", hint=hint)


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())
