"""The crisis statements of our own, read by the reader and compared field by field."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from detente.language import parse_articles
from detente.readers.index import ActorIndex
from detente.readers.statements import read_statements
from detente.record import Article, Date, Reading, Statement, make_id

CASES = Path(__file__).with_name("statements_cases.jsonl")


@cache
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def article(text: str, *paragraphs: tuple[int, int]) -> Article:
    body = paragraphs or ((0, len(text)),)
    return Article(
        make_id("a", text),
        "test",
        text,
        None,
        None,
        None,
        None,
        None,
        None,
        Date.unknown(),
        "en",
        body,
        (),
        None,
        "",
    )


def read_texts(texts: list[str]) -> list[Reading]:
    """The statements of some texts, every line a paragraph."""
    articles = [article(text, *lines(text)) for text in texts]
    readings = []
    for parsed in parse_articles(articles):
        reading = Reading(parsed.article.id)
        read_statements(parsed, reading, ActorIndex())
        readings.append(reading)
    return readings


def lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


@cache
def readings() -> list[Reading]:
    return read_texts([case["text"] for case in cases()])


def nearest(case: dict[str, Any], reading: Reading) -> Statement | None:
    """The statement whose content is nearest to the case's, if they share half their characters."""
    best = max(reading.statements, key=lambda s: content_overlap(case, s), default=None)
    return best if best is not None and content_overlap(case, best) >= 0.5 else None


def content_overlap(case: dict[str, Any], statement: Statement) -> float:
    gold = {i for start, end in case["content"] for i in range(start, end)}
    own = {i for span in statement.content for i in range(span.start, span.end)}
    return 2 * len(gold & own) / (len(gold) + len(own)) if gold or own else 0.0


def verdict(case: dict[str, Any], reading: Reading) -> dict[str, bool]:
    """Which fields of a case are right; only "found" where there is no statement to compare."""
    if not case["content"]:
        return {"silent": not [s for s in reading.statements if s.speech]}
    found = nearest(case, reading)
    if found is None:
        return {"found": False}
    result = {
        "found": True,
        "content": [[s.start, s.end] for s in found.content] == case["content"],
        "cue": found.cue is not None and _overlaps(found.cue, case["cue"]),
        "speaker": _same_speaker(found, case["speaker"]),
        "kind": found.kind == case["kind"],
        "act": found.act == case["act"],
        "polarity": found.polarity == case["polarity"],
        "speech": found.speech == case["speech"],
        "named": found.named == case["named"],
    }
    for field in ("venue", "channel"):
        if case[field]:
            result[field] = getattr(found, field) is not None and case[field] in getattr(found, field)
    if case["via"]:
        result["via"] = found.via is not None
    return result


def _overlaps(span: Any, place: list[int]) -> bool:
    return span.start < place[1] and place[0] < span.end


def _same_speaker(found: Statement, place: list[int] | None) -> bool:
    if place is None or found.speaker is None:
        return place is None and found.speaker is None
    return _overlaps(found.speaker, place)
