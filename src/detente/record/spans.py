"""Places in a text and what is counted over them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An exact place in an article's text: code points, half-open.

    ``article.text[span.start:span.end]`` is exactly the words cited.
    """

    article: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}:{self.end} in {self.article} is empty or backwards")

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character of one article."""
        return self.article == other.article and self.start < other.end and other.start < self.end

    def shares_most(self, other: Span) -> bool:
        """True when the two have at least half of the shorter in common."""
        if not self.overlaps(other):
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= min(self.end - self.start, other.end - other.start)

    def covers(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside this span."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Citation:
    """A span with the words it cites and the hash of the text they were read from."""

    span: Span
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Count:
    """How widely something is reported: never one number alone.

    Ten outlets that carry one wire story are ten reports of one origin.
    """

    reports: int
    origins: int
    outlets: int

    def __str__(self) -> str:
        return f"{self.reports} · {self.origins} · {self.outlets}"
