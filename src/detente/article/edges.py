"""The edges of a body: credits above its first paragraph, an author's note or a caption below its last."""

from __future__ import annotations

import re

from detente.article.dates import find_stamps
from detente.article.foreign import is_foreign
from detente.article.furniture import phrase_kind
from detente.article.names import clean_name, find_byline, find_role
from detente.article.verbs import FINITE, PAST

_NOTE_VERB = (
    r"(?:covers|writes (?:about|for|on|from)|reports (?:on|from|for)|"
    r"has (?:written|covered|reported|worked)|teaches|can be (?:reached|followed)|joined|contributed|"
    r"is (?:an?|the|[A-Z]\w+(?: [A-Z]\w+)*['’]s) (?:[\w'’-]+ ){0,5}?"
    r"(?:correspondent|editor|reporter|columnist|journalist|writer|author|professor|fellow|analyst|director|lecturer|researcher|contributor)s?\b)"
)
_NOTE = re.compile(rf"^(?P<name>(?:[A-ZÀ-Þ][\w'’.-]+ ){{2,4}}){_NOTE_VERB}")
# A caption ends with its day, or says that the picture is old.
_DATED = re.compile(
    r"(?:, (?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}|"
    r"(?:file|archive|library) (?:photo(?:graph)?|picture|image))"
    r"\.?\)?$",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b(?:{FINITE}|{PAST}|[a-z]+ed (?!by\b))\b")
NOTE_LENGTH, CAPTION_LENGTH = 300, 140


def find_noted(words: str) -> tuple[str, int, int] | None:
    """The author whom a note about them names, with the place, or None."""
    note = _NOTE.match(words) if len(words) <= NOTE_LENGTH else None
    name = clean_name(note["name"]) if note else None
    return (name, 0, len(name)) if name and words.startswith(name) else None


def head_kind(words: str) -> str | None:
    """``byline`` or ``date`` for a line that is a credit or a day and nothing else, or None."""
    if find_role(words):
        return "byline"
    byline = find_byline(words)
    if byline and byline[1] <= 12 and not words[0].islower():
        return "byline"
    stamps = find_stamps(words)
    if stamps and sum(s.end - s.start for s in stamps[:1]) >= 0.6 * len(words):
        return "date"
    return None


# Units after the first of the body among which its byline may stand: below a standfirst.
_HEAD = 8


def drop_end(words: list[str], kept: list[bool], given: dict[int, str]) -> None:
    """Set aside a notice, an author's note or a caption that ends the body; paragraphs above stay."""
    first = kept.index(True) if True in kept else 0
    head = " ".join(
        w for w, keep in zip(words[: first + _HEAD], kept[: first + _HEAD], strict=True) if not keep
    ).casefold()
    index = _last(kept)
    if index > first and is_foreign(words[index], _above(words, kept, index)):
        kept[index] = False
        index = _last(kept)
    if index < 0:
        return
    unit = words[index]
    note = _NOTE.match(unit) if len(unit) <= NOTE_LENGTH else None
    if note and note["name"].strip().casefold() in head:
        kept[index], given[index] = False, "credit"
    elif len(unit) <= CAPTION_LENGTH and _DATED.search(unit) and not _FINITE.search(unit):
        kept[index], given[index] = False, "caption"
    elif len(unit) <= NOTE_LENGTH and _has_appeal(unit):
        kept[index] = False


def _last(kept: list[bool]) -> int:
    return max((i for i, keep in enumerate(kept) if keep), default=-1)


def _above(words: list[str], kept: list[bool], index: int) -> str:
    return "\n".join(words[i] for i in range(index) if kept[i])


def _has_appeal(unit: str) -> bool:
    """ "Bins are emptied on Monday. Advertise with us: …": a sentence of the page's own, not at its head."""
    return any(phrase_kind(sentence) for sentence in re.split(r"(?<=[.!?]) +", unit)[1:])
