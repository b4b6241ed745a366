"""An outlet or agency that no list knows, by what the page calls itself.

A page names its outlet over and over: in the masthead, in the notice of copyright, in its appeals to
subscribe. A name that stands in two such lines, or in a copyright notice and looks like a newspaper's,
is taken; one line alone says too little (a section, a holding company).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from detente.article.draft import Found
from detente.article.lists import load_words

_DIVIDER = re.compile(r"\s*(?:[|•·»>�]|\s--\s|\s[–—-]\s|\s{3,})\s*")
# A row without one of these names nothing; looking for them first spares most rows the patterns.
_MARKS = frozenset("|•·»>�–—-©")
_HINTS = (
    "   ", "(c)", "(C)", "opyright", "COPYRIGHT", "ights", "RIGHTS", "Founded", "Established", "Registered",
    "Published", "Printed", "Est.", "company", "member",
)  # fmt: skip
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|all rights reserved)[\s©,]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s*(?:by\s+)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:The )?(?:[A-ZÀ-Þ][\w'’&.-]*)(?: (?:of|and|de|la|le|the|[A-ZÀ-Þ][\w'’&.-]*)){1,4}")
_TAIL = re.compile(
    r"[\s,]+(?:Co|Company|Ltd|Limited|Inc|LLC|PLC|GmbH|AG|SA|Corp|Corporation|Printing|Publishing|Publications|"
    r"Newspapers|Media|Group|Holdings|\d{4})\.?$"
)  # fmt: skip
# "Ledger Co. Reproduction forbidden": what stands before the owner's legal form is the name.
_OWNER = re.compile(r"\s(?:Co|Ltd|Limited|Inc|LLC|PLC|GmbH|Corp)\b")
# "Continental Post. Founded 1911.", "Dispatch Ltd. Registered at …": an imprint opens with the name.
_IMPRINT = re.compile(
    r"^(?P<name>(?:The )?(?:[A-ZÀ-Þ][\w'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+?)"
    r"(?: (?:Co|Ltd|Limited|Inc|LLC|PLC)\.?)?[.,] "
    r"(?:Founded|Established|Registered|Published|Printed|Est\.|A (?:company|member))"
)
_AGENCY_TAIL = r"(?:News|Press|Wire|Telegraph|Telegraphic) (?:Service|Agency|Association)"
_CREDIT_LINE = re.compile(
    rf"^(?:by|from|via)?\s*(?P<name>(?:[A-Z][\w'’-]+ ){{1,3}}{_AGENCY_TAIL})\s*$", re.IGNORECASE
)
_FROM_LINE = re.compile(r"^(?:from|via)\s+(?P<name>(?:[A-Z][\w'’-]+ ){1,3}(?:Press|Wire))\s*$", re.IGNORECASE)
_IN_DATELINE = re.compile(
    rf"^[^()]{{2,60}}[(（](?P<name>(?:[A-Z][\w'’-]+ ){{1,3}}(?:{_AGENCY_TAIL}|Press|News|Wire))[)）]"
    r"\s*(?:--|[-–—―])\s"
)


# Code points before the body within which a line of its own may be a credit, whatever its kind.
_NEAR = 120


def find_own_name(text: str, furniture: list[tuple[int, int, str]]) -> Found | None:
    """The outlet's name as its own furniture gives it, or None.

    Args:
        text: the page's text.
        furniture: everything that is not body; bylines and captions are not looked at.
    """
    lines = [(s, text[s:e]) for s, e, kind in furniture if kind not in ("byline", "caption", "headline")]
    rows = [row for s, line in lines for row in _rows(s, line)]
    page = _Rows(rows)
    hints = [hint for hint in _HINTS if hint in text]
    best: Found | None = None
    for offset, row in rows:
        if _MARKS.isdisjoint(row) and not any(hint in row for hint in hints):
            continue
        for name, at, by_right in _names_in(row):
            others = page.naming(name, besides=offset, notices=not by_right)
            if others == 0 and not (by_right and _looks_like_a_paper(name)):
                continue
            # Owners sign copyright notices too, so nothing here is as sure as a listed name.
            sure = min(0.7, 0.5 + 0.1 * by_right + 0.1 * min(others, 2))
            if best is None or sure > best.confidence:
                best = Found(name, "text", sure, (offset + at, offset + at + len(name)))
    above = _masthead(rows[0]) if rows and rows[0][0] <= _TOP else None
    if above is None or (best is not None and best.value not in above.value):
        return best
    return above


def _masthead(row: tuple[int, str]) -> Found | None:
    """The paper's name that a page's first row is, or opens with: "Port Mail", "COAST TIMES | Gulf"."""
    start, words = row
    first = _AFTER_NAME.split(words, maxsplit=1)[0].strip()
    name = " ".join(word.capitalize() for word in first.split()) if first.isupper() else first
    last = name.split()[-1].casefold() if name else ""
    if not _NAME.fullmatch(name) or last not in load_words("papers") or last in _ANYTHING:
        return None
    at = start + words.find(first)
    return Found(name, "text", 0.55, (at, at + len(first)))


# A page's first row begins within so many code points.
_TOP = 40
_AFTER_NAME = re.compile(r"\s*(?:[|•·»>/,(]|\s--\s|\s[–—-]\s|\s{3,})\s*")
# Last words of sections as well ("World News", "Markets Today").
_ANYTHING = frozenset(
    ["news", "newspaper", "today", "world", "press", "record", "reporter", "weekly", "union"]
)


class _Rows:
    """The rows of a page's furniture, folded into one text when first asked for a name."""

    def __init__(self, rows: list[tuple[int, str]]) -> None:
        self._rows = rows
        self._text = ""
        self._starts: list[int] = []

    def naming(self, name: str, *, besides: int, notices: bool) -> int:
        """How many rows but the one at ``besides`` hold a name; notices of copyright only where asked."""
        if not self._text:
            folded = [row.casefold() for _, row in self._rows]
            self._text = "\n".join(folded)
            self._starts = [0, *accumulate(len(row) + 1 for row in folded)]
        found = {bisect_right(self._starts, at) - 1 for at in _mentions(name, self._text)}
        others = [self._rows[i] for i in found]
        return sum(place != besides and (notices or not _COPYRIGHT.search(row)) for place, row in others)


