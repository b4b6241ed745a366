"""HTML pages: blocks with offsets and paths, metadata by order of trust, refusals."""

from __future__ import annotations

import json

import pytest

from detente.article import Settings, read_article
from detente.article.align import align_output, words_of
from detente.article.render import render_html

SETTINGS = Settings(extractor=False)
NAV = "".join(
    f'<li><a href="/{name}">{name}</a></li>' for name in ("World", "Politics", "Business", "Sport", "Opinion")
)


@pytest.fixture
def markup(paragraphs):
    """A news page with navigation, a related list and comments around four paragraphs."""
    node = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ministers agree to keep talking",
        "datePublished": "2014-03-05T17:03:00+01:00", "author": [{"@type": "Person", "name": "Jane Roe"}],
        "publisher": {"@type": "Organization", "name": "Example Post"},
    }  # fmt: skip
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<html lang="en"><head><title>Ministers agree to keep talking | Example Post</title>
    <meta property="og:title" content="Ministers agree to keep talking"><meta property="og:type" content="article">
    <script type="application/ld+json">{json.dumps(node)}</script></head><body><header><nav><ul>{NAV}</ul></nav></header>
    <main><article><h1>Ministers agree to keep talking</h1><p class="byline">By <a href="/author/jane-roe">Jane Roe</a></p>
    <time datetime="2014-03-05T17:03:00+01:00">March 5, 2014</time>
    <figure><img src="x.jpg"><figcaption>Ministers arrive for the talks. Photo: Max Roe</figcaption></figure>
    <div class="article-body">{body}</div></article></main>
    <aside class="related"><h2>Related articles</h2><ul><li><a href="/a">Volcano stirs in the north</a></li></ul></aside>
    <section class="comments"><h2>Comments</h2><p>Bob, April 7, 2015: I do not agree with any of this.</p></section>
    <footer>© 2014 Example Post</footer><script>var x = "not text";</script></body></html>"""


def read(make_page, markup, **values):
    return read_article(make_page(markup, "html", **values), settings=SETTINGS)


def test_the_body_is_the_paragraphs_of_the_article(make_page, markup, paragraphs):
    article = read(make_page, markup)
    assert [article.text[s:e] for s, e in article.body] == list(paragraphs)


def test_rendered_text_is_covered_once(make_page, markup):
    article = read(make_page, markup)
    spans = sorted([*article.body, *((s, e) for s, e, _ in article.furniture)])
    assert " ".join(article.text[s:e] for s, e in spans) == article.text.replace("\n", " ")
    assert "not text" not in article.text


def test_metadata_comes_from_the_markup_with_the_words_that_confirm_it(make_page, markup):
    article = read(make_page, markup)
    assert (article.title, article.byline, article.outlet) == (
        "Ministers agree to keep talking",
        "Jane Roe",
        "Example Post",
    )
    assert (article.published.from_, article.basis["published"]) == ("2014-03-05T17:03+01:00", "metadata")
    assert article.words(article.evidence["published"]) == "March 5, 2014"
    assert article.words(article.headline) == article.title


def test_the_caption_is_furniture(make_page, markup):
    article = read(make_page, markup)
    kinds = {article.text[s:e]: kind for s, e, kind in article.furniture}
    assert kinds["Ministers arrive for the talks. Photo: Max Roe"] == "caption"


def test_the_day_comes_from_the_url_when_nothing_else_says(make_page, markup):
    plain = markup.replace("datePublished", "x").replace("<time", "<i").replace("March 5, 2014", "today")
    article = read(make_page, plain, url="https://www.example.com/2014/03/05/talks")
    assert (article.published.from_, article.basis["published"]) == ("2014-03-05", "url")


def test_a_clash_of_days_lowers_the_confidence(make_page, markup):
    sure = read(make_page, markup, url="https://www.example.com/2014/03/05/talks")
    clash = read(make_page, markup, url="https://www.example.com/2013/01/02/talks")
    assert clash.confidence["published"] < sure.confidence["published"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", "no-article"),
        ("<html><body></body></html>", "no-article"),
        (
            "<html><body><h1>404 Not Found</h1><p>The page you requested was not found.</p></body></html>",
            "error-page",
        ),
        (
            "<html><body><p>We use cookies. We and our partners store data.</p><button>Accept all</button></body></html>",
            "cookie-wall",
        ),
    ],
)
def test_pages_without_an_article_are_refused_with_a_reason(make_page, markup, reason):
    assert read(make_page, markup).reason == reason


def test_an_index_page_is_refused(make_page):
    cards = "".join(
        f'<div class="card"><h3><a href="/{i}">Story number {i} of the day is told here</a></h3></div>'
        for i in range(60)
    )
    page = f'<html><head><meta property="og:type" content="website"></head><body><main>{cards}</main></body></html>'
    assert read(make_page, page, url="https://www.example.com/world/").reason == "index-page"


def test_every_block_knows_its_element():
    rendered = render_html("<body><div><p>One <b>two</b></p>three<br>four<p hidden>five</p></div></body>")
    assert rendered.text == "One two\nthree\nfour"
    assert [b.path for b in rendered.blocks] == ["/html/body/div/p[1]", "/html/body/div", "/html/body/div"]


def test_words_of_an_extractor_that_the_page_does_not_hold_are_measured():
    blocks = [words_of("one two three four five six"), words_of("seven eight")]
    coverage, lost = align_output("one two three four five six\nseven eight", blocks)
    assert (coverage, lost) == ([1.0, 1.0], 0.0)
    assert align_output("nine ten eleven twelve thirteen", blocks) == ([0.0, 0.0], 1.0)


@pytest.fixture
def asked(monkeypatch):
    """The pages that an extractor is asked for; it says words that no page holds."""
    pages = []

    def say(name: str, content: str) -> str:
        pages.append(content)
        return "words that stand nowhere on any of these pages at all"

    monkeypatch.setattr("detente.article.html.run_extractor", say)
    return pages


def test_an_extractor_is_asked_only_where_the_tagger_is_unsure(make_page, markup, asked, monkeypatch):
    read_article(make_page(markup, "html"))
    assert asked == []
    monkeypatch.setattr("detente.article.html._UNSURE", -1.0)
    read_article(make_page(markup, "html"), settings=SETTINGS)
    assert asked == []
    read_article(make_page(markup, "html"))
    assert asked == [markup]


def test_words_that_no_block_holds_are_noted(make_page, markup, asked, monkeypatch):
    monkeypatch.setattr("detente.article.html._UNSURE", -1.0)
    article = read_article(make_page(markup, "html"))
    assert article.notes == ("trafilatura read words that are not in the page's text",)
