"""A cheap look at markup before any parser sees it: is it HTML, how deep is it, does it declare entities.

One pass over the tags, no regular expression that can go quadratic, no tree. Depth follows what parsers
build (void elements do not nest, a new ``<li>`` ends the one before), near enough to tell a page from a bomb.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)[^>]*>)")
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_MARKUP = re.compile(r"<(?:[a-zA-Z!?]|/[a-zA-Z])")
_ROOT = re.compile(r"<([a-zA-Z][\w.:-]*)[\s/>]")
_ENTITY = re.compile(r"<!ENTITY\s", re.I)
_HEAD = 4096
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
))  # fmt: skip
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noframes"))
_ENDED_BY_NEXT = {
    "p": frozenset((
        "p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article",
        "pre", "blockquote", "form",
    )),
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "option": frozenset(("option", "optgroup")),
    "td": frozenset(("td", "th", "tr", "tbody", "tfoot")),
    "th": frozenset(("td", "th", "tr", "tbody", "tfoot")),
    "tr": frozenset(("tr", "tbody", "tfoot")),
    "thead": frozenset(("tbody", "tfoot")),
    "tbody": frozenset(("tbody", "tfoot")),
    "a": frozenset(("a",)),
}  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether a text opens as an HTML page does (doctype, ``html``, ``head`` or ``body`` first)."""
    return _HTML_START.match(_without_prolog(text[:_HEAD])) is not None


def has_markup(text: str) -> bool:
    """Whether there is any tag at all."""
    return _MARKUP.search(text) is not None


def xml_root(text: str) -> str | None:
    """The local name of an XML document's root element, lower case; None where the text opens otherwise."""
    head = text[:_HEAD].lstrip()
    if not head.startswith("<"):
        return None
    match = _ROOT.search(_without_prolog(head))
    return match[1].rpartition(":")[2].lower() if match else None


def _without_prolog(head: str) -> str:
    """Drop XML declaration, processing instructions and comments, so that none is taken for the root."""
    while True:
        head = head.lstrip()
        closing = "?>" if head.startswith("<?") else "-->" if head.startswith("<!--") else None
        end = head.find(closing) if closing else -1
        if closing is None or end < 0:
            return head
        head = head[end + len(closing) :]


def declares_entities(text: str) -> bool:
    """Whether an entity declaration stands before the root element."""
    at = text.find("<!DOCTYPE")
    if at < 0:
        at = text[:_HEAD].lower().find("<!doctype")
    if at < 0:
        return False
    subset, end = text.find("[", at), text.find(">", at)
    return 0 <= subset < end and _ENTITY.search(text, subset, subset + 100_000) is not None


def markup_depth(text: str, *, stop: int) -> int:
    """The most elements open at once, counted until ``stop`` is passed. One plain loop, for speed."""
    stack: list[str] = []
    opened: dict[str, int] = {}
    closers = _Finder(text)
    deepest = resume = 0
    # Up to the last ">", every "<" of a tag finds its end at once: nothing is searched twice.
    for tag in _TAG.finditer(text, 0, text.rfind(">") + 1):
        if tag.start() < resume:  # inside a comment or script
            continue
        slash, name = tag.groups()
        if name is None:
            resume = closers.after("-->", tag.end())
            continue
        name = name.lower()
        if slash:
            _close(name, stack, opened)
        elif name in _RAW:
            resume = closers.after(f"</{name}", tag.end())
        elif name not in _VOID and text[tag.end() - 2] != "/":
            while stack and stack[-1] in _ENDED_BY_NEXT and name in _ENDED_BY_NEXT[stack[-1]]:
                opened[stack.pop()] -= 1
            stack.append(name)
            opened[name] = opened.get(name, 0) + 1
            if len(stack) > deepest:
                deepest = len(stack)
                if deepest > stop:
                    break
    return deepest


def _close(name: str, stack: list[str], opened: dict[str, int]) -> None:
    """An end tag closes its element and all that is still open inside; one without a start does nothing."""
    while opened.get(name):
        last = stack.pop()
        opened[last] -= 1
        if last == name:
            return


class _Finder:
    """Finds closers from left to right; one that is missing is looked for once, so all stays linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower: str | None = None
        self._missing: set[str] = set()

    def after(self, closer: str, at: int) -> int:
        """Where the next ``closer`` ends; the end of the text where there is none."""
        if closer in self._missing:
            return len(self._text)
        found = self._haystack(closer).find(closer, at)
        if found < 0:
            self._missing.add(closer)
            return len(self._text)
        return found + len(closer)

    def _haystack(self, closer: str) -> str:
        if not closer.startswith("</"):
            return self._text
        if self._lower is None:
            lowered = self._text.lower()
            # A few characters change length when lowered; then only tags as written are found.
            self._lower = lowered if len(lowered) == len(self._text) else self._text
        return self._lower
