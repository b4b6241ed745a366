"""The few things a caller may choose about reading pages, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.article.lists import DATA


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read a page.

    ``threshold`` is the probability from which a unit is body: higher drops more, lower keeps more
    (chosen by cross-validation on the development pages; don't tune alone). ``least_body`` is the number
    of characters under which a page has no article. ``least_presence`` is the chance that a text dump
    holds an article under which it is refused (0: never; ``training/articles/presence.py`` prints what
    each costs). ``extractor`` asks trafilatura where the block model
    is unsure of a page of HTML; without it such pages are read a little worse. ``weights`` is
    the folder of the trained parts (benchmarks point it at those of a fold).
    """

    threshold: float = 0.5
    least_body: int = 120
    least_presence: float = 0.1
    extractor: bool = True
    weights: Path = DATA


DEFAULT = Settings()
