"""Event coding on the dev gold: ``python -m benchmarks.events``.

Prints, with 95% bootstrap intervals: dyad and type F1 on the PLOVER gold records (beside a TF-IDF type
classifier), the type's confusion, macro-F1 of the type given the actors on PLV (five-fold), recall of
material acts in the India police documents, over-coding on our own cases, and the speed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.events_gold import (
    GOLD,
    MATERIAL,
    ROOT,
    KeptParses,
    article,
    gold_triples,
    police_sentences,
    read_all,
    read_jsonl,
    score,
    triples,
)
from detente.language import parse_articles
from detente.readers.events import read_events
from detente.readers.index import ActorIndex
from detente.readers.names import EVENTS as READER
from detente.readers.registry import load_readers
from detente.record import Event, Reading

CASES = ROOT / "tests" / "readers" / "event_cases.jsonl"
Sets = tuple[set[Any], set[Any]]
DRAWS, SEED = 500, 11


def plover(limit: int | None = None) -> tuple[list[Sets], Counter[tuple[str, str]]]:
    """(predicted, gold) triples of each record, and the confusion of types."""
    rows = read_jsonl("plover_gold_dev.jsonl")[:limit]
    pairs, confusion = [], Counter[tuple[str, str]]()
    for row, (reading, actors) in zip(rows, read_all(article(r["id"], r["text"]) for r in rows), strict=True):
        events = [e for e in reading.events if e.status != "denied"]
        made = {t for e in events for t in triples(e, actors)}
        pairs.append((made, gold_triples(row)))
        _confuse(confusion, [e.type for e in events], row["events"][0]["plover_type"])
    return pairs, confusion


def _confuse(confusion: Counter[tuple[str, str]], made: list[str], gold: str) -> None:
    confusion[gold, gold if gold in made else made[0] if made else "none"] += 1


def dyads(pairs: Sequence[Sets]) -> list[Sets]:
    """The countries alone."""
    return [({(s, r) for s, r, _ in made}, {(s, r) for s, r, _ in gold}) for made, gold in pairs]


def types(pairs: Sequence[Sets]) -> list[Sets]:
    """The types alone."""
    return [({t for *_, t in made}, {t for *_, t in gold}) for made, gold in pairs]


def interval(pairs: Sequence[Sets], value: Callable[[Sequence[Sets]], float]) -> tuple[float, float]:
    """A 95% bootstrap interval over records."""
    draw = random.Random(SEED)
    found = sorted(value(draw.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    return found[int(0.025 * DRAWS)], found[int(0.975 * DRAWS)]


def f1(pairs: Sequence[Sets]) -> float:
    """F1 of ``score``."""
    return score(pairs)[2]


def police(limit: int) -> tuple[Counter[str], Counter[str]]:
    """(found, labelled) material acts by label in the documents that have any."""
    rows = [
        r
        for r in read_jsonl("india_police_dev.jsonl")
        if any(set(s["labels"]) & set(MATERIAL) for s in r["sents"])
    ]
    rows = rows[:limit]
    found, labelled = Counter[str](), Counter[str]()
    for row, (reading, _) in zip(
        rows, read_all(article(r["id"], r["text"], r["date"]) for r in rows), strict=True
    ):
        for start, end, labels, _text in police_sentences(row):
            here = [e for e in reading.events if any(start <= s.start < end for s in e.evidence)]
            for label in labels:
                labelled[label] += 1
                found[label] += any(e.type in MATERIAL[label] for e in here)
    return found, labelled


def is_current(event: Event) -> bool:
    """Coded as a fact that the narrator vouches for."""
    return event.status in ("happened", "ongoing") and event.asserted_by == ("narrator",)


def over_coded(case: dict[str, Any], events: list[Event]) -> bool:
    """True when a case that holds no current fact got one.

    The act of speech itself is a fact: an accusation in a reported claim, a refusal in a negation.
    """
    allowed = {"reported": {"ACCUSE", "THREATEN"}, "negation": {"REJECT"}, "conditional": {"REJECT"}}
    return any(is_current(e) and e.type not in allowed.get(case["kind"], set()) for e in events)


def right(case: dict[str, Any], events: list[Event], actors: ActorIndex) -> bool:
    """True when a positive case got its type, source and recipient as a current fact."""

    def codes(ids: tuple[str, ...]) -> set[str | None]:
        return {actors.actors[i].country for i in ids}

    return any(
        is_current(e)
        and e.type == case["type"]
        and codes(e.sources) == set(case["sources"])
        and (not case["recipients"] or codes(e.recipients) == set(case["recipients"]))
        for e in events
    )


def cases() -> dict[str, tuple[int, int]]:
    """Kind → (failed, all) of our own cases."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    failed, total = Counter[str](), Counter[str]()
    readings = read_all(article(r["id"], r["text"], r["published"]) for r in rows)
    for row, (reading, actors) in zip(rows, readings, strict=True):
        total[row["kind"]] += 1
        bad = (
            not right(row, reading.events, actors)
            if row["kind"] == "positive"
            else over_coded(row, reading.events)
        )
        failed[row["kind"]] += bad
    return {kind: (failed[kind], total[kind]) for kind in total}


