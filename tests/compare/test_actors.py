"""One actor a pile: bare surnames and unnamed holders of an office join the person meant."""

from __future__ import annotations

import pytest

from detente.compare.actors import map_actors
from detente.record import Actor, Reading, Role


def person(actor_id: str, name: str, key: str, *titles: tuple[str, str]) -> Actor:
    """A person of one article with the titles told of them."""
    roles = tuple(Role(title, of) for title, of in titles)
    return Actor(actor_id, name, (name,), "person", None, None, roles, (), None, key, "actors.v1", 0.9)


def joined(one: Actor, *others: Actor) -> list[str]:
    """The ids of the others that are the same actor of the pile as ``one``."""
    readings = []
    for i, actor in enumerate((one, *others)):
        reading = Reading(f"a-{i}")
        reading.actors.append(actor)
        readings.append(reading)
    actors = map_actors(readings)
    return [other.id for other in others if actors[other.id] == actors[one.id]]


LEADER = person("ac-1", "Xaver Quandt", "person:xaver quandt", ("president", "PER"))
NAMESAKE = person("ac-2", "Paul Quandt", "person:paul quandt", ("justice minister", "PER"))
MINISTER = person("ac-3", "Ada Orban", "person:ada orban", ("foreign minister", "CHL"))
ENVOY = person("ac-4", "Lena Brenn", "person:lena brenn", ("ambassador", "CHL"))


@pytest.mark.parametrize(
    ("one", "others", "same"),
    [
        (person("ac-9", "Quandt", "person:quandt"), (LEADER, NAMESAKE), ["ac-1"]),
        (person("ac-9", "Chilean foreign minister", "office:CHL:foreign minister"), (MINISTER,), ["ac-3"]),
        (person("ac-9", "Peruvian foreign minister", "office:PER:foreign minister"), (MINISTER,), []),
        (person("ac-9", "Chilean ambassador", "office:CHL:ambassador"), (ENVOY,), []),
    ],
    ids=["bare surname", "one seat", "another country", "many seats"],
)
def test_who_is_meant_across_articles(one: Actor, others: tuple[Actor, ...], same: list[str]) -> None:
    assert joined(one, *others) == same


def test_a_joined_office_keeps_the_name_of_its_holder() -> None:
    office = person("ac-9", "Chilean foreign minister", "office:CHL:foreign minister")
    readings = [Reading("a-1"), Reading("a-2"), Reading("a-3")]
    for reading, actor in zip(readings, (office, office, MINISTER), strict=True):
        reading.actors.append(actor)
    actors = map_actors(readings)
    assert actors.names[actors["ac-9"]] == "Ada Orban"


@pytest.mark.parametrize("often", [1, 20])
def test_unnamed_ones_that_several_articles_give_one_id_bear_their_most_frequent_name(often: int) -> None:
    names = ("a senior official", *("officials", "officials") * often)
    readings = [Reading(f"a-{n}") for n in range(len(names))]
    for reading, name in zip(readings, names, strict=True):
        reading.actors.append(Actor("ac-0123456789abcdef", name, (name,), "unnamed", "USA", None, (), ()))
    actors = map_actors(readings)
    assert actors["ac-0123456789abcdef"] == "ac-0123456789abcdef"
    assert [actors.names["ac-0123456789abcdef"] for _ in range(2)] == ["officials"] * 2
    assert actors.country["ac-0123456789abcdef"] == "USA"
    assert actors.types["ac-0123456789abcdef"] == "unnamed"
