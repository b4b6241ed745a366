"""Authors as a page shows them: elements that their class, their link or the words before call so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.article.draft import Found
from detente.article.names import clean_name, find_byline, has_first_name, split_names
from detente.article.render import Rendered, text_of

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
# "This post was written by Jane Roe", "Autorin: Jane Roe": said so plainly only of the page's own author.
_WRITTEN = re.compile(
    r"^(?:(?:(?:this|the) (?:post|article|story|piece|guide) (?:was )?)?written by:?|"
    r"autor(?:in)?(?:/-?(?:autor|in))?:?|authors?:)\s",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"text-align\s*:\s*right|\b(?:sign|author|byline)", re.IGNORECASE)
BEFORE, AFTER, FAR_AFTER = 12, 4, 40
_LONGEST = 160


def find_visible_authors(rendered: Rendered, kept: list[bool]) -> Found | None:
    """The names in the first element around the body that is marked as the author's.

    Names stand in a block of their own there ("Jane Roe", "By Jane Roe, Editor"); what does not read as
    a person's name is passed over. Comments, cards of other articles and photo credits do not count.
    Where nothing is marked, a signature under the body or a bare name above it counts.
    """
    first = next((i for i, keep in enumerate(kept) if keep), len(kept))
    last = max((i for i, keep in enumerate(kept) if keep), default=-1)
    head = range(max(0, first - BEFORE), first)
    near = [*head, *range(last + 1, min(len(kept), last + 1 + AFTER))]
    far = range(last + 1, min(len(kept), last + 1 + FAR_AFTER))
    told = (i for i in near if _is_told(rendered, i))
    written = (i for i in far if _WRITTEN.match(_words(rendered, i)))
    signed = (i for i in range(last, min(len(kept), last + 3)) if i >= 0 and _is_signature(rendered, i))
    for indexes, confidence in ((told, 0.8), (written, 0.75), (signed, 0.7)):
        found = _first_names(rendered, indexes, confidence)
        if found:
            return found
    return _first_names(rendered, (i for i in reversed(head) if _is_bare_name(rendered, i)), 0.6)


def _first_names(rendered: Rendered, indexes: Iterator[int], confidence: float) -> Found | None:
    for index in indexes:
        words = _words(rendered, index)
        lead = _WRITTEN.match(words)
        skipped = lead.end() if lead else 0
        found = _names(words[skipped:]) if len(words) <= _LONGEST else None
        if found:
            names, start, end = found
            at = rendered.blocks[index].start + skipped
            return Found(", ".join(names), "text", confidence, (at + start, at + end))
    return None


def _words(rendered: Rendered, index: int) -> str:
    block = rendered.blocks[index]
    return rendered.text[block.start : block.end]


def _is_told(rendered: Rendered, index: int) -> bool:
    """True where the words before introduce an author, or the element is marked as one's."""
    before = _words(rendered, index - 1) if index else ""
    words = _words(rendered, index)
    if len(words) > _LONGEST:
        return False
    return bool(_INTRODUCES.fullmatch(before.strip())) or _is_marked(rendered.blocks[index].element, words)


def _is_signature(rendered: Rendered, index: int) -> bool:
    """True for a line of nothing but a name under the text, set to the right or marked as a signature."""
    words, element = _words(rendered, index), rendered.blocks[index].element
    style = f"{element.get('style') or ''} {element.get('class') or ''} {element.get('align') or ''}"
    right = _SIGNED.search(style) or element.get("align") == "right"
    return bool(right) and clean_name(words) is not None


def _is_bare_name(rendered: Rendered, index: int) -> bool:
    """True for a line of nothing but a name whose first name is known, outside links, lists and headings."""
    words, block = _words(rendered, index), rendered.blocks[index]
    name = clean_name(words) if len(words) <= 40 and not block.links else None
    if name is None or len(words.split()) > 3 or not has_first_name(name):
        return False
    return block.element.tag in ("p", "div", "span") and not _NOT_AUTHOR.search(_marks(block.element))


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


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _is_marked(element: Any, words: str) -> bool:
    """True where the element, one close around it, or a link of these words inside it is the author's."""
    for link in element.iter("a"):
        author = _AUTHOR_LINK.search(link.get("href") or "") or "author" in (link.get("rel") or "")
        own = " ".join(text_of(link).split())
        if author and (own in words or words in own):
            return True
    level: Any = element
    for _ in range(4):
        if level is None:
            return False
        names = _marks(level)
        if _NOT_AUTHOR.search(names):
            return False
        if _AUTHOR_CLASS.search(names) or (level.tag == "a" and _AUTHOR_LINK.search(level.get("href") or "")):
            return True
        level = level.getparent()
    return False
