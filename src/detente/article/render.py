"""HTML → its text in blocks: a deterministic renderer over lxml that knows where every block came from.

Offsets are into the rendered text, one block a line; extractors' output and our own decisions are
expressed in these blocks, so every sentence kept can be traced to an element of the page.
Not rendered: scripts, styles, templates, form choices, and elements that declare themselves hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029\x1c-\x1f\x85]+")
_HIDDEN_STYLE = re.compile(r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "textarea",
        "canvas",
        "map",
        "math",
        "audio",
        "datalist",
    ]
)
BLOCK = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "form",
        "fieldset",
        "legend",
        "address",
        "hr",
        "details",
        "summary",
        "dialog",
        "center",
        "menu",
        "video",
        "picture",
        "button",
        "label",
        "br",
        "title",
    ]
)


@dataclass(slots=True)
class Block:
    """A run of text in one block element: ``links`` counts its characters inside links."""

    start: int
    end: int
    element: Any
    links: int

    @property
    def path(self) -> str:
        """The element's path from the root ("/html/body/div[2]/p[1]")."""
        return str(self.element.getroottree().getpath(self.element))


@dataclass(slots=True)
class Rendered:
    """The page's text, its blocks in reading order, and the parsed tree (metadata is read from it)."""

    text: str
    blocks: list[Block]
    tree: Any


def parse_html(content: str) -> Any:
    """The element tree of a page; None for markup without any element."""
    from lxml import etree

    # lxml.html's parser chooses a Python class for every element, which costs as much as the parsing.
    data = content.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def text_of(element: Any) -> str:
    """All text inside an element, as written."""
    return "".join(element.itertext())


def render_html(content: str) -> Rendered:
    """Render a page to text with blocks.

    Example:
        >>> render_html("<p>One <b>two</b></p><p>three</p>").text
        'One two\\nthree'
    """
    tree = parse_html(content)
    if tree is None:
        return Rendered("", [], None)
    return _Renderer(tree).render()


class _Renderer:
    """Walks the tree once, gathering inline text until a block element opens or closes."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.pieces: list[str] = []
        self.parts: list[str] = []
        self.links = 0
        self.blocks: list[Block] = []
        self.length = 0

    def render(self) -> Rendered:
        from lxml import etree

        # (the block an element's text belongs to, inside a link, is a block itself), outermost first.
        stack: list[tuple[Any, bool, bool]] = [(self.tree, False, False)]
        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                owner, in_link, _ = stack[-1]
                stack.append(self._open(element, owner, in_link))
                if stack[-1] == _CLOSED:
                    walk.skip_subtree()
                elif element.text:
                    self._add(element.text, stack[-1][1])
                continue
            if stack.pop()[2]:
                self._flush(element)
            if element.tail and element is not self.tree:
                self._add(element.tail, stack[-1][1])
        return Rendered("\n".join(self.parts), self.blocks, self.tree)

    def _open(self, element: Any, owner: Any, in_link: bool) -> tuple[Any, bool, bool]:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIP or _is_hidden(element):
            return _CLOSED
        is_block = tag in BLOCK
        if is_block:
            self._flush(owner)
        if tag == "pre":
            for line in text_of(element).splitlines():
                self._add(line, in_link)
                self._flush(element)
            return _CLOSED
        return element if is_block else owner, in_link or tag == "a", is_block

    def _add(self, words: str, in_link: bool) -> None:
        self.pieces.append(words)
        if in_link:
            self.links += len(words.strip())

    def _flush(self, element: Any) -> None:
        if not self.pieces:
            return
        words = _SPACE.sub(" ", "".join(self.pieces)).strip()
        links, self.links = self.links, 0
        self.pieces = []
        if words:
            start = self.length
            self.parts.append(words)
            self.blocks.append(Block(start, start + len(words), element, min(links, len(words))))
            self.length = start + len(words) + 1


# The place on the stack of an element whose inside is not rendered, or has been.
_CLOSED: tuple[Any, bool, bool] = (None, False, False)


def _is_hidden(element: Any) -> bool:
    if not element.keys():
        return False
    if element.get("hidden") is not None:
        # React streams a page's parts as hidden <div id="S:1"> and shows them by script.
        return not (element.get("id") or "").startswith("S:")
    style = element.get("style")
    return bool(style) and element.tag not in ("html", "body") and bool(_HIDDEN_STYLE.search(style))
