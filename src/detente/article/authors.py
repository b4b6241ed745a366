"""Who the markup of a page credits: people first; the body that signs where no one else does.

JSON-LD persons stand before meta elements, these before microdata. A name that is the outlet's own under
another form, an account ("/author/admin") or an e-mail address is no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from detente.article.draft import Found
from detente.article.lists import load_list
from detente.article.markup import Markup
from detente.article.names import find_byline, has_first_name, is_body, split_names
from detente.article.title import key_of

_ACCOUNT = re.compile(r"/author/(?:admin|administrator|editor|staff|webmaster|root)\d*/?$", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


def find_authors(markup: Markup, outlet: str | None = None) -> Found | None:
    """The people the markup names as authors.

    Args:
        markup: what the page states of itself.
        outlet: the page's outlet, whose own name is no person's.
    """
    for people, confidence in _stated_people(markup):
        names = [name for name in dict.fromkeys(people) if not _is_outlet(name, outlet)]
        if names:
            return Found(", ".join(names), "metadata", confidence)
    return None


def _stated_people(markup: Markup) -> Iterator[tuple[list[str], float]]:
    for node in markup.nodes:
        yield _people(node.get("author") or node.get("creator"), markup), 0.93
    for name in load_list("markup")["meta"]["authors"]:
        values = [v for v in markup.meta.get(name, ()) if not v.startswith(("http", "/", "@"))]
        yield [person for value in values for person in names_in(value)], 0.85
    yield [person for value in markup.items.get("author", ()) for person in names_in(value)], 0.8


def find_credited_body(markup: Markup, outlet: str | None) -> str | None:
    """The body that the markup gives as author: an organisation, an agency, a desk, the outlet itself."""
    for node in markup.nodes:
        value = node.get("author") or node.get("creator")
        items = [_resolved(item, markup) for item in (value if isinstance(value, list) else [value])]
        names = [name for item in items for name in _names_of(item)]
        kinds = [_kind(item) for item in items for _ in _names_of(item)]
        for name, kind in zip(names, kinds, strict=True):
            if "organization" in kind or is_body(name) or _is_outlet(name, outlet):
                return _usable(name)
    for _, name in markup.first("author", "article:author", "article:author_name", "byl", "twitter:data1"):
        if is_body(name) or _is_outlet(name, outlet):
            return _usable(name)
    return None


def _usable(name: str) -> str | None:
    name = re.sub(r"\s+", " ", name).strip()
    named = 2 <= len(name) <= 60 and "@" not in name and "/" not in name
    return name if named and not _NOBODY.fullmatch(name) else None


# Accounts and empty words, which sign nothing.
_NOBODY = re.compile(
    r"(?:web)?master|webmaster|admin\w*|user|guest|unknown|none|null|n/a|team|author|anonymous|root|redaktion|staff",
    re.IGNORECASE,
)


def _is_outlet(name: str, outlet: str | None) -> bool:
    """True where a "person" is the outlet under another form of its name; a blog may bear its author's."""
    own, site = key_of(name), key_of(outlet or "")
    if not own or not site or (own == site and has_first_name(name)):
        return False
    packed, whole = own.replace(" ", ""), site.replace(" ", "")
    return packed in whole or whole in packed or own.split()[0] == site or bool(_HOST.fullmatch(name))


def names_in(value: str) -> list[str]:
    """The people in a credit with or without its "By"."""
    found = find_byline(value)
    return found[0].split(", ") if found else split_names(value, glued=False)


def _people(value: Any, markup: Markup) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [name for item in items for name in _person(_resolved(item, markup))]


def _resolved(item: Any, markup: Markup) -> Any:
    """A statement with what the page says of the same thing elsewhere ("@id")."""
    if isinstance(item, dict) and isinstance(item.get("@id"), str):
        return {**markup.graph.get(item["@id"], {}), **item}
    return item


def _kind(item: Any) -> str:
    return str(item.get("@type", "")).lower() if isinstance(item, dict) else ""


def _names_of(item: Any) -> list[str]:
    if isinstance(item, str):
        return [] if item.startswith("http") else [item]
    if not isinstance(item, dict):
        return []
    name = item.get("name") or " ".join(
        str(item[key]) for key in ("givenName", "familyName") if isinstance(item.get(key), str)
    )
    return [value for value in (name if isinstance(name, list) else [name]) if isinstance(value, str)]


def _person(item: Any) -> Iterable[str]:
    kind = _kind(item)
    link = item.get("url") or item.get("@id") if isinstance(item, dict) else None
    if "organization" in kind or (isinstance(link, str) and _ACCOUNT.search(link)):
        return []
    return [name for value in _names_of(item) for name in (names_in(value) or _single(value, kind))]


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
