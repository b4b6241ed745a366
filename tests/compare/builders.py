"""Small hand-written articles and readings for the tests of the comparison."""

from __future__ import annotations

import datetime as dt
import re

from detente.record import Actor, Article, Date, Event, Meeting, Reading, Span, Statement


def make_article(
    article_id: str,
    text: str,
    *,
    day: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    furniture: tuple[tuple[int, int, str], ...] = (),
    **more: object,
) -> Article:
    """An article whose every line is a body paragraph, but for the lines that are furniture."""
    taken = {start for start, _, _ in furniture}
    body = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.start() not in taken)
    published = Date.day(dt.date.fromisoformat(day), basis="published") if day else Date.unknown()
    values: dict[str, object] = {
        "id": article_id, "source": article_id, "text": text, "headline": None, "outlet": outlet, "host": None,
        "byline": None, "agency": agency, "dateline": None, "published": published, "language": "en",
        "body": body, "furniture": furniture, "origin": None, "sha256": "x", **more,
    }  # fmt: skip
    return Article(**values)  # type: ignore[arg-type]


def span_of(article: Article, words: str) -> Span:
    """The first place of some words."""
    start = article.text.index(words)
    return Span(article.id, start, start + len(words))


def make_actor(
    article: Article, name: str, *, type: str = "person", country: str | None = None, key: str = ""
) -> Actor:
    """A local actor with its mentions."""
    mentions = tuple(Span(article.id, m.start(), m.end()) for m in re.finditer(re.escape(name), article.text))
    return Actor(f"ac-{article.id}-{name}", name, (name,), type, country, None, (), mentions, key=key)


def make_event(
    article: Article,
    words: str,
    *,
    type: str = "COERCE",
    lemma: str = "seize",
    sources: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    status: str = "happened",
    date: Date | None = None,
    place: str | None = None,
) -> Event:
    """A local event whose evidence is ``words``."""
    return Event(
        f"ev-{article.id}-{words[:12]}",
        type,
        None,
        (),
        None,
        "plover",
        sources,
        recipients,
        date or article.published,
        place,
        status,
        ("narrator",),
        (span_of(article, words),),
        lemma=lemma,
    )


def make_meeting(
    article: Article,
    words: str,
    participants: tuple[str, ...],
    *,
    date: Date,
    place: str | None = "Paris",
    status: str = "held",
) -> Meeting:
    """A local meeting whose evidence is ``words``."""
    return Meeting(
        f"me-{article.id}-{words[:12]}",
        "meeting",
        status,
        participants,
        None,
        place,
        date,
        None,
        (),
        (span_of(article, words),),
    )


def make_statement(
    article: Article, words: str, speaker: str, *, act: str = "assert", kind: str = "direct"
) -> Statement:
    """A local statement whose content is ``words``."""
    return Statement(
        f"st-{article.id}-{words[:12]}",
        (speaker,),
        None,
        None,
        (span_of(article, words),),
        kind,
        act,
        True,
        None,
        article.published,
        None,
        (),
    )


def make_reading(article: Article, **layers: object) -> Reading:
    """A reading of some layers."""
    return Reading(article.id, **layers)  # type: ignore[arg-type]
