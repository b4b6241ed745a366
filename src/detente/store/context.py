"""The sentence around a place: for people to read beside the cited words. No language model is asked."""

from __future__ import annotations

import re

from detente.record import Article, Span

# A full stop, question or exclamation mark, closing quotes, space, and a beginning that looks like one.
# Initials and short forms ("U.S. ", "Mr. ") are no ends; where unsure the sentence comes out longer.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Sen|Rep|Col))[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])"
)
MOST = 600


def sentence_at(article: Article, span: Span) -> Span:
    """The sentence or sentences that hold a span, within its paragraph and at most ``MOST`` characters."""
    first, last = _paragraph(article, span)
    start, end = first, last
    for found in _END.finditer(article.text, first, last):
        if found.end() <= span.start:
            start = found.end()
        elif found.end() > span.end:
            end = found.end()
            break
    while end > span.end and article.text[end - 1].isspace():
        end -= 1
    start = max(start, span.start - MOST // 2)
    return Span(article.id, start, min(end, max(span.end, start + MOST)))


def _paragraph(article: Article, span: Span) -> tuple[int, int]:
    for start, end in article.body:
        if start <= span.start < end:
            return start, max(end, span.end)
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return start, len(article.text) if end < 0 else end
