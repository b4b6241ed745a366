"""Days in words, figures and URLs."""

from __future__ import annotations

import pytest

from detente.article.dates import day_first_of, find_stamps, find_url_day, read_stamp


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Monday, March 31, 2014, 1:21\u00a0a.m.", "2014-03-31T01:21"),
        ("March 05, 2014", "2014-03-05"),
        ("Published 5th March 2014", "2014-03-05"),
        ("5. März 2014, 17:03 Uhr", "2014-03-05T17:03"),
        ("le 5 mars 2014 à 17h03", "2014-03-05T17:03"),
        ("5 de marzo de 2014", "2014-03-05"),
        ("05.03.2014 08:09", "2014-03-05T08:09"),
        ("2014年3月5日", "2014-03-05"),
        ("5 марта 2014 г.", "2014-03-05"),
        ("31/3/2014", "2014-03-31"),
        ("3/31/2014", "2014-03-31"),
        ("18:41 GMT, 28 April 2023", "2023-04-28T18:41+00:00"),
        ("November 2, 2023 3:53 PM EDT", "2023-11-02T15:53"),
        ("2023-11-02T19:53:52Z", "2023-11-02T19:53+00:00"),
    ],
)
def test_a_stated_day_is_read_with_its_time(words, expected):
    assert [stamp.to_date().from_ for stamp in find_stamps(words)] == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "3/5/2014",
        "Published\n\non",
        "31 February 2014",
        "in 2014",
        "2 hours ago",
        "March 2014",
        "10.20.30.4000",
    ],
)
def test_what_does_not_name_one_day_gives_none(words):
    assert find_stamps(words) == []


def test_figures_are_read_by_the_language_of_the_page():
    assert [s.day.month for s in find_stamps("3/5/2014", day_first=True)] == [5]
    assert [s.day.month for s in find_stamps("3/5/2014", day_first=False)] == [3]
    assert day_first_of("www.example.co.uk", "en") is True
    assert day_first_of("www.example.com", "en") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.com/2014/03/05/some-story-a32725", "2014-03-05"),
        ("https://example.com/world/2014/mar/05/story", "2014-03-05"),
        ("https://example.com/story-20140305-x.html", "2014-03-05"),
        ("https://example.com/2014-03-05-story", "2014-03-05"),
        ("https://example.com/n1/2024/0424/c1001-40223222.html", "2024-04-24"),
        ("https://example.com/2014/03/story", None),
        ("https://example.com/id/201403051234567", None),
        ("https://example.com/2014/03/05/archive-2013-01-02", None),
    ],
)
def test_a_url_states_a_day_only_when_it_states_one(url, day):
    found = find_url_day(url)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2014-03-05T17:03:00+0100", "2014-03-05T17:03+01:00"),
        ("20140305", "2014-03-05"),
        ("March 5, 2014", "2014-03-05"),
        ("Wed, 05 Mar 2014 17:03:00 GMT", "2014-03-05T17:03+00:00"),
    ],
)
def test_metadata_dates_are_read(value, expected):
    stamp = read_stamp(value)
    assert stamp is not None
    assert stamp.to_date().from_ == expected
