"""The stored pile: articles as the page reader left them and what the readers found, streaming.

The comparison reads this and never its own last result, so comparing twice gives the same record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from detente.record import Article, Reading, from_json

Rows = Callable[..., Iterator[Any]]


class StoredPile:
    """A store's articles and readings, by article id (:class:`detente.compare.pile.Pile`)."""

    def __init__(self, rows: Rows, stream: Rows) -> None:
        self._rows = rows
        self._stream = stream

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        return [row[0] for row in self._rows("SELECT id FROM articles ORDER BY id")]

    def article(self, article_id: str) -> Article:
        """One article as read; KeyError when there is none of that id."""
        for row in self._rows("SELECT json, text FROM articles WHERE id = ?", article_id):
            return article_of(*row)
        raise KeyError(article_id)

    def articles(self) -> Iterator[Article]:
        """Every article as read, in the order of ids."""
        for row in self._stream("SELECT json, text FROM articles ORDER BY id"):
            yield article_of(*row)

    def reading(self, article_id: str, *layers: str) -> Reading:
        """What the readers found in one article; empty when it was not read yet."""
        from detente.record.packed import unpack_reading

        for (data,) in self._rows("SELECT data FROM readings WHERE article = ?", article_id):
            return unpack_reading(data, layers)
        return Reading(article_id)

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Every article's reading, in the order of article ids; empty where it was not read yet.

        Args:
            layers: which lists of the reading are wanted; the others come empty. None named: all.
        """
        from detente.record.packed import unpack_reading

        sql = (
            "SELECT a.id, r.data FROM articles AS a LEFT JOIN readings AS r ON r.article = a.id ORDER BY a.id"
        )
        for article_id, data in self._stream(sql):
            yield unpack_reading(data, layers) if data is not None else Reading(article_id)


def with_text(line: str, text: str) -> dict[str, Any]:
    """An article's JSON with its text back in its place."""
    data = json.loads(line)
    return {"id": data.pop("id"), "source": data.pop("source"), "text": text, **data}


def article_of(line: str, text: str) -> Article:
    """An article from its JSON without text, and the text."""
    data = _fields(line)
    data["text"] = text
    return from_json(Article, data)


def _fields(line: str) -> dict[str, Any]:
    """The fields of a line of JSON, sooner than by Python's own reader, which takes half a character too."""
    from msgspec import DecodeError
    from msgspec.json import decode

    try:
        found: dict[str, Any] = decode(line)
    except DecodeError:
        found = json.loads(line)
    return found
