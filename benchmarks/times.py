"""Measures time expressions on the TempEval-3 and WikiWars development documents.

Run: ``python -m benchmarks.times [--sample N] [--errors] [--set te3|wikiwars]``. Prints relaxed and strict
span F1 and value F1 (an expression counts when it overlaps a gold one and the value is equal), as
TempEval-3 does (UzZaman et al. 2013); HeidelTime's published level there is .90 relaxed and .78 value.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections import Counter
from dataclasses import dataclass, field
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
    errors: Counter[str] = field(default_factory=Counter)

    def f1(self, hits: int) -> float:
        precision, recall = hits / max(self.found, 1), hits / max(self.gold, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)


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
        start = time.perf_counter()
        found = find_article_times(parsed.body, parsed.article.published)
        score.seconds += time.perf_counter() - start
        score.words += sum(len(p.doc) for p in parsed.body)
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
        score = measure(load(name, sample=options.sample))
        rate = score.words / max(score.seconds, 1e-9)
        print(
            f"{name}: gold {score.gold} found {score.found} relaxed F1 {score.f1(score.relaxed):.3f} "
            f"strict F1 {score.f1(score.strict):.3f} value F1 {score.f1(score.value):.3f} "
            f"({rate:,.0f} tokens/s without the parse)"
        )
        if options.errors:
            for error, count in score.errors.most_common():
                print(count, error)


if __name__ == "__main__":
    main()
