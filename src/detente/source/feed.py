"""RSS and Atom files → pages, an item at a time; nothing is fetched and no entity is expanded.

Parsed by lxml with entities, DTDs and the network off. (feedparser opens a file that the document type
names, its issue 107.) An item's text is its full content, else its summary (a note says so), with the
markup rendered to paragraphs: offsets are into the rendered text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from detente.record import Page, Refusal
from detente.source.decode import declared_encoding, decode, without_surrogates
from detente.source.limits import Limits
from detente.source.markup import declares_entities, has_markup, markup_depth
from detente.source.outcomes import Refused, Tally
from detente.source.pages import check_text, field, sha256_of
from detente.source.rows import Names

_PIECE = 1 << 16
_REFERENCE = re.compile("&#([xX][0-9a-fA-F]+|[0-9]+);?")
_MEDIA = "http://search.yahoo.com/mrss/"
_ITEMS = frozenset(("item", "entry"))
_CONTENT = ("encoded", "fulltext", "content", "body", "description", "summary")
_FULL = frozenset(("encoded", "fulltext", "content", "body"))
_DATES = ("pubdate", "published", "date", "issued", "updated", "modified")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_BREAKS = frozenset(("ERR_TAG_NOT_FINISHED", "ERR_RESOURCE_LIMIT", "ERR_DOCUMENT_EMPTY"))
_UNSEEN = frozenset(("script", "style", "iframe", "object", "embed", "noscript", "template", "head"))


def read_feed(data: bytes, *, limits: Limits, tally: Tally) -> Iterator[Page | Refusal]:
    """The pages of a feed file.

    Raises:
        Refused: "entities", "deep-markup" or "binary" before any item; "broken-feed" behind the last
            one that could be read.
    """
    decoded = decode(data, declared=declared_encoding(data))
    if declares_entities(decoded.text):
        raise Refused("entities", "The document type declares entities.")
    if markup_depth(decoded.text, stop=limits.max_markup_depth) > limits.max_markup_depth:
        raise Refused("deep-markup", f"More than {limits.max_markup_depth:,} elements open at once.")
    names, outlet = Names(), None
    for number, element in enumerate(_elements(_storable(decoded.text)), 1):
        if isinstance(element, str):
            outlet = outlet or field(element, limits=limits)
            continue
        try:
            page = _page_of(element, number, outlet, decoded.encoding, limits, tally, names)
        except Refused as refused:
            yield from tally.count(refused.at(f"{tally.source}#{_name_of(element, number, limits)}"))
            continue
        if page is not None:
            yield from tally.count(page)


def _storable(text: str) -> str:
    """References to lone surrogates and numbers beyond Unicode become U+FFFD: lxml passes the first on."""
    text, _ = without_surrogates(text)
    return _REFERENCE.sub(lambda match: match[0] if _is_character(match[1]) else "\ufffd", text)


def _is_character(number: str) -> bool:
    digits, base = (number[1:], 16) if number[0] in "xX" else (number, 10)
    code = int(digits.lstrip("0")[:8] or "0", base)
    return 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF


def _elements(text: str) -> Iterator[Any]:
    """Every item element, whole; and the feed's own title as a string, when it is met."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    text = text.lstrip()
    try:
        for at in range(0, len(text), _PIECE):
            parser.feed(text[at : at + _PIECE])
            yield from _finished(parser)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise Refused("broken-feed", f"The XML cannot be read on: {str(error)[:200]}.") from error
    # A parser that recovers closes what is open at a break: such an item is half an item.
    for entry in parser.feed_error_log:
        if entry.type_name in _BREAKS:
            raise Refused("broken-feed", f"The XML breaks off in line {entry.line}: {entry.message[:200]}.")
    yield from _finished(parser)


def _finished(parser: Any) -> Iterator[Any]:
    for _event, element in parser.read_events():
        name, parent = _local(element), element.getparent()
        if name in _ITEMS:
            yield element
            element.clear(keep_tail=False)
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        elif name == "title" and parent is not None and _local(parent) in ("channel", "feed"):
            yield _text_of(element)


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _children(item: Any) -> dict[str, Any]:
    """The item's children by local name; the first of each, and no media descriptions."""
    children: dict[str, Any] = {}
    for child in item:
        if isinstance(child.tag, str) and _MEDIA not in child.tag:
            children.setdefault(_local(child), child)
    return children


