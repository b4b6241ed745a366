"""Page → Article: one way in for every form, one way out with offsets checked.

Values that the source states (a row's own fields, a feed's entry) win over what is read from the text;
a text without a day of publication keeps none.
"""

from __future__ import annotations

import re

from detente.article.agency import find_agency, find_name
from detente.article.around import find_url_date
from detente.article.clean import read_clean
from detente.article.dateline import find_dateline
from detente.article.dates import read_stamp
from detente.article.draft import Draft, Found, FoundDate, Place
from detente.article.masthead import find_own_name, find_unlisted_agency
from detente.article.names import find_role, is_body, split_names
from detente.article.outlet import find_host, outlet_of_host
from detente.article.settings import DEFAULT, Settings
from detente.article.text import read_text
from detente.record import Article, Date, Page, Refusal, Span, make_id

READER = "article.v1"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")


def read_article(page: Page, *, settings: Settings = DEFAULT) -> Article | Refusal:
    """Read a page: its article and nothing but its article, everything else labelled.

    Args:
        page: decoded text, a clean row, or HTML.
        settings: thresholds and the base extractors to ask.

    Returns:
        The article, or a refusal with reason ``no-article``, ``index-page``, ``cookie-wall``, ``error-page``
        or ``unknown-form``.
    """
    if page.form == "html":
        from detente.article.html import read_html

        draft = read_html(page, settings)
    elif page.form == "clean":
        draft = read_clean(page, settings)
    elif page.form == "text":
        draft = read_text(page, settings)
    else:
        return Refusal(page.source, "unknown-form", f"{page.form!r} is not text, clean or html.", page.sha256)
    if isinstance(draft, Refusal):
        return draft
    if sum(end - start for start, end in draft.body) < (1 if page.form == "clean" else settings.least_body):
        return Refusal(page.source, "no-article", "No passage reads like an article.", page.sha256)
    _apply_source(draft, page)
    _finish(draft)
    return _make(draft, page)


def _apply_source(draft: Draft, page: Page) -> None:
    """What the source itself states about the page."""
    basis = "metadata"
    draft.url = page.url or draft.url
    draft.host = find_host(draft.url)
    if page.outlet:
        draft.outlet = Found(page.outlet, basis, 0.95)
    if page.byline:
        names = split_names(page.byline)
        role = find_role(page.byline)
        stated = ", ".join(names) or (role[0] if role else "")
        draft.byline = Found(stated, basis, 0.95) if stated else draft.byline
    if page.date:
        stamp = read_stamp(page.date)
        if stamp:
            draft.published = FoundDate(stamp.to_date(), basis, 0.97)
    elif draft.published is None:
        find_url_date(draft)


def _finish(draft: Draft) -> None:
    """What is the same for every form: outlet from the host, agency, dateline."""
    hosted = outlet_of_host(draft.host)
    if hosted and (draft.outlet is None or (draft.outlet.basis == "text" and hosted.confidence > 0.9)):
        draft.outlet = hosted
    if draft.outlet is None or draft.outlet.basis == "host":
        draft.outlet = find_own_name(draft.text, draft.furniture) or draft.outlet
    draft.agency = draft.agency or find_agency(draft.text, draft.body, draft.furniture)
    if draft.byline and is_body(draft.byline.value) and not find_role(draft.byline.value):
        name = find_name(draft.byline.value)
        draft.agency = draft.agency or (Found(name, "metadata", 0.8) if name else None)
        # A body stands in the byline only where the page's own metadata credit it and nobody else.
        draft.byline = draft.byline if draft.byline.basis == "metadata" else None
    draft.byline = draft.byline or _find_role(draft)
    draft.dateline = find_dateline(draft.text, draft.body)
    draft.furniture.sort()
    draft.agency = draft.agency or find_unlisted_agency(draft.text, draft.body, draft.furniture)


def _find_role(draft: Draft) -> Found | None:
    """An office credited in place of a name, in a line of its own around the head of the body."""
    end = draft.body[0][1] if draft.body else len(draft.text)
    for start, stop, kind in draft.furniture:
        if start < end and kind not in ("related", "comments", "ad"):
            role = find_role(draft.text[start:stop])
            if role:
                return Found(role[0], "text", 0.7, (start + role[1], start + role[2]))
    return None


def _make(draft: Draft, page: Page) -> Article:
    published = draft.published.date if draft.published else Date.unknown()
    outlet = draft.outlet.value if draft.outlet else None
    day = published.from_ or ""
    article = make_id("a", draft.text, draft.url or "", draft.title or "", day, outlet or "")
    evidence: dict[str, Span] = {}
    basis: dict[str, str] = {}
    confidence: dict[str, float] = {"body": draft.body_confidence}

    def span(place: Place) -> Span:
        return Span(article, *place)

    for name in ("outlet", "byline", "agency", "dateline", "published"):
        found: Found | FoundDate | None = getattr(draft, name)
        if found is None:
            continue
        confidence[name] = found.confidence
        basis[name] = found.basis
        if found.place:
            evidence[name] = span(found.place)
    if draft.published and draft.published.place:
        published = published.with_span(span(draft.published.place))
    if draft.headline:
        confidence["headline"] = draft.headline_confidence
    return Article(
        id=article,
        source=page.source,
        text=draft.text,
        headline=span(draft.headline) if draft.headline else None,
        outlet=outlet,
        host=draft.host,
        byline=draft.byline.value if draft.byline else None,
        agency=draft.agency.value if draft.agency else None,
        dateline=draft.dateline.value if draft.dateline else None,
        published=published,
        language=draft.language,
        body=tuple(draft.body),
        furniture=tuple(draft.furniture),
        origin=None,
        sha256=page.sha256,
        url=draft.url,
        title=draft.title,
        evidence=evidence,
        basis=basis,
        confidence=confidence,
        notes=tuple(dict.fromkeys((*draft.notes, *page.notes))),
        reader=READER,
        fetched=_moment(page.fetched),
    )


def _moment(stated: str | None) -> str | None:
    """When a page was captured, in ISO form; None where the source says nothing that can be read as a day."""
    if not stated:
        return None
    if _ISO.fullmatch(stated):
        return stated.replace(" ", "T")
    stamp = read_stamp(stated)
    return stamp.to_date().from_ if stamp else None