def _rows(start: int, words: str) -> list[tuple[int, str]]:
    if "\n" not in words:
        return [(start, words)]
    return [(start + m.start(), m.group()) for m in re.finditer(r"[^\n]+", words)]


def _names_in(row: str) -> list[tuple[str, int, bool]]:
    """Names that a row may give as the page's own: after a copyright sign, or first in a menu."""
    notice = _COPYRIGHT.search(row)
    if notice:
        match = _NAME.match(row, notice.end())
        return [(_trim(_OWNER.split(match.group())[0]), match.start(), True)] if match else []
    imprint = _IMPRINT.match(row)
    if imprint:
        return [(_trim(imprint["name"]), 0, True)]
    parts = _DIVIDER.split(row)
    match = _NAME.fullmatch(parts[0].strip().title() if parts[0].isupper() else parts[0].strip())
    if len(parts) >= 3 and match:
        name = _trim(match.group())
        return [(name, row.find(parts[0].strip()), False)]
    return []


def _trim(name: str) -> str:
    while True:
        shorter = re.sub(r"\s+(?:and|of|the|de|la|le|All)$", "", _TAIL.sub("", name)).strip(" .,")
        if shorter == name:
            return name
        name = shorter


def _mentions(name: str, folded: str) -> Iterator[int]:
    """Where a folded text holds a name as whole words, without its "The"."""
    plain = name.casefold().removeprefix("the ")
    at = folded.find(plain)
    while at >= 0:
        end = at + len(plain)
        if not (_in_word(folded[at - 1 : at]) or _in_word(folded[end : end + 1])):
            yield at
        at = folded.find(plain, at + 1)


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _looks_like_a_paper(name: str) -> bool:
    return any(word.casefold() in load_words("papers") for word in name.split())


def find_unlisted_agency(
    text: str, body: list[tuple[int, int]], furniture: list[tuple[int, int, str]]
) -> Found | None:
    """An agency that the credit's own form shows: "OSLO, May 3 (Nordic Press) –", "By X News Service"."""
    for start, end in body[:2]:
        match = _IN_DATELINE.match(text[start : min(end, start + 160)])
        if match:
            return Found(match["name"], "text", 0.8, (start + match.start("name"), start + match.end("name")))
    first = body[0][0] if body else len(text)
    for start, end, kind in furniture:
        near = end <= first <= end + _NEAR
        credit = kind in ("byline", "credit", "dateline", "date", "other")
        if not (credit or near) or end - start > 200:
            continue
        for row in re.finditer(r"[^\n]+", text[start:end]):
            match = _CREDIT_LINE.match(row.group()) or _FROM_LINE.match(row.group())
            if match:
                at = start + row.start() + match.start("name")
                return Found(match["name"], "text", 0.7, (at, at + len(match["name"])))
    return None
