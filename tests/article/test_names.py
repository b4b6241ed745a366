"""Bylines give names of people, or nothing."""

from __future__ import annotations

import pytest

from detente.article.names import bare_names, clean_name, find_byline, split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By JANE ROE and JOHN Q. DOE, Staff Writers", "Jane Roe, John Q. Doe"),
        ("March 30, 2014|By Jane Roe", "Jane Roe"),
        ("By Jane Roe | Guest Columnist", "Jane Roe"),
        ("Von Anna Müller und Karl von Stein", "Anna Müller, Karl von Stein"),
        ("Par Jean-Luc Picard", "Jean-Luc Picard"),
        ("Written by: Jane Roe, Editor", "Jane Roe"),
        ("By [Jane Roe](#)", "Jane Roe"),
        ("By Jane Roe, CBC News", "Jane Roe"),
        ("By Dr. Jane Roe", "Jane Roe"),
    ],
)
def test_the_people_of_a_byline_are_read(line, names):
    found = find_byline(line)
    assert found is not None
    assert found[0] == names


@pytest.mark.parametrize(
    "line",
    [
        "By The Washington Post",
        "By [The Moscow Times](#)",
        "By Staff",
        "By Reuters",
        "By the time they arrived it was over",
        "The film was shot by Jane Roe",
        "By 2030",
        "By email",
    ],
)
def test_what_names_no_person_gives_nothing(line):
    assert find_byline(line) is None


def test_the_place_of_a_byline_covers_the_names():
    line = "March 30, 2014|By Jane Roe and John Doe"
    names, start, end = find_byline(line)
    assert line[start:end] == "Jane Roe and John Doe"
    assert names == "Jane Roe, John Doe"


@pytest.mark.parametrize(
    ("part", "name"), [("JANE ROE", "Jane Roe"), ("McAdam Roe", "McAdam Roe"), ("roe", None)]
)
def test_a_name_is_given_its_usual_form(part, name):
    assert clean_name(part) == name


def test_names_stop_at_the_first_part_that_is_none():
    assert split_names("Jane Roe, Washington bureau chief") == ["Jane Roe"]


@pytest.mark.parametrize(
    ("line", "likely", "names"),
    [
        ("Nina Kovac2 minutes ago", False, "Nina Kovac"),
        ("Nina Kovac|Published 4 months ago", False, "Nina Kovac"),
        ("27. Januar 2026 • Xaber Qool • 3 Minuten", False, "Xaber Qool"),
        ("Xaber Qool Editor", True, "Xaber Qool"),
        ("Anna Vergin | Clara Roth", True, "Anna Vergin, Clara Roth"),
        ("Anna Vergin", False, "Anna Vergin"),
        ("Harbour Market", False, None),
        ("Anna Vergin / Lantern Press", True, None),
    ],
)
def test_a_line_of_names_is_a_byline_where_something_shows_it(line, likely, names):
    found = bare_names(line, 0.3, likely=likely)
    assert (found[0] if found else None) == names


@pytest.mark.parametrize("line", ["North Cape Monitor", "LAKELAND STANDARD - MIDDLE EAST"])
def test_a_papers_name_is_no_byline(line):
    assert bare_names(line, 0.9, likely=True) is None
