"""Event merging on ECB+ (dev): what our readers find and the comparison merges, beside lemma matching.

    PYTHONPATH=src:. python -m benchmarks.stories_events [--topics N]

Reads the articles of the first N topics (all when none is given; some 23 articles a topic) as the program
reads reports, and compares them as one pile. Two tables of MUC, BCubed, CEAF-e and their mean (CoNLL F1):

1. The gold action mentions whose words hold the trigger of one of our events: what no reader finds counts for
   no way of merging.
2. All gold action mentions, each given to the comparison as an event (``benchmarks.stories_given``): those that
   our readers code with all that they read, the others without a type, by verb, clause and parties.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.stories import ROOT, to_article
from benchmarks.stories_given import Mention, give_mentions
from detente.compare import Comparison, MemoryPile, compare_pile
from detente.record import Article, Event, Reading

if TYPE_CHECKING:
    from detente.language import ParsedArticle

Given = list[tuple[Mention, Event]]


def read_gold(topics: int | None, root: Path = ROOT) -> tuple[list[Article], list[Mention], list[int]]:
    """The articles, the action mentions of the sentences that the gold labels whole, and the topics read."""
    lines = (root / "bench/events/ecbplus_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read = sorted({int(row["topic"]) for row in rows})[:topics]
    articles, mentions = [], []
    for row in (r for r in rows if int(r["topic"]) in read):
        key = "a-" + hashlib.sha256(row["id"].encode()).hexdigest()[:16]
        articles.append(to_article(key, row["text"]))
        for gold in row["mentions"]:
            if gold["sentence"] in row["evaluation_sentences"] and "ACTION" in gold["class"]:
                chain = gold.get("chain") or f"{key} {gold['m_id']}"
                mentions.append(Mention(key, gold["start"], gold["end"], chain))
    return sorted(articles, key=lambda a: a.id), mentions, read


def read_events(articles: Sequence[Article]) -> list[Reading]:
    """What the built-in readers find."""
    return [reading for _, reading in _read(articles)]


def _read(articles: Sequence[Article]) -> Iterator[tuple[ParsedArticle, Reading]]:
    from detente.language import parse_articles
    from detente.parts import read_parsed
    from detente.readers.registry import load_readers

    readers = load_readers()
    for parsed in parse_articles(articles):
        yield parsed, read_parsed(parsed, readers)


def read_given(
    articles: Sequence[Article], mentions: Sequence[Mention]
) -> tuple[list[Reading], Given, list[Reading]]:
    """What the readers find; every mention with an event made of it; the readings with these for their events."""
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in dict.fromkeys(mentions):
        by_article[mention.article].append(mention)
    readings, given, filled = [], [], []
    for parsed, reading in _read(articles):
        told = by_article[reading.article]
        made = list(give_mentions(parsed, reading, told, dict(find_ours(told, [reading]))))
        readings.append(reading)
        given += made
        filled.append(replace(reading, events=[event for _, event in made]))
    return readings, given, filled


def find_ours(mentions: Sequence[Mention], readings: Sequence[Reading]) -> Given:
    """The mentions that hold the trigger of an event, with the first such event."""
    events = {r.article: sorted(r.events, key=lambda e: e.id) for r in readings}
    found = []
    for mention in mentions:
        for event in events[mention.article]:
            trigger = event.trigger
            if trigger and mention.start < trigger.end and trigger.start < mention.end:
                found.append((mention, event))
                break
    return found


def merge_ways(found: Sequence[tuple[Mention, Event]], comparison: Comparison) -> dict[str, list[Hashable]]:
    """For each way of merging, a label a mention."""
    story = comparison.story_of
    ours = comparison.merged("events")
    return {
        "lemma, whole pile": [event.lemma for _, event in found],
        "lemma, in our stories": [(story.get(m.article, m.article), event.lemma) for m, event in found],
        "nothing merged": [event.id for _, event in found],
        "ours": [ours.id_of(event.id) or event.id for _, event in found],
    }


def conll(found: Sequence[Hashable], gold: Sequence[Hashable]) -> dict[str, float]:
    """MUC, BCubed, CEAF-e F1 and their mean, over the same mentions."""
    both = Counter(zip(found, gold, strict=True))
    ours, theirs = Counter(found), Counter(gold)
    muc = _f1(_links_kept(both, ours, 0), _links_kept(both, theirs, 1))
    count = len(found)
    precision = sum(n * n / ours[a] for (a, _), n in both.items()) / count
    recall = sum(n * n / theirs[b] for (_, b), n in both.items()) / count
    ceaf = _best_match(both, ours, theirs)
    scores = {
        "MUC": muc,
        "BCubed": _f1(precision, recall),
        "CEAF-e": _f1(ceaf / len(ours), ceaf / len(theirs)),
    }
    return {**scores, "CoNLL": sum(scores.values()) / 3}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _links_kept(both: Counter[Any], whole: Counter[Any], side: int) -> float:
    parts = Counter(pair[side] for pair in both)
    total = sum(n - 1 for n in whole.values())
    return sum(whole[c] - parts[c] for c in whole) / total if total else 0.0


def _best_match(both: Counter[Any], ours: Counter[Any], theirs: Counter[Any]) -> float:
    """The greatest sum of likeness when each of our groups is set against at most one of theirs."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = {c: n for n, c in enumerate(ours)}, {c: n for n, c in enumerate(theirs)}
    table = np.zeros((len(rows), len(columns)), np.float32)
    for (a, b), n in both.items():
        table[rows[a], columns[b]] = 2 * n / (ours[a] + theirs[b])
    return float(table[linear_sum_assignment(-table)].sum())


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--topics", type=int)
    articles, mentions, topics = read_gold(parser.parse_args().topics)
    readings, given, filled = read_given(articles, mentions)
    found = find_ours(mentions, readings)
    print(f"{len(articles)} articles of {len(topics)} topics; {len(found)} of {len(mentions)} mentions found")
    print_ways(found, compare_pile(MemoryPile(articles, readings)))
    print(f"all {len(given)} mentions, given as events")
    print_ways(given, compare_pile(MemoryPile(articles, filled)))


def print_ways(found: Given, comparison: Comparison) -> None:
    """One line a way of merging."""
    chains = [mention.chain for mention, _ in found]
    for name, labels in merge_ways(found, comparison).items():
        print(f"{name:24}", *(f"{k} {v:.3f}" for k, v in conll(labels, chains).items()))


if __name__ == "__main__":
    main()
