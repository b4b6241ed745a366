"""Every citation as a W3C Web Annotation: quote and position, so that other tools can anchor it.

One JSON-LD file, an ``AnnotationPage``. The target is the article's URL where it has one, else its source;
``TextPositionSelector`` counts code points of the article's text, ``TextQuoteSelector`` carries the words
with what stands around them. Lost: everything but the citations and what they are evidence of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from detente.formats.atomic import new_file, write_lines
from detente.record import LAYERS, Article, Span
from detente.store.protocol import RecordView
from detente.store.rows import id_of
from detente.store.walk import cited_spans

AROUND = 32  # code points of prefix and suffix, as the model's examples use
_LAYERS = tuple(name for name in LAYERS if name not in ("articles", "passages", "origins"))


def write_annotations(view: RecordView, out: Path) -> list[Path]:
    """Write the annotations into the file ``out``, all of them or nothing."""
    with new_file(out) as part:
        write_lines(part, _document(view))
    return [out]


def _document(view: RecordView) -> Iterator[str]:
    """The page line by line, so that nothing is held."""
    yield '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": ['
    waiting: str | None = None
    for annotation in _annotations(view):
        if waiting is not None:
            yield waiting + ","
        waiting = json.dumps(annotation, ensure_ascii=False)
    if waiting is not None:
        yield waiting
    yield "]}"


def _annotations(view: RecordView) -> Iterator[dict[str, Any]]:
    article_of = lru_cache(maxsize=256)(view.article)
    for layer in _LAYERS:
        for record in view.layer(layer):
            identity = id_of(record)
            for number, span in enumerate(cited_spans(record)):
                article = article_of(span.article)
                yield {
                    "id": f"urn:detente:{identity}:{number}",
                    "type": "Annotation",
                    "motivation": "identifying" if layer == "actors" else "describing",
                    "body": {"type": "TextualBody", "purpose": "tagging", "value": f"{layer}/{identity}"},
                    "target": _target(article, span),
                }


def _target(article: Article, span: Span) -> dict[str, Any]:
    return {
        "source": article.url or article.source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": article.words(span),
                "prefix": article.text[max(0, span.start - AROUND) : span.start],
                "suffix": article.text[span.end : span.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
