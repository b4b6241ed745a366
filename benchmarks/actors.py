"""Measures actors: phrases → country and sector, pronouns → antecedents, and speed.

Run: ``python -m benchmarks.actors [--errors] [--part strings|gum|mpqa]``.

* strings: the NGEC actor phrases (country right, sector right, both right).
* gum: he and she in Wikinews with full coreference: resolved ones whose actor has a named or nominal
  mention in the pronoun's own chain.
* mpqa: he and she as sources of statements: right when the actor's surname is in the gold speaker's names.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from detente.language import ParsedArticle, parse_articles
from detente.readers.actors import read_actors, resolve_actor_string
from detente.readers.actors.names import name_parts
from detente.readers.index import ActorIndex
from detente.record import Article, Date, Reading

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[1].parent / "shared"))
_HE = frozenset(["he", "she", "him", "her", "his"])
# The tests' wider sets of answers: codes of the state of old and new manuals.
_SAME = {("KOS", "XKX")}


def load(path: str) -> list[dict[str, Any]]:
    with (SHARED / "bench" / path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def iso(day: str) -> str:
    """The day of a test's query date in its several spellings."""
    import dateparser

    if not day or day == "today":
        return "2022-09-01" if day == "today" else ""
    return dateparser.parse(day, languages=["en"]).date().isoformat()


def measure_strings(*, errors: bool) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for row in load("events/actor_strings_dev.jsonl"):
        if row["function"] != "agent_to_code":
            continue
        args, kwargs, expected = row["args"] or [], row["kwargs"] or {}, row["expected"]
        day = iso(kwargs.get("query_date") or (args[1] if len(args) > 1 else ""))
        context = args[0] if args else ""
        country, sector = resolve_actor_string(row["text"], day or "2022-06-01", context=context)
        right = [country == expected["country"]] if "country" in expected else []
        sectors = [sector == expected["code_1"]] if expected.get("code_1") not in (None, "????") else []
        if expected.get("code_1") == "UNK":
            sectors = [sector in ("UNK", "", "CVL")]
        counts.update(country=sum(right), countries=len(right), sector=sum(sectors), sectors=len(sectors))
        counts.update(both=all(right + sectors), all=1)
        if errors and not all(right + sectors):
            print(f"  {row['text']!r} {context} {day}: {country}/{sector}, expected {expected}")
    return {
        "country": counts["country"] / counts["countries"],
        "sector": counts["sector"] / counts["sectors"],
        "both": counts["both"] / counts["all"],
        "n": counts["all"],
    }


