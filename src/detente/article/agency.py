"""Which agency first wrote a text, by the credit it carries, with the words that say so.

A photo's credit is not the text's: captions, teasers and link lists are never looked at.
"""

from __future__ import annotations

import re
from functools import cache

from detente.article.draft import Found, Place
from detente.article.lists import Form, load_agencies

_WORD = re.compile(r"\w+")
_MARKS = ".,;:!?\"'()[]“”‘’«»…–—-"
_CREDIT_KINDS = ("byline", "credit", "dateline", "date", "footer")


def find_agency(text: str, body: list[Place], furniture: list[tuple[int, int, str]]) -> Found | None:
    """The agency with the strongest credit, or None.

    Args:
        text: the page's text.
        body: its paragraphs.
        furniture: everything else by kind; only bylines, credits, datelines and footers are read.
    """
    credits = [(s, e) for s, e, kind in furniture if kind in _CREDIT_KINDS]
    zones = {
        "lead": body[:2],
        "last": body[-2:] + [place for place in credits if body and place[0] > body[-1][0]],
        "body": body,
        "any": body[:2] + body[-3:] + credits,
        "furniture": [place for place in credits if place[1] - place[0] < 200],
    }
    held = _words_of(text, [*body, *credits])
    best: Found | None = None
    names, codes = _candidates(load_agencies().names, held), _candidates(load_agencies().codes, held)
    for form in load_agencies().forms:
        for surface, name in (*names, *codes) if "{code}" in form.pattern else names:
            found = _match(text, zones[form.where], form, surface, name)
            if found and (best is None or found.confidence > best.confidence):
                best = found
    return best


def _words_of(text: str, places: list[Place]) -> set[str]:
    """The different words of some places; a pattern looks only at what is none once its marks are off."""
    pieces: set[str] = set()
    for start, end in places:
        pieces.update(text[start:end].split())
    words = set(filter(str.isalnum, pieces))
    bare = {piece.strip(_MARKS) for piece in pieces - words}
    words.update(filter(str.isalnum, bare))
    return words.union(_WORD.findall(" ".join(bare - words)))


def _match(text: str, places: list[Place], form: Form, surface: str, name: str) -> Found | None:
    pattern = _compile(form.pattern, surface)
    for start, end in places:
        # A dateline stands at the head of its paragraph, a credit at its foot.
        head = start + (160 if form.where == "lead" else end - start)
        match = pattern.search(text[start : min(end, head)])
        if match:
            words = re.search(re.escape(surface), match.group())
            at = start + match.start() + (words.start() if words else 0)
            return Found(name, "text", form.confidence, (at, at + len(surface)))
    return None


def _candidates(forms: dict[str, str], held: set[str]) -> list[tuple[str, str]]:
    """Written forms that may stand in the text: those whose every word does, longest first."""
    return [(surface, name) for surface, name, words in _by_length(tuple(forms.items())) if words <= held]


@cache
def _by_length(surfaces: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, frozenset[str]], ...]:
    ordered = sorted(surfaces, key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((surface, name, frozenset(_WORD.findall(surface))) for surface, name in ordered)


@cache
def _compile(pattern: str, surface: str) -> re.Pattern[str]:
    named = rf"(?<!\w){re.escape(surface)}(?!\w)"
    return re.compile(pattern.replace("{code}", named).replace("{name}", named))


def find_name(words: str) -> str | None:
    """The agency that some words of metadata name ("Associated Press", "dpa"), or None."""
    agencies = load_agencies()
    plain = words.strip(" .()")
    return agencies.names.get(plain) or agencies.codes.get(plain)
