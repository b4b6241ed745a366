"""Labels what is not body by kind: navigation, related lists, captions, comments, credits …

Phrases of ``data/furniture.toml`` decide first; a section's heading hands its kind to the units after it;
shape decides the rest ("other" where nothing tells). Labels are for people and for the readers of
metadata; whether a unit is body is decided elsewhere, except for phrases that are never news.
"""

from __future__ import annotations

import re
from functools import lru_cache

from detente.article.lists import load_phrases

_EDGES = " \t\u00a0*•·>|:–—-_.!…»→#[]()"
_PHOTO_CREDIT = re.compile(
    r"\((?:AP|AFP|EPA|Reuters|Getty|REUTERS|Associated Press|"
    r"[^()]{0,40}(?:Photo|photo|Getty Images|via AP|/\s?AP|/\s?AFP|Pool|Images|Foto|Times|Post|Press)"
    r"[^()]{0,30})\s*\)\s*$"
    r"|(?:/\s?(?:AP|AFP|EPA|Reuters|Getty Images|Getty|dpa|AFP via Getty Images))\s*$"
    r"|(?:Getty Images|AFP via Getty|iStock|Shutterstock|Unsplash)\b.{0,30}$"
)
# Every photo credit holds one of these; most units hold none, and looking for them is cheap.
_PHOTO_MARK = re.compile(r"[)/]|Getty|iStock|Shutterstock|Unsplash")
_LINK_ONLY = re.compile(r"<?(?:https?://|www\.)\S+>?")
_RULE = re.compile(r"[\W_]*")
_HANDLE = re.compile(r"(?:twitter|x|instagram|facebook)?\s*:?\s*@\w+", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def normal(words: str) -> str:
    """The words as phrases are compared: casefolded, one space, no edge punctuation."""
    return " ".join(words.split()).strip(_EDGES).casefold().replace("’", "'")


@lru_cache(maxsize=32_768)
def phrase_kind(words: str) -> str | None:
    """The kind of a unit that is a known phrase or starts with one; None for anything else."""
    if len(words) > 200:
        return None
    phrases = load_phrases()
    plain = normal(words)
    if not plain:
        return "other"
    if plain in phrases.whole:
        return phrases.whole[plain]
    if plain.startswith(phrases.any_start.get(plain[0], ())):
        return next(kind for phrase, kind in phrases.starts[plain[0]] if plain.startswith(phrase))
    return section_kind(words)


@lru_cache(maxsize=32_768)
def section_kind(words: str) -> str | None:
    """The kind of a heading that opens a section of furniture ("Most read", "Leave a reply")."""
    if len(words) > 60:
        return None
    plain, phrases = normal(words), load_phrases()
    if not plain.startswith(phrases.any_section.get(plain[:1], ())):
        return None
    return next(kind for phrase, kind in phrases.sections[plain[:1]] if plain.startswith(phrase))


def never_body(words: str) -> bool:
    """True for units that no article's body holds: rules, bare links, handles, known phrases.

    On the development dumps 99.5% of the units that are a phrase, and 96% of those that start with one,
    are furniture by the gold.
    """
    if _RULE.fullmatch(words) or _LINK_ONLY.fullmatch(words) or _HANDLE.fullmatch(words):
        return True
    return phrase_kind(words) is not None


def shape_kind(words: str) -> str | None:
    """A kind told by shape alone: a photo credit, a rule, a copyright line, a link."""
    if _RULE.fullmatch(words):
        return "other"
    if _LINK_ONLY.fullmatch(words):
        return "nav"
    if _HANDLE.fullmatch(words):
        return "share"
    if _PHOTO_MARK.search(words) and _PHOTO_CREDIT.search(words):
        return "caption"
    if "©" in words[:40]:
        return "footer"
    return None


def label_kinds(words: list[str], kept: list[bool], given: dict[int, str]) -> list[str]:
    """The kind of every unit not kept ("" for kept ones).

    Args:
        words: the units' words in order.
        kept: which are body.
        given: kinds already known (headline, byline, date, dateline, credit, caption).
    """
    kinds: list[str] = []
    first = next((i for i, keep in enumerate(kept) if keep), len(words))
    last = max((i for i, keep in enumerate(kept) if keep), default=-1)
    section: str | None = None
    for index, unit in enumerate(words):
        if kept[index]:
            section = None
            kinds.append("")
            continue
        opened = section_kind(unit)
        section = opened or section
        kind = given.get(index) or opened or phrase_kind(unit) or shape_kind(unit) or section
        kinds.append(kind or _place_kind(unit, index, first, last))
    return kinds


def _place_kind(words: str, index: int, first: int, last: int) -> str:
    long = len(words) > 60
    if index < first:
        return ("caption" if first - index <= 3 else "other") if long else "nav"
    if index > last:
        return "teaser" if long else "related" if len(words) > 25 else "footer"
    return "caption" if long else "other"
