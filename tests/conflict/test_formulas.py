"""Formulas over options are read, evaluated and refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from detente.conflict.formulas import FormulaError, parse_formula

OPTIONS = ("withdraw", "lift", "strike")
BITS = {name: bit for bit, name in enumerate(OPTIONS)}
STATES = np.arange(8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("withdraw", [1, 3, 5, 7]),
        ("not withdraw and lift", [2, 6]),
        ("withdraw or lift and strike", [1, 3, 5, 6, 7]),
        ("(withdraw or lift) and strike", [5, 6, 7]),
        ("lift if withdraw", [0, 2, 3, 4, 6, 7]),
        ("if withdraw then lift", [0, 2, 3, 4, 6, 7]),
        ("withdraw iff lift", [0, 3, 4, 7]),
        ("Y-N", [1, 3]),
        ("not Y-N", [0, 2, 4, 5, 6, 7]),
        ("true", list(range(8))),
        ("WITHDRAW or false".replace("WITHDRAW", "withdraw"), [1, 3, 5, 7]),
    ],
)
def test_formula_holds_where_it_should(text: str, expected: list[int]) -> None:
    holds = parse_formula(text, OPTIONS).holds(STATES, BITS)
    assert expected == np.flatnonzero(holds).tolist()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("withdrew", "did you mean 'withdraw'"),
        ("withdraw and", "ends where an option was expected"),
        ("(withdraw or lift", "bracket is not closed"),
        ("withdraw lift", "did not expect 'lift'"),
        ("YN", "2 letters for 3 options"),
        ("withdraw & lift", "at character"),
        ("if withdraw lift", "expected 'then'"),
        ("", "ends where an option was expected"),
    ],
)
def test_broken_formulas_say_where(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        parse_formula(text, OPTIONS)


def test_formula_names_the_options_it_mentions() -> None:
    assert parse_formula("strike or not lift", OPTIONS).options == ("lift", "strike")
