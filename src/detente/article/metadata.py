"""Day, outlet and agency of an HTML page, from the statement most worth trusting.

Order of trust, per value (checked against the others; a clash lowers the confidence or leaves it out):

* day: JSON-LD ``datePublished``, meta elements, microdata, a visible date line by the headline, the URL;
* outlet: a listed host, JSON-LD publisher, ``og:site_name``, a name derived from the host.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.article.dates import Stamp, find_url_day, read_stamp
from detente.article.draft import Found, FoundDate
from detente.article.lists import load_list
from detente.article.markup import Markup


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
