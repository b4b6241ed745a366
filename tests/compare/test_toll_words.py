"""The lists of tolls.toml."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from detente.compare.tolls.words import words


def lists():
    text = files("detente").joinpath("data/compare/tolls.toml").read_text(encoding="utf-8")
    return {name: held for name, held in tomllib.loads(text).items() if isinstance(held, list)}


def test_the_words_of_tolls_are_lower_case_and_stand_once_in_their_list():
    for name, held in lists().items():
        assert all(word == word.lower() for word in held), name
        assert sorted(held) == sorted(set(held)), name


def test_numbers_of_tolls_are_those_of_figures():
    assert words().numbers["twenty"] == 20
    assert words().before["at", "least"] == "least"
