"""PolNeAR-style gold beside our parse: articles parsed once, gold spans as tokens, and the measures.

Used by training, the benchmark and the quality tests. Nothing of the gold is kept here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.language import Paragraph, ParsedArticle, load_model, parse_articles
from detente.readers.statements.view import View
from detente.record import Article, Date

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"\w")
_DOUBLE = re.compile(r"[\"“”]")


class FileCache:
    """Parses kept in one folder, so that an experiment parses nothing twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load_parses(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The kept parses among ``keys``."""
        return {k: p.read_bytes() for k in keys if (p := self.folder / k).is_file()}

    def save_parses(self, parses: dict[str, bytes]) -> None:
        """Keep new parses."""
        for key, data in parses.items():
            (self.folder / key).write_bytes(data)


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One gold attribution in tokens of a view: word tokens of the content, the cue's and the speaker's."""

    content: frozenset[int]
    cue: tuple[int, ...]
    cue_head: int
    source: tuple[int, ...]
    source_head: int
    kind: str
    speech: bool


@dataclass(frozen=True, slots=True)
class Predicted:
    """One prediction in the same terms."""

    content: frozenset[int]
    source: frozenset[int]
    source_head: int
    kind: str
    speech: bool
    confidence: float = 1.0


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def article_of(row: dict[str, Any]) -> Article:
    """A gold text as an article: every line that is not blank is a body paragraph, the title too."""
    body = tuple((m.start(), m.end()) for m in _LINE.finditer(row["text"]))
    return Article(
        row["id"], row["id"], row["text"], None, None, None, None, None, None, Date.unknown(), "en", body, (),
        None,
        hashlib.sha256(row["text"].encode()).hexdigest(),
    )  # fmt: skip


def parsed_rows(
    rows: Iterable[dict[str, Any]], *, cache: Path | None = None
) -> Iterator[tuple[dict[str, Any], ParsedArticle]]:
    """Each row with its parse."""
    rows = list(rows)
    store = FileCache(cache) if cache else None
    articles = parse_articles((article_of(r) for r in rows), cache=store, model=load_model())
    yield from zip(rows, articles, strict=True)


def gold_of(row: dict[str, Any], view: View) -> list[GoldAttribution]:
    """The gold attributions of a row with content, as tokens of the view."""
    starts = [_offset(view.paragraphs[view.para[i]], view.start[i]) for i in range(len(view))]
    ends = [_offset(view.paragraphs[view.para[i]], view.end[i]) for i in range(len(view))]
    found = []
    for a in row["attributions"]:
        content = frozenset(
            i
            for s, e in a["content_spans"]
            for i in _tokens(starts, ends, s, e)
            if _WORD.search(view.text[i])
        )
        if not content:
            continue
        cue = _tokens(starts, ends, *a["cue_span"]) if a["cue_span"] else ()
        source = _tokens(starts, ends, *a["source_span"]) if a["source_span"] else ()
        marks = any(_DOUBLE.search(row["text"][s:e]) for s, e in a["content_spans"])
        found.append(
            GoldAttribution(
                content, cue, head_of(view, cue), source, head_of(view, source), a["kind"],
                a["act"] == "speech" or marks,
            )
        )  # fmt: skip
    return found


def _offset(paragraph: Paragraph, place: int) -> int:
    return paragraph.start + place


def _tokens(starts: list[int], ends: list[int], start: int, end: int) -> tuple[int, ...]:
    return tuple(range(bisect_right(ends, start), bisect_left(starts, end)))


def head_of(view: View, tokens: Sequence[int]) -> int:
    """The token of a span whose governor lies outside it; -1 for an empty span."""
    inside = set(tokens)
    for i in tokens:
        if (view.head[i] not in inside or view.head[i] == i) and view.pos[i] not in ("PUNCT", "SPACE", "DET"):
            return i
    return tokens[0] if tokens else -1


def word_tokens(view: View, parts: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The tokens of some ranges that hold a letter or digit."""
    return frozenset(i for a, b in parts for i in range(a, b) if _WORD.search(view.text[i]))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Token F1 of two contents."""
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def same_source(predicted: Predicted, gold: GoldAttribution) -> bool:
    """The heads are one token, or each lies in the other's span (titles), or both are none."""
    if predicted.source_head == gold.source_head:
        return True
    return gold.source_head in predicted.source and predicted.source_head in gold.source


def match(
    predicted: Sequence[Predicted], gold: Sequence[GoldAttribution], *, least: float
) -> list[tuple[int, int]]:
    """Pair predictions and gold one to one, best overlap first, sources the same, F1 at least ``least``."""
    pairs = sorted(
        (-f1, i, j)
        for i, p in enumerate(predicted)
        for j, g in enumerate(gold)
        if (f1 := overlap(p.content, g.content)) >= least and same_source(p, g)
    )
    used_p: set[int] = set()
    used_g: set[int] = set()
    found = []
    for _, i, j in pairs:
        if i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            found.append((i, j))
    return found
