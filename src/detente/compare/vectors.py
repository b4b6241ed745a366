"""Articles as vectors of their words and names, for telling which tell one story.

TF-IDF over hashed words: names, title and lead weigh more, words that most of the pile holds weigh
nothing, and a small pile borrows its idea of a rare word from a supposed larger one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from detente.compare.cues import cues
from detente.compare.words import WORD
from detente.record import Article

Floats = npt.NDArray[np.float32]
SLOTS = 1 << 20
BLOCK = 256  # rows multiplied at once: bounds the memory of likenesses


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """What a word weighs. Tuned on Wikinews, ECB+ and GVA (dev) together; don't tune alone.

    ``names``, ``lead``, ``title``: a capitalised word, one of the first ``lead_words``, one of the title,
    beside a plain one. ``most_words``: how far a body is read. ``features``: slots kept an article.
    ``prior`` articles are supposed beside the pile, of which ``prior_share`` hold any given word.
    """

    names: float = 1.2
    lead: float = 1.5
    title: float = 2.0
    lead_words: int = 60
    most_words: int = 600
    features: int = 150
    prior: float = 50.0
    prior_share: float = 0.005
    common: float = 0.2


def word_weights(article: Article, settings: VectorSettings) -> dict[str, float]:
    """An article's words and pairs of names with their weights, before rarity counts."""
    weights: dict[str, float] = {}
    words: list[str] = []
    for start, end in article.body:
        words.extend(WORD.findall(article.text, start, end))
        if len(words) >= settings.most_words:
            break
    title = article.words(article.headline) if article.headline else article.title or ""
    _weigh(WORD.findall(title), settings.title, weights, settings)
    _weigh(words[: settings.lead_words], settings.lead, weights, settings)
    _weigh(words[settings.lead_words : settings.most_words], 1.0, weights, settings)
    return weights


def _weigh(words: list[str], weight: float, into: dict[str, float], settings: VectorSettings) -> None:
    plain = cues().function_words
    previous = ""
    for word in words:
        folded = word.casefold()
        if len(folded) < 2 or folded in plain:
            previous = ""
            continue
        named = word[0].isupper()
        stem = _stem(folded)
        value = weight * (settings.names if named else 1.0)
        into[stem] = into.get(stem, 0.0) + value
        if named and previous:
            pair = f"{previous}_{stem}"
            into[pair] = into.get(pair, 0.0) + value
        previous = stem if named else ""


def _stem(word: str) -> str:
    """Plurals folded; no more, for speed and for names' sake."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def make_vectors(articles: Iterable[Article], settings: VectorSettings) -> Any:
    """One row an article (scipy CSR, length one), in the order given."""
    counts = np.zeros(SLOTS, np.int32)
    slots: list[npt.NDArray[np.int32]] = []
    values: list[Floats] = []
    for article in articles:
        found: dict[int, float] = {}
        for word, weight in word_weights(article, settings).items():
            slot = crc32(word.encode("utf-8", "surrogatepass")) & (SLOTS - 1)
            found[slot] = found.get(slot, 0.0) + weight
        slots.append(np.fromiter(found, np.int32, len(found)))
        weights = np.fromiter(found.values(), np.float32, len(found))
        values.append(np.where(weights >= 1, 1 + np.log(np.maximum(weights, 1)), weights).astype(np.float32))
        counts[slots[-1]] += 1
    # Slots in use, numbered anew in their order: a small pile is not charged for a million columns.
    few = sum(map(len, slots)) < SLOTS
    used = np.unique(np.concatenate([*slots, np.empty(0, np.int32)])) if few else np.flatnonzero(counts)
    rarity = _rarity(counts[used], len(slots), settings)
    places = [np.searchsorted(used, s).astype(np.int32) for s in slots]
    return _rows([(s, v * rarity[s]) for s, v in zip(places, values, strict=True)], settings.features)


def _rarity(counts: npt.NDArray[np.int32], articles: int, settings: VectorSettings) -> Floats:
    few = settings.prior * settings.prior_share
    rarity = np.log((articles + settings.prior) / (counts + few)).astype(np.float32)
    if articles > 1000:  # in a large pile the commonest words cost most and tell least
        rarity[counts > settings.common * articles] = 0.0
    kept: Floats = rarity
    return kept


def _rows(rows: list[tuple[npt.NDArray[np.int32], Floats]], most: int) -> Any:
    """Sparse rows of the ``most`` weightiest slots each, at length one."""
    ends, kept_slots, kept_values = [0], [], []
    for slots, values in rows:
        if len(slots) > most:
            best = np.lexsort((slots, -values))[:most]
            slots, values = slots[best], values[best]
        length = float(np.sqrt(np.sum(values * values))) or 1.0
        kept_slots.append(slots)
        kept_values.append((values / length).astype(np.float32))
        ends.append(ends[-1] + len(slots))
    data = np.concatenate([np.empty(0, np.float32), *kept_values])
    columns = np.concatenate([np.empty(0, np.int32), *kept_slots])
    return sp.csr_matrix((data, columns, ends), shape=(len(rows), int(columns.max(initial=0)) + 1))


def stack(totals: list[dict[int, float]], *, most: int) -> Any:
    """Rows from sums of vectors: the ``most`` weightiest slots of each, at length one."""
    return _rows(
        [(np.fromiter(t, np.int32, len(t)), np.fromiter(t.values(), np.float32, len(t))) for t in totals],
        most,
    )


def nearest(
    vectors: Any, days: npt.NDArray[np.float64], *, most: int, least: float, decay: float
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each row's ``most`` likest rows with their likeness, which fades with the days between them."""
    flipped = vectors.T.tocsr()
    for start in range(0, vectors.shape[0], BLOCK):
        product = (vectors[start : start + BLOCK] @ flipped).tocsr()
        for i in range(product.shape[0]):
            row = start + i
            cut = slice(product.indptr[i], product.indptr[i + 1])
            others, likeness = product.indices[cut], product.data[cut].astype(np.float64)
            gap = np.abs(days[others] - days[row])
            likeness = likeness * np.exp(-np.nan_to_num(gap) / decay)
            likeness[others == row] = 0.0
            keep = np.flatnonzero(likeness >= least)
            order = keep[np.lexsort((others[keep], -likeness[keep]))][:most]
            yield row, list(zip(others[order].tolist(), likeness[order].tolist(), strict=True))


def smooth(vectors: Any, neighbours: list[list[tuple[int, float]]], *, share: float, most: int) -> Any:
    """Each row with a share of its nearest neighbours mixed in: articles of one story grow more alike."""
    rows = [i for i, near in enumerate(neighbours) for _ in near]
    columns = [j for near in neighbours for j, _ in near]
    weights = np.array([share * w for near in neighbours for _, w in near], np.float32)
    count = vectors.shape[0]
    mixed = (vectors + sp.csr_matrix((weights, (rows, columns)), shape=(count, count)) @ vectors).tocsr()
    ends = mixed.indptr
    cut = [(mixed.indices[a:b], mixed.data[a:b]) for a, b in pairwise(ends)]
    return _rows(cut, most)
