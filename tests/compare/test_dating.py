"""Undated articles placed by their company, and stories parted from one another."""

from __future__ import annotations

import datetime as dt

from detente.compare import MemoryPile, compare_pile
from detente.record import Date
from tests.compare.builders import make_article, make_event, make_reading

SUMMIT = (
    "Premier Sokolov and President Adams met at the lakeside villa on Wednesday to end the quarrel over the canal. "
    "Their talks at the villa lasted four hours and the two leaders agreed that envoys would meet again."
)
OTHER_REPORT = (
    "At the lakeside villa President Adams received Premier Sokolov for talks on the canal quarrel; after four hours "
    "at the villa the leaders of both nations said that their envoys would go on talking about the canal."
)
FLOOD = (
    "Heavy rain flooded the lower town of Marrow, where firemen carried pupils from two schools by boat and the "
    "mayor opened the theatre to families whose cellars stood under water."
)


def placed(*articles, readings=()):
    return compare_pile(MemoryPile(articles, readings))


def test_undated_copy_takes_the_weekday_it_names_in_the_days_of_its_copies():
    comparison = placed(
        make_article("a", SUMMIT), make_article("b", SUMMIT, day="1962-10-11", outlet="Herald")
    )
    (article,) = comparison.placed_articles()
    assert (article.published.from_, article.published.basis) == ("1962-10-10", "inferred")
    assert article.words(article.published.span) == "Wednesday"
    assert article.basis["published"] == "inferred from copies of the same text: b"


def test_undated_report_is_placed_by_reports_of_the_same_story():
    comparison = placed(make_article("a", SUMMIT), make_article("b", OTHER_REPORT, day="1962-10-10"))
    (article,) = comparison.placed_articles()
    assert article.published.from_ == "1962-10-10"


def test_undated_report_of_another_story_stays_undated():
    comparison = placed(make_article("a", FLOOD), make_article("b", SUMMIT, day="1962-10-10"))
    assert list(comparison.placed_articles()) == []


def test_what_a_placed_article_reports_takes_its_inferred_day():
    article = make_article("a", SUMMIT)
    event = make_event(article, "met at the lakeside villa", type="CONSULT", lemma="meet")
    comparison = placed(
        article, make_article("b", SUMMIT, day="1962-10-10"), readings=[make_reading(article, events=[event])]
    )
    (found,) = comparison.events()
    assert (found.date.from_, found.date.basis) == ("1962-10-10", "inferred")


def test_what_a_placed_article_tells_as_done_before_was_done_by_its_inferred_day():
    article = make_article("a", SUMMIT)
    event = make_event(article, "the quarrel over the canal", date=Date.by(None, basis="published"))
    comparison = placed(
        article, make_article("b", SUMMIT, day="1962-10-10"), readings=[make_reading(article, events=[event])]
    )
    (found,) = comparison.events()
    assert found.date == Date.by(dt.date(1962, 10, 10), basis="inferred")


def test_two_stories_are_two_episodes():
    articles = [
        make_article("a", SUMMIT, day="1962-10-10"), make_article("b", OTHER_REPORT, day="1962-10-10"),
        make_article("c", FLOOD, day="1962-10-10"),
    ]  # fmt: skip
    assert [e.articles for e in placed(*articles).episodes()] == [("a", "b"), ("c",)]


def test_the_same_words_half_a_year_later_are_another_story():
    articles = [
        make_article("a", SUMMIT, day="1962-10-10"),
        make_article("b", OTHER_REPORT, day="1963-04-10"),
    ]
    stories = [e.articles for e in placed(*articles).episodes() if len(e.articles) == 1]
    assert stories == [("a",), ("b",)]
