"""What a dossier is made of: lines under headings, each with its quotations, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.report.view import Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the dossier: what it says, its marks, its count, and the words it rests on."""

    id: str
    head: str
    marks: tuple[tuple[str, str], ...]
    date: str
    count: str
    quotes: tuple[Quote, ...]
    note: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading (a day, an issue, a speaker) and how many were left out."""

    title: str
    lines: tuple[Line, ...]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class DaySum:
    """Reports and origins published on one day, for the chart."""

    day: str
    reports: int
    origins: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """One article as the dossier reprints it, so that each quotation can be opened in place."""

    id: str
    outlet: str
    title: str
    published: str
    basis: str
    byline: str
    origin: str
    source: str
    notes: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the dossier prints."""

    title: str
    period: str
    coverage: str
    attention: tuple[DaySum, ...]
    happened: tuple[Group, ...]
    wants: tuple[Group, ...]
    said: tuple[Group, ...]
    differ: tuple[Group, ...]
    origins: tuple[Group, ...]
    versions: tuple[Group, ...]
    texts: tuple[SourceText, ...]
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each section is printed; the rest is counted, never silently dropped."""

    lines_a_group: int = 12
    groups: int = 40
    texts: int = 200
