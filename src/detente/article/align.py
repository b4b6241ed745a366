"""An extractor's text laid back onto the page's own blocks.

A long block is kept by an extractor if most of its runs of four words stand in the output; a short one
if it is a line of the output. What the extractor says and the page does not is measured, not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
RUN = 4


def words_of(text: str) -> list[str]:
    """The words of a text, casefolded; each CJK character is a word."""
    return _WORDS.findall(text.casefold())


def runs_of(words: list[str]) -> set[int]:
    """Hashes of the runs of four words."""
    return {hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1)}


def align_output(output: str, blocks: Iterable[list[str]]) -> tuple[list[float], float]:
    """How much of each block an output keeps, and the share of the output that no block holds.

    Args:
        output: an extractor's text.
        blocks: the words of each of the page's blocks, in order.
    """
    lines = [words_of(line) for line in output.splitlines()]
    kept_runs = runs_of([word for line in lines for word in line])
    short = {tuple(line) for line in lines if len(line) < RUN + 4}
    coverage: list[float] = []
    seen: set[int] = set()
    for words in blocks:
        runs = runs_of(words)
        if runs:
            inside = runs & kept_runs
            seen |= inside
            coverage.append(max(len(inside) / len(runs), float(tuple(words) in short)))
        else:
            coverage.append(float(bool(words) and tuple(words) in short))
    inner = {run for line in lines for run in runs_of(line)}
    lost = len(inner - seen) / len(inner) if inner else 0.0
    return coverage, lost
