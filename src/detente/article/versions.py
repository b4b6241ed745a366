"""Versions of one URL: the same page read at different times, in order, with what changed between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from detente.record import Article


@dataclass(frozen=True, slots=True)
class Versions:
    """Articles read from one address, oldest first; ``changed`` says per step which parts differ."""

    address: str
    articles: tuple[Article, ...]
    changed: tuple[tuple[str, ...], ...]


def group_versions(articles: Iterable[Article]) -> list[Versions]:
    """Group articles that share an address; articles without a URL stand alone and are left out.

    The address is the URL without scheme, ``www.``, query of tracking kind, fragment and closing slash.
    Order is that of the stated day, then of the id: without days the order in time is not known.
    """
    groups: dict[str, dict[str, Article]] = {}
    for article in articles:
        if article.url:
            groups.setdefault(find_address(article.url), {})[article.id] = article
    result = []
    for address, members in sorted(groups.items()):
        ordered = tuple(sorted(members.values(), key=lambda a: (a.published.from_, a.id)))
        steps = tuple(
            find_changes(before, after)
            for before, after in zip(ordered, ordered[1:], strict=False)  # noqa: RUF007
        )
        result.append(Versions(address, ordered, steps))
    return result


_TRACKING = ("utm_", "fbclid", "gclid", "srsltid", "ref", "cmp", "ns_", "maca", "at_", "ocid", "smid", "mod")


def find_address(url: str) -> str:
    """A URL as the address of one page."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not p.lower().startswith(_TRACKING)))
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")


def find_changes(before: Article, after: Article) -> tuple[str, ...]:
    """Which parts differ: headline, body, byline, agency, published."""
    changes = []
    if before.title != after.title:
        changes.append("headline")
    if _paragraphs(before) != _paragraphs(after):
        changes.append("body")
    changes.extend(name for name in ("byline", "agency") if getattr(before, name) != getattr(after, name))
    if before.published.from_ != after.published.from_:
        changes.append("published")
    return tuple(changes)


def _paragraphs(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.body]
