"""What is put aside while a pile is compared comes back as it was, and large piles are compared as small ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as some

from detente.compare import shelf as shelves
from detente.compare.cluster import NO_DAY, Light, group_lights, order_of
from detente.compare.groups import Groups, group_by_pairs
from detente.compare.ids import Ids
from detente.compare.merged import Merged
from detente.compare.pair_shares import PairShare, PairShares, Share
from detente.compare.shelf import Shelf, Sorter
from detente.compare.stories.kept import Links
from detente.errors import StoreError
from detente.record import make_id


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to put aside."""

    name: str
    words: frozenset[str]
    share: float | None = None


def things(count: int) -> list[Thing]:
    return [Thing(f"thing {n}", frozenset((f"w{n}", "é")), n / 3 if n % 2 else None) for n in range(count)]


@pytest.mark.parametrize("held", [1 << 20, 100], ids=["in memory", "on disk"])
def test_a_shelf_gives_back_what_was_put_there(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(shelves, "HELD", held)
    shelf: Shelf[Thing] = Shelf(Thing)
    numbers = [shelf.put(thing) for thing in things(50)]
    assert [shelf[n] for n in reversed(numbers)] == things(50)[::-1]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**how: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelves, "HELD", 10)
    monkeypatch.setattr(shelves.tempfile, "TemporaryFile", full)
    with pytest.raises(StoreError, match="No space left"):
        Shelf[Thing](Thing).put(things(1)[0])


def test_a_sorter_gives_groups_in_the_order_of_keys_and_things_as_they_came() -> None:
    sorter: Sorter[tuple[str, int], Thing] = Sorter(Thing)
    a, b, c = things(3)
    sorter.add(("b", 2), a)
    sorter.add(("a", 9), b)
    sorter.add(("b", 2), c)
    assert list(sorter.groups()) == [(("a", 9), [b]), (("b", 2), [a, c])]


PLAIN = [make_id("ev", n) for n in range(20)]


@pytest.mark.parametrize("ids", [PLAIN, [*PLAIN, "ev-x", "me-0123456789abcdef", "odd"], ["ac-1", "ac-2"], []])
def test_ids_are_found_and_ranked_whatever_their_form(ids: list[str]) -> None:
    kept = Ids()
    numbers = {one: kept.add(one) for one in ids}
    assert {one: kept.find(one) for one in ids} == numbers
    assert [kept[n] for n in numbers.values()] == ids
    assert [ids[n] for n in kept.ranks().argsort()] == sorted(ids)
    assert [kept.find(other) for other in ("ev-0000000000000000", "")] == [None, None]


def test_an_id_is_found_among_many_and_every_time_it_was_entered() -> None:
    kept, ids = Ids(), [make_id("ev", n) for n in range(5000)]
    for one in (*ids, *ids[:9], "odd", "odd"):
        kept.add(one)
    assert [kept.find(one) for one in ids] == list(range(5000))
    assert [kept.find_all(one) for one in (*ids[7:10], "odd")] == [[7, 5007], [8, 5008], [9], [5009, 5010]]
    absent = ("ev-0000000000000000", "ev-ffffffffffffffff", make_id("ev", "none"))
    assert [kept.find(one) for one in absent] == [None] * 3
    assert [kept.find_all(one) for one in absent] == [[]] * 3


words = some.frozensets(some.sampled_from("abcdef"), max_size=4)


@given(some.lists(some.tuples(words, some.none() | some.integers(0, 9)), max_size=12), some.integers(0, 3))
def test_groups_by_pairs_are_those_of_all_with_all(
    told: list[tuple[frozenset[str], int | None]], near: int
) -> None:
    groups: Groups[int] = Groups()
    for (i, (a, day)), (j, (b, other)) in combinations(enumerate(told), 2):
        if len(a & b) > 1 and (day is None or other is None or abs(day - other) <= near):
            groups.join(i, j)
    expected = list(groups.members(range(len(told))).values())
    assert group_by_pairs([a for a, _ in told], [day for _, day in told], near=near) == expected


def light(number: int, first: int, last: int, words: frozenset[str]) -> Light:
    return Light(
        make_id("ev", number), "a", first, last, True, ("k",), "x", "happened", (words, words), None, words
    )


def overlap(a: Light, b: Light) -> float:
    return len(a.words & b.words) / max(1, len(a.words | b.words))


days = some.integers(1, 40).flatmap(lambda first: some.tuples(some.just(first), some.integers(first, 60)))


