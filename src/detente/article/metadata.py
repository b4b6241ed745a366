"""Authors, day and outlet of an HTML page, from the statement most worth trusting.

Order of trust, per value (checked against the others; a clash lowers the confidence or leaves it out):

* day: JSON-LD ``datePublished``, meta elements, microdata, a visible date line by the headline, the URL;
* authors: JSON-LD persons, meta elements, microdata, the visible byline;
* outlet: a listed host, JSON-LD publisher, ``og:site_name``, a name derived from the host.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.article.dates import Stamp, find_url_day, read_stamp
from detente.article.draft import Found, FoundDate
from detente.article.lists import load_list
from detente.article.markup import Markup
from detente.article.names import clean_name, find_byline, is_body, split_names


def find_date(markup: Markup, url: str | None) -> FoundDate | None:
    """The day the markup or the URL states."""
    url_day = find_url_day(url) if url else None
    candidates = list(_stated_days(markup))
    if not candidates:
        return None
    basis, stamp, confidence = candidates[0]
    days = {s.day for _, s, _ in candidates[1:]}
    if url_day:
        days.add(url_day)
    far = [day for day in days if abs((day - stamp.day).days) > 2]
    if days and not far:
        confidence = min(confidence + 0.03, 0.995)
    elif far and len(far) == len(days):
        confidence *= 0.75
        if url_day and all(abs((day - url_day).days) <= 1 for day in days):
            # Everything else agrees with the URL: the first statement is a later edition's.
            others = [(b, s, c) for b, s, c in candidates[1:] if s.day in days]
            basis, stamp, confidence = others[0] if others else (basis, stamp, confidence)
    return FoundDate(stamp.to_date(), basis, round(confidence, 3))


def _stated_days(markup: Markup) -> Iterator[tuple[str, Stamp, float]]:
    for node in markup.nodes:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            value = node.get(key)
            stamp = read_stamp(value) if isinstance(value, str) else None
            if stamp:
                yield "metadata", stamp, 0.96
                break
    for _, value in markup.first(*load_list("markup")["meta"]["published"]):
        stamp = read_stamp(value)
        if stamp:
            yield "metadata", stamp, 0.95
    for value in markup.items.get("datePublished", ()):
        stamp = read_stamp(value)
        if stamp:
            yield "metadata", stamp, 0.92
    if not markup.nodes:
        for node in markup.graph.values():
            value = node.get("datePublished")
            stamp = read_stamp(value) if isinstance(value, str) else None
            if stamp:
                yield "metadata", stamp, 0.9


def find_authors(markup: Markup) -> Found | None:
    """The people the markup names as authors."""
    for node in markup.nodes:
        names = _people(node.get("author") or node.get("creator"), markup)
        if names:
            return Found(", ".join(names), "metadata", 0.93)
    for name in load_list("markup")["meta"]["authors"]:
        people: list[str] = []
        for value in markup.meta.get(name, ()):
            if not value.startswith(("http", "/", "@")):
                people.extend(n for n in names_in(value) if n not in people)
        if people:
            return Found(", ".join(people), "metadata", 0.85)
    people = [n for value in markup.items.get("author", ()) for n in names_in(value)]
    return Found(", ".join(dict.fromkeys(people)), "metadata", 0.8) if people else None


def names_in(value: str) -> list[str]:
    """The people in a credit with or without its "By"."""
    found = find_byline(value)
    return found[0].split(", ") if found else split_names(value, glued=False)


def _people(value: Any, markup: Markup) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        for name in _person(item, markup):
            if name not in names:
                names.append(name)
    return names


def _person(item: Any, markup: Markup) -> Iterable[str]:
    if isinstance(item, str):
        return [] if item.startswith("http") else names_in(item)
    if not isinstance(item, dict):
        return []
    if "name" not in item and isinstance(item.get("@id"), str):
        item = markup.graph.get(item["@id"], item)
    value = item.get("name")
    values = value if isinstance(value, list) else [value]
    kind = str(item.get("@type", "")).lower()
    if "organization" in kind:
        return []
    return [name for v in values if isinstance(v, str) for name in (names_in(v) or _single(v, kind))]


def _single(value: str, kind: str) -> list[str]:
    """A person known by one word, where the markup says it is a person."""
    name = value.strip()
    plain = (
        "person" in kind
        and name.isalpha()
        and 3 <= len(name) <= 20
        and name[0].isupper()
        and not name.isupper()
    )
    return [name] if plain and not is_body(name) else []


def find_outlet(markup: Markup) -> Found | None:
    """The outlet the markup names."""
    for _, value in markup.first("og:site_name"):
        if 2 <= len(value) <= 60:
            return Found(value.split(" | ")[0], "metadata", 0.85)
    for node in markup.nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, list):
            publisher = publisher[0] if publisher else None
        if isinstance(publisher, dict) and "name" not in publisher and isinstance(publisher.get("@id"), str):
            publisher = markup.graph.get(publisher["@id"], publisher)
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and 2 <= len(name) <= 60 and not name.startswith("http"):
            return Found(name, "metadata", 0.85)
    for _, value in markup.first("application-name", "dc.publisher", "publisher", "twitter:site"):
        if 2 <= len(value) <= 60 and not value.startswith(("@", "http")):
            return Found(value, "metadata", 0.7)
    return None


def agency_author(markup: Markup) -> str | None:
    """An agency named among the authors or as the source of the article."""
    from detente.article.agency import find_name

    for node in markup.nodes:
        for key in ("author", "creator", "sourceOrganization", "copyrightHolder"):
            value = node.get(key)
            for item in value if isinstance(value, list) else [value]:
                name = item.get("name") if isinstance(item, dict) else item
                found = find_name(name) if isinstance(name, str) else None
                if found:
                    return found
    for _, value in markup.first(
        "author", "byl", "article:author_name", "dc.source", "source", "article:agency", "news:agency"
    ):
        found = find_name(value) or find_name(value.removeprefix("By "))
        if found:
            return found
    return None


__all__ = [
    "Markup",
    "agency_author",
    "clean_name",
    "find_authors",
    "find_date",
    "find_outlet",
    "names_in",
]