def speed(limit: int = 150) -> tuple[float, int]:
    """Sentences per CPU second of the events reader alone (parse, actors, statements given)."""
    rows = read_jsonl("plover_gold_dev.jsonl")[:limit]
    parsed = list(parse_articles([article(r["id"], r["text"]) for r in rows], cache=KeptParses()))
    before = [r for r in load_readers() if r.name.split(".")[0] in ("actors", "statements")]
    given = []
    for page in parsed:
        reading, actors = Reading(page.article.id), ActorIndex()
        for reader in before:
            reader.read(page, reading, actors)
        given.append((page, reading, actors))
    warm, timed = given[: limit // 3], given[limit // 3 :]  # tables load and caches fill on first use
    for page, reading, actors in warm:
        read_events(page, reading, actors)
    sentences = sum(len(list(p.doc.sents)) for page, _, _ in timed for p in page.body)
    start = time.process_time()
    for page, reading, actors in timed:
        read_events(page, reading, actors)
    return sentences / (time.process_time() - start), sentences


def tfidf_types() -> tuple[float, list[Sets]]:
    """The baseline on the same records: a TF-IDF classifier trained on PLV (YIELD counts for both)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, gold = read_jsonl("plv_train.jsonl"), read_jsonl("plover_gold_dev.jsonl")
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
    model.fit(words.fit_transform([r["text"] for r in rows]), [r["events"][0]["plover_root"] for r in rows])
    guesses = model.predict(words.transform([r["text"] for r in gold]))
    pairs: list[Sets] = []
    for row, guess in zip(gold, guesses, strict=True):
        wanted = row["events"][0]["plover_type"]
        pairs.append(({"YIELD" if wanted in ("CONCEDE", "RETREAT") else wanted}, {guess}))
    return f1(pairs), pairs


def report(limit: int, *, baseline: bool) -> None:
    """Print every measure."""
    pairs, confusion = plover()
    print(f"PLOVER gold dev, {len(pairs)} records ({READER})")
    for name, sets in (("dyad + type", pairs), ("dyad", dyads(pairs)), ("type", types(pairs))):
        precision, recall, value = score(sets)
        low, high = interval(sets, f1)
        print(f"  {name:12} P {precision:.3f}  R {recall:.3f}  F1 {value:.3f}  [{low:.3f}, {high:.3f}]")
    if baseline:
        value, sets = tfidf_types()
        low, high = interval(sets, f1)
        print(f"  {'TF-IDF type':12} F1 {value:.3f}  [{low:.3f}, {high:.3f}]")
    print("  confusion (gold > made):")
    for (gold, made), count in sorted(confusion.items(), key=lambda item: (-item[1], item[0])):
        if gold != made:
            print(f"    {gold} > {made}: {count}")
    found, labelled = police(limit)
    shares = {label: f"{found[label]}/{labelled[label]}" for label in sorted(labelled)}
    total = sum(found.values()) / sum(labelled.values())
    print(f"India police, recall of material acts: {shares} {total:.3f}")
    print(
        "Own cases, failed:",
        {kind: f"{bad}/{all_} ({bad / all_:.1%})" for kind, (bad, all_) in cases().items()},
    )
    rate, count = speed()
    print(f"Speed: {rate:,.0f} sentences per CPU second without parse ({count} sentences)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="Event coding on the dev gold.")
    parser.add_argument("--documents", type=int, default=90, help="India police documents to read")
    parser.add_argument("--no-baseline", action="store_true", help="skip the TF-IDF baseline")
    options = parser.parse_args(arguments)
    if not GOLD.is_dir():
        print(f"No dev gold at {GOLD}. Set DETENTE_SHARED.", file=sys.stderr)
        return 1
    report(options.documents, baseline=not options.no_baseline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
