"""The dev gold of the events bench, run through the readers; shared by the benchmark and its test."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.language import ParseCache, parse_articles
from detente.readers.index import ActorIndex
from detente.readers.registry import load_readers
from detente.record import Article, Date, Event, Reading

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))
GOLD = SHARED / "bench" / "events"
_INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


@dataclass
class KeptParses:
    """A parse cache in memory, optionally kept in a file between runs."""

    parses: dict[str, bytes] = field(default_factory=dict)

    def load_parses(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.parses[key] for key in keys if key in self.parses}

    def save_parses(self, parses: dict[str, bytes]) -> None:
        self.parses.update(parses)


def read_jsonl(name: str) -> list[dict[str, Any]]:
    with (GOLD / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sha256(name: str) -> str:
    return hashlib.sha256((GOLD / name).read_bytes()).hexdigest()


def article(key: str, text: str, published: str | None = None) -> Article:
    """One paragraph a line, all body."""
    date = Date.day(dt.date.fromisoformat(published), basis="stated") if published else Date.unknown()
    body, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            body.append((start, start + len(line)))
        start += len(line) + 1
    return Article(
        id=f"a-{key}", source=key, text=text, headline=None, outlet=None, host=None, byline=None, agency=None,
        dateline=None, published=date, language="en", body=tuple(body), furniture=(), origin=None, sha256="",
    )  # fmt: skip


def read_all(
    articles: Iterable[Article], cache: ParseCache | None = None
) -> list[tuple[Reading, ActorIndex]]:
    """Run all readers over articles, in their order."""
    readers = [r for r in load_readers() if r.name.split(".")[0] in ("actors", "statements", "events")]
    found = []
    for parsed in parse_articles(articles, cache=cache):
        reading, actors = Reading(parsed.article.id), ActorIndex()
        for reader in readers:
            reader.read(parsed, reading, actors)
        found.append((reading, actors))
    return found


def country(code: str | None) -> str | None:
    """Codes as the score compares them: international bodies are one class."""
    return "INT" if code in _INTERNATIONAL else code


def codes_of(actors: ActorIndex, ids: Iterable[str]) -> set[str | None]:
    """The countries of actors; None when an actor has none."""
    found: set[str | None] = set()
    for key in ids:
        actor = actors.actors.get(key)
        if actor is not None:
            found.add(country(actor.country) or ("INT" if actor.type == "organisation" else None))
    return found - {None} or found


def triples(event: Event, actors: ActorIndex) -> set[tuple[str | None, str | None, str]]:
    """(source country, recipient country, type); with no recipient, the target is None."""
    sources = codes_of(actors, event.sources) or {None}
    recipients = codes_of(actors, event.recipients) or {None}
    return {(s, r, event.type) for s in sources for r in recipients}


def gold_triples(row: dict[str, Any]) -> set[tuple[str | None, str | None, str]]:
    found = set()
    for event in row["events"]:
        sources = {country(s["code"]) for s in event["source"]} or {None}
        targets = {country(t["code"]) for t in event["target"]} or {None}
        found |= {(s, t, event["plover_type"]) for s in sources for t in targets}
    return found


def score(pairs: Iterable[tuple[set[Any], set[Any]]]) -> tuple[float, float, float]:
    """Micro precision, recall, F1 of (predicted, gold) sets."""
    hits = predicted = gold = 0
    for made, wanted in pairs:
        hits += len(made & wanted)
        predicted += len(made)
        gold += len(wanted)
    precision, recall = hits / predicted if predicted else 0.0, hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


MATERIAL = {
    "KILL": {"ASSAULT"},
    "ARREST": {"COERCE", "ASSAULT", "SANCTION"},
    "FORCE": {"ASSAULT", "COERCE", "MOBILIZE"},
}


def police_sentences(row: dict[str, Any]) -> list[tuple[int, int, set[str], str]]:
    """(start, end, material labels, text) of each sentence of an India Police document."""
    found, at = [], 0
    for sentence in row["sents"]:
        text = sentence["text"].strip()
        start = row["text"].find(text[:60], at)
        if start < 0:
            continue
        at = start + 1
        found.append((start, start + len(text), set(sentence["labels"]) & set(MATERIAL), text))
    return found
