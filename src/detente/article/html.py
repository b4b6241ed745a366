"""HTML → draft: our own text blocks decided by the tagger, metadata from markup beside the words."""

from __future__ import annotations

from detente.article.draft import Draft
from detente.article.render import render_html
from detente.article.settings import Settings
from detente.article.text import fill_draft, mark_text
from detente.record import Page, Refusal


def read_html(page: Page, settings: Settings) -> Draft | Refusal:
    """Read a page handed over as HTML."""
    rendered = render_html(page.content)
    if not rendered.text:
        return Refusal(page.source, "no-article", "The page has no text.", page.sha256)
    marked = mark_text(rendered.text, threshold=settings.threshold)
    draft = Draft(rendered.text, title=page.title, url=page.url)
    fill_draft(draft, marked, page)
    return draft
