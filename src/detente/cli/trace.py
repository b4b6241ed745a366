"""From a record back to everything it stands on: words, sentence, article, origin, reader, input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.cli.output import many
from detente.record import Article, Span, layer_of, to_json
from detente.store.context import sentence_at
from detente.store.rows import id_of
from detente.store.walk import cited_spans, is_id, named_ids

if TYPE_CHECKING:
    from detente.api import Cited, Record

_DEEPEST = 3
# What a record is made from, as against whom it names.
_MADE_FROM = ("about", "asserted_by", "via", "amount", "events", "meetings", "measures")


def trace(one: Cited[Any], record: Record, *, depth: int = 0) -> dict[str, Any]:
    """A record's ground as plain values, the records it is made from within."""
    bare = one.record
    below = [
        trace(record.get(target), record, depth=depth + 1)
        for field, target in dict.fromkeys(named_ids(bare))
        if field in _MADE_FROM and is_id(target) and depth < _DEEPEST
    ]
    return {
        "id": id_of(bare),
        "layer": layer_of(bare).name,
        "reader": getattr(bare, "reader", "") or "compare",
        "confidence": getattr(bare, "confidence", None),
        "citations": [ground(span, record) for span in cited_spans(bare)],
        "made_from": below,
    }


def ground(span: Span, record: Record) -> dict[str, Any]:
    """What stands under one citation."""
    article = record.article(span.article)
    citation = record.cite(span)
    return {
        "text": citation.text,
        "span": to_json(span),
        "sentence": article.words(sentence_at(article, span)),
        "text_sha256": citation.sha256,
        "article": {
            "id": article.id,
            "outlet": article.outlet,
            "byline": article.byline,
            "agency": article.agency,
            "published": to_json(article.published),
            "headline": article.words(article.headline) if article.headline else article.title,
        },
        "origin": _origin(article, record),
        "inputs": [
            {"source": i.source, "sha256": i.sha256, "status": i.status}
            for i in record.view.inputs_of(article.id)
        ],
    }


def _origin(article: Article, record: Record) -> dict[str, Any] | None:
    if article.origin is None:
        return None
    origin = record.get(article.origin).record
    return {
        "id": origin.id,
        "name": origin.name,
        "kind": origin.kind,
        "articles": len(origin.articles),
        "why": origin.why,
    }


def lines_of(traced: dict[str, Any], *, depth: int = 0) -> Iterator[str]:
    """A trace as indented lines."""
    pad = "    " * depth
    sure = "" if traced["confidence"] is None else f", confidence {traced['confidence']:.2f}"
    yield f"{pad}{traced['layer']} {traced['id']}   made by {traced['reader']}{sure}"
    for cited in traced["citations"]:
        yield from (pad + "  " + line for line in _cited_lines(cited))
    for below in traced["made_from"]:
        yield f"{pad}  made from"
        yield from lines_of(below, depth=depth + 1)


def _cited_lines(cited: dict[str, Any]) -> Iterator[str]:
    article, span, origin = cited["article"], cited["span"], cited["origin"]
    day = article["published"]["from"][:10] or "undated"
    yield f"“{_flat(cited['text'])}”   {span['start']}:{span['end']}"
    if cited["sentence"].strip() != cited["text"].strip():
        yield f"    sentence  {_flat(cited['sentence'])}"
    headline = _flat(article["headline"] or "–")
    yield f"    article   {article['id']}   {article['outlet'] or '–'}, {day}: {headline}"
    if origin is not None:
        why = f" ({origin['why']})" if origin["why"] else ""
        carried = many(origin["articles"], "articles")
        yield f"    origin    {origin['name'] or '–'}, {origin['kind']}, in {carried}{why}"
    for entry in cited["inputs"]:
        yield f"    input     {entry['source']}   sha256 {entry['sha256'][:12]}…"


def _flat(text: str) -> str:
    return " ".join(text.split())
