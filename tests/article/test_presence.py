"""Pages without an article are refused with the reason; short pages with one are not."""

from __future__ import annotations

import numpy as np
import pytest

from detente.article import Settings, read_article
from detente.article.lists import DATA
from detente.article.presence import KINDS, find_absence, find_columns, load_presence
from detente.article.text import mark_text
from detente.record import Article, Refusal

TEASERS = (
    (
        "Harbour tunnel opens after ten years of works",
        "The first cars drove through on Monday; tolls start in June.",
    ),
    (
        "Museum finds lost painting in its own cellar",
        "A portrait thought stolen in 1974 had hung behind a boiler…",
    ),
    (
        "Rail strike enters second week",
        "Unions and the operator meet again on Thursday, with pay the sticking point.",
    ),
    ("Orchestra names its youngest conductor", "She is 24 and learned to read music before she could write."),
    ("Why reservoirs are half empty", "Three dry winters explain a good part of it. Leaking pipes the rest…"),
    ("Library lends out tools and tents", "Readers asked for drills more often than for novels last year."),
    ("Stadium roof to be replaced", "The club will play its home matches in the next town until spring."),
    ("Brewery bought by rival", "Jobs are safe for two years, both companies say."),
    ("Airport drops plan for third runway", "Passenger numbers never came back to what they were in 2008…"),
    ("Doctors warn of early flu season", "Vaccines are to reach surgeries by the end of the month."),
    ("Teachers accept pay offer", "Schools reopen on Wednesday after nine days of walkouts."),
    ("Fishermen block port over quotas", "A dozen boats lay across the entrance on Friday morning."),
)
MENU = "Home\nWorld\nPolitics\nBusiness\nSport\nCulture\nSign in\nSubscribe"


def section_page(form: str, number: int) -> str:
    """Headline, summary and day, one after another, between a menu and a footer."""
    rows = (
        form.format(head, words, f"March {i + 1}, 2014") for i, (head, words) in enumerate(TEASERS[:number])
    )
    return "\n\n".join((MENU, *rows, "© 2014 Example Media. All rights reserved."))


@pytest.mark.parametrize("number", [6, 12])
@pytest.mark.parametrize("form", ["{0}\n{1}\n{2}", "{0}\n{1}\n{2} | 4 comments", "{2}\n{0}\n{1}\nRead more"])
def test_a_page_of_teasers_holds_no_article(make_page, form, number):
    read = read_article(make_page(section_page(form, number)))
    assert isinstance(read, Refusal)
    assert read.reason in ("no-article", "index-page")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Page not found", "error-page"),
        ("Please verify you are human before you go on to the site.", "error-page"),
        ("We and our partners store information on your device. Accept all", "cookie-wall"),
    ],
)
def test_a_page_that_says_what_it_is_is_refused_with_that_reason(make_page, words, reason):
    assert read_article(make_page(f"{MENU}\n\n{words}")).reason == reason


def test_an_article_that_speaks_of_a_page_not_found_is_read(make_page, paragraphs):
    text = "\n\n".join(
        (*paragraphs, "Visitors of the ministry's site saw “page not found” all day on Sunday.")
    )
    assert isinstance(read_article(make_page(text)), Article)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_short_article_without_furniture_is_read(make_page, paragraphs, number):
    assert isinstance(read_article(make_page("\n\n".join(paragraphs[:number]))), Article)


def test_a_refusal_says_why_in_words(make_page):
    assert "article" in read_article(make_page(section_page("{0}\n{1}\n{2}", 12))).detail


def test_a_least_chance_of_nothing_refuses_no_page(dump):
    marked, dense = mark_text(dump, Settings())
    assert find_absence(marked, dense, least=0, weights=DATA) is None
    assert find_absence(marked, dense, least=1.01, weights=DATA) in KINDS[1:]


def test_the_chances_of_a_page_sum_to_one(dump):
    marked, dense = mark_text(dump, Settings())
    columns = find_columns(marked, dense)
    chances = load_presence(DATA).score(columns)
    assert np.isfinite(columns).all()
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    assert chances[0] > 0.5
