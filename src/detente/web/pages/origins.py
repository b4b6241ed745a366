"""Origins: who first wrote what many carry, and what each outlet kept, added and changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from detente.record import Article, Span, to_json
from detente.report.view import date_label
from detente.store import Filter
from detente.web.ask import Ask
from detente.web.look import Look
from detente.web.page import PAGING, Page, Screen
from detente.web.pages.lists import echo_of, facets
from detente.web.snapshot import Head

MOST_VERSIONS, MOST_STRIPS, MOST_EXCERPTS, LEAST_EXCERPT = 8, 15, 4, 25


@dataclass(frozen=True, slots=True)
class Version:
    """One report of an origin: its body as stretches (kept, changed or its own; share of the length)."""

    head: Head
    published: str
    kept: float
    stretches: list[tuple[str, float]]
    own: list[Span]


@dataclass(frozen=True, slots=True)
class Strip:
    """All reports of an origin, the earliest first."""

    id: str
    name: str
    kind: str
    why: str
    versions: list[Version]
    left_out: int


def show_origins(look: Look, ask: Ask) -> Page:
    """The origins, the most carried first, each with what its outlets made of it."""
    records, total, after = look.page("origins", ask)
    strips = [
        (o, strip_of(look, o.id) if len(o.articles) > 1 and n < MOST_STRIPS else None)
        for n, o in enumerate(records)
    ]
    return Page(
        template="origins",
        title="Origins",
        echo=echo_of(look, ask, "origins"),
        data={"rows": [to_json(o) for o in records]},
        view={
            "origins": [
                (o, strip, look.count_articles(o.articles), _outlets(look, o)) for o, strip in strips
            ],
            "facets": facets(look, ask, "origins"),
        },
        columns=("id", "name", "kind", "reports", "outlets", "confidence", "why"),
        rows=lambda: [
            [o.id, o.name, o.kind, len(o.articles), "; ".join(_outlets(look, o)), o.confidence, o.why]
            for o in look.view.layer("origins", where=look.where(ask))
        ],
        total=total,
        after=after,
    )


def _outlets(look: Look, origin: Any) -> list[str]:
    return sorted({look.head(a).outlet for a in origin.articles if a in look.snap.heads})


def strip_of(look: Look, origin_id: str) -> Strip | None:
    """The lineage of an origin, drawn from the shared passages; None for what no origin is."""
    origin = look.snap.origins.get(origin_id)
    if origin is None:
        return None
    return look.snap.memo(("strip", origin_id), lambda: _strip(look, origin))


def _strip(look: Look, origin: Any) -> Strip:
    members = [a for a in origin.articles if a in look.snap.heads]
    members.sort(key=lambda a: (look.head(a).day or "9999", a))
    shown = members[:MOST_VERSIONS]
    shared = _shared(look, set(members)) if len(members) > 1 else {}
    versions = [_version(look, look.article(a), shared.get(a, [])) for a in shown]
    return Strip(
        origin.id, look.origin_name(origin.id), origin.kind, origin.why, versions, len(members) - len(shown)
    )


def _shared(look: Look, members: set[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Stretches that stand in another report of the same origin: (start, end, kept or changed)."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for passage in look.view.layer("passages", where=Filter(articles=tuple(members))):
        inside = [s for s in passage.spans if s.article in members]
        if len({s.article for s in inside}) > 1 and passage.shared in ("text", "document"):
            kind = "kept" if passage.kind == "verbatim" else "changed"
            for span in inside:
                found[span.article].append((span.start, span.end, kind))
    return found


def _version(look: Look, article: Article, shared: list[tuple[int, int, str]]) -> Version:
    pieces = list(stretches(article, shared))
    whole = sum(end - start for start, end, _ in pieces) or 1
    kept = sum(end - start for start, end, kind in pieces if kind != "own")
    own = [
        Span(article.id, s, e)
        for s, e, kind in pieces
        if kind == "own" and len(article.text[s:e].strip()) >= LEAST_EXCERPT
    ]
    head = look.head(article.id)
    return Version(
        head,
        date_label(head.published),
        kept / whole,
        [(k, (e - s) / whole) for s, e, k in pieces],
        own[:MOST_EXCERPTS],
    )


def stretches(article: Article, shared: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The body cut where shared words begin and end, in order; neighbours of one kind are joined."""
    pieces: list[tuple[int, int, str]] = []
    for start, end in article.body:
        at = start
        for first, last, kind in sorted(s for s in shared if s[0] < end and s[1] > start):
            first, last = max(first, at), min(last, end)
            if last <= first:
                continue
            if first > at:
                pieces.append((at, first, "own"))
            pieces.append((first, last, kind))
            at = last
        if end > at:
            pieces.append((at, end, "own"))
    return [p for p in pieces if article.text[p[0] : p[1]].strip(" \n.,;:“”\"'")]


SCREENS = (
    Screen(
        "/origins",
        show_origins,
        ("type", "kind", "q", "fresh", *PAGING),
        "Who first wrote what many carry",
        "origins",
    ),
)
