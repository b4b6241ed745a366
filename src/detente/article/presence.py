"""Whether a text dump holds an article at all: one decision a page, over what the tagger found on it.

The tagger judges lines, and on a page of teasers it finds lines that read like news. What tells such a page
is the whole: little was kept beside all that was not, in scattered runs, with many dates and headlines and
few words in common. ``find_columns`` counts that; a small trained network over the columns gives each of
``KINDS`` its chance (``training/articles/presence.py``, weights in ``data/presence.npz``).

Limits: long comments under a missing article, or the notice of a shop, often pass for one; a brief of two
or three sentences on a portal may be refused. How often either happens stands in docs/articles.md.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.article.features import Floats
from detente.article.furniture import normal
from detente.article.lists import load_page_words
from detente.article.marked import Marked

KINDS = ("article", "no-article", "index-page")
REASONS = {
    "no-article": "No passage reads like an article; what was found is too little or too scattered.",
    "index-page": "The page lists other pages and holds no article.",
    "error-page": "The page says that it was not found or not shown.",
    "cookie-wall": "The page asks for consent and shows no article.",
}
# Columns of the layout features: share of Chinese and Japanese signs; from the end, copies of a unit, and
# words shared with the page's prose.
_CJK, _COPIES, _SHARED, _STRONG = 7, -7, -6, -5
_WIDE = 1.5
_SENTENCE = 80
_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_CUT = re.compile(r"(?:…|\.\.\.)[\"'”’»)\]]*$|\[…\]$")
# Units looked at for the marks of one article: before the first kept one, and after the last.
_BEFORE, _AFTER = 15, 8
# A page whose own words say what it is has less than this of anything else.
_LITTLE, _SHORT = 400, 3000


def find_absence(marked: Marked, dense: Floats, *, least: float, weights: Path) -> str | None:
    """The reason why a page holds no article, a key of ``REASONS``; None where it may hold one.

    Args:
        marked: the page's units with the decision which are body.
        dense: the layout features of the units.
        least: the chance from which the page is held to have an article; 0 refuses none.
        weights: the folder of ``presence.npz``.
    """
    size = sum(len(unit) for unit, keep in zip(marked.words, marked.kept, strict=True) if keep)
    said = _find_said(marked, size)
    if said or least <= 0 or not size:
        return said
    chances = load_presence(weights).score(find_columns(marked, dense))
    if chances[0] >= least:
        return None
    return KINDS[1 + int(chances[2] > chances[1])]


def _find_said(marked: Marked, size: int) -> str | None:
    """The reason that a short page states itself: an error, a wall of consent."""
    if size >= _LITTLE or sum(map(len, marked.words)) >= _SHORT:
        return None
    text, words = normal(marked.text[:4000]), load_page_words()
    if any(phrase in text for phrase in words["error"]):
        return "error-page"
    return "cookie-wall" if any(phrase in text for phrase in words["cookie"]) else None


def find_columns(marked: Marked, dense: Floats) -> Floats:
    """What is counted of a page, one number a column; at least one unit must be kept."""
    # A sign of Chinese or Japanese says about as much as two or three letters.
    sizes = np.array([len(unit) for unit in marked.words]) * (1 + _WIDE * dense[:, _CJK].astype(np.float64))
    kept = np.array(marked.kept)
    index = np.flatnonzero(kept)
    columns = (
        *_count_body(marked, sizes, index),
        *_count_runs(sizes, index),
        *_count_marks(marked.chances, int(index[0]), int(index[-1])),
        *_count_rest(marked.chances[:, 0], sizes, kept),
        *(
            float((sizes[index] * dense[index, column]).sum() / sizes[index].sum())
            for column in (_SHARED, _STRONG)
        ),
        float(dense[index, _COPIES].mean()),
        float(dense[index, _CJK].mean()),
    )
    return np.array(columns, dtype=np.float32)


def _count_body(marked: Marked, sizes: Floats, index: NDArray[np.int64]) -> tuple[float, ...]:
    """Length, certainty and sentences of what was kept."""
    own, chances = sizes[index], marked.chances[index, 0].astype(np.float64)
    words = [marked.words[i] for i in index]
    ended = np.array([_END.search(unit) is not None for unit in words])
    longest = np.argsort(-own, kind="stable")
    return (
        np.log1p(own.sum()) / 10,
        own.sum() / sizes.sum(),
        (own * chances).sum() / own.sum(),
        chances[longest[:5]].mean(),
        chances.std(),
        np.log1p((ended & (own > _SENTENCE)).sum()) / 3,
        np.log(own).mean() / 6,
        np.log(own[longest[:3]].mean()) / 6,
        (own * ended).sum() / own.sum(),
        sum(_CUT.search(unit) is not None for unit in words) / len(words),
        np.log(len(index)) / 5,
    )


def _count_runs(sizes: Floats, index: NDArray[np.int64]) -> tuple[float, ...]:
    """How scattered it is: runs broken by two units of furniture or more, the share of the longest."""
    breaks = np.flatnonzero(np.diff(index) > 2) + 1
    runs = [float(sizes[part].sum()) for part in np.split(index, breaks)]
    span = int(index[-1] - index[0]) + 1
    return (
        max(runs) / sum(runs),
        np.log1p(max(runs)) / 10,
        np.log(len(runs)) / 3,
        (span - len(index)) / span,
        np.log1p(int(index[0])) / 6,
    )


def _count_marks(chances: Floats, first: int, last: int) -> tuple[float, ...]:
    """The marks of an article: a headline before it, a byline and a day near it; and of many."""
    near = slice(max(0, first - _BEFORE), last + _AFTER)
    return (
        float(chances[max(0, first - _BEFORE) : first, 1].max(initial=0)),
        float(chances[:, 1].max()),
        float(chances[near, 2].max()),
        float(chances[near, 3].max()),
        np.log1p((chances[:, 1] > 0.3).sum()) / 3,
        np.log1p((chances[:, 3] > 0.3).sum()) / 3,
    )


def _count_rest(chances: Floats, sizes: Floats, kept: NDArray[np.bool_]) -> tuple[float, ...]:
    """What was not kept: long lines, and how likely it was."""
    return (
        np.log1p((sizes * (~kept & (sizes > _SENTENCE))).sum()) / 10,
        np.log(len(sizes)) / 6,
        float((chances * sizes * ~kept).sum() / sizes.sum()),
        np.log1p((sizes * chances).sum()) / 10,
    )


class Presence:
    """Small networks with one hidden layer over a page's columns: the mean of what they say."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        """Take ``mean``, ``scale`` and the members' stacked ``w1``, ``b1``, ``w2``, ``b2``."""
        self.w: dict[str, NDArray[Any]] = {key: value.astype(np.float32) for key, value in arrays.items()}

    def score(self, columns: Floats) -> Floats:
        """The chance of each of ``KINDS``."""
        w = self.w
        row = (columns - w["mean"]) / w["scale"]
        hidden = np.maximum(row @ w["w1"] + w["b1"], 0)
        logits = (hidden[:, None, :] @ w["w2"])[:, 0] + w["b2"]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        result: Floats = (powers / powers.sum(axis=1, keepdims=True)).mean(axis=0)
        return result


@cache
def load_presence(folder: Path) -> Presence:
    """The networks kept as ``presence.npz`` in a folder."""
    with np.load(folder / "presence.npz") as arrays:
        return Presence({key: arrays[key] for key in arrays.files})
