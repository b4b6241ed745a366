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

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import combinations

import numpy as np
import numpy.typing as npt

from detente.compare.words import U64, body_codes, gram_hashes
from detente.record import Article

Sketch = U64
Numbers = npt.NDArray[np.int64]

GRAM = 5
SKETCH = 128
LEAST = 32  # of them, what candidates are found by
NEAR = 0.5  # of the sketches in common: a wire story as two outlets cut it
PLACE_BITS = 63  # Arrow's filters take no larger numbers
COMMON = 50  # a hash that more sketches hold links each to the first alone
_AT_ONCE = 1 << 20  # pairs looked at together


def sketch_of(article: Article) -> Sketch:
    """The least ``SKETCH`` hashes of the body's word five-grams, sorted; none of a body under five words."""
    hashes = np.unique(gram_hashes(body_codes(article), GRAM))
    return hashes[:SKETCH]


def place(sketch: Sketch, article_id: str) -> int:
    """Where an article stands among the shards: 63 bits, spread evenly, the same for texts that are alike."""
    seed = int(sketch[0]).to_bytes(8, "big") if len(sketch) else article_id.encode()
    return int.from_bytes(blake2b(seed, digest_size=8).digest(), "big") >> 1


def alike(one: Sketch, other: Sketch) -> float:
    """The estimated share of five-grams that two articles have in common, from their sketches."""
    least = np.union1d(one, other)[:SKETCH]
    if not len(least):
        return 0.0
    shared = np.intersect1d(one, other, assume_unique=True)
    return float(np.count_nonzero(shared <= least[-1]) / len(least))


def candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    """Pairs of articles whose sketches share hashes enough to be near-duplicates, the lesser id first.

    Of each sketch its ``LEAST`` least hashes are looked at, and a pair must share an eighth of them: at a
    Jaccard of one half they share half. A hash that more than ``COMMON`` sketches hold pairs each with the
    first alone, so that the pairs are linear in the copies of one text.
    """
    ids = sorted(sketches)
    if not ids:
        return set()
    sizes = np.array([min(len(sketches[one]), LEAST) for one in ids])
    values = np.concatenate([sketches[one][:LEAST] for one in ids])
    owners = np.repeat(np.arange(len(ids), dtype=np.uint64), sizes)
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(values[order]) != 0])) if len(order) else order
    held = np.diff(np.concatenate([starts, [len(order)]]))
    keys = _pairs(owners[order], starts, held, len(ids))
    found: set[tuple[str, str]] = set()
    ends = np.flatnonzero(np.append(keys[1:] != keys[:-1], [True] * (len(keys) > 0))) + 1
    for some in range(0, len(ends), _AT_ONCE):
        end = ends[some : some + _AT_ONCE]
        shared = np.diff(end, prepend=ends[some - 1] if some else 0)
        one, other = (part.astype(np.int64) for part in np.divmod(keys[end - 1], np.uint64(len(ids))))
        enough = shared >= NEAR / 4 * np.maximum(sizes[one], sizes[other])
        pairs = zip(one[enough].tolist(), other[enough].tolist(), strict=True)
        found.update((ids[a], ids[b]) for a, b in pairs)
    return found


def _pairs(owners: U64, starts: Numbers, held: Numbers, total: int) -> U64:
    """Every pair of owners of one hash as a number, as often as it shares one, sorted.

    One array of all, filled and sorted where it is: 8 bytes a pair, half of what the search takes.
    """
    few = held[(held > 1) & (held <= COMMON)]
    many = held > COMMON
    keys = np.empty(int((few * (few - 1) // 2).sum() + (held[many] - 1).sum()), np.uint64)
    end = 0
    for size in np.unique(few).tolist():
        members = owners[starts[held == size][:, None] + np.arange(size)]
        for a, b in combinations(range(size), 2):
            end += len(members)
            keys[end - len(members) : end] = members[:, a] * np.uint64(total) + members[:, b]
    for start, size in zip(starts[many].tolist(), held[many].tolist(), strict=True):
        members = owners[start : start + size]
        end += size - 1
        keys[end - size + 1 : end] = members[0] * np.uint64(total) + members[1:]
    keys.sort()
    return keys


def near_pairs(
    sketches: Mapping[str, Sketch], found: Iterable[tuple[str, str]] | None = None
) -> list[tuple[str, str]]:
    """The pairs of articles that are near-duplicates, sorted.

    Args:
        sketches: of every article: some 1.2 kB each.
        found: candidates that an engine found; None finds all here.
    """
    pairs = candidates(sketches) if found is None else set(found)
    return sorted(p for p in pairs if alike(sketches[p[0]], sketches[p[1]]) >= NEAR)
