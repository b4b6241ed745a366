"""Figures: bounds, kinds, units, what is counted, who says so, and what is no figure."""

from __future__ import annotations

import pytest

from detente.record import Figure
from tests.readers.event_reading import read


def only(text: str) -> Figure:
    [figure] = read(text).reading.figures
    return figure


BOUNDS = [
    ("Russia sent 40,000 troops.", 40000, 40000, False),
    ("Russia sent tens of thousands of troops.", 20000, 99999, True),
    ("Russia sent hundreds of thousands of troops.", 200000, 999999, True),
    ("Dozens of protesters marched.", 24, 99, True),
    ("More than 20 protesters marched.", 20, None, False),
    ("At least 20 protesters marched.", 20, None, False),
    ("Up to 300 protesters marched.", None, 300, False),
    ("No more than 33 protesters marched.", None, 33, False),
    ("No less than 33 protesters marched.", 33, None, False),
    ("Nearly 100 protesters marched.", 90, 100, True),
    ("About 500 protesters marched.", 500, 500, True),
    ("Between 200 and 300 protesters marched.", 200, 300, False),
    ("Several hundred protesters marched.", 300, 900, True),
    ("Twenty-five protesters marched.", 25, 25, False),
    ("Half a million protesters marched.", 500000, 500000, False),
    ("The council voted 20 to 0 for the motion.", 20, 20, False),
    ("The envoys met for two hours in Oslo.", 2, 2, False),
    ("The army must leave within five months.", None, 5, False),
    ("Rice spent five hours with the president.", 5, 5, False),
    ("CAIRO, Aug. 10 – Twelve states signed.", 12, 12, False),
    ("He asked for a pause of two to three weeks.", 2, 3, False),
    ("The rebels, who number between 12,000 and 20,000, fought on.", 12000, 20000, False),
]


@pytest.mark.parametrize(("text", "low", "high", "approximate"), BOUNDS)
def test_bounds_follow_the_words(text: str, low: float | None, high: float | None, approximate: bool) -> None:
    figure = only(text)
    assert (figure.low, figure.high, figure.approximate) == (low, high, approximate)


KINDS = [
    ("The loan is worth 11 billion euros.", "money", "EUR"),
    ("The loan is worth $5 million.", "money", "USD"),
    ("The shelling killed 14 civilians.", "killed", None),
    ("The shelling wounded 14 civilians.", "injured", None),
    ("Police arrested 14 protesters.", "arrested", None),
    ("The base lies 40 kilometers from the border.", "distance", "km"),
    ("Turnout was 83 percent.", "share", "%"),
    ("Russia moved 30 tanks.", "vehicles", None),
    ("A 40,000-troop force stood ready.", "forces", None),
    ("Four hours of talks failed.", "duration", "h"),
    ("The council voted 20 to 0 for the motion.", "vote", None),
    ("Soldiers in the eastern states now number 140,000.", "forces", None),
    ("The rebels let 121 of the captives go.", "people", None),
    ("Chadian radio put the dead at 50.", "killed", None),
    ("The raid has cost Chad some 90 dead.", "killed", None),
    ("The ship has a crew of 55.", "count", None),
]


@pytest.mark.parametrize(("text", "kind", "unit"), KINDS)
def test_kind_and_unit(text: str, kind: str, unit: str | None) -> None:
    figure = only(text)
    assert (figure.kind, figure.unit) == (kind, unit)


NONE = [
    "Russia attacked Georgia in 2008.",
    "The meeting was on March 14.",
    "The president, 61, spoke.",
    "The talks began at 10:30.",
    "He is a 45-year-old teacher.",
    "He left two weeks ago.",
    "Chad has ruled itself for the past five weeks.",
    "The plan holds for the next two months.",
    "It was the first of many talks.",
    "One of the ministers left.",
    "He spoke to Europe 1 radio.",
    "He remained in the No. 2 position.",
    "The two were freed.",
]


@pytest.mark.parametrize("text", NONE)
def test_years_dates_ages_times_and_names_are_no_figures(text: str) -> None:
    assert [f.kind for f in read(text).reading.figures] == []


def test_counted_words_are_copied_from_the_text() -> None:
    result = read("Some 3,000 heavily armed soldiers crossed the river.")
    [figure] = result.reading.figures
    assert figure.of == "heavily armed soldiers"
    assert figure.of_span is not None
    assert result.words(figure.of_span) == figure.of


def test_figure_in_a_statement_is_the_speakers() -> None:
    result = read("Putin said that 14 soldiers had died.")
    [figure] = result.reading.figures
    assert result.names(figure.said_by) == ["Vladimir Putin"]


def test_both_sides_of_a_vote_are_counted() -> None:
    found = read("Parliament approved the plan by 136 votes to 74.").reading.figures
    assert [(f.low, f.of) for f in found] == [(136, "votes"), (74, "votes")]


ELLIPTIC = [
    ("Chad freed 130 soldiers, and 26 are left.", [("forces", 130), ("forces", 26)]),
    ("Norway will send 5,500 men and France 2,000.", [("people", 5500), ("people", 2000)]),
    ("Chad has sent soldiers to the north, where it keeps some 35,000.", [("forces", 35000)]),
    ("Chad widened its zone from six miles to twelve.", [("distance", 6), ("distance", 12)]),
    ("One hundred and twenty-one were handed over.", [("count", 121)]),
]


@pytest.mark.parametrize(("text", "found"), ELLIPTIC)
def test_a_bare_number_counts_what_the_number_before_it_counts(
    text: str, found: list[tuple[str, float]]
) -> None:
    assert [(f.kind, f.low) for f in read(text).reading.figures] == found


def test_nobody_voting_against_is_a_vote() -> None:
    [figure] = read("The council voted by 13 to none for the motion.").reading.figures
    assert (figure.kind, figure.low) == ("vote", 13)
