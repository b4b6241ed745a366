"""HTML → draft: our own text blocks, judged by a tagger that sees the markup and trafilatura's choice.

1. The page is rendered to blocks with offsets (``render.py``).
2. The block tagger weighs words, layout, tags and class names; rules of the text reader follow.
3. Where the tagger is unsure, trafilatura in precision mode reads the same markup; its output is laid onto
   the blocks (``align.py``) and the tagger decides again with that vote.
4. Metadata comes from the markup first (``authors.py``, ``metadata.py``, ``title.py``), from the words around
   the body else.

Pages without an article are refused: an index of links, a cookie wall, an error page.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np

from detente.article.authors import find_authors, find_credited_body
from detente.article.blocks import VOTERS, add_votes, find_block_features, find_votes
from detente.article.dates import find_url_day
from detente.article.draft import Draft, Found, FoundDate, Place
from detente.article.extractors import run_extractor
from detente.article.features import Floats
from detente.article.furniture import normal
from detente.article.lists import load_page_words
from detente.article.marked import LEAST_FLOW, Marked, apply_rules, is_sentence
from detente.article.markup import Markup, read_markup
from detente.article.metadata import agency_author, find_date, find_outlet
from detente.article.network import load_network
from detente.article.outlet import find_host, outlet_of_host
from detente.article.render import Rendered, render_html
from detente.article.settings import Settings
from detente.article.text import fill_draft
from detente.article.title import find_headings, find_title, shown_heading
from detente.article.units import Unit
from detente.article.visible import find_visible_authors
from detente.record import Date, Page, Refusal

# Share of an extractor's words that our blocks do not hold from which the page is flagged: it read
# something we do not render (a script's data, a hidden part).
_LOST = 0.1
# Share of doubtful text (against the body's) from which trafilatura is asked. On the development pages asking
# for the three pages in ten above it scores as asking for all (F1 .942 and .942), at a third of the cost.
_UNSURE = 0.095
# A page with less body than this is doubted as if it had this much.
_LITTLE = 200
# A body block of more code points than this is a paragraph.
_PARAGRAPH = 60


def read_html(page: Page, settings: Settings) -> Draft | Refusal:
    """Read a page handed over as HTML."""
    rendered = render_html(page.content)
    if not rendered.blocks:
        return Refusal(page.source, "no-article", "The page has no text.", page.sha256)
    markup = read_markup(rendered.tree)
    marked, lost = _mark(rendered, page, settings)
    refusal = _refuse(page, marked, markup)
    if refusal:
        return refusal
    draft = Draft(rendered.text, url=page.url or _own_url(markup))
    _fill(draft, rendered, marked, markup, page)
    draft.notes += [
        f"{name} read words that are not in the page's text" for name, share in lost.items() if share > _LOST
    ]
    draft.notes += _page_notes(marked, markup)
    if "several articles" not in draft.notes and _is_several(rendered, marked):
        draft.notes.append("several articles")
    return draft


def _mark(rendered: Rendered, page: Page, settings: Settings) -> tuple[Marked, dict[str, float]]:
    """The blocks judged, and how much of each extractor's text they do not hold."""
    network = load_network("blocks", settings.weights)
    features = find_block_features(rendered, {})
    chances = network.score(features)
    lost: dict[str, float] = {}
    if settings.extractor and find_doubt(rendered, chances[:, 0]) > _UNSURE:
        votes, lost = find_votes(rendered, {v: run_extractor(v, page.content) for v in VOTERS})
        chances = network.score(add_votes(features, votes)) if votes else chances
    return mark_blocks(rendered, chances, settings), lost


def find_doubt(rendered: Rendered, chances: Floats) -> float:
    """Code points that the tagger may have put on the wrong side, to those it takes for body."""
    sizes = np.array([block.end - block.start for block in rendered.blocks])
    wrong = np.minimum(chances, 1 - chances)
    return float((sizes * wrong).sum() / max((sizes * (chances >= 0.5)).sum(), _LITTLE))


def mark_blocks(rendered: Rendered, chances: Floats, settings: Settings) -> Marked:
    """The page's blocks with their chances, and which are body."""
    units = [Unit(b.start, b.end, 0, 0) for b in rendered.blocks]
    words = [rendered.text[u.start : u.end] for u in units]
    kept = [bool(p >= settings.threshold) for p in chances[:, 0]]
    marked = Marked(rendered.text, units, words, chances, kept, {}, bare_names=False)
    captions = {e for caption in rendered.tree.iter("figcaption") for e in caption.iter()}
    for index, block in enumerate(rendered.blocks):
        if block.element in captions:
            marked.given[index] = "caption"
    _keep_kin(rendered, marked)
    apply_rules(marked)
    return marked


def _keep_kin(rendered: Rendered, marked: Marked) -> None:
    """A whole sentence after body in the very same element (parted by line breaks) is body, too."""
    for index in range(1, len(marked.words)):
        if marked.kept[index] or not marked.kept[index - 1] or marked.chances[index, 0] < LEAST_FLOW:
            continue
        same = rendered.blocks[index].element is rendered.blocks[index - 1].element
        if same and is_sentence(marked.words[index]):
            marked.kept[index] = True


def _own_url(markup: Markup) -> str | None:
    url = markup.canonical or next((value for _, value in markup.first("og:url")), None)
    return url if url and url.startswith("http") else None


