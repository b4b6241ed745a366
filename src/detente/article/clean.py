"""Rows that hold the body alone (JSON Lines, full-text feeds): all stays but unmistakable furniture."""

from __future__ import annotations

import numpy as np

from detente.article.draft import Draft
from detente.article.furniture import never_body, normal, phrase_kind
from detente.article.marked import Marked
from detente.article.settings import Settings
from detente.article.text import fill_draft
from detente.article.units import find_units
from detente.record import Page


def read_clean(page: Page, settings: Settings) -> Draft:
    """Read a row whose text is already the body; what the row states of itself is set by the caller."""
    text = page.content
    units = find_units(text)
    words = [text[u.start : u.end] for u in units]
    kept = [not _is_furniture(unit) for unit in words]
    given: dict[int, str] = {}
    if words and page.title and normal(words[0]) == normal(page.title):
        kept[0], given[0] = False, "headline"
    chances = np.zeros((len(units), 4), dtype=np.float32)
    chances[:, 0] = 1.0
    marked = Marked(text, units, words, chances, kept, given)
    draft = Draft(text, title=page.title, url=page.url)
    fill_draft(draft, marked, page)
    return draft


def _is_furniture(words: str) -> bool:
    # Crossheads like "News" or "Opinion" may stand in a clean body; lists and widgets do not.
    return never_body(words) and phrase_kind(words) not in ("nav", "footer")
