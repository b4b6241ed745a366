"""The stages of the main path as plain functions over Arrow record batches: no engine, no store, no files.

    pages ─→ articles_of ─→ articles ─→ parses_of ─→ parses
                               └──────────────────────┴─→ readings_of ─→ readings
    a story's articles and readings ─→ records_of ─→ compared records

Each calls the very step that ``pipeline.py`` calls, so what an engine makes is what one process makes. A
page or an article that breaks a stage costs itself: it comes out as a refusal, or as an abstention with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from detente.compare import MemoryPile, compare_pile
from detente.errors import MissingPart, StoreError
from detente.parts import FAILED, Parts, article_or_refusal, killed, our_parts
from detente.record import Article, Reading
from detente.scale import tables
from detente.scale.near import place, sketch_of
from detente.scale.tables import Batch
from detente.workers import Kept, read_batch


def parts() -> Parts:
    """The steps of the main path that the stages call; tests put canned ones in their place."""
    return our_parts()


def made_by() -> str:
    """The names of readers and model that a reading is kept under, as the stores keep it."""
    steps = parts()
    return " ".join((*steps.readers, steps.model))


def articles_of(pages: Batch) -> Batch:
    """Pages (``tables.PAGES``) to what became of them (``tables.INPUTS``); other outcomes pass through."""
    return tables.batch_of((_input_row(row) for row in pages.to_pylist()), tables.INPUTS)


def _input_row(row: dict[str, Any]) -> dict[str, Any]:
    if row["kind"] != "page":
        return {k: row[k] for k in row.keys() - {"content", "page"}}
    page = tables.page_in(row)
    article = article_or_refusal(page, parts().article)
    told = {"n": row["n"], "source": row["source"], "sha256": row["sha256"]}
    if isinstance(article, Article):
        sketch = sketch_of(article)
        place_of = {"key": place(sketch, article.id), "sketch": sketch.tolist()}
        return {**told, **tables.article_row(article), **place_of, "kind": "article"}
    return {**told, "kind": "refused", "reason": article.reason, "detail": article.detail, "number": 1}


def parses_of(articles: Batch, *, known: Mapping[str, bytes] | None = None) -> Batch:
    """The language stage: each distinct paragraph that is not ``known`` parsed once (``tables.PARSES``).

    An article that breaks the parser gives no parses here; the readers' stage meets it again and tells why.
    """
    kept: Any = Kept(dict(known or {}))
    _parse(tables.articles_in(articles), kept)
    return tables.batch_of(({"key": key, "parse": data} for key, data in kept.new.items()), tables.PARSES)


def _parse(articles: list[Article], kept: Any) -> None:
    from detente.language import parse_articles

    try:
        for _ in parse_articles(articles, cache=kept):
            pass
    except (MissingPart, StoreError):
        raise
    except Exception:
        if len(articles) > 1:
            for article in articles:
                _parse([article], kept)


def readings_of(articles: Batch, *, known: Mapping[str, bytes] | None = None) -> Batch:
    """The readers' stage: one reading an article (``tables.READINGS``); what is not ``known`` is parsed."""
    readings, _ = read_batch(parts().read, tables.articles_in(articles), dict(known or {}))
    return tables.readings_batch(readings, made_by())


def records_of(read: Batch, *, story: str = "") -> Batch:
    """The comparison: articles with their readings (``tables.READ``), taken as a whole pile, to records."""
    pile = MemoryPile(tables.articles_in(read), tables.readings_in(read))
    found = enumerate(compare_pile(pile).records())
    rows = (tables.record_row(story, n, layer, record) for n, (layer, record) in found)
    return tables.batch_of(rows, tables.RECORDS)


def killed_pages(pages: Batch) -> Batch:
    """What is told of a page that kills the process that reads it: a refusal."""
    why = {
        "kind": "refused",
        "reason": "fault",
        "detail": "The process that read it was killed.",
        "number": 1,
    }
    rows = ({**{k: row[k] for k in ("n", "source", "sha256")}, **why} for row in pages.to_pylist())
    return tables.batch_of(rows, tables.INPUTS)


def no_parses(articles: Batch) -> Batch:
    """What is kept of an article that kills the parser: nothing; the readers' stage tells of it."""
    return tables.batch_of([], tables.PARSES)


def killed_articles(articles: Batch) -> Batch:
    """What is told of an article that kills the process that reads it: an abstention."""
    return tables.readings_batch([killed(a) for a in tables.articles_in(articles)], made_by())


def failures(readings: Iterable[Reading]) -> Iterator[dict[str, str]]:
    """What failed in which article: what a shard's manifest tells."""
    for reading in readings:
        for one in reading.abstentions:
            if one.reason.startswith(FAILED):
                yield {"article": one.article, "reader": one.reader, "reason": one.reason}
