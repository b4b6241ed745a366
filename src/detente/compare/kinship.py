"""How near two words are as names of one act: 0 the same sense, up to ``APART`` for no near sense.

Read from ``data/compare/senses.csv`` (WordNet 3.0's verbs and nouns for acts; ``training/stories``):
"kill" and "murder" are 1 apart, "die" and "death" a half. Which sense a text means is not asked: the
nearest of each word's first four decides.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

APART = 6.0


@cache
def _table() -> dict[str, str]:
    text = files("detente").joinpath("data/compare/senses.csv").read_text(encoding="ascii")
    rows = (line.partition(",") for line in text.splitlines() if not line.startswith("#"))
    return {word: near for word, _, near in rows if word != "word"}


@lru_cache(maxsize=20_000)
def _near(word: str) -> dict[str, float]:
    cells = (cell.partition(":") for cell in _table().get(word, "").split())
    return {sense: int(halves) / 2 for sense, _, halves in cells}


@lru_cache(maxsize=200_000)
def sense_distance(one: str, other: str) -> float:
    """The distance of two lemmas by their nearest senses; 0 for one lemma."""
    if one == other:
        return 0.0
    small, large = sorted((_near(one), _near(other)), key=len)
    return min((d + large[sense] for sense, d in small.items() if sense in large), default=APART)
