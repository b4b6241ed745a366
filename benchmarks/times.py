"""Measures time expressions on the TempEval-3 and WikiWars development documents.

Run: ``python -m benchmarks.times [--sample N] [--errors] [--set te3|wikiwars]``. Prints relaxed and strict
span F1 and value F1 as TempEval-3's scorer does (UzZaman et al. 2013): a gold expression is paired with one
found that shares a character with it; value F1 is relaxed F1 times the share of pairs with equal values.
HeidelTime's published level there is .90 relaxed and .78 value. Each set is split in two halves by a hash
of the document's id, to see that a gain is not one part's alone; misses of both were read, so neither half
is unseen. An expression that the software leaves unresolved is not put forward.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import time
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from detente.language import parse_articles
from detente.language.times import find_article_times
from detente.record import Article, Date

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[1].parent / "shared"))
FILES = {"te3": "timex_te3_dev.jsonl.gz", "wikiwars": "timex_wikiwars_dev.jsonl.gz"}


@dataclass
class Score:
    """Counts of one run."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0
    seconds: float = 0.0
    words: int = 0
    sentences: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def accuracy(self) -> float:
        """The share of paired expressions whose value is the gold one."""
        return self.value / max(self.relaxed, 1)

    def f1(self, hits: int) -> float:
        precision, recall = hits / max(self.found, 1), hits / max(self.gold, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)


def half_of(document: str) -> int:
    """0 for the first half of a set, 1 for the second."""
    return hashlib.sha256(document.encode()).digest()[0] & 1


def add(one: Score, two: Score) -> Score:
    """The counts of two runs together."""
    counts = {f.name: getattr(one, f.name) + getattr(two, f.name) for f in fields(Score)}
    return Score(**counts)


def load(name: str, *, sample: int | None = None) -> list[dict[str, Any]]:
    path = SHARED / "bench/stories" / FILES[name]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return rows[:: max(1, len(rows) // sample)] if sample else rows


def article_of(row: dict[str, Any]) -> Article:
    text = row["text"]
    body = tuple((m.start(), m.end()) for m in re.finditer(r"\S[^\n]*(?:\n[^\n]+)*", text))
    day = (row["dct"] or "")[:10]
    published = Date(day, day, "day", "stated") if day else Date.unknown()
    return Article(
        row["id"], "", text, None, None, None, None, None, None, published, "en", body, (), None, ""
    )


def measure(rows: list[dict[str, Any]]) -> Score:
    score = Score()
    for row, parsed in zip(rows, parse_articles(map(article_of, rows)), strict=True):
        start = time.process_time()
        found = find_article_times(parsed.body, parsed.article.published)
        score.seconds += time.process_time() - start
        score.words += sum(len(p.doc) for p in parsed.body)
        score.sentences += sum(1 for p in parsed.body for _ in p.doc.sents)
        # An expression without a value says that it cannot be resolved: no TIMEX3.
        compare(row, [e for times in found for e in times if e.value], score)
    return score


def compare(row: dict[str, Any], found: list[Any], score: Score) -> None:
    gold = row["timex"]
    score.gold += len(gold)
    score.found += len(found)
    used: set[int] = set()
    for expression in found:
        span = expression.date.span
        hit = next(
            (
                i
                for i, g in enumerate(gold)
                if i not in used and g["start"] < span.end and span.start < g["end"]
            ),
            None,
        )
        words = row["text"][span.start : span.end]
        if hit is None:
            score.errors[f"SPURIOUS {words!r} {expression.value}"] += 1
            continue
        used.add(hit)
        score.relaxed += 1
        score.strict += (gold[hit]["start"], gold[hit]["end"]) == (span.start, span.end)
        if gold[hit]["value"] == expression.value:
            score.value += 1
        else:
            context = row["text"][max(0, span.start - 60) : span.end + 30].replace("\n", " ")
            told = f"gold {gold[hit]['value']} got {expression.value} dct {row['dct']}"
            score.errors[f"VALUE {gold[hit]['text']!r} {told} … {context}"] += 1
    for i, g in enumerate(gold):
        if i not in used:
            context = row["text"][max(0, g["start"] - 40) : g["end"] + 30].replace("\n", " ")
            score.errors[f"MISSED {g['text']!r} {g['value']} … {context}"] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--set", choices=sorted(FILES))
    options = parser.parse_args()
    for name in [options.set] if options.set else FILES:
        rows = load(name, sample=options.sample)
        halves = [measure([row for row in rows if half_of(row["id"]) == half]) for half in (0, 1)]
        score = add(*halves)
        for label, part in zip(("first half", "second half", "all"), (*halves, score), strict=True):
            print(line_of(f"{name} {label}", part))
        print(
            f"{name}: {1e6 * score.seconds / max(score.sentences, 1):.0f} µs of CPU a sentence, "
            f"{1e6 * score.seconds / max(score.words, 1):.1f} a token, without the parse"
        )
        if options.errors:
            for error, count in score.errors.most_common():
                print(count, error)


def line_of(label: str, score: Score) -> str:
    """One line of figures."""
    return (
        f"{label:20} gold {score.gold:4} found {score.found:4} relaxed F1 {score.f1(score.relaxed):.3f} "
        f"strict F1 {score.f1(score.strict):.3f} value accuracy {score.accuracy:.3f} "
        f"value F1 {score.f1(score.value):.3f}"
    )


if __name__ == "__main__":
    main()