def _text_of(element: Any) -> str:
    """The character content of an element; references to undeclared entities as HTML knows them."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_text_of_all(child))
        else:
            parts.append(html.unescape(child.text or ""))
        parts.append(child.tail or "")
    return "".join(parts)


def _text_of_all(element: Any) -> str:
    return "".join(part for part in element.itertext() if isinstance(part, str))


def _name_of(item: Any, number: int, limits: Limits) -> str:
    children = _children(item)
    for key in ("guid", "id"):
        if key in children and (name := field(_text_of(children[key]), limits=limits)):
            return name
    return _link_of(item, limits) or str(number)


def _link_of(item: Any, limits: Limits) -> str | None:
    """The item's page: RSS writes it as text, Atom in ``href`` (rel "alternate" or none)."""
    for child in item:
        if _local(child) != "link" or child.get("rel", "alternate") != "alternate":
            continue
        if link := field(child.get("href") or _text_of(child), limits=limits):
            return link
    return None


def _page_of(
    item: Any, number: int, outlet: str | None, encoding: str, limits: Limits, tally: Tally, names: Names
) -> Page | None:
    children = _children(item)
    name = next((key for key in _CONTENT if key in children and _raw_content(children[key]).strip()), None)
    if name is None:
        tally.pass_over("no-text")
        return None
    raw = _raw_content(children[name])
    text = _rendered(raw, children[name], limits)
    if not text:
        tally.pass_over("no-text")
        return None
    check_text(text, "clean", limits=limits)
    sha256 = sha256_of(raw.encode("utf-8", "replace"))
    ident = _name_of(item, number, limits)
    unique = names.unique(ident, sha256)
    if unique is None:
        tally.pass_over("duplicate")
        return None
    notes = () if name in _FULL else ("feed: summary only",)
    return Page(
        f"{tally.source}#{unique}",
        "clean",
        text,
        sha256,
        encoding,
        notes=notes,
        **_fields(item, children, outlet, limits),
    )


def _fields(item: Any, children: dict[str, Any], outlet: str | None, limits: Limits) -> dict[str, str | None]:
    def first(*keys: str) -> str | None:
        for key in keys:
            if key in children and (value := field(html.unescape(_text_of(children[key])), limits=limits)):
                return value
        return None

    return {
        "url": _link_of(item, limits),
        "title": first("title"),
        "date": first(*_DATES),
        "outlet": first("publisher") or outlet,
        "byline": _author(children, limits) or first("creator"),
    }


def _author(children: dict[str, Any], limits: Limits) -> str | None:
    """RSS writes a name (or an address) as text; Atom in a ``name`` element beside an address."""
    author = children.get("author")
    if author is None:
        return None
    name = next((child for child in author if _local(child) == "name"), author)
    return field(_text_of(name), limits=limits)


def _raw_content(element: Any) -> str:
    """The content as markup: Atom's XHTML (and stray tags in RSS) written out again."""
    from lxml import etree

    if any(isinstance(child.tag, str) for child in element):
        inner = [etree.tostring(child, encoding="unicode") for child in element if isinstance(child.tag, str)]
        return html.escape(element.text or "", quote=False) + "".join(inner)
    return _text_of(element)


def _rendered(raw: str, element: Any, limits: Limits) -> str:
    """Plain text with blank lines between paragraphs."""
    raw = _storable(raw)
    plain = element.get("type") in ("text", "text/plain") or not (has_markup(raw) or "&" in raw)
    if plain:
        return raw.strip()
    if len(raw) > limits.max_page_chars:
        raise Refused("too-large", f"{len(raw):,} characters; max_page_chars is {limits.max_page_chars:,}.")
    if markup_depth(raw, stop=limits.max_markup_depth) > limits.max_markup_depth:
        raise Refused("deep-markup", f"More than {limits.max_markup_depth:,} elements open at once.")
    return render(raw)


def render(markup: str) -> str:
    """A fragment of HTML as text: one line a paragraph, a blank line between, nothing of scripts."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(f"<div>{markup}</div>".replace("\0", " "), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += name in _UNSEEN
            parts.append("\v" if name in _BLOCKS else "\n" if name == "br" else "")
            parts.append("" if unseen else _folded(element.text))
        else:
            unseen -= name in _UNSEEN
            parts.append("\v" if name in _BLOCKS else "")
            parts.append("" if unseen else _folded(element.tail))
    return _paragraphs("".join(parts))


def _folded(text: str | None) -> str:
    """White space folded to one blank at each place, ends included; the marks of breaks stay ours."""
    if not text:
        return ""
    return " ".join(f".{text}.".split())[1:-1]


def _paragraphs(text: str) -> str:
    blocks = (
        "\n".join(line for line in (" ".join(line.split()) for line in block.split("\n")) if line)
        for block in text.split("\v")
    )
    return "\n\n".join(block for block in blocks if block)
