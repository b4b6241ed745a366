"""What travels between the layers but is no line of the record: pages, refusals, one article's reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.record.spans import Span
from detente.record.types import (
    Actor,
    Event,
    Figure,
    Issue,
    Measure,
    Meeting,
    Position,
    Statement,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came in, decoded but not yet understood.

    ``source`` is the path or URL as given (``PATH#ID`` for a row, ``PATH#URL`` for a WARC record);
    ``content`` the decoded text or markup; ``form`` "text", "html" or "clean" (``clean``: the body
    alone, as JSON Lines rows and full-text feeds give it). ``date`` is as the source states it.
    """

    source: str
    form: str
    content: str
    sha256: str
    encoding: str = "utf-8"
    url: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    byline: str | None = None
    fetched: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read, with a stable ``reason`` code and a sentence for people."""

    source: str
    reason: str
    detail: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """A place where a reader was unsure and said nothing."""

    reader: str
    article: str
    span: Span | None
    reason: str


@dataclass(slots=True)
class Reading:
    """All that the readers found in one article, filled in the order of the readers.

    The records are those of ``record.types`` with ids and counts of this article alone; the comparison
    layer merges them across articles. ``readers`` names who made it ("actors.v2", …).
    """

    article: str
    actors: list[Actor] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    abstentions: list[Abstention] = field(default_factory=list)
    readers: tuple[str, ...] = ()
