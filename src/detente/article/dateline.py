"""Datelines: the place a report is written from, at the head of its first paragraph."""

from __future__ import annotations

import re

from detente.article.draft import Found, Place

_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’.À-ÿ-]+(?:[ /]\w[\w'’.À-ÿ-]*){0,3}"
    r"(?:, (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[A-Z][\w.]+ ?){1,3})?)"
    r"(?:,? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?P<credit>[ ,]*[(（][^()（）]{2,40}[)）])?[ \u00a0]*(?:--|[-–—―:])[ \u00a0]"
)

# Every dateline ends so, and most paragraphs hold none.
_DASH = re.compile(r"[-–—―:][ \u00a0]")


def find_place(paragraph: str) -> tuple[str, int, int] | None:
    """The place in a paragraph's dateline ("PARIS", "KYIV, Ukraine") with its offsets, or None.

    Capitals or an agency's brackets tell a dateline from a sentence with a dash.
    """
    head = paragraph[:160]
    match = _DATELINE.match(head) if _DASH.search(head) else None
    if not match:
        return None
    place = match["place"].strip(" ,")
    first = place.split(",")[0]
    if first.upper() != first and not match["credit"]:
        return None
    return place, 0, len(place)


def find_dateline(text: str, body: list[Place]) -> Found | None:
    """The dateline of one of the first two body paragraphs."""
    for start, end in body[:2]:
        found = find_place(text[start:end])
        if found:
            return Found(found[0], "text", 0.95, (start + found[1], start + found[2]))
    return None
