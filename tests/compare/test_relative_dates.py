"""Relative words on a day that the comparison found."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.compare import MemoryPile, compare_pile
from detente.compare.relative_dates import resolve
from detente.record import Date
from tests.compare.builders import make_article, make_event, make_reading, span_of

WEDNESDAY = Date.day(dt.date(2014, 3, 19), basis="inferred")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last week", ("2014-03-10", "2014-03-16", "week")),
        ("this week", ("2014-03-17", "2014-03-23", "week")),
        ("two weeks ago", ("2014-03-03", "2014-03-09", "week")),
        ("a week ago", ("2014-03-10", "2014-03-16", "week")),
        ("overnight", ("2014-03-18", "2014-03-19", "day")),
        ("two days ago", ("2014-03-17", "2014-03-17", "day")),
        ("yesterday", ("2014-03-18", "2014-03-18", "day")),
        ("last month", ("2014-02-01", "2014-02-28", "month")),
        ("three months ago", ("2013-12-01", "2013-12-31", "month")),
        ("last year", ("2013-01-01", "2013-12-31", "year")),
        ("on Friday", ("2014-03-14", "2014-03-14", "day")),
        ("last Wednesday", ("2014-03-12", "2014-03-12", "day")),
        ("next Monday", ("2014-03-24", "2014-03-24", "day")),
        ("March 14", ("2014-03-14", "2014-03-14", "day")),
        ("20 March", ("2013-03-20", "2013-03-20", "day")),
        ("in December", ("2013-12-01", "2013-12-31", "month")),
        ("over the weekend", ("2014-03-15", "2014-03-16", "day")),
        ("this morning", ("2014-03-19", "2014-03-19", "day")),
    ],
)
def test_words_take_the_range_that_a_dated_report_would_give_them(words, expected):
    found = resolve(words, WEDNESDAY, after=False)
    assert found is not None
    assert (found.from_, found.to, found.precision, found.basis) == (*expected, "inferred")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("on Friday", "2014-03-21"), ("March 14", "2015-03-14"), ("March 20", "2014-03-20")],
)
def test_what_is_planned_lies_ahead(words, expected):
    found = resolve(words, WEDNESDAY, after=True)
    assert found is not None
    assert found.from_ == expected


@pytest.mark.parametrize("words", ["48 hours after the call", "soon", "within days", "March 14, 2012"])
def test_other_words_stay_open(words):
    assert resolve(words, WEDNESDAY, after=False) is None


def test_last_week_told_on_a_sunday_may_be_the_week_that_ends_or_the_one_before():
    sunday = Date.day(dt.date(2014, 3, 23), basis="inferred")
    found = resolve("last week", sunday, after=False)
    assert found is not None
    assert (found.from_, found.to, found.precision) == ("2014-03-10", "2014-03-22", "week")


def test_a_report_placed_within_days_gives_a_range():
    placed = Date("2014-03-18", "2014-03-20", "week", "inferred")
    found = resolve("yesterday", placed, after=False)
    assert found is not None
    assert (found.from_, found.to, found.precision) == ("2014-03-17", "2014-03-19", "week")


def test_a_placed_report_dates_what_it_tells_of_last_week():
    text = (
        "Premier Sokolov and President Adams argued over the canal at the lakeside villa on Wednesday. "
        "The premier and the president met last week in Port Lisbeth, where both spoke of the canal quarrel."
    )
    article = make_article("a", text)
    date = Date.unknown().with_span(span_of(article, "last week"), "resolved")
    event = make_event(article, "met last week in Port Lisbeth", type="CONSULT", lemma="meet", date=date)
    comparison = compare_pile(
        MemoryPile(
            [article, make_article("b", text, day="1962-10-10")], [make_reading(article, events=[event])]
        )
    )
    (found,) = comparison.events()
    assert (found.date.from_, found.date.to, found.date.basis) == ("1962-10-01", "1962-10-07", "inferred")
    assert found.date.span == date.span
