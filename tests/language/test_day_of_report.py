"""The day of a report: its dateline's, else the publication's."""

from __future__ import annotations

import pytest

from detente.language.times import day_of_report
from tests.language.parsed import article_of
from tests.readers.event_reading import read


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("DOHA, Tuesday - The ship left.", "2017-07-12", "2017-07-11"),
        ("Oslo, June 1 - The ship left.", "1976-06-02", "1976-06-01"),
        ("LONDON, Dec. 31 (AP) – The ship left.", "1982-01-01", "1981-12-31"),
        ("LONDON, March 3 – The ship left.", "1982-01-01", "1982-01-01"),
        ("PARIS — The ship left on Monday.", "2014-03-05", "2014-03-05"),
        ("PARIS, March 3 — The ship left.", "", ""),
    ],
)
def test_a_dateline_tells_the_day_of_the_report(text: str, published: str, day: str) -> None:
    assert day_of_report(article_of(text, day=published)).from_ == day


@pytest.mark.parametrize("when", ["today", ""])
def test_today_is_the_day_of_the_report(when: str) -> None:
    [event] = read(f"PARIS, March 4 (AP) – Iran and Iraq signed a treaty here {when}.").reading.events
    assert event.date.from_ == "2014-03-04"


@pytest.mark.parametrize(
    ("when", "basis"), [("at noon", "published"), ("at dawn", "published"), ("on Monday at noon", "resolved")]
)
def test_an_hour_alone_tells_no_day(when: str, basis: str) -> None:
    [event] = read(f"Iran and Iraq signed a treaty in Oslo {when}.").reading.events
    assert event.date.basis == basis
