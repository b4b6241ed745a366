"""Versions of one page: captures of one URL, in order, with what changed; together they are one report.

An archive holds a page many times over, and an outlet that rewrites its piece has still made one report.
Articles are versions of one page when they share an address (:func:`find_address`) and have words in
common: a URL that carried one story and later a wholly different one is two pages.

Limits: an outlet that puts its rewrite under a new URL has two reports (of one origin where they share
text); an excerpt (a feed's summary, a paywall's stub) is a version whose changes are not told, as it is
no edit; a site's front page ("/") is never a page with versions; which version is true is not judged.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from urllib.parse import urlsplit

from detente.compare.changes import find_changes, headline_of
from detente.compare.pile import Pile
from detente.record import Article, Versions, make_id

LEAST_COMMON = 0.15  # of the shorter body's runs of four words; the same page rewritten keeps far more
MOST_STORIES = 20  # of one address, looked back over: an address with more is a section, not a page
_RUN = 4
_EXCERPTS = frozenset(("feed: summary only", "paywall stub"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Addresses:
    names: frozenset[str]
    begins: tuple[str, ...]
    hosts: tuple[str, ...]
    ends: tuple[str, ...]


@cache
def _addresses() -> _Addresses:
    text = files("detente").joinpath("data/compare/addresses.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Addresses(
        frozenset(data["tracking"]),
        tuple(data["tracking_begins"]),
        tuple(data["host_begins"]),
        tuple(data["path_ends"]),
    )


def find_address(url: str) -> str:
    """A URL as the address of one page: no scheme, no ``www.``, no tracking, no fragment, no closing slash.

    Empty for what names no page: no host, or a site's front page.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:  # "http://[": no URL
        return ""
    known = _addresses()
    for begin in known.hosts:
        host = host.removeprefix(begin)
    path = parts.path.rstrip("/")
    for end in known.ends:
        path = path.removesuffix(end)
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not _tracks(p.partition("=")[0])))
    path = path.rstrip("/")
    return f"{host}{path}{'?' + query if query else ''}" if host and (path or query) else ""


def _tracks(name: str) -> bool:
    known = _addresses()
    return name.lower() in known.names or name.lower().startswith(known.begins)


def find_versions(pile: Pile) -> list[Versions]:
    """The pages that stand in the pile in more than one version, by address.

    Memory: one address an article, and the articles of one address at a time.
    """
    by_address: dict[str, list[str]] = defaultdict(list)
    for article in pile.articles():
        if article.url and (address := find_address(article.url)):
            by_address[address].append(article.id)
    found: list[Versions] = []
    for address, ids in sorted(by_address.items()):
        if len(ids) > 1:
            found += _versions(address, [pile.article(article_id) for article_id in ids])
    return found


def _versions(address: str, articles: list[Article]) -> list[Versions]:
    basis = _basis(articles)
    ordered = sorted(articles, key=lambda a: (_moment(a, basis), a.id))
    pages = [page for page in _pages(ordered) if len(page) > 1]
    return [
        Versions(
            make_id("ve", address, *([str(number)] if number else [])),
            address,
            tuple(a.id for a in page),
            tuple(change for one, other in _steps(page) for change in find_changes(one, other)),
            basis,
        )
        for number, page in enumerate(pages)
    ]


def _steps(page: list[Article]) -> Iterable[tuple[Article, Article]]:
    """Each version and the next; one that holds an excerpt alone is passed over, as it changed nothing."""
    return pairwise(_whole(page))


def _whole(articles: Iterable[Article]) -> list[Article]:
    return [a for a in articles if not _EXCERPTS & set(a.notes)]


def _basis(articles: list[Article]) -> str:
    """What orders them: the times of capture if all have one, else the days of publication if they differ.

    Excerpts are not asked: a feed has no time of capture.
    """
    whole = _whole(articles) or articles
    if all(a.fetched for a in whole) and (len({a.fetched for a in whole}) > 1 or len(whole) == 1):
        return "fetched"
    days = {a.published.from_ for a in articles if a.published.known}
    return "published" if len(days) > 1 else "unknown"


def _moment(article: Article, basis: str) -> str:
    """Undated ones first; a page that has no time of capture was out by its day of publication."""
    published = article.published.from_ or ""
    return {"fetched": article.fetched or published, "published": published}.get(basis, "")


def _pages(ordered: Iterable[Article]) -> list[list[Article]]:
    """The articles of one address parted where they have no words in common, each with the page's last."""
    pages: list[tuple[list[Article], str, frozenset[str]]] = []
    for article in ordered:
        headline, runs = headline_of(article).casefold(), _runs(article)
        for number in range(len(pages) - 1, max(-1, len(pages) - 1 - MOST_STORIES), -1):
            page, last_headline, last_runs = pages[number]
            if _same_headline(headline, last_headline) or _common(runs, last_runs) >= LEAST_COMMON:
                pages[number] = ([*page, article], headline, runs)
                break
        else:
            pages.append(([article], headline, runs))
    return [page for page, _, _ in pages]


def _same_headline(one: str, other: str) -> bool:
    """The same headline; short ones ("Latest news") say nothing."""
    return one == other and len(one.split()) >= _RUN


def _runs(article: Article) -> frozenset[str]:
    found: set[str] = set()
    for start, end in article.body:
        words = [word.casefold() for word in _WORD.findall(article.text, start, end)]
        found.update(" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))
    return frozenset(found)


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def report_of(found: Iterable[Versions]) -> dict[str, str]:
    """Article id → the id of the first version, for every article that is one of several."""
    return {article: versions.articles[0] for versions in found for article in versions.articles}