def article_of(row: dict[str, Any]) -> Article:
    body = tuple((m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", row["text"]))
    day = (row["meta"] or {}).get("date") or row.get("day") or ""
    published = Date(day, day, "day", "stated") if day else Date.unknown()
    return Article(
        row["id"], "", row["text"], None, None, None, None, None, None, published, "en", body, (), None, ""
    )


def read(parsed: ParsedArticle) -> tuple[ActorIndex, float, int]:
    index = ActorIndex()
    start = time.perf_counter()
    read_actors(parsed, Reading(parsed.article.id), index)
    return index, time.perf_counter() - start, sum(len(p.doc) for p in parsed.body)


def measure_gum(*, errors: bool) -> dict[str, float]:
    rows = load("statements/gum_news_dev.jsonl")
    counts: Counter[str] = Counter()
    for row, parsed in zip(rows, parse_articles(map(article_of, rows)), strict=True):
        index, seconds, tokens = read(parsed)
        counts.update(tokens=tokens, micros=int(seconds * 1e6))
        chains = [[tuple(m) for m in e["mentions"]] for e in row["entities"]]
        starts: dict[tuple[int, int], int] = {m: i for i, chain in enumerate(chains) for m in chain}
        own = _own_mentions(parsed, index)
        for paragraph in parsed.body:
            for mention in index.mentions(paragraph):
                place = (mention.span.start, mention.span.end)
                words = row["text"][place[0] : place[1]].lower()
                if mention.kind != "pronoun" or words not in _HE or place not in starts:
                    continue
                counts["pronouns"] += 1
                if not mention.actors:
                    continue
                counts["resolved"] += 1
                chain = chains[starts[place]]
                right = any(s <= head < e and e - s < 90 for head in own[mention.actors[0]] for s, e in chain)
                counts["right"] += right
                if errors and not right:
                    context = row["text"][max(0, place[0] - 150) : place[1] + 40].replace("\n", " ")
                    print(f"  {index.actors[mention.actors[0]].key}: …{context}")
    return _pronoun_figures(counts)


def _own_mentions(parsed: ParsedArticle, index: ActorIndex) -> dict[str, list[int]]:
    """Where the heads of each actor's names and descriptions stand."""
    own = defaultdict(list)
    for paragraph in parsed.body:
        for mention in index.mentions(paragraph):
            if mention.kind != "pronoun":
                for actor in mention.actors:
                    own[actor].append(paragraph.start + paragraph.doc[mention.head].idx)
    return own


def measure_mpqa(*, errors: bool) -> dict[str, float]:
    rows = load("statements/mpqa_dev.jsonl")
    for row in rows:
        found = re.match(r"mpqa/(\d{4})(\d\d)(\d\d)", row["id"])
        row["day"] = "-".join(found.groups()) if found else ""
    counts: Counter[str] = Counter()
    for row, parsed in zip(rows, parse_articles(map(article_of, rows)), strict=True):
        index, seconds, tokens = read(parsed)
        counts.update(tokens=tokens, micros=int(seconds * 1e6))
        names = defaultdict(set)
        for a in row["attributions"]:
            if a["source_span"]:
                words = row["text"][a["source_span"][0] : a["source_span"][1]]
                names[a["speaker_id"]].update(name_parts(words), name_parts(a["speaker_name"] or ""))
        seen = set()
        for a in row["attributions"]:
            place = tuple(a["source_span"] or ())
            if len(place) != 2 or place in seen or row["text"][place[0] : place[1]].lower() not in _HE:
                continue
            seen.add(place)
            _judge_mpqa(row, parsed, index, place, names[a["speaker_id"]], counts, errors)
    return _pronoun_figures(counts)


def _judge_mpqa(
    row: dict[str, Any], parsed: ParsedArticle, index: ActorIndex, place: tuple[int, ...],
    gold: set[str], counts: Counter[str], errors: bool,
) -> None:  # fmt: skip
    paragraph = next((p for p in parsed.body if p.start <= place[0] < p.end), None)
    if paragraph is None or not gold - {"he", "she"}:
        return
    counts["pronouns"] += 1
    token = next(t for t in paragraph.doc if paragraph.start + t.idx >= place[0])
    mention = index.at(paragraph, token.i)
    if mention is None or not mention.actors:
        return
    counts["resolved"] += 1
    actor = index.actors[mention.actors[0]]
    words = {p for n in (actor.name, *actor.names) for p in name_parts(n)}
    words |= {p for s in actor.mentions for p in name_parts(row["text"][s.start : s.end])}
    right = bool(words & gold - {"the", "of", "he", "she", "his"})
    counts["right"] += right
    if errors and not right:
        context = row["text"][max(0, place[0] - 200) : place[1] + 40].replace("\n", " ")
        print(f"  {actor.key} not {sorted(gold)[:6]}: …{context}")


def _pronoun_figures(counts: Counter[str]) -> dict[str, float]:
    return {
        "pronouns": counts["pronouns"],
        "resolved": counts["resolved"] / max(counts["pronouns"], 1),
        "right where resolved": counts["right"] / max(counts["resolved"], 1),
        "microseconds a token": counts["micros"] / max(counts["tokens"], 1),
    }


PARTS = {"strings": measure_strings, "gum": measure_gum, "mpqa": measure_mpqa}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=sorted(PARTS))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for name, measure in PARTS.items():
        if options.part in (None, name):
            figures = measure(errors=options.errors)
            print(f"{name}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
