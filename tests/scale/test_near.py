"""Near-duplicates: sketches estimate what is shared, and candidates miss no pair that counts."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed (make test-scale)")

from detente.article import read_article
from detente.record import Page
from detente.scale.near import NEAR, PLACE_BITS, SKETCH, alike, candidates, near_pairs, place, sketch_of

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def article(words, name="s"):
    """An article whose body is the words, in sentences of twelve."""
    lines = [" ".join(words[i : i + 12]).capitalize() + "." for i in range(0, len(words), 12)]
    return read_article(Page(name, "clean", "\n\n".join(lines), name))


def texts(count=40):
    """Word lists: originals, and copies with some words changed."""
    dice = random.Random(7)
    made = []
    for n in range(count):
        if n % 4 and made:
            words = list(made[n - n % 4])
            for at in dice.sample(range(len(words)), (n % 4) * 3):
                words[at] = dice.choice(WORDS)
        else:
            words = [dice.choice(WORDS) for _ in range(300)]
        made.append(words)
    return made


@pytest.fixture(scope="module")
def shingles():
    return {f"a{n:02}": set(zip(*(w[i:] for i in range(5)), strict=False)) for n, w in enumerate(texts())}


@pytest.fixture(scope="module")
def sketches():
    return {f"a{n:02}": sketch_of(article(words)) for n, words in enumerate(texts())}


def test_a_sketch_is_the_least_hashes_sorted(sketches):
    for sketch in sketches.values():
        assert sketch.tolist() == sorted(set(sketch.tolist()))
        assert len(sketch) == SKETCH


def test_what_two_texts_share_is_estimated_within_its_error(shingles, sketches):
    for one, other in combinations(sorted(shingles), 2):
        a, b = shingles[one], shingles[other]
        assert alike(sketches[one], sketches[other]) == pytest.approx(len(a & b) / len(a | b), abs=0.16)


def test_no_near_pair_is_missing_among_the_candidates(sketches):
    every = {(a, b) for a, b in combinations(sorted(sketches), 2) if alike(sketches[a], sketches[b]) >= NEAR}
    assert every
    assert every <= candidates(sketches)
    assert sorted(every) == near_pairs(sketches)


def test_the_copies_of_one_text_are_paired_with_the_first_alone_when_they_are_many():
    copies = {f"a{n:03}": np.arange(SKETCH, dtype=np.uint64) for n in range(200)}
    assert near_pairs(copies) == [("a000", f"a{n:03}") for n in range(1, 200)]


def test_no_articles_have_no_pairs():
    assert near_pairs({}) == []
    assert near_pairs({"a": np.empty(0, np.uint64), "b": np.empty(0, np.uint64)}) == []


def test_copies_stand_in_one_place_whatever_their_ids():
    words = texts(1)[0]
    one, other = article(words, "one"), article([*words[:-1], "zzz"], "other")
    assert one.id != other.id
    assert place(sketch_of(one), one.id) == place(sketch_of(other), other.id)


def test_places_are_spread_evenly_also_for_texts_too_short_for_a_sketch():
    halves = [place(np.empty(0, np.uint64), f"a{n}") >> (PLACE_BITS - 1) for n in range(400)]
    assert sum(halves) == pytest.approx(200, abs=50)


def test_dafts_minhash_finds_every_near_pair(sketches, tmp_path):
    pytest.importorskip("daft")
    from detente.scale import tables
    from detente.scale.arrow import pa, pq
    from detente.scale.on_daft import DaftEngine

    rows = [{**tables.article_row(article(w)), "id": f"a{n:02}"} for n, w in enumerate(texts())]
    table = pa.Table.from_pylist(rows, schema=tables.ARTICLES)
    for n in (0, 1):
        pq.write_table(table.slice(n * 20, 20), tmp_path / f"{n}.parquet")
    found = DaftEngine(1).candidates(sorted(tmp_path.glob("*.parquet")))
    assert near_pairs(sketches) == near_pairs(sketches, found)
