"""Titles of HTML pages: what the page's statements agree on, and which heading readers see."""

from __future__ import annotations

import json

import pytest

from detente.article.markup import read_markup
from detente.article.render import render_html
from detente.article.title import find_headings, find_title, strip_site
from detente.record import Article

TITLE = "Ministers agree to keep talking"
OTHER = "Border talks: why the ministers met again"


def title_of(
    body: str, *, og: str = "", headline: str = "", title: str = "", site: str = "Example Post"
) -> str | None:
    node = {"@type": "NewsArticle", "headline": headline}
    rendered = render_html(
        f'<html><head><title>{title}</title><meta property="og:title" content="{og}">'
        f'<script type="application/ld+json">{json.dumps(node)}</script></head><body>{body}</body></html>'
    )
    headings = find_headings(rendered, [False] * len(rendered.blocks), site)
    return find_title(read_markup(rendered.tree), headings, site)


@pytest.mark.parametrize(
    "trail",
    [
        f"<nav><h1>{OTHER}</h1></nav>",
        f"<ul><li><a href='/w'>World</a></li><li><h1>{OTHER}</h1></li></ul>",
        f'<div data-testid="BreadcrumbArea"><div><h1>{OTHER}</h1></div></div>',
        f'<h1 class="breadcrumb__headline">{OTHER}</h1>',
    ],
)
def test_a_heading_at_the_end_of_a_trail_of_links_is_not_the_headline(trail):
    body = f"{trail}<h2>{TITLE}</h2>"
    assert title_of(body, og=TITLE, headline=OTHER, title=f"{OTHER} | Example Post") == TITLE


def test_the_only_heading_counts_even_in_a_trail():
    assert title_of(f"<nav><h1>{TITLE}</h1></nav>") == TITLE


@pytest.mark.parametrize(
    "logo",
    [
        "<h1>Example Post</h1>",
        '<h1><a href="/">The paper of the capital</a></h1>',
        '<div class="logo"><h1>The paper of the capital</h1></div>',
        '<h1 id="website-logo">The paper of the capital</h1>',
    ],
)
def test_the_outlets_own_name_is_no_headline(logo):
    assert title_of(f"{logo}<h3>{TITLE}</h3>", title=f"{TITLE} | Example Post") == TITLE


def test_a_kicker_inside_the_heading_is_left_out_where_the_markup_states_the_rest_alone():
    body = f"<h1><span>After the truce</span> {TITLE}</h1>"
    assert title_of(body, og=TITLE, headline=OTHER) == TITLE
    assert title_of(f"<h1>After the truce {TITLE}</h1>", og=TITLE, headline=f"After the truce: {TITLE}") == (
        f"After the truce: {TITLE}"
    )


def test_soft_hyphens_do_not_part_a_title_from_itself():
    body = "<h1>Verteidigungs\u00administer treffen sich in Paris</h1>"
    said = title_of(body, og="Verteidigungsminister treffen sich in Paris", headline=OTHER)
    assert said == "Verteidigungsminister treffen sich in Paris"


@pytest.mark.parametrize(
    ("stated", "whole", "expected"),
    [
        (f"{TITLE} | Example Post", [], TITLE),
        (f"{TITLE} - World News", [], TITLE),
        (f"Example Post - {TITLE}", [], TITLE),
        (f"{TITLE} - at last", [f"{TITLE} - at last"], f"{TITLE} - at last"),
        (f"{TITLE} | Opinion", [f"{TITLE} | Opinion"], TITLE),
        (f"{TITLE} - Example Post", [f"{TITLE} - Example Post"], TITLE),
        ("Self-made peace", [], "Self-made peace"),
    ],
)
def test_the_sites_name_goes_and_the_titles_own_words_stay(stated, whole, expected):
    from detente.article.title import key_of

    markup = read_markup(render_html("<p>x</p>").tree)
    assert strip_site(stated, "Example Post", markup, {key_of(value) for value in whole}) == expected


def test_the_headline_is_cited_where_the_page_shows_it(make_page, paragraphs):
    from detente.article import Settings, read_article

    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = (
        f'<html><head><meta property="og:title" content="{TITLE}"></head><body><nav><h1>{OTHER}</h1></nav>'
        f"<article><h2><span>After the truce</span> {TITLE}</h2>{body}</article></body></html>"
    )
    article = read_article(make_page(page, "html"), settings=Settings(extractor=False))
    assert isinstance(article, Article)
    assert article.title == TITLE
    assert TITLE in article.words(article.headline)