def _fill(draft: Draft, rendered: Rendered, marked: Marked, markup: Markup, page: Page) -> None:
    host = find_host(draft.url)
    outlet = outlet_of_host(host)
    named = find_outlet(markup)
    site = named.value if named else outlet.value if outlet else None
    headings = find_headings(rendered, marked.kept, site)
    title = page.title or find_title(markup, headings, site)
    draft.title = title
    shown = shown_heading(headings, title)
    fill_draft(
        draft, marked, Page(page.source, "text", "", page.sha256, title=shown), language=markup.language
    )
    if named and not (outlet and outlet.confidence > 0.9):
        draft.outlet = named
    draft.byline = find_visible_authors(rendered, marked.kept) or draft.byline
    _apply_authors(draft, markup)
    _apply_date(draft, markup)
    agency = agency_author(markup)
    if agency:
        draft.agency = Found(agency, "metadata", 0.85)


def _apply_authors(draft: Draft, markup: Markup) -> None:
    """Markup before the visible byline; the words are still cited where they say the same."""
    outlet = draft.outlet.value if draft.outlet else None
    stated, seen = find_authors(markup, outlet), draft.byline
    if stated and seen and _only_edits(stated, seen, draft.text):
        return
    if stated is None:
        body = None if seen else find_credited_body(markup, outlet)
        draft.byline = Found(body, "metadata", 0.7) if body else seen
        return
    first = stated.value.split(", ")[0]
    place: Place | None = None
    if seen and seen.place and first.casefold() in draft.text[slice(*seen.place)].casefold():
        place = seen.place
    draft.byline = Found(stated.value, stated.basis, 0.97 if place else stated.confidence, place)


def _only_edits(stated: Found, seen: Found, text: str) -> bool:
    """True where the page calls the person of its markup the editor, and shows another as author."""
    name = stated.value.split(", ")[0]
    edits = re.compile(
        rf"(?<!\w)(?:editor|redactor|redakteur|edited by)\s*:?\s*{re.escape(name)}", re.IGNORECASE
    )
    return name not in seen.value and edits.search(text) is not None


def _apply_date(draft: Draft, markup: Markup) -> None:
    """Markup before visible words before the URL."""
    stated = find_date(markup, draft.url)
    seen = draft.published
    if stated is None:
        return
    if seen and seen.date.first_day == stated.date.first_day and seen.place:
        sure = 0.99 if stated.confidence >= 0.9 else min(stated.confidence + 0.1, 0.95)
        draft.published = FoundDate(stated.date, stated.basis, sure, seen.place)
        return
    day = find_url_day(draft.url) if draft.url else None
    if seen and day and seen.date.first_day == day and stated.confidence < 0.8:
        draft.published = FoundDate(Date.day(day, basis="stated"), "url", 0.8, seen.place)
        return
    draft.published = stated


def _refuse(page: Page, marked: Marked, markup: Markup) -> Refusal | None:
    """A refusal where the page holds no article."""
    body = [w for w, keep in zip(marked.words, marked.kept, strict=True) if keep]
    size = sum(map(len, body))
    words = load_page_words()
    text = normal(marked.text[:4000])
    if size < 400 and any(phrase in text for phrase in words["error"]):
        return Refusal(
            page.source, "error-page", "The page says that it was not found or not shown.", page.sha256
        )
    if size < 400 and sum(len(w) for w in marked.words) < 3000 and any(p in text for p in words["cookie"]):
        return Refusal(
            page.source, "cookie-wall", "The page asks for consent and shows no article.", page.sha256
        )
    if _is_index(page, marked, markup, size):
        return Refusal(
            page.source, "index-page", "The page lists other pages and holds no article.", page.sha256
        )
    return None


def _is_index(page: Page, marked: Marked, markup: Markup, size: int) -> bool:
    """A home or section page: markup says so, or there are many teasers and little prose."""
    kinds = {value.lower() for _, value in markup.first("og:type")}
    listed = bool(markup.types & {"collectionpage", "itemlist", "searchresultspage"}) and not markup.nodes
    website = "website" in kinds and not markup.nodes
    path = (page.url or markup.canonical or "").split("//", 1)[-1].partition("/")[2].strip("/")
    top = (page.url is not None or markup.canonical is not None) and not path
    paragraphs = sum(keep and len(w) > 200 for w, keep in zip(marked.words, marked.kept, strict=True))
    if top and paragraphs < 3 and not markup.nodes and "article" not in kinds:
        return True
    return (listed or website) and paragraphs < 2 and size < 800 and len(marked.words) > 40


def _page_notes(marked: Marked, markup: Markup) -> list[str]:
    """What the markup says beyond the words: a closed article, a live blog."""
    notes = []
    size = sum(len(w) for w, keep in zip(marked.words, marked.kept, strict=True) if keep)
    free = [str(node.get("isAccessibleForFree", "")).lower() for node in markup.nodes]
    if "false" in free and size < 2500:
        notes.append("paywall stub")
    if "liveblogposting" in markup.types:
        notes.append("live blog")
    return notes


def _is_several(rendered: Rendered, marked: Marked) -> bool:
    """True where two <article> elements, each with a heading, hold three paragraphs of body each."""
    held: Counter[Any] = Counter()
    for block, words, keep in zip(rendered.blocks, marked.words, marked.kept, strict=True):
        if keep and len(words) > _PARAGRAPH:
            held[next(block.element.iterancestors("article"), None)] += 1
    whole = [article for article, count in held.items() if article is not None and count >= 3]
    return sum(any(article.find(f".//{tag}") is not None for tag in ("h1", "h2")) for article in whole) > 1
