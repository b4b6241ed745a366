"""What people complain of in readers of web pages, each complaint a page."""

from __future__ import annotations

import json

import pytest

from detente.article import Settings, read_article
from detente.article.render import render_html
from detente.record import Article

SETTINGS = Settings(extractor=False)
TITLE = "Ministers agree to keep talking after border meeting"
TEASER = "Volcano stirs in the north as villagers wait for word from the capital about leaving their homes"


@pytest.fixture
def read(make_page, paragraphs):
    """Read a page built around the four paragraphs; what the caller gives stands where it says."""

    def read(
        body: str | None = None,
        *,
        above: str = "",
        inside: str = "",
        below: str = "",
        node: dict | None = None,
    ):
        told = [f"<p>{p}</p>" for p in paragraphs]
        body = body or "".join([*told[:2], inside, *told[2:]])
        data = json.dumps({"@type": "NewsArticle", "headline": TITLE, **(node or {})})
        page = (
            f'<html lang="en"><head><title>{TITLE} | Example Post</title>'
            f'<script type="application/ld+json">{data}</script></head><body>'
            f'<nav><a href="/w">World</a> <a href="/s">Sport</a></nav><main><article><h1>{TITLE}</h1>{above}'
            f'<div class="article-body">{body}</div></article></main>{below}<footer>© Example Post</footer></body></html>'
        )
        article = read_article(make_page(page, "html"), settings=SETTINGS)
        assert isinstance(article, Article)
        return article

    return read


def body_of(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.body]


def test_no_paragraph_is_doubled(read, paragraphs):
    hidden = "".join(f"<p>{p}</p>" for p in paragraphs)
    article = read(below=f'<div style="display:none">{hidden}</div><template>{hidden}</template>')
    assert body_of(article) == list(paragraphs)


@pytest.mark.parametrize("mark", ["<br><br>", "</span><br/><span>"])
def test_paragraphs_without_their_own_element_are_not_glued(read, paragraphs, mark):
    article = read(f"<div><span>{mark.join(paragraphs)}</span></div>")
    assert body_of(article) == list(paragraphs)


def test_words_in_line_elements_are_not_parted(read, paragraphs):
    first, *rest = paragraphs
    marked = first.replace("foreign ministers", "<b>for</b>eign <a href='/m'>ministers</a>")
    assert body_of(read("".join(f"<p>{p}</p>" for p in (marked, *rest)))) == list(paragraphs)


def test_a_lead_outside_the_bodys_own_element_is_kept(read, paragraphs):
    first, *rest = paragraphs
    article = read("".join(f"<p>{p}</p>" for p in rest), above=f'<div class="lead"><p>{first}</p></div>')
    assert body_of(article) == list(paragraphs)


@pytest.mark.parametrize(
    "teaser",
    [
        f'<aside class="related"><h4>Read more</h4><a href="/v">{TEASER}</a></aside>',
        f'<div class="teaser"><a href="/v"><h3>{TEASER}</h3></a></div>',
        f'<ul class="related-links"><li><a href="/v">{TEASER}</a></li></ul>',
    ],
)
def test_teasers_between_paragraphs_stay_out(read, paragraphs, teaser):
    article = read(inside=teaser)
    assert body_of(article) == list(paragraphs)
    assert any(TEASER in article.text[s:e] for s, e, _ in article.furniture)


@pytest.mark.parametrize(
    "other",
    [
        '<aside class="related"><h2>Related articles</h2><ul><li><a href="/v">Volcano stirs</a>'
        '<time datetime="2011-04-07">April 7, 2011</time></li></ul></aside>',
        '<section class="comments"><h2>Comments</h2><p>Bob, April 7, 2011: I do not agree.</p></section>',
        '<div class="most-read"><h2>Most read</h2><p>April 7, 2011 Volcano stirs in the north</p></div>',
    ],
)
def test_the_date_of_another_article_is_never_taken(read, other):
    assert read(below=other).published.from_ == ""
    dated = read(below=other, node={"datePublished": "2014-03-05"})
    assert dated.published.from_[:10] == "2014-03-05"


def test_every_paragraph_tells_which_element_it_came_from(read, make_page, paragraphs):
    page = f"<html><body><article>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article></body></html>"
    article = read_article(make_page(page, "html"), settings=SETTINGS)
    assert isinstance(article, Article)
    places = {(block.start, block.end): block.path for block in render_html(page).blocks}
    assert [places[place] for place in article.body] == [
        f"/html/body/article/p[{n}]" for n in range(1, len(paragraphs) + 1)
    ]


def test_a_live_blog_is_noted(read):
    assert "live blog" in read(node={"@type": "LiveBlogPosting"}).notes


def test_a_page_of_several_articles_is_noted(read, paragraphs):
    second = "".join(f"<p>{p.replace('ministers', 'envoys')}</p>" for p in paragraphs)
    article = read(inside="", below=f"<article><h1>Envoys meet in Oslo</h1>{second}</article>")
    assert "several articles" in article.notes


def test_a_stub_before_a_paywall_is_noted(read, paragraphs):
    article = read(f"<p>{paragraphs[0]}</p><p>{paragraphs[1]}</p>", node={"isAccessibleForFree": "False"})
    assert "paywall stub" in article.notes


def test_a_paywalls_appeal_is_no_body(read, paragraphs):
    appeal = '<div class="paywall"><p>Subscribe to continue reading</p><button>Subscribe now</button></div>'
    first = "".join(f"<p>{p}</p>" for p in paragraphs)
    assert body_of(read(first + appeal)) == list(paragraphs)
