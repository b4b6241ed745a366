"""Who a page credits: people of the markup, people shown, and the body that signs where no one else does."""

from __future__ import annotations

import json

import pytest

from detente.article import Settings, read_article
from detente.article.authors import find_authors, find_credited_body
from detente.article.markup import read_markup
from detente.article.render import render_html

SETTINGS = Settings(extractor=False)


def markup_of(author: object = None, **meta: str):
    node = json.dumps({"@type": "NewsArticle", "headline": "x", "author": author})
    named = "".join(f'<meta name="{k}" content="{v}">' for k, v in meta.items())
    return read_markup(
        render_html(
            f'<html><head>{named}<script type="application/ld+json">{node}</script></head><body><p>x</p></body></html>'
        ).tree
    )


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ([{"@type": "Person", "givenName": "Jane", "familyName": "Roe"}], "Jane Roe"),
        ({"@type": "Person", "name": 'Jane "Janie May" Roe'}, 'Jane "Janie May" Roe'),
        (
            [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "John Doe"}],
            "Jane Roe, John Doe",
        ),
        ("By Jane Roe and John Doe", "Jane Roe, John Doe"),
        ({"@type": "Person", "name": "Example Post"}, None),
        ({"@type": "Organization", "name": "Jane Roe"}, None),
        ({"@type": "Person", "name": "Post Desk", "url": "https://example.com/author/admin/"}, None),
        ({"@type": "Person", "name": "jane@example.com"}, None),
    ],
)
def test_people_of_the_markup(author, expected):
    found = find_authors(markup_of(author), "Example Post")
    assert (found.value if found else None) == expected


def test_a_blog_may_bear_its_authors_name():
    found = find_authors(markup_of({"@type": "Person", "name": "Jane Roe"}), "Jane Roe")
    assert found is not None
    assert found.value == "Jane Roe"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Organization", "name": "Civic League"}, "Civic League"),
        ({"@type": "Person", "name": "Associated Press"}, "Associated Press"),
        ({"@type": "Person", "name": "Example Post"}, "Example Post"),
        ({"@type": "Person", "name": "Webmaster"}, None),
        ({"@type": "Person", "name": "desk@example.com"}, None),
        ({"@type": "Person", "name": "janeroe77"}, None),
        (None, None),
    ],
)
def test_the_body_that_the_markup_credits(author, expected):
    assert find_credited_body(markup_of(author), "Example Post") == expected


@pytest.fixture
def byline_of(make_page, paragraphs):
    """The byline of a page with something above and below its body, and an author in its JSON-LD."""

    def read(above: str = "", below: str = "", author: object = None):
        node = json.dumps({"@type": "NewsArticle", "headline": "Ministers agree", "author": author})
        body = "".join(f"<p>{p}</p>" for p in paragraphs)
        page = (
            f'<html lang="en"><head><script type="application/ld+json">{node}</script></head><body><article>'
            f"<h1>Ministers agree to keep talking</h1>{above}<div>{body}{below}</div></article></body></html>"
        )
        return read_article(make_page(page, "html", outlet="Example Post"), settings=SETTINGS)

    return read


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ('<div class="byline">Jane Roe</div>', ""),
        ("<p>By</p><p>Jane Roe</p>", ""),
        ('<div><a href="/author/jane-roe">Jane Roe</a></div>', ""),
        ("", '<p style="text-align:right"><strong>Jane Roe</strong></p>'),
        (
            "",
            "<h3>More</h3><p>a</p><p>b</p><p>c</p><p>d</p><p>This post was written by Jane Roe, an editor.</p>",
        ),
        ("", "<ul><li>Autorin: Jane Roe</li></ul>"),
    ],
)
def test_people_shown_around_the_body(byline_of, above, below):
    article = byline_of(above, below)
    assert article.byline == "Jane Roe"
    assert "Jane Roe" in article.words(article.evidence["byline"])


@pytest.mark.parametrize(
    "above",
    [
        "<figure><figcaption><p>Audio 3 min. | 25.04.24 | Max Roe</p></figcaption></figure>",
        '<div class="meta"><span>World News Basics</span> <div><a href="/author/x">x</a></div></div>',
    ],
)
def test_names_of_pictures_and_other_articles_are_no_authors(byline_of, above):
    assert byline_of(above).byline is None


def test_the_editor_of_the_markup_gives_way_to_the_author_shown(byline_of):
    author = {"@type": "Person", "name": "Max Mustermann"}
    article = byline_of('<div class="author">Jane Roe</div>', "<p>Editor : Max Mustermann</p>", author)
    assert article.byline == "Jane Roe"


def test_a_person_shown_stands_before_a_body_in_the_markup(byline_of):
    desk = {"@type": "Organization", "name": "Example Post"}
    assert byline_of('<div class="byline">Jane Roe</div>', author=desk).byline == "Jane Roe"
    assert byline_of(author=desk).byline == "Example Post"


def test_an_agency_that_signs_is_the_agency_too(byline_of):
    article = byline_of(author={"@type": "Person", "name": "Associated Press"})
    assert (article.byline, article.agency) == ("Associated Press", "The Associated Press")
