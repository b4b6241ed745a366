"""Records of one day are joined best first, by the worst fit of any two members."""

from __future__ import annotations

from itertools import permutations

import pytest

from detente.compare.cluster import Light, group_lights
from detente.compare.joining import join_best

FITS = {"ab": 0.9, "bc": 0.5, "ac": 0.0, "cd": 0.8, "bd": 0.0, "ad": 0.0}


def make_light(name: str, day: int = 5) -> Light:
    nobody: frozenset[str] = frozenset()
    return Light(name, name, day, day, True, ("key",), "A", "happened", (nobody, nobody), None, nobody)


def fit(one: Light, other: Light) -> float:
    return FITS.get("".join(sorted((one.id, other.id))), 0.0)


def grouped(names: str, **how: frozenset[frozenset[str]]) -> set[str]:
    groups = group_lights([make_light(name) for name in names], fit, **how)
    return {"".join(sorted(names[place] for place in group)) for group in groups}


@pytest.mark.parametrize("names", ["".join(p) for p in permutations("abcd")])
def test_the_strongest_pairs_are_joined_in_any_order(names):
    assert grouped(names) == {"ab", "cd"}


def test_records_that_people_keep_apart_are_not_joined():
    assert grouped("ab", apart=frozenset([frozenset("ab")])) == {"a", "b"}


def test_a_record_joins_the_group_of_an_earlier_day():
    lights = [make_light("a", 5), make_light("b", 6)]
    assert list(group_lights(lights, fit)) == [[0, 1]]


def test_groups_that_are_there_are_not_joined_with_each_other():
    known = {3: ([make_light("a")], []), 7: ([make_light("b")], [])}
    found = join_best([make_light("c")], known, [{3, 7}], lambda one, other: 1.0)
    assert found == [(3, [0])]
