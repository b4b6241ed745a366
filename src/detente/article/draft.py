"""What the readers of text, clean rows and HTML fill in before the article is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.record import Date

Place = tuple[int, int]


@dataclass(slots=True)
class Found:
    """A value with where it was read: a place in the text, or a basis, and how sure we are."""

    value: str
    basis: str
    confidence: float
    place: Place | None = None


@dataclass(slots=True)
class FoundDate:
    """A date of publication with where it was read."""

    date: Date
    basis: str
    confidence: float
    place: Place | None = None


@dataclass(slots=True)
class Draft:
    """An article in the making: offsets are places in ``text``."""

    text: str
    body: list[Place] = field(default_factory=list)
    furniture: list[tuple[int, int, str]] = field(default_factory=list)
    headline: Place | None = None
    title: str | None = None
    outlet: Found | None = None
    host: str | None = None
    url: str | None = None
    byline: Found | None = None
    agency: Found | None = None
    dateline: Found | None = None
    published: FoundDate | None = None
    language: str = ""
    body_confidence: float = 1.0
    headline_confidence: float = 1.0
    notes: list[str] = field(default_factory=list)
