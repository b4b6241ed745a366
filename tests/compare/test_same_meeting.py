"""Two meetings of one day stay two when other people met, whatever they share."""

from __future__ import annotations

import pytest

from detente.compare.cluster import Light
from detente.compare.same import _same_round, dates_fit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("abc", "abcd", True),
        ("abcd", "abce", True),
        ("abc", "abdefg", False),
        ("ab", "bcd", True),
    ],
)
def test_long_lists_of_participants_must_mostly_agree(one: str, other: str, same: bool) -> None:
    assert _same_round(frozenset(one), frozenset(other)) is same


def _on(first: int, last: int, *, stated: bool) -> Light:
    return Light(
        "mt",
        "a",
        first,
        last,
        stated,
        (),
        "meeting",
        "held",
        (frozenset("ab"), frozenset()),
        None,
        frozenset(),
    )


@pytest.mark.parametrize(("first", "last", "fit"), [(29, 29, 0.6), (28, 29, 0.6), (17, 29, 0.0)])
def test_a_publication_day_may_follow_a_day_but_not_a_week_told_as_last_week(
    first: int, last: int, fit: float
):
    published = _on(30, 30, stated=False)
    assert dates_fit(_on(first, last, stated=True), published) == fit
    assert dates_fit(published, _on(first, last, stated=True)) == fit
