"""Stories as vectors: each one's likest, over the terms that few hold, and what it costs."""

from __future__ import annotations

import numpy as np
import pytest

from detente.compare import vectors
from detente.compare.episodes import Group, join_groups
from detente.compare.stories.profile import Terms
from detente.compare.vectors import Sums, nearest, rows_of, stack


def terms(values):
    return Terms(np.array(list(values), np.int32), np.array(list(values.values()), np.float32))


def made(count, *, kinds=40, seed=3):
    """Terms of stories of some kinds: one term that all hold, some of its kind's, some of its own."""
    dice = np.random.default_rng(seed)
    for n in range(count):
        own = {int(slot): 1.0 for slot in dice.choice(50_000, 12, replace=False) + 1000}
        kind = {10 + (n % kinds) * 5 + k: float(dice.uniform(0.5, 2)) for k in range(5)}
        yield terms({1: float(dice.uniform(0.1, 0.4)), **kind, **own})


def by_hand(rows, most, least):
    dense = rows.matrix().toarray()
    like = dense @ dense.T
    np.fill_diagonal(like, 0)
    for row in like:
        order = np.lexsort((np.arange(len(row)), -row))
        yield [int(n) for n in order[:most] if row[n] >= least]


def test_the_likest_are_those_of_all_with_all_while_few_hold_a_term() -> None:
    rows = stack(list(made(120)), most=300)
    assert list(nearest(rows, most=5, least=0.04)) == list(by_hand(rows, 5, 0.04))


def test_where_more_hold_a_term_it_leads_to_those_in_which_it_weighs_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = stack(list(made(400)), most=300)
    everything = list(by_hand(rows, 8, 0.1))
    monkeypatch.setattr(vectors, "HOLDERS", 10)  # as many hold a term of a kind; one is held by all
    assert list(nearest(rows, most=8, least=0.1)) == everything


def test_the_cost_is_bounded_by_the_holders_of_a_term(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "HOLDERS", 10)
    rows = stack([terms({1: 1.0, 2 + n: 0.1}) for n in range(300)], most=300)
    matrix = rows.matrix()
    held = vectors._champions(matrix)
    assert held[0].nnz == 10
    assert (matrix @ held).nnz <= 11 * 300


def test_no_story_is_its_own_likest_and_one_without_terms_has_none() -> None:
    rows = stack([terms({1: 1.0}), terms({}), terms({1: 2.0})], most=300)
    assert list(nearest(rows, most=3, least=0.04)) == [[2], [], [0]]


def test_products_with_many_are_those_with_each() -> None:
    one, *others = made(30)
    dense = np.zeros(60_000)
    dense[one.slots] = one.values
    expected = [float(dense[o.slots] @ o.values.astype(float)) for o in others]
    assert Sums().dots(one, others) == pytest.approx(expected)
    assert Sums().dots(one, []).tolist() == []


def test_groups_are_joined_while_they_are_alike_on_average() -> None:
    rows = stack([terms(t) for t in ({1: 1.0}, {1: 1.0, 2: 0.2}, {2: 1.0, 3: 1.0}, {4: 1.0})], most=300)
    near = nearest(rows, most=3, least=0.05)
    groups = [Group([n], t, 0, 0, set(f)) for n, (t, f) in enumerate(zip(rows_of(rows), near, strict=True))]
    assert sorted(sorted(g.rows) for g in join_groups(groups, least=0.5)) == [[0, 1], [2], [3]]


@pytest.mark.parametrize("seed", range(6))
def test_the_likest_two_are_joined_first_whoever_offers(seed: int) -> None:
    rows = stack(list(made(60, kinds=4, seed=seed)), most=300)
    near = list(nearest(rows, most=9, least=0.02))
    groups = [Group([n], t, 0, 0, f) for n, (t, f) in enumerate(zip(rows_of(rows), near, strict=True))]
    found = sorted(sorted(g.rows) for g in join_groups(groups, least=0.05, slots=rows.shape[1]))
    assert found == joined_one_by_one(rows, near, 0.05)
    assert 1 < len(found) < 60


def joined_one_by_one(rows, near, least):
    """The likest two of all groups that are near are joined, until none are like enough."""
    dense = rows.matrix().toarray().astype(float)
    groups = {(n,): {(other,) for other in found} for n, found in enumerate(near)}
    for one, found in list(groups.items()):
        for other in found:
            groups[other].add(one)

    def like(a, b):
        return float(dense[list(a)].sum(0) @ dense[list(b)].sum(0)) / (len(a) * len(b))

    while True:
        pairs = [(like(a, b), a, b) for a, found in groups.items() for b in found if a < b]
        best, a, b = max(pairs, default=(0.0, (), ()))
        if best < least:
            return sorted(sorted(group) for group in groups)
        both = (groups.pop(a) | groups.pop(b)) - {a, b}
        for found in groups.values():
            found -= {a, b}
        groups[a + b] = both
        for other in both:
            groups[other].add(a + b)


@pytest.mark.parametrize("count", [1, 2, 60, 299])
def test_few_rows_are_found_as_many_are(count, monkeypatch):
    draw = np.random.default_rng(count)
    totals = [
        Terms(np.sort(draw.choice(500, size, replace=False)).astype(np.int32), draw.random(size))
        for size in draw.integers(0, 60, count).tolist()
    ]
    rows = stack(totals, most=40)
    few = list(nearest(rows, most=8, least=0.05))
    monkeypatch.setattr("detente.compare.vectors.HOLDERS", -1)
    monkeypatch.setattr("detente.compare.vectors._champions", lambda vectors: vectors.T.tocsr())
    assert list(nearest(rows, most=8, least=0.05)) == few
