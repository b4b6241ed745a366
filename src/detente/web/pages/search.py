"""Search: words in articles and statements, each find with its place."""

from __future__ import annotations

from typing import Any

from detente.record import to_json
from detente.store import Filter
from detente.store.protocol import Hit
from detente.web.ask import Ask
from detente.web.lines import speakers
from detente.web.look import Look
from detente.web.page import Page, Screen

MOST = 20


def show_search(look: Look, ask: Ask) -> Page:
    """The finds, best first; every find of a layer is one click away in its list."""
    query = ask.get("q")
    articles = look.view.search(query, limit=MOST) if query and ask.get("in") != "statements" else []
    statements = (
        look.view.search_statements(query, limit=MOST) if query and ask.get("in") != "articles" else []
    )
    actors = look.snap.actors_of_words(query) if query else ()
    totals = (
        {n: look.view.count(n, where=Filter(text=query)) for n in ("articles", "statements")} if query else {}
    )
    if query:
        totals["actors"] = len(actors)
    return Page(
        template="search",
        title="Search",
        echo=f"“{query}”" if query else "Words in reports and statements",
        data={
            "totals": totals,
            "articles": [_json(h) for h in articles],
            "statements": [_json(h) for h in statements],
        },
        view={
            "articles": [(look.head(h.id), h, parts_of(look, h)) for h in articles],
            "statements": [(look.get(h.id), h, _speaker(look, h)) for h in statements],
            "totals": totals,
            "query": query,
            "actors": [],
        },
        columns=("layer", "id", "words", "article", "start", "end"),
        rows=lambda: [
            [h.layer, h.id, h.text, h.span.article, h.span.start, h.span.end]
            for h in (*articles, *statements)
        ],
    )


def parts_of(look: Look, hit: Hit) -> list[tuple[str, bool]]:
    """The words of a find cut into parts, each with whether it was searched for."""
    text = look.article(hit.span.article).text
    parts: list[tuple[str, bool]] = []
    at = hit.span.start
    for start, end in hit.marks:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [p for p in (*parts, (text[at : hit.span.end], False)) if p[0]]


def _speaker(look: Look, hit: Hit) -> str:
    return ", ".join(name for _, name in speakers(look, look.get(hit.id)))


def _json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "layer": hit.layer,
        "span": to_json(hit.span),
        "words": hit.text,
        "marks": [list(m) for m in hit.marks],
    }


SCREENS = (
    Screen("/search", show_search, ("q", "in", "limit"), "Words in articles and statements", "search"),
)
