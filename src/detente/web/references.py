"""A citation in the forms that people paste: quotation, Markdown footnote, BibTeX, Web Annotation."""

from __future__ import annotations

import re
from typing import Any

from detente.record import Article, Span
from detente.report.view import date_label
from detente.web.snapshot import Head

AROUND = 32  # code points of prefix and suffix, as the Web Annotation model's examples use


def plain(article: Article, head: Head, span: Span) -> str:
    """“Words” – Outlet, 30 March 2014, “Headline”, address."""
    return (
        f"“{_fold(article.words(span))}” – {head.outlet}, {date_label(head.published)}, "
        f"“{head.title}”, {_where(head)}"
    )


def footnote(article: Article, head: Head, span: Span) -> str:
    """A Markdown footnote with the words and where they stand."""
    words = re.sub(r"([\\`*_\[\]<>])", r"\\\1", _fold(article.words(span)))
    title = re.sub(r"([\\`*_\[\]<>])", r"\\\1", head.title)
    place = f"{_where(head)} ({span.start}–{span.end})"
    return f"[^{_key(head)}]: “{words}” {head.outlet}, *{title}*, {date_label(head.published)}. {place}"


def bibtex(article: Article, head: Head) -> str:
    """An entry for the article."""
    fields = {
        "title": head.title,
        "journal": head.outlet,
        "author": article.byline or "",
        "date": head.day,
        "url": head.url,
        "note": "" if head.url else f"read from {head.source}",
    }
    body = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
    return f"@article{{{_key(head)},\n{body}\n}}"


def annotation(article: Article, span: Span) -> dict[str, Any]:
    """A W3C Web Annotation: the exact words, what stands around them, and the place in code points."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:detente:{span.article}:{span.start}-{span.end}",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "source": article.url or article.source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": article.words(span),
                    "prefix": article.text[max(0, span.start - AROUND) : span.start],
                    "suffix": article.text[span.end : span.end + AROUND],
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }


def _key(head: Head) -> str:
    """A citation key that stays the same: outlet, year, the beginning of the id."""
    outlet = re.sub(r"[^a-z0-9]", "", head.outlet.lower())[:16] or "report"
    return f"{outlet}{head.day[:4]}{head.id[2:8]}"


def _where(head: Head) -> str:
    return head.url or head.source


def _fold(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", "/"))
