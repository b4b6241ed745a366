"""Authors as a page shows them: elements that their class, their link or the words before call so."""

from __future__ import annotations

import re
from typing import Any

from detente.article.draft import Found
from detente.article.names import clean_name, find_byline, split_names
from detente.article.render import Rendered

_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:author|byline|writer|contributor)s?(?![a-z])|author(?:name|_name|-name)|byline",
    re.IGNORECASE,
)
_NOT_AUTHOR = re.compile(
    r"comment|related|recommend|teaser|card|sidebar|widget|tag|reviewer|photo|image", re.IGNORECASE
)
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|profiles?|staff|by|team|contributors?|writers?|people|"
    r"autor(?:en)?|auteurs?|redaktion)/[\w.%~-]+/?$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"(?:written |article |words |story |text |posted )?(?:by|author|authors)\s*:?", re.IGNORECASE
)
BEFORE, AFTER = 12, 4


def find_visible_authors(rendered: Rendered, kept: list[bool]) -> Found | None:
    """The names in the first element around the body that is marked as the author's.

    Names stand in a block of their own there ("Jane Roe", "By Jane Roe, Editor"); what does not read as
    a person's name is passed over. Comments, cards of other articles and photo credits do not count.
    """
    first = next((i for i, keep in enumerate(kept) if keep), len(kept))
    last = max((i for i, keep in enumerate(kept) if keep), default=-1)
    near = [*range(max(0, first - BEFORE), first), *range(last + 1, min(len(kept), last + 1 + AFTER))]
    for index in near:
        block = rendered.blocks[index]
        words = rendered.text[block.start : block.end]
        if len(words) > 160:
            continue
        before = rendered.text[slice(*_place(rendered, index - 1))] if index else ""
        told = bool(_INTRODUCES.fullmatch(before.strip()))
        if not (told or _is_marked(block.element)):
            continue
        found = _names(words)
        if found:
            names, start, end = found
            return Found(", ".join(names), "text", 0.8, (block.start + start, block.start + end))
    return None


def _place(rendered: Rendered, index: int) -> tuple[int, int]:
    block = rendered.blocks[index]
    return block.start, block.end


def _names(words: str) -> tuple[list[str], int, int] | None:
    byline = find_byline(words)
    if byline:
        return byline[0].split(", "), byline[1], byline[2]
    names = [name for name in split_names(words) if clean_name(name)]
    if not names:
        return None
    at = max(words.casefold().find(names[0].casefold()), 0)
    end = words.casefold().find(names[-1].casefold(), at)
    return names, at, end + len(names[-1]) if end >= 0 else len(words)


def _is_marked(element: Any) -> bool:
    """True where the element, one close around it, or a link inside it is the author's."""
    for link in element.iter("a"):
        if _AUTHOR_LINK.search(link.get("href") or "") or "author" in (link.get("rel") or ""):
            return True
    level: Any = element
    for _ in range(4):
        if level is None:
            return False
        names = f"{level.get('class') or ''} {level.get('id') or ''} {level.get('itemprop') or ''}"
        if _NOT_AUTHOR.search(names):
            return False
        if _AUTHOR_CLASS.search(names) or (level.tag == "a" and _AUTHOR_LINK.search(level.get("href") or "")):
            return True
        level = level.getparent()
    return False
