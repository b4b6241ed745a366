"""Passages of many pairs that stand in the same place become one passage with many spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from detente.compare.pair_shares import MEANINGS, PairShares, Share
from detente.compare.places import join_places
from detente.record import Passage, Span, make_id


def merge_passages(pairs: PairShares, ids: list[str], of_article: dict[str, str]) -> Iterator[Passage]:
    """One passage for every set of places that carry the same words, in the order of the first place."""
    groups = join_places(*pairs.places())
    order = np.argsort(groups, kind="stable")
    for numbers in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1) if len(order) else ():
        yield _passage([pairs.share(n) for n in numbers.tolist()], ids, of_article)


def _passage(shares: list[Share], ids: list[str], of_article: dict[str, str]) -> Passage:
    longest: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in sorted(
        {s.a_place for s in shares} | {s.b_place for s in shares},
        key=lambda p: (p[0], p[1] - p[2], p[1]),
    ):
        if all(place[2] <= start or end <= place[1] for start, end in longest[place[0]]):
            longest[place[0]].append((place[1], place[2]))
    spans = tuple(Span(ids[n], *place) for n in sorted(longest) for place in sorted(longest[n]))
    similarity = min(s.similarity for s in shares)
    meaning = min((s.shared for s in shares), key=MEANINGS.index)
    origins = {of_article[span.article] for span in spans}
    carried = meaning in ("text", "document") and len(origins) == 1
    return Passage(
        id=make_id("pa", *((s.article, s.start, s.end) for s in spans)),
        spans=spans,
        kind=_kind(shares, similarity),
        similarity=round(similarity, 3),
        origin=origins.pop() if carried else None,
        shared=meaning,
    )


def _kind(shares: list[Share], similarity: float) -> str:
    if any(share.rewritten for share in shares):
        return "paraphrase"
    return "verbatim" if similarity > 0.995 else "near"
