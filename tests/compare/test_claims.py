"""Distances in any unit, votes, who was first, and what is denied: real differences and their look-alikes."""

from __future__ import annotations

import pytest

from detente.compare import MemoryPile, compare_pile
from detente.compare.differences.sides import Accounts
from detente.record import Figure
from tests.compare.builders import make_article, make_reading, span_of

LEDE = "The patrol off the coast of Lower Sylvania went on while the Freedonian squadron waited. "


def found_in(*texts, kind, day="1962-10-25", figures=()):
    articles = [make_article(f"a{i}", LEDE + t, day=day, outlet=f"outlet {i}") for i, t in enumerate(texts)]
    readings = []
    for article, (words, value, unit) in zip(articles, figures, strict=False):
        span = span_of(article, words)
        figure = Figure(
            f"fi-{article.id}", span, "distance", value, value, unit, False, None, ("narrator",),
            article.published,
        )  # fmt: skip
        readings.append(make_reading(article, figures=[figure]))
    comparison = compare_pile(MemoryPile(articles, readings))
    return [d for d in comparison.differences() if d.kind == kind]


@pytest.fixture(autouse=True)
def one_story(monkeypatch):
    """Every article is of one story, each by a writer of its own."""

    def of(comparison):
        ids = comparison.ids
        return Accounts({i: f"or-{i}" for i in ids}, {}, dict.fromkeys(ids, "ep"), dict.fromkeys(ids, "ep"))

    monkeypatch.setattr(Accounts, "of", of)


def distances(*specs):
    texts = [f"The line lies {words} from {place}." for words, _, _, place in specs]
    return found_in(*texts, kind="number", figures=[s[:3] for s in specs])


def test_two_distances_from_one_place_differ_in_any_unit():
    (found,) = distances(
        ("800 miles", 800, "mi", "the eastern tip of Sylvania"),
        ("500 nautical miles", 500, "mi", "the eastern tip of Sylvania"),
    )
    assert [s.value for s in found.sides] == ["800 miles", "500 nautical miles"]
    assert found.why == "the distance: 500 nautical miles against 800 miles"


@pytest.mark.parametrize(
    "other",
    [
        ("575 miles", 575, "mi", "the eastern tip of Sylvania"),
        ("926 kilometres", 926, "km", "the eastern tip of Sylvania"),
        ("90 miles", 90, "mi", "the Freedonian capital"),
    ],
)
def test_one_distance_in_two_units_or_from_two_places_is_no_difference(other):
    assert distances(("500 nautical miles", 500, "mi", "the eastern tip of Sylvania"), other) == []


FIRST = "The tanker Alma became the first vessel stopped by the patrol."


def test_two_holders_of_one_first_are_an_order_difference():
    (found,) = found_in(
        FIRST, "They boarded the schooner Borea on Friday, the first ship to be stopped since the patrol began.",
        kind="order",
    )  # fmt: skip
    assert [s.value for s in found.sides] == ["Alma", "Borea"]


@pytest.mark.parametrize(
    "other",
    [
        "Alma, the first ship stopped by the patrol, sailed on.",
        "The Borea was the first ship sunk by the patrol.",
        "The Borea was the first ship stopped by a strike of the dockers.",
        "Minister Borea was the first delegate stopped by the patrol.",
        "It was the first ship stopped by the patrol.",
    ],
)
def test_other_firsts_are_no_order_difference(other):
    assert found_in(FIRST, other, kind="order") == []


VOTE = "On Tuesday the League of Nations voted 20 to 0 to back the patrol."


def test_two_results_of_one_vote_are_a_number_difference():
    (found,) = found_in(
        VOTE, "At the League of Nations the vote was 19 to 0, with one envoy away.", kind="number"
    )
    assert found.why == "the vote: 20 to 0 against 19 to 0"


@pytest.mark.parametrize(
    "other",
    [
        "At the League of Nations the vote was 20 to 0.",
        "At the Parliament of Sylvania the vote was 19 to 0.",
        "The League of Nations will last 10 to 15 days more.",
    ],
)
def test_other_votes_and_ranges_are_no_difference(other):
    assert found_in(VOTE, other, kind="number") == []
