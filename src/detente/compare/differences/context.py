"""The sentence in which something is told, as words that say which event it is of."""

from __future__ import annotations

import calendar
from functools import cache

from detente.compare.cues import cues
from detente.compare.shared import sentence_ranges
from detente.compare.tolls.words import words as toll_words
from detente.compare.words import WORD
from detente.record import Article, Span

STEM = 6  # letters kept of a word: arrive, arrived, arrival


@cache
def _plain() -> frozenset[str]:
    """Stems that tell no event from another: function words, numbers, days, what tolls are told with."""
    lists = toll_words()
    told = {word for name in ("between", "people", "units", "skipped", "rising") for word in lists.sets[name]}
    told |= {part for split_kinds in lists.phrases.values() for split, _ in split_kinds for part in split}
    told |= {
        *lists.numbers,
        *lists.vague,
        *lists.scales,
        "least",
        "more",
        "than",
        "about",
        "nearly",
        "almost",
    }
    days = {name.casefold() for name in (*calendar.day_name, *calendar.month_name) if name}
    report = {part for phrase in cues().report for part in phrase.split()}
    return frozenset(word[:STEM] for word in {*cues().function_words, *told, *days, *report})


def sentence_of(article: Article, span: Span) -> Span:
    """The sentence in which a span begins; the headline for what stands there."""
    head = article.headline
    if head is not None and head.start <= span.start < head.end:
        return head
    for start, end in article.body:
        if start <= span.start < end:
            for first, last in sentence_ranges(article.text, start, end):
                if first <= span.start < last:
                    return Span(article.id, first, last)
    return span


def stems(article: Article, start: int, end: int, *, but: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems between two places that tell one event from another, ``but`` some."""
    found = (m.group().casefold()[:STEM] for m in WORD.finditer(article.text, start, end))
    plain = _plain() | but | {f"{stem}s" for stem in but}
    return frozenset(stem for stem in found if stem not in plain and not stem.isdigit())


def context_of(article: Article, span: Span) -> frozenset[str]:
    """The stems of a span's sentence and of the headline."""
    sentence = sentence_of(article, span)
    head = article.headline
    own = stems(article, sentence.start, sentence.end)
    return own | stems(article, head.start, head.end) if head is not None else own
