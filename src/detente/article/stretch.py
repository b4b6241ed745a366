"""The likeliest stretch of a page where the tagger kept hardly anything: a short piece among much furniture.

A brief of three sentences on a portal's page never looks as sure as a long article. Where fewer characters
than ``FEW`` were kept, the stretch with the highest sum of length times chance is taken, down to the lower
chance ``LOW``. Chosen by cross-validation on the development dumps; don't tune alone.

Limits: a page without any article may give its longest teaser; ``presence.py`` judges afterwards whether the
page holds an article at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.article.features import Floats

FEW, LOW, SURE = 400, 0.3, 0.4
_SENTENCE = 80
_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")


def keep_stretch(words: Sequence[str], chances: Floats, kept: list[bool]) -> list[bool]:
    """The decision for every unit: as it was, or the likeliest stretch where almost nothing was kept.

    Args:
        words: the units' words.
        chances: the chance of each to be body.
        kept: the decision so far.
    """
    held = sum(len(unit) for unit, keep in zip(words, kept, strict=True) if keep)
    if held >= FEW:
        return kept
    start, end = _likeliest([len(unit) * (float(p) - LOW) for unit, p in zip(words, chances, strict=True)])
    found = [start <= index < end and float(p) >= LOW for index, p in enumerate(chances)]
    sure = max((float(p) for p, keep in zip(chances, found, strict=True) if keep), default=0.0)
    sentences = sum(keep and _is_sentence(unit) for unit, keep in zip(words, found, strict=True))
    # Where nothing at all was kept, one sentence is as often a teaser.
    return found if sure >= SURE and sentences >= (1 if held else 2) else kept


def _likeliest(gains: Sequence[float]) -> tuple[int, int]:
    """The run with the greatest sum, (0, 0) where none is above nothing."""
    best, current, since = 0.0, 0.0, 0
    run = (0, 0)
    for index, gain in enumerate(gains):
        if current <= 0:
            current, since = 0.0, index
        current += gain
        if current > best:
            best, run = current, (since, index + 1)
    return run


def _is_sentence(unit: str) -> bool:
    return len(unit) > _SENTENCE and _END.search(unit) is not None
