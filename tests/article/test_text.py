"""Plain-text dumps: body and furniture with offsets, and what stands around the body."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.article import read_article
from detente.article.masthead import _masthead
from detente.record import Article, Page
from detente.record.types import FURNITURE_KINDS


def covered(article: Article) -> set[int]:
    spans = [*article.body, *((s, e) for s, e, _ in article.furniture)]
    return {place for start, end in spans for place in range(start, end)}


def check_cover(article: Article) -> None:
    spans = sorted([*article.body, *((s, e) for s, e, _ in article.furniture)])
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    inside = covered(article)
    assert [i for i, char in enumerate(article.text) if not char.isspace() and i not in inside] == []
    assert [s for s, e in spans if article.text[s:e] != article.text[s:e].strip()] == []
    assert {kind for _, _, kind in article.furniture} <= set(FURNITURE_KINDS)


def test_the_body_is_the_paragraphs_and_nothing_else(make_page, dump, paragraphs):
    article = read_article(make_page(dump))
    assert [article.text[s:e] for s, e in article.body] == list(paragraphs)


def test_what_stands_around_the_body_is_read(make_page, dump):
    article = read_article(make_page(dump))
    assert article.words(article.headline) == "Ministers agree to keep talking after border meeting in Paris"
    assert (article.byline, article.dateline, article.language) == ("Jane Roe, John Doe", "PARIS", "en")
    assert (article.published.from_, article.published.precision, article.basis["published"]) == (
        "2014-03-05",
        "day",
        "text",
    )
    assert article.words(article.evidence["byline"]) == "Jane Roe and John Doe"
    assert article.words(article.evidence["published"]) == "March 5, 2014"


def test_body_and_furniture_cover_the_text_once(make_page, dump):
    check_cover(read_article(make_page(dump)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Home",
                "x",
                "\u200b",
                "By A B",
                "| a |",
                "___",
                "\r",
                "\t",
                " ",
                "\n",
                "\n\n",
                "\u2028",
                "漢字。",
                "A sentence that says something of use. " * 6,
            ]
        )
    )
)
def test_any_text_is_covered_once_or_refused(parts):
    text = "".join(part + "\n" for part in parts)
    for form in ("text", "clean"):
        article = read_article(Page("x", form, text, ""))
        if isinstance(article, Article):
            assert article.text == text
            check_cover(article)


def test_furniture_keeps_its_kind(make_page, dump):
    article = read_article(make_page(dump))
    kinds = {article.text[s:e]: kind for s, e, kind in article.furniture}
    assert kinds["Leave a Reply"] == "comments"
    assert kinds["Most Read"] == kinds["1. Volcano stirs in the north"] == "related"
    assert (
        kinds["Ministers arriving at the embassy before the meeting. (Photo by Max Roe/Getty Images)"]
        == "caption"
    )
    assert kinds["March 5, 2014"] == "date"


def test_hard_wrapped_lines_make_one_paragraph(make_page, paragraphs):
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(p, 72) for p in paragraphs)
    article = read_article(make_page(wrapped))
    assert [article.text[s:e].replace("\n", " ") for s, e in article.body] == list(paragraphs)


def test_a_sentence_cut_by_a_blank_line_is_one_paragraph(make_page, paragraphs):
    first, *rest = paragraphs
    head, tail = first.split(" while ")
    article = read_article(make_page("\n\n".join([head, f"while {tail}", *rest])))
    assert article.text[slice(*article.body[0])] == f"{head}\n\nwhile {tail}"


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Associated Press writer Jane Roe contributed to this report.", "The Associated Press"),
        ("(Reporting by Jane Roe; Editing by John Doe)", None),
        ("© Agence France-Presse", "Agence France-Presse"),
        ("(AFP)", "Agence France-Presse"),
        ("Reuters", "Reuters"),
    ],
)
def test_an_agency_is_known_by_its_credit(make_page, paragraphs, line, agency):
    article = read_article(make_page("\n\n".join([*paragraphs, "___", line])))
    assert article.agency == agency


def test_an_agency_is_known_by_its_dateline(make_page, paragraphs):
    first = "KYIV (Reuters) - " + paragraphs[0].removeprefix("PARIS — ")
    article = read_article(make_page("\n\n".join([first, *paragraphs[1:]])))
    assert (article.agency, article.dateline) == ("Reuters", "KYIV")
    assert article.words(article.evidence["agency"]) == "Reuters"


def test_a_photo_credit_is_no_agency(make_page, paragraphs):
    text = "\n\n".join(
        ["Ministers meet in Paris on the border", "The ministers on Sunday. (Associated Press)", *paragraphs]
    )
    assert read_article(make_page(text)).agency is None


@pytest.mark.parametrize(
    "tail",
    [
        "© 2013 Example Media. March 1, 2013",
        "Comments (2)\n\nJohn, April 7, 2015 at 3:04 pm\n\nI do not agree with this at all.",
        "Related articles\n\nMarch 9, 2016\n\nAnother meeting ends without result",
    ],
)
def test_days_of_copyright_comments_and_other_articles_are_never_taken(make_page, paragraphs, tail):
    article = read_article(make_page("\n\n".join([*paragraphs, tail])))
    assert article.published.known is False


def test_a_day_is_read_from_the_url_the_dump_states(make_page, paragraphs):
    tail = "Original url:\n\n<https://www.example-times.com/2014/03/05/ministers-meet-a1>"
    article = read_article(make_page("\n\n".join([*paragraphs, tail])))
    assert (article.published.from_, article.basis["published"]) == ("2014-03-05", "url")
    assert (article.host, article.outlet) == ("www.example-times.com", "Example Times")


def test_no_day_is_unknown(make_page, paragraphs):
    article = read_article(make_page("\n\n".join(["Published\n\non", *paragraphs])))
    assert article.published.precision == "unknown"


@pytest.mark.parametrize("text", ["", "Home\nNews\nSign in", "   \n\n"])
def test_a_page_without_an_article_is_refused(make_page, text):
    assert read_article(make_page(text)).reason == "no-article"


def test_the_same_content_at_two_paths_is_one_article(make_page, dump):
    one, two = (read_article(make_page(dump, source=path)) for path in ("a.txt", "b.txt"))
    assert one.id == two.id
    assert one.source != two.source


def test_a_hard_wrapped_article_keeps_every_paragraph(make_page):
    paragraph = (
        "The foreign minister met his counterpart on Tuesday and rejected the\n"
        "proposal to send monitors to the region, officials said. The talks\n"
        "lasted for three hours and ended without a common statement, and he\n"
        "will meet the ambassadors of both states again on Thursday."
    )
    text = "\n\n".join(
        [
            "THE NORTH LEDGER -- Front Page -- Farm -- Court -- Sport\n2014-03-05",
            "Minister rejects plan for monitors\nFrom Lantern Press",
            *[paragraph.replace("Tuesday", day) for day in ("Monday", "Tuesday", "Friday", "Sunday")],
            "(Continue reading on page 6)\nRELATED: Grain prices steady at the market in the old town",
        ]
    )
    article = read_article(make_page(text))
    assert len(article.body) == 4
    assert article.words(article.headline) == "Minister rejects plan for monitors"
    assert article.agency == "Lantern Press"
    assert article.published.from_ == "2014-03-05"


@pytest.mark.parametrize(
    ("first", "outlet"),
    [
        ("Pearl Coast Times | Gulf", "Pearl Coast Times"),
        ("THE HUMBER BUGLE", "The Humber Bugle"),
        ("Old Dominion Herald, Friday, Feb. 20, 1976", "Old Dominion Herald"),
        ("World News", None),
    ],
)
def test_the_first_row_names_the_paper(first, outlet):
    found = _masthead((0, first))
    assert (found.value if found else None) == outlet


def test_a_picture_with_its_credit_is_no_lead(make_page, paragraphs):
    caption = "Shoppers clear the shelves of a supermarket in Doha on Monday. [Oskar Venn/Pearl Coast Times]"
    article = read_article(make_page("\n\n".join(["A headline of the day", caption, *paragraphs])))
    assert caption not in [article.text[s:e] for s, e in article.body]


def test_an_appeal_at_the_end_is_no_news(make_page, paragraphs):
    appeal = "Bins are emptied from Monday. Advertise with the Echo: call the front desk."
    article = read_article(make_page("\n\n".join(["A headline of the day", *paragraphs, appeal])))
    assert appeal not in [article.text[s:e] for s, e in article.body]
