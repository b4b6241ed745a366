"""The versions of a page for the reader: every capture in order, with what it has otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from detente.record import Change
from detente.report.view import date_label
from detente.web.look import Look

MOST_CHANGES, MOST_WORDS = 20, 60


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: what it is, the words before and after, long ones cut."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One version: the article's id, when it was captured or published, and its changes."""

    id: str
    when: str
    changes: list[Told]


def captures_of(look: Look, article_id: str) -> list[Capture]:
    """The versions of an article's page in order; empty for a page that was read once."""
    versions = look.snap.versions.get(article_id)
    if versions is None:
        return []
    return [
        Capture(a, _when(look, a), [_told(look, c) for c in versions.changes if c.later == a][:MOST_CHANGES])
        for a in versions.articles
        if a in look.snap.heads
    ]


def _when(look: Look, article_id: str) -> str:
    fetched = look.article(article_id).fetched
    return f"captured {fetched[:16]}" if fetched else date_label(look.head(article_id).published)


def _told(look: Look, change: Change) -> Told:
    was = change.was or (look.words(change.before) if change.part == "paragraph" else "")
    now = change.now or (look.words(change.after) if change.part == "paragraph" else "")
    if change.kind == "moved":
        was = ""
    return Told(f"{change.part} {change.kind}", _cut(was), _cut(now))


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
