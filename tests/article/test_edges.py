"""What stands at the edges of a body and is none of it."""

from __future__ import annotations

import pytest

from detente.article.dateline import find_dateline_end, find_place
from detente.article.edges import drop_end, head_kind
from detente.article.names import find_role, split_names


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("By Jane Roe, Herald Staff", "byline"),
        ("From our own correspondent", "byline"),
        ("October 29, 1962", "date"),
        ("Thursday 25 October 1962", "date"),
        ("The ministers met on October 29, 1962 in the old capital", None),
        ("Stand by your word", None),
    ],
)
def test_a_line_that_is_a_credit_or_a_day_is_told(words, kind):
    assert head_kind(words) == kind


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Jane Roe has written from Oslo since 1958. Her column appears on Saturdays.", "credit"),
        ("Jane Roe is the paper's Europe correspondent.", "credit"),
        ("A missile on display at an air show in Izmir, May 1962.", "caption"),
        ("John Doe covers the sea for the fleet.", None),
        ("The island was taken without a shot in May 1962.", None),
        ("Jane Roe, 34, was among the wounded.", None),
    ],
)
def test_an_authors_note_or_a_caption_does_not_end_the_body(last, kind):
    words, kept, given = ["By Jane Roe", "The talks ended.", last], [False, True, True], {}
    drop_end(words, kept, given)
    assert (given.get(2), kept[2]) == (kind, kind is None)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("From our own correspondent", "our own correspondent"),
        ("By our Paris staff", "our Paris staff"),
        ("Our staff were told to leave", None),
    ],
)
def test_an_office_credited_for_a_name_is_read(line, role):
    found = find_role(line)
    assert (found[0] if found else None) == role
    if found:
        assert line[found[1] : found[2]] == role


@pytest.mark.parametrize("words", ["Our Own Correspondent", "our Paris staff"])
def test_an_office_is_no_name(words):
    assert split_names(words) == []


@pytest.mark.parametrize("line", ["Jane Roe in Havana", "Jane Roe from Oslo", "Jane Roe at The Hague"])
def test_the_place_a_name_writes_from_is_no_part_of_it(line):
    assert split_names(line) == ["Jane Roe"]


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("MIAMI -- Exiles on Sunday denounced the pledge.", "MIAMI"),
        ("OSLO, Wednesday night – Ships turned away.", "OSLO"),
        ("NEW YORK – He came back.", "NEW YORK"),
        ("KYIV, Ukraine (AP) — Talks began.", "KYIV, Ukraine"),
    ],
)
def test_a_dateline_is_its_place_alone(paragraph, place):
    assert find_place(paragraph)[0] == place


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("DOHA - Saudi Arabia left.", "Saudi Arabia left."),
        ("DOHA, Tuesday - The ship left.", "The ship left."),
        ("Oslo, June 1 - The ship left.", "The ship left."),
        ("NEW DELHI (AP) -- The ship left.", "The ship left."),
        ("LAVROV: We left.", "LAVROV: We left."),
        ("US - Iran ties froze.", "US - Iran ties froze."),
        ("The ship left - late.", "The ship left - late."),
    ],
)
def test_the_sentence_begins_behind_the_dateline(paragraph, sentence):
    assert paragraph[find_dateline_end(paragraph) :] == sentence
