"""Near-duplicates: a sketch of each article, and which articles' sketches are alike.

A sketch is the ``SKETCH`` least of an article's hashed word five-grams (bottom-k, Broder 1997): the share
that two sketches have in common among the least of their union estimates the share that the texts have in
common (Jaccard; standard error about 0.04 at one half). The least of all places the article among the
shards: two texts that share nine tenths of their five-grams fall into one shard nine times in ten, and
there a paragraph that both carry is parsed once.

An engine may bring candidates of its own (Daft its MinHash); :func:`near_pairs` takes them or finds all
itself, and keeps by the sketches alone. So engines differ only by what their candidates miss.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np

from detente.compare.words import body_codes, gram_hashes
from detente.record import Article

GRAM = 5
SKETCH = 128
NEAR = 0.5  # of the sketches in common: a wire story as two outlets cut it
PLACE_BITS = 63  # Arrow's filters take no larger numbers
COMMON = 50  # a hash that more sketches hold links each to the first alone


def sketch_of(article: Article) -> list[int]:
    """The least ``SKETCH`` hashes of the body's word five-grams, sorted; none of a body under five words."""
    hashes = np.unique(gram_hashes(body_codes(article), GRAM))
    least: list[int] = hashes[:SKETCH].tolist()
    return least


def place(sketch: Sequence[int], article_id: str) -> int:
    """Where an article stands among the shards: 63 bits, spread evenly, the same for texts that are alike."""
    seed = int(sketch[0]).to_bytes(8, "big") if sketch else article_id.encode()
    return int.from_bytes(blake2b(seed, digest_size=8).digest(), "big") >> 1


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of five-grams that two articles have in common, from their sketches."""
    a, b = set(one), set(other)
    least = sorted(a | b)[:SKETCH]
    return len(a & b & set(least)) / len(least) if least else 0.0


def candidates(sketches: Mapping[str, Sequence[int]]) -> set[tuple[str, str]]:
    """Pairs of articles whose sketches share hashes enough to be near-duplicates, the lesser id first.

    A hash in more than ``COMMON`` sketches pairs each with the first alone, so the pairs are linear in the
    copies of one text; of two texts that share little else, a quarter of ``NEAR`` is asked.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for article_id in sorted(sketches):
        for value in sketches[article_id]:
            holders[value].append(article_id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= COMMON:
            shared.update(combinations(ids, 2))
        else:
            shared.update((ids[0], other) for other in ids[1:])
    most = {article_id: len(sketch) for article_id, sketch in sketches.items()}
    return {pair for pair, n in shared.items() if n >= NEAR / 4 * max(most[pair[0]], most[pair[1]])}


def near_pairs(
    sketches: Mapping[str, Sequence[int]], found: Iterable[tuple[str, str]] | None = None
) -> list[tuple[str, str]]:
    """The pairs of articles that are near-duplicates, sorted.

    Args:
        sketches: of every article.
        found: candidates that an engine found; None finds all here.
    """
    pairs = candidates(sketches) if found is None else set(found)
    return sorted(p for p in pairs if alike(sketches[p[0]], sketches[p[1]]) >= NEAR)
