"""Conditions: which clause a promise, demand or measure hangs on, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

HELD = [
    (
        "Norway promised to send aid to Malawi if the government holds elections.",
        "if the government holds elections",
    ),
    (
        "France demanded the withdrawal of the troops unless Mali agrees to talks.",
        "unless Mali agrees to talks",
    ),
    (
        "Iran offered to release the hostages provided the sanctions are lifted.",
        "provided the sanctions are lifted",
    ),
]
NOT_HELD = [
    "As Norway demanded the withdrawal of the troops, Sweden ruled out talks unless Finland takes part.",
    "Norway demanded a withdrawal of the troops, which left it unclear if Sweden would take part.",
    "France demanded the withdrawal of the troops even if Mali refuses.",
]


def _conditions(text: str) -> list[str]:
    result = read(text)
    rows = [*result.reading.positions, *result.reading.measures]
    return [result.words(row.condition) for row in rows if row.condition is not None]


@pytest.mark.parametrize(("text", "words"), HELD)
def test_condition_of_the_governing_clause_is_cited(text: str, words: str) -> None:
    found = _conditions(text)
    assert found
    assert set(found) == {words}


@pytest.mark.parametrize("text", NOT_HELD)
def test_position_takes_no_condition_of_another_clause(text: str) -> None:
    result = read(text)
    own = [p for p in result.reading.positions if "demand" in result.words(p.evidence[0])]
    assert own
    assert [p.condition for p in own] == [None] * len(own)
