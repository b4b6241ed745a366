"""Two meetings of one day stay two when other people met, whatever they share."""

from __future__ import annotations

import pytest

from detente.compare.same import _same_round


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
