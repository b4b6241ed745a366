"""Tables, progress and dates, as people see them."""

from __future__ import annotations

import pytest

from detente.cli.output import Column, cut, display_width, many, one_line, table_lines
from detente.cli.progress import duration, told
from detente.cli.views import show_date
from detente.pipeline import Tick
from detente.record import Date

COLUMNS = (Column("DATE", 10), Column("WHO", 8), Column("WORDS"), Column("ID", 8))


def test_the_words_take_what_is_left_and_say_where_they_are_cut():
    lines = table_lines(COLUMNS, [("1962-10-23", "Kuba", "word " * 40, "st-12345")], width=60)
    assert [len(lines[1]), "…" in lines[1]] == [60, True]
    assert lines[1].endswith("st-12345")


def test_empty_columns_are_left_out():
    assert "WHO" not in table_lines(COLUMNS, [("1962-10-23", "", "words", "st-1")], width=80)[0]


def test_a_path_keeps_its_end():
    (_, line) = table_lines(
        (Column("SOURCE", 12, ending=True),), [("a/very/long/path/report.txt",)], width=80
    )
    assert line == "…/report.txt"


@pytest.mark.parametrize(
    ("text", "width"), [("plain", 5), ("naïve", 5), ("nai\u0308ve", 5), ("東京", 4), ("a東", 3)]
)
def test_width_is_what_a_terminal_gives(text, width):
    assert width == display_width(text)


@pytest.mark.parametrize(
    ("text", "width", "expected"), [("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("東京東", 4, "東…")]
)
def test_cutting_keeps_to_the_width(text, width, expected):
    assert expected == cut(text, width)


def test_control_characters_never_reach_the_terminal():
    assert one_line("a\x1b [31mb\n\tc\x07") == "a [31mb c"


@pytest.mark.parametrize(("number", "expected"), [(1, "1 event"), (0, "0 events"), (2455, "2,455 events")])
def test_numbers_of_things(number, expected):
    assert expected == many(number, "events")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (Date("2014-03-05", "2014-03-05", "day", "stated"), "2014-03-05"),
        (Date("2014-03-05", "2014-03-05", "day", "published"), "2014-03-05*"),
        (Date("2014-03-05", "2014-03-05", "day", "inferred"), "2014-03-05?"),
        (Date("2014-03-05", "2014-03-07", "day", "stated"), "2014-03-05/07"),
        (Date("2014-03-31", "2014-04-06", "week", "stated"), "2014-03-31/04-06"),
        (Date("2014-03-01", "2014-03-31", "month", "stated"), "2014-03"),
        (Date("2014-01-01", "2014-12-31", "year", "stated"), "2014"),
        (Date("1990-01-01", "1999-12-31", "decade", "stated"), "1990s"),
        (Date("2014-03-05T14:30", "2014-03-05T14:30", "minute", "stated"), "2014-03-05 14:30"),
        (Date.unknown(), "–"),
    ],
)
def test_dates_are_as_short_as_they_are_precise(date, expected):
    assert expected == show_date(date)


def test_progress_says_done_total_rate_time_left_and_abstentions():
    tick = Tick("events", 1204, 3880, "articles", abstained=14)
    assert told(tick, 38.84) == "events     1,204/3,880 articles  31/s  86 s left  14 abstained"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, "0 s"), (75, "75 s"), (120, "2 min"), (3600, "60 min"), (11400, "3 h 10 min")],
)
def test_durations_in_words(seconds, expected):
    assert expected == duration(seconds)
