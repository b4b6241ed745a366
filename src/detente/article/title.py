"""The title of an HTML page: what most of its heading, JSON-LD, ``og:title`` and ``<title>`` agree on.

Pages often give readers, search engines and social sites different titles. The heading a reader sees counts
most; an ``<h1>`` in a trail of links or in a logo was put there for search engines and is no such heading.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from detente.article.markup import Markup
from detente.article.render import Rendered, text_of

_SITE_DIVIDER = re.compile(r"\s+(?:[|·•»«–—:/]|-{1,2}|::)\s+|\s*\|\s*")
_TRAIL = re.compile(r"breadcrumb|breadbar", re.IGNORECASE)
_LOGO = re.compile(r"logo(?![a-z])|site-?(?:title|name)|masthead", re.IGNORECASE)
_ROOT = re.compile(r"(?:https?:)?//[^/]+/?(?:index\.\w+)?|/|index\.\w+")
# A tail of a title of at most this many code points is the site's name, unless a heading holds it too.
_SHORT_TAIL = 20
_LEAST_HEADING = 8

# Weights of the places a title is stated in, by grid search over the development pages; don't tune alone.
_WEIGHTS = {
    "heading": 1.2,
    "other heading": 0.3,
    "json": 1.0,
    "og:title": 1.0,
    "twitter:title": 0.2,
    "title": 0.2,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``ends`` are its words from each element inside it on ("<span>Kicker</span> Title")."""

    words: str
    ends: frozenset[str] = frozenset()


def find_headings(rendered: Rendered, kept: list[bool], site: str | None) -> list[Heading]:
    """The headings that readers see above the body, the page's first, without logos and trails of links.

    Where the only ``<h1>`` is the end of a trail, the ``<h2>`` that follows is the headline.
    """
    found: list[Heading] = []
    trail: int | None = None
    for index, block in enumerate(rendered.blocks):
        words = rendered.text[block.start : block.end]
        heading = None if kept[index] or len(words) < _LEAST_HEADING else _heading(block.element, "h1")
        if heading is None or _is_logo(heading, words, site):
            continue
        if _in_trail(heading):
            trail = index
        else:
            found.append(_make(words, heading))
    if found or trail is None:
        return found
    return _after(rendered, kept, trail) or [Heading(rendered.text[slice(*_place(rendered, trail))])]


def _make(words: str, element: Any) -> Heading:
    pieces = [key_of(piece) for piece in element.itertext()]
    pieces = [piece for piece in pieces if piece]
    return Heading(words, frozenset(" ".join(pieces[start:]) for start in range(1, len(pieces))))


def _after(rendered: Rendered, kept: list[bool], trail: int) -> list[Heading]:
    """The first second-rank heading between a trail and the body; the last of its parts first."""
    chosen: Any = None
    parts: list[Heading] = []
    for index in range(trail + 1, len(kept)):
        heading = _heading(rendered.blocks[index].element, "h2")
        if kept[index] and heading is None:
            break
        words = rendered.text[slice(*_place(rendered, index))]
        if chosen is None and heading is not None and len(words) >= _LEAST_HEADING:
            chosen = heading
        if chosen is not None and heading is not chosen:
            break
        if heading is not None:
            parts.append(_make(words, heading))
    return parts[::-1]


def _place(rendered: Rendered, index: int) -> tuple[int, int]:
    block = rendered.blocks[index]
    return block.start, block.end


def _heading(element: Any, tag: str) -> Any:
    """The heading an element is or stands in, or None."""
    for _ in range(3):
        if element is None or element.tag == tag:
            return element
        element = element.getparent()
    return None


def _around(element: Any, levels: int) -> Iterator[Any]:
    while element is not None and levels:
        yield element
        element = element.getparent()
        levels -= 1


def _in_trail(heading: Any) -> bool:
    """True for the last link of a trail ("Home > World > Talks go on")."""
    if heading.getparent() is not None and heading.getparent().tag == "li":
        return True
    return any(
        element.tag == "nav" or any(_TRAIL.search(value) for value in element.attrib.values())
        for element in _around(heading, 5)
        if element.tag not in ("body", "html")
    )


