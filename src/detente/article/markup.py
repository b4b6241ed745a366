"""What a page's markup states of itself: JSON-LD, meta elements, microdata, the canonical URL.

Only reads; which statement to trust is decided in ``metadata.py``.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from detente.article.lists import load_list
from detente.article.render import text_of

_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(slots=True)
class Markup:
    """Statements by source: ``nodes`` the JSON-LD articles in page order, ``meta`` by lower-case name."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    graph: dict[str, dict[str, Any]] = field(default_factory=dict)
    meta: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> Iterator[tuple[str, str]]:
        """Non-empty meta values in the order of ``names``, with the name that gave each."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    yield name, value


def read_markup(tree: Any) -> Markup:
    """Everything the markup states."""
    markup = Markup(language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    title = tree.find(".//title")
    markup.title = _plain(text_of(title)) if title is not None else None
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = element.get("content")
        if name and content:
            markup.meta.setdefault(name.strip().lower(), []).append(_plain(content))
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            markup.canonical = markup.canonical or element.get("href").strip()
    _read_json(tree, markup)
    _read_items(tree, markup)
    return markup


def _read_json(tree: Any, markup: Markup) -> None:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        for node in _walk(parse_json(script.text)):
            types = node_types(node)
            markup.types |= types
            if isinstance(node.get("@id"), str):
                known = markup.graph.setdefault(node["@id"], {})
                for key, value in node.items():
                    known.setdefault(key, value)
            if types & article_types():
                markup.nodes.append(node)


def parse_json(text: str) -> Any:
    """JSON as pages write it (comments around it, a comma too many); None when beyond repair."""
    text = _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


@cache
def article_types() -> frozenset[str]:
    """The JSON-LD types that are articles, lower case."""
    return frozenset(load_list("markup")["types"]["article"])


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Top nodes of a JSON-LD document; an article's comments and related items are not followed."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if depth < 4 and isinstance(value.get(key), list | dict):
                yield from _walk(value[key], depth + 1)


def node_types(node: dict[str, Any]) -> set[str]:
    """The types of a node, lower case, without their vocabulary."""
    value = node.get("@type") or ()
    values = value if isinstance(value, list) else [value]
    return {str(v).rsplit("/", 1)[-1].lower() for v in values}


def _read_items(tree: Any, markup: Markup) -> None:
    """Microdata and rel=author of the page's head part: comments carry the same marks further down."""
    for element in tree.iter("time", "span", "a", "abbr", "p", "div", "li", "address"):
        name = element.get("itemprop") or (
            "author" if "author" in (element.get("rel") or "").split() else None
        )
        if element.tag == "time" and element.get("pubdate") is not None:
            name = "datePublished"
        if name not in ("datePublished", "author", "name", "dateCreated"):
            continue
        if _in_aside(element):
            continue
        value = element.get("datetime") or element.get("content") or text_of(element)
        if value and len(value) < 200:
            key = "author" if name == "name" and _inside_author(element) else name
            markup.items.setdefault(key, []).append(_plain(value))


def _in_aside(element: Any) -> bool:
    """True inside comments, lists of other articles and footers."""
    for _ in range(12):
        if element is None:
            return False
        if element.tag in ("aside", "footer", "nav"):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if any(
            word in names
            for word in ("comment", "related", "recommend", "teaser", "sidebar", "widget", "more-")
        ):
            return True
        element = element.getparent()
    return False


def _inside_author(element: Any) -> bool:
    parent = element.getparent()
    for _ in range(4):
        if parent is None:
            return False
        if parent.get("itemprop") == "author":
            return True
        parent = parent.getparent()
    return False


def _plain(value: str) -> str:
    return re.sub(r"\s+", " ", entities.unescape(value)).strip()
