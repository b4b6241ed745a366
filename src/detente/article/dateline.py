"""Datelines: the place a report is written from, at the head of its first paragraph."""

from __future__ import annotations

import re

from detente.article.draft import Found, Place

_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’.À-ÿ-]+(?:[ /]\w[\w'’.À-ÿ-]*){0,3}"
    r"(?:, (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[A-Z][\w.]+ ?){1,3})?)"
    r"(?P<weekday>,? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?)?"
    r"(?P<date>,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?P<credit>[ ,]*[(（][^()（）]{2,40}[)）])?[ \u00a0]*(?:--|[-–—―:])[ \u00a0]"
)

# Every dateline ends so, and most paragraphs hold none.
_DASH = re.compile(r"[-–—―:][ \u00a0]")


_SHORTEST = 4  # letters of a bare place in capitals: "NATO" is one as well, "US" and "Q" are none


def find_place(paragraph: str) -> tuple[str, int, int] | None:
    """The place in a paragraph's dateline ("PARIS", "KYIV, Ukraine") with its offsets, or None."""
    match = _match(paragraph)
    place = match["place"].strip(" ,") if match else ""
    return (place, 0, len(place)) if match else None


def find_dateline_end(paragraph: str) -> int:
    """Where the sentence behind a paragraph's dateline begins; 0 where there is none.

    A bare name in capitals before a colon may be who speaks ("LAVROV: We …"): it is left in the sentence.
    """
    match = _match(paragraph)
    if not match:
        return 0
    told = match["credit"] or match["weekday"] or match["date"] or "," in match["place"]
    bare = len(match["place"]) >= _SHORTEST and not match[0].rstrip().endswith(":")
    return match.end() if told or bare else 0


def find_dateline_day(paragraph: str) -> tuple[int, int] | None:
    """Where a paragraph's dateline tells the day ("Tuesday", "June 1"); the date where it has both."""
    match = _match(paragraph)
    name = "date" if match and match["date"] else "weekday"
    if not match or not match[name]:
        return None
    end = match.end(name)
    return end - len(match[name].lstrip(", ")), end


def _match(paragraph: str) -> re.Match[str] | None:
    """Capitals, a day or an agency's brackets tell a dateline from a sentence with a dash."""
    head = paragraph[:160]
    match = _DATELINE.match(head) if _DASH.search(head) else None
    if not match:
        return None
    first = match["place"].strip(" ,").split(",")[0]
    return match if first.upper() == first or match["credit"] or match["date"] else None


def find_dateline(text: str, body: list[Place]) -> Found | None:
    """The dateline of one of the first two body paragraphs."""
    for start, end in body[:2]:
        found = find_place(text[start:end])
        if found:
            return Found(found[0], "text", 0.95, (start + found[1], start + found[2]))
    return None
