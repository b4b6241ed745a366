"""What a page's gold, our reader and its peers say of a page's title, day, authors and outlet, made comparable."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from data import gold_authors

from detente.article.names import is_body
from detente.record import Article

Said = dict[str, set[str]]


def plain(value: str) -> str:
    """A name or title as it is compared: casefolded words, titles of doctors left out."""
    value = value.replace("\u00ad", "").casefold()
    return re.sub(r"[\W_]+", " ", re.sub(r"\bdr\b\.?", " ", value)).strip()


def gold_fields(row: dict[str, Any]) -> Said:
    """Gold values by field; fields without gold are left out.

    ``authors`` are people and judged on pages that have any; ``credits`` count bodies that sign, too.
    """
    names = gold_authors(row)
    found: Said = {
        "title": {plain(row["title"])},
        "date": {row["date"][:10]} if row.get("date") else set(),
        "authors": {plain(name) for name in names if not is_body(name)},
        "credits": {plain(name) for name in names},
        "outlet": {plain(row["site"])} if row.get("site") else set(),
    }
    return {field: values for field, values in found.items() if values}


def our_fields(article: object) -> Said:
    """What our reader says, by field."""
    if not isinstance(article, Article):
        return {"title": set(), "date": set(), "authors": set(), "credits": set(), "outlet": set()}
    names = {plain(name) for name in (article.byline or "").split(", ") if name}
    return {
        "title": {plain(article.title or "")} - {""},
        "date": {article.published.from_[:10]} - {""},
        "authors": names,
        "credits": names,
        "outlet": {plain(article.outlet or "")} - {""},
    }


def trafilatura_fields(row: dict[str, Any]) -> Said:
    """What trafilatura says, by field."""
    import trafilatura

    found = trafilatura.extract_metadata(row["html"], default_url=row.get("url") or None)
    if found is None:
        return {"title": set(), "date": set(), "authors": set(), "credits": set(), "outlet": set()}
    names = {plain(name) for name in re.split(r";\s*|,\s+", found.author or "") if plain(name)}
    return {
        "title": {plain(found.title or "")} - {""},
        "date": {(found.date or "")[:10]} - {""},
        "authors": names,
        "credits": names,
        "outlet": {plain(found.sitename or "")} - {""},
    }


def newspaper_fields(row: dict[str, Any]) -> Said:
    """What newspaper4k says, by field."""
    import newspaper

    page = newspaper.Article(row.get("url") or "https://page.invalid/", fetch_images=False)
    page.download(input_html=row["html"])
    page.parse()
    names = {plain(name) for name in page.authors or () if plain(name)}
    day = page.publish_date.isoformat()[:10] if page.publish_date else ""
    return {
        "title": {plain(page.title or "")} - {""},
        "date": {day} - {""},
        "authors": names,
        "credits": names,
    }


def readability_fields(row: dict[str, Any]) -> Said:
    """What readability-lxml says: a title."""
    import readability

    return {"title": {plain(readability.Document(row["html"]).short_title() or "")} - {""}}


def ask(peer: Callable[[dict[str, Any]], Said], row: dict[str, Any]) -> Said:
    """What a peer says; nothing, in the fields it has, where it fails on the page."""
    try:
        return peer(row)
    except Exception:
        return {field: set() for field in _FIELDS_OF[peer.__name__.partition("_")[0]]}


_FIELDS_OF = {
    "trafilatura": ("title", "date", "authors", "credits", "outlet"),
    "newspaper": ("title", "date", "authors", "credits"),
    "readability": ("title",),
}
PEERS: dict[str, Callable[[dict[str, Any]], Said]] = {
    "trafilatura": trafilatura_fields,
    "newspaper": newspaper_fields,
    "readability": readability_fields,
}
