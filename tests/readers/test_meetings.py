"""Meetings: format, who took part, and which mentions are one."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

FORMATS = [
    ("Putin telephoned Obama on Monday.", "call"),
    ("The foreign minister of France visited Chad on Monday.", "visit"),
    ("Obama met Putin in Paris on Monday.", "meeting"),
    ("Talks between France and Chad began on Monday.", "talks"),
]


@pytest.mark.parametrize(("text", "form"), FORMATS)
def test_format_follows_the_words(text: str, form: str) -> None:
    assert [m.format for m in read(text).reading.meetings] == [form]


STATUSES = [
    ("Obama met Putin on Monday.", "held"),
    ("Obama will meet Putin next week.", "planned"),
    ("Obama cancelled a meeting with Putin.", "cancelled"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_status_of_a_meeting(text: str, status: str) -> None:
    assert [m.status for m in read(text).reading.meetings] == [status]


def test_meetings_on_two_days_stay_apart() -> None:
    result = read("Obama met Putin in London on February 14.\nObama met Putin in Paris on March 2.")
    assert len(result.reading.meetings) == 2


def test_calls_on_two_days_stay_two() -> None:
    result = read("Obama phoned Putin on February 14.\nObama phoned Putin on March 2.")
    assert len(result.reading.meetings) == 2


def test_mentions_of_one_meeting_merge() -> None:
    result = read("Obama met Putin in Paris on March 2.\nDuring his meeting with Putin, Obama smiled.")
    [meeting] = result.reading.meetings
    assert meeting.place == "Paris"
    assert len(meeting.evidence) == 2


def test_press_conference_is_no_meeting() -> None:
    assert read("Obama spoke at a news conference in Paris on Monday.").reading.meetings == []
