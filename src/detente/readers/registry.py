"""The readers in the order they run, each named and versioned.

A reader is a function ``read(parsed, reading)`` that looks at a :class:`ParsedArticle` and at what
earlier readers put into the :class:`Reading`, and appends its own records (and abstentions) to it.
It codes from ``parsed.body`` alone (never from furniture); headlines are kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from detente.language.parse import ParsedArticle
from detente.record import Reading

Read = Callable[[ParsedArticle, "Context"], None]


@dataclass(slots=True)
class Context:
    """What a reader may look at: the reading so far and the article's actor index."""

    reading: Reading
    actors: object = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's name and version ("statements.v1") and its function."""

    name: str
    read: Read