@given(some.lists(some.tuples(days | some.just((NO_DAY, NO_DAY)), words), max_size=25))
def test_groups_let_go_early_are_those_that_all_days_give(
    told: list[tuple[tuple[int, int], frozenset[str]]],
) -> None:
    lights = [light(n, first, last, held) for n, ((first, last), held) in enumerate(told)]
    merged = Merged()
    for one in lights:
        merged.put(one)
    order = order_of([x.first for x in lights], [x.last for x in lights], merged.ids.ranks())
    ordered = [lights[n] for n in order.tolist()]
    found = sorted(sorted(group) for group in group_lights(ordered, overlap))
    assert found == sorted(_all_days(ordered))


def _all_days(lights: list[Light]) -> list[list[int]]:
    """Each day's records joined best first, with each other and with every group that has a day beside theirs."""
    groups: list[list[int]] = []
    for _, day in groupby(range(len(lights)), key=lambda place: lights[place].first):
        new = list(day)
        found: list[tuple[list[int], int | None, list[int]]] = [
            (group[:8], number, []) for number, group in enumerate(groups)
        ]
        found += [([place], None, [place]) for place in new]
        while pairs := [
            pair for pair in combinations(range(len(found)), 2) if _worst(found, pair, lights) > 0
        ]:
            one, other = min(pairs, key=lambda pair: (-_worst(found, pair, lights), pair))
            (mine, old, own), (theirs, other_old, others) = found[one], found[other]
            joined = (mine + theirs)[:8], other_old if old is None else old, own + others
            found = [x for n, x in enumerate(found) if n not in (one, other)] + [joined]
        for _, number, places in sorted(found, key=lambda x: sorted(x[2])):
            if number is not None:
                groups[number] += sorted(places)
            elif places:
                groups.append(sorted(places))
    return groups


def _worst(
    found: list[tuple[list[int], int | None, list[int]]], pair: tuple[int, int], lights: list[Light]
) -> float:
    """The worst fit of two groups; 0 for two that were there, and for days that are apart."""
    (mine, number, _), (theirs, other, _) = (found[n] for n in pair)
    if None not in (number, other):
        return 0.0
    if number is not None and not any(
        _buckets(lights[a]) & _buckets(lights[b], beside=1) for a in mine for b in theirs
    ):
        return 0.0
    return min(overlap(lights[a], lights[b]) for a in mine for b in theirs)


def _buckets(one: Light, beside: int = 0) -> set[int]:
    """The days a record is entered under, and those beside them."""
    if one.first == NO_DAY:
        return {NO_DAY}
    long = one.last - one.first > 7
    own = {one.first, (one.first + one.last) // 2, one.last} if long else {*range(one.first, one.last + 1)}
    return {day + step for day in own for step in range(-beside, beside + 1)} - {NO_DAY}


def test_a_judgement_joins_and_removes_groups_by_the_ids_of_their_members() -> None:
    merged = Merged()
    ids = sorted(make_id("ev", n) for n in range(5))
    for one in ids:
        merged.put(
            Light(one, "a", 1, 1, True, (), "x", "happened", (frozenset(), frozenset()), None, frozenset())
        )
    merged.group([[0, 1], [2], [3, 4]])
    merged.join([(ids[1], ids[2]), ("pa-of-another-layer", ids[0])])
    merged.remove(frozenset((ids[3], ids[1])))
    assert [merged.id_of(one) for one in ids] == [ids[0], None, ids[0], None, None]
    assert [m.id for m in merged.lights_of(ids[0])] == [ids[0], ids[2]]


def test_pairs_in_flat_arrays_are_the_pairs() -> None:
    shares = (
        Share(0, 2, (5, 90), (0, 80), 14, 0.93, "text", 12.5),
        Share(0, 2, (95, 120), (100, 130), 4, 0.5, "quotation", 0.0, rewritten=True),
    )
    pairs = [PairShare(0, 2, shares, 100, 120), PairShare(1, 2, shares[:1], 80, 120)]
    pairs[1] = PairShare(1, 2, (Share(1, 2, (1, 9), (2, 10), 8, 1.0, "background", 3.0),), 80, 120)
    kept = PairShares(pairs)
    assert list(kept) == pairs
    assert [place.tolist() for place in kept.places()] == [
        [[0, 5, 90], [0, 95, 120], [1, 1, 9]], [[2, 0, 80], [2, 100, 130], [2, 2, 10]],
    ]  # fmt: skip
    kept.mark([1, 2], "boilerplate", of=("text", "background"))
    assert [s.shared for pair in kept for s in pair.shares] == ["text", "quotation", "boilerplate"]


def test_links_are_told_from_both_sides() -> None:
    links = Links()
    for row in ({}, {0: 0.5}, {0: 0.25, 1: 1.0}):
        links.append(row)
    assert [links[row] for row in range(3)] == [{1: 0.5, 2: 0.25}, {0: 0.5, 2: 1.0}, {0: 0.25, 1: 1.0}]