def _is_logo(heading: Any, words: str, site: str | None) -> bool:
    """True for the outlet's own name as a heading: by its words, its link home or its class."""
    if site and key_of(words) == key_of(site):
        return True
    for link in heading.iter("a"):
        if _ROOT.fullmatch((link.get("href") or "").strip()) and text_of(link).strip():
            return True
    return any(
        _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in _around(heading, 2)
    )


def shown_heading(headings: list[Heading], title: str | None) -> str | None:
    """The heading that shows a title, perhaps under a kicker; the first heading where none does."""
    key = key_of(title or "")
    same = [heading.words for heading in headings if key and key_of(heading.words).endswith(key)]
    if same:
        return same[0]
    return headings[0].words if headings else title


def find_title(markup: Markup, headings: list[Heading], site: str | None) -> str | None:
    """The title that most of the page's statements agree on; the visible heading where none does."""
    stated = list(_stated(markup, headings, site))
    said = [
        (_without_kicker(value, [v for v, _ in stated]), _WEIGHTS["other heading" if index else "heading"])
        for index, value in enumerate(headings[:4])
    ] + stated
    votes: dict[str, float] = {}
    for value, weight in said:
        key = key_of(value)
        if key:
            votes[key] = votes.get(key, 0.0) + weight
    if not votes:
        return None
    chosen = max(votes, key=lambda key: (votes[key], len(key)))
    # The markup writes a kicker with its colon; the heading's words run on without.
    return next(value for value, _ in stated + said if key_of(value) == chosen)


def _stated(markup: Markup, headings: list[Heading], site: str | None) -> Iterator[tuple[str, float]]:
    """What the markup states, without the site's name, with the weight of its place."""
    raw = [(value, _WEIGHTS["json"]) for value in _node_titles(markup)]
    for name in ("og:title", "twitter:title"):
        raw.extend((value, _WEIGHTS[name]) for _, value in list(markup.first(name))[:1])
    if markup.title:
        raw.append((markup.title, _WEIGHTS["title"]))
    whole = {key_of(value) for value in [*(h.words for h in headings), *_node_titles(markup)]}
    for value, weight in raw:
        yield strip_site(value, site, markup, whole), weight


def _without_kicker(heading: Heading, stated: Iterable[str]) -> str:
    """A heading without the line above it that shares its element, where the markup states the rest alone."""
    return next((value for value in stated if key_of(value) in heading.ends), heading.words)


def _node_titles(markup: Markup) -> Iterator[str]:
    for node in markup.nodes[:1]:
        for key in ("headline", "name"):
            if isinstance(node.get(key), str):
                yield re.sub(r"<[^>]+>", "", html.unescape(node[key])).strip()
                break


def key_of(value: str) -> str:
    """A title as titles are compared: its words, casefolded, soft hyphens left out."""
    return re.sub(r"[\W_]+", " ", value.replace("\u00ad", "").casefold()).strip()


def strip_site(title: str, site: str | None, markup: Markup, whole: Container[str] = ()) -> str:
    """A title without the site's name at its end or head ("… | The Guardian").

    Args:
        title: what the page states.
        site: the outlet's name, where known.
        markup: other names of the site are read from it.
        whole: titles (``key_of``) that stand without a site's name elsewhere: of them, a short tail stays.
    """
    parts = _SITE_DIVIDER.split(title)
    if len(parts) < 2:
        return title.strip()
    names = [site, *(v for _, v in markup.first("og:site_name", "application-name"))]
    keys = {key_of(name) for name in names if name} - {""}
    dividers = [match.span() for match in _SITE_DIVIDER.finditer(title)]
    last = key_of(parts[-1])
    named = any(key in last or last in key for key in keys)
    short = len(parts[-1]) <= _SHORT_TAIL < len(parts[0])
    if named or (short and ("|" in title[dividers[-1][0] :] or key_of(title) not in whole)):
        return strip_site(title[: dividers[-1][0]].strip(), site, markup, whole)
    if key_of(parts[0]) in keys:
        return title[dividers[0][1] :].strip()
    return title.strip()
