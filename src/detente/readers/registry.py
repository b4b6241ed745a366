"""The readers in the order they run, each named and versioned.

A reader is a plain function ``read(parsed, reading, actors)`` that looks at a
:class:`~detente.language.parse.ParsedArticle`, at what earlier readers put into the
:class:`~detente.record.Reading` and at the article's :class:`~detente.readers.index.ActorIndex`,
and appends its own records and abstentions to the reading. It codes from ``parsed.body`` alone:
headlines are kept apart and furniture is never parsed.

The order matters: statements need actors, events need statements (to know who asserts them),
meetings, measures, figures and positions need events and statements.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from detente.readers.names import ACTORS, EVENTS, FIGURES, MEASURES, MEETINGS, POSITIONS, STATEMENTS

if TYPE_CHECKING:  # naming the readers imports nothing of theirs
    from detente.language.parse import ParsedArticle
    from detente.readers.index import ActorIndex
    from detente.record import Reading

    Read = Callable[[ParsedArticle, Reading, ActorIndex], None]

# name, where its function stands. Imported on first use, so that looking at a store costs nothing.
_READERS = (
    (ACTORS, "detente.readers.actors:read_actors"),
    (STATEMENTS, "detente.readers.statements:read_statements"),
    (EVENTS, "detente.readers.events:read_events"),
    (MEETINGS, "detente.readers.meetings:read_meetings"),
    (FIGURES, "detente.readers.figures:read_figures"),
    (MEASURES, "detente.readers.measures:read_measures"),
    (POSITIONS, "detente.readers.positions:read_positions"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's name and version ("statements.v1") and its function."""

    name: str
    read: Read


def reader_names() -> tuple[str, ...]:
    """The names of the built-in readers, in the order they run."""
    return tuple(name for name, _ in _READERS)


def load_readers() -> tuple[Reader, ...]:
    """Import the readers, in the order they run."""
    return tuple(Reader(name, _load(place)) for name, place in _READERS)


def _load(place: str) -> Read:
    module, _, function = place.partition(":")
    read: Read = getattr(import_module(module), function)
    return read
