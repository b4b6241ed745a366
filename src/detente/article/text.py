"""Plain-text dumps: the article among the web furniture, from the words and their layout alone.

1. The text is cut into units (``units.py``).
2. A small trained tagger gives each unit its chance to be body, headline, byline or date line.
3. Rules that hold on any page overrule it: phrases that are never news, what stands alone far from
   the rest, a picture's caption before the lead.
4. The page as a whole is judged: where what was kept looks like teasers or left-overs, it is refused.
5. Headline, byline and date are read from the furniture around the body.
"""

from __future__ import annotations

import numpy as np

from detente.article.around import (
    find_headline,
    find_source_url,
    find_text_byline,
    find_text_date,
    find_text_outlet,
    mark_credits,
)
from detente.article.draft import Draft
from detente.article.features import Floats, find_features
from detente.article.furniture import label_kinds
from detente.article.language import find_language
from detente.article.marked import Marked, apply_rules
from detente.article.network import load_network
from detente.article.notes import find_notes
from detente.article.outlet import find_host
from detente.article.presence import REASONS, find_absence
from detente.article.settings import Settings
from detente.article.stretch import keep_stretch
from detente.article.units import find_units, join_paragraphs
from detente.record import Page, Refusal


def read_text(page: Page, settings: Settings) -> Draft | Refusal:
    """Read a page handed over as plain text; one that holds no article is refused with its reason."""
    marked, dense = mark_text(page.content, settings)
    reason = find_absence(marked, dense, least=settings.least_presence, weights=settings.weights)
    if reason:
        return Refusal(page.source, reason, REASONS[reason], page.sha256)
    draft = Draft(page.content, title=page.title, url=page.url)
    fill_draft(draft, marked, page)
    return draft


def mark_text(text: str, settings: Settings) -> tuple[Marked, Floats]:
    """Cut a text into units and decide which are body; with the layout features of the units."""
    units = find_units(text)
    words = [text[u.start : u.end] for u in units]
    if not units:
        nothing = np.zeros((0, 4), dtype=np.float32)
        return Marked(text, units, words, nothing, [], {}), nothing
    features = find_features(text, units)
    chances = load_network("lines", settings.weights).score(features)
    kept = [bool(p >= settings.threshold) for p in chances[:, 0]]
    marked = Marked(text, units, words, chances, keep_stretch(words, chances[:, 0], kept), {})
    apply_rules(marked)
    return marked, features.dense


def fill_draft(draft: Draft, marked: Marked, page: Page, *, language: str | None = None) -> None:
    """Body, furniture and all that is read around the body, into the draft."""
    draft.body = join_paragraphs(marked.text, marked.units, marked.kept)
    body_text = "\n".join(marked.text[s:e] for s, e in draft.body[:6])
    draft.language, _ = find_language(body_text, hint=language)
    find_source_url(draft, marked)
    draft.host = find_host(draft.url)
    find_headline(draft, marked, page.title)
    find_text_byline(draft, marked)
    find_text_date(draft, marked)
    find_text_outlet(draft, marked)
    mark_credits(marked)
    kinds = label_kinds(marked.words, marked.kept, marked.given)
    draft.furniture = [
        (u.start, u.end, kind)
        for u, kind, keep in zip(marked.units, kinds, marked.kept, strict=True)
        if not keep
    ]
    sure = [float(p) for p, keep in zip(marked.chances[:, 0], marked.kept, strict=True) if keep]
    draft.notes += find_notes(marked, draft.title)
    draft.body_confidence = round(sum(sure) / len(sure), 3) if sure else 0.0
