"""A last paragraph that tells of something else: "Pollen count: low. Ferry strike: see page 5."

A newspaper's brief is dumped with what stands below it on the page: pointers to other pages, notices of its
own. Such a paragraph is short, quotes nobody, shares hardly a word with the article, and speaks in fragments,
points to a page or speaks to the reader. English alone, as fragments are told by what is no finite verb.
"""

from __future__ import annotations

import re

from detente.article.verbs import FINITE, PAST

_LONGEST, _SHARED, _LEAST_BODY = 220, 0.25, 400
# English prose has one of these words in every hundred characters, and more.
_ENGLISH, _RARE = re.compile(r"\b(?:the|of|and|to|in)\b"), 100
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[\"'“‘(]?[A-Z0-9])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{3,}")
_QUOTED = re.compile(r"[\"“”]")
# Two capitalised words in a row within a sentence: credits are left to those who know them.
_NAMED = re.compile(r"(?<![.!?]) [A-Z][a-z]+ [A-Z][a-z]+")
_DAYS = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today|yesterday")
_POINTER = re.compile(
    r"\b(?:see |on |turn to )?pages? [A-Z]?\d{1,3}\b|, (?:p\. ?\d{1,3}|[A-F]\d{1,2})\.?$", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"^(?:win|call|ring|order|book|send|visit|write to|join|buy|enter|register|renew|tell us|"
    r"to (?:receive|order|subscribe|advertise))\b"
    r"|\bour (?:\w+ ){0,2}(?:desk|office|notice|website|shop|page|pages|readers|subscribers|classified\w*)\b"
    r"|\b(?:corrections|letters|entries|complaints|contributions) (?:should|must|may|can|to)\b"
    r"|\bno (?:liability|responsibility)\b|\b(?:annual|postal|subscription|advertising) rates?\b"
    r"|\bcall (?:the|us|our|\d)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    rf"\b(?:{FINITE}|{PAST}|got|put|set|stood|brought|paid|spoke|wrote|led|ran|drew|flew|shot|cut|hit|let|"
    r"knew|thought|found|[a-z]{2,}ed)\b|"
    r"n['’]t\b|['’]s (?:a|the|not|been)\b"
)


def is_foreign(unit: str, body: str) -> bool:
    """True for a last paragraph that does not belong to the article above it.

    Args:
        unit: the paragraph.
        body: all of the article that stands above it.
    """
    if len(unit) > _LONGEST or len(body) < _LEAST_BODY or _QUOTED.search(unit):
        return False
    if len(_ENGLISH.findall(body)) < len(body) / _RARE:
        return False
    words = _stems(unit)
    if len(words & _stems(body)) > _SHARED * len(words):
        return False
    sentences = _SENTENCE.split(unit)
    bare = sum(not _FINITE.search(sentence) for sentence in sentences)
    told = any(_POINTER.search(s) or _ADDRESS.search(s) for s in sentences)
    return told or (len(sentences) > 1 and 2 * bare > len(sentences) and not _NAMED.search(unit))


def _stems(words: str) -> set[str]:
    """The telling words by their beginnings; days tell nothing."""
    return {w.casefold()[:6] for w in _WORD.findall(words) if not _DAYS.search(w.casefold())}
