"""The base extractors: plain functions from markup to the text each would keep, imported when first asked.

trafilatura (Apache-2.0) in precision mode, readability-lxml (Apache-2.0), resiliparse (Apache-2.0) and
newspaper4k (MIT). One that is not installed, or that fails on a page, abstains. Their output is evidence
only: it carries no offsets, so it is aligned to our own blocks (``align.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable


def extract_trafilatura(markup: str) -> str:
    """trafilatura in precision mode, comments left out."""
    import trafilatura

    return trafilatura.extract(markup, favor_precision=True, include_comments=False) or ""


def extract_trafilatura_default(markup: str) -> str:
    """trafilatura as it comes, comments left out."""
    import trafilatura

    return trafilatura.extract(markup, include_comments=False) or ""


def extract_readability(markup: str) -> str:
    """readability-lxml's summary, rendered as we render pages."""
    import readability

    from detente.article.render import render_html

    summary = readability.Document(markup).summary(html_partial=True)
    return render_html(f"<html><body>{summary}</body></html>").text


def extract_resiliparse(markup: str) -> str:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(
        extract_plain_text(markup, main_content=True, alt_texts=False, links=False, list_bullets=False)
    )


def extract_newspaper(markup: str) -> str:
    """newspaper4k's article text."""
    import newspaper

    article = newspaper.Article("https://page.invalid/", fetch_images=False)
    article.download(input_html=markup)
    article.parse()
    return article.text or ""


EXTRACTORS: dict[str, Callable[[str], str]] = {
    "trafilatura": extract_trafilatura,
    "trafilatura-default": extract_trafilatura_default,
    "readability": extract_readability,
    "resiliparse": extract_resiliparse,
    "newspaper": extract_newspaper,
}


def run_extractor(name: str, markup: str) -> str | None:
    """One extractor's text; None where it is not installed or fails on the page."""
    logger = logging.getLogger(name)
    previous, logger.disabled = logger.disabled, True
    try:
        return EXTRACTORS[name](markup)
    except Exception:
        return None
    finally:
        logger.disabled = previous
