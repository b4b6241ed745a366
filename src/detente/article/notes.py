"""What a reader of the record should know of a page: a paywall's stub, a live blog, several articles."""

from __future__ import annotations

import itertools

from detente.article.dateline import find_place
from detente.article.furniture import normal
from detente.article.lists import load_page_words
from detente.article.marked import Marked

# A stub is shorter than this; whole articles behind a notice of subscription are longer.
STUB = 1500


def find_notes(marked: Marked, title: str | None) -> list[str]:
    """Flags for a page: "paywall stub", "live blog", "several articles"."""
    words = load_page_words()
    body = [w for w, keep in zip(marked.words, marked.kept, strict=True) if keep]
    notes = []
    if sum(map(len, body)) < STUB:
        outside = [w for w, keep in zip(marked.words, marked.kept, strict=True) if not keep and len(w) < 300]
        said = normal("\n".join(outside))
        if any(phrase in said for phrase in words["paywall"]):
            notes.append("paywall stub")
    plain = normal(title or "")
    if any(plain.startswith(word) for word in words["live"]):
        notes.append("live blog")
    datelines = [
        index for index, paragraph in enumerate(body) if len(paragraph) > 60 and find_place(paragraph)
    ]
    if sum(after - before > 2 for before, after in itertools.pairwise(datelines)) >= 2:
        notes.append("several articles")
    return notes
