"""Clean rows keep their paragraphs; what the row states of itself wins."""

from __future__ import annotations

from detente.article import read_article


def test_every_paragraph_stays_but_unmistakable_furniture(make_page, paragraphs):
    text = "\n\n".join([paragraphs[0], "Short.", "Share this article", *paragraphs[1:], "Talks"])
    article = read_article(make_page(text, "clean"))
    assert [article.text[s:e] for s, e in article.body] == [paragraphs[0], "Short.", *paragraphs[1:], "Talks"]


def test_a_first_line_that_says_the_title_is_the_headline(make_page, paragraphs):
    article = read_article(make_page("Ministers meet\n" + paragraphs[0], "clean", title="Ministers Meet"))
    assert article.words(article.headline) == "Ministers meet"


def test_a_title_that_is_not_in_the_text_is_kept_without_a_span(make_page, paragraphs):
    article = read_article(make_page(paragraphs[0], "clean", title="Ministers meet"))
    assert (article.headline, article.title) == (None, "Ministers meet")


def test_the_rows_own_values_win(make_page, paragraphs):
    page = make_page(
        paragraphs[0], "clean", url="https://www.example.com/2013/01/02/x", title="T",
        date="2014-03-05T10:00:00Z", outlet="Example Post", byline="By Jane Roe",
    )  # fmt: skip
    article = read_article(page)
    assert (article.published.from_, article.outlet, article.byline) == (
        "2014-03-05T10:00+00:00",
        "Example Post",
        "Jane Roe",
    )
    assert {article.basis[k] for k in ("published", "outlet", "byline")} == {"metadata"}


def test_a_clean_row_may_be_short(make_page):
    assert read_article(make_page("One short line.", "clean")).body == ((0, 15),)
