"""Proving a record: every citation re-read, every id unique, every name of another record kept.

What is checked, with the code of the fault:

* ``text``      – an article's text is not what it was when it was read (its SHA-256 differs);
* ``span``      – cited words lie outside the text, or the article is not there;
* ``overlap``   – an article's body and furniture overlap, or its body runs out of order;
* ``furniture`` – a record rests on furniture (navigation, captions, related stories …);
* ``twice``     – two records bear one id;
* ``missing``   – a record names another that is not there;
* ``record``    – the stored records are not those that the comparison wrote;
* ``file``      – SQLite finds the file damaged;
* ``export``    – an exported file is not equal to the store, or not the one its manifest describes.

It does not judge whether a record is *right*: that is for the quality tests and for people.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from detente.record import LAYERS, Article, Span
from detente.store.protocol import RecordView
from detente.store.rows import id_of
from detente.store.walk import all_spans, cited_spans, named_ids

# Layers read from an article's body alone. Origins rest on credit lines and the timeline on headlines,
# which are furniture; passages may be boilerplate.
_BODY_ONLY = frozenset({"actors", "statements", "events", "meetings", "positions", "measures", "figures"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the check found: a stable code, where, and a sentence."""

    code: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the check keeps of an article: its length and its furniture in order."""

    length: int
    starts: tuple[int, ...]
    furniture: tuple[tuple[int, int, str], ...]

    def furniture_under(self, span: Span) -> str | None:
        """The kind of furniture a span touches, headlines apart."""
        for start, end, kind in self.furniture[max(0, bisect_right(self.starts, span.start) - 1) :]:
            if start >= span.end:
                break
            if span.start < end and kind != "headline":
                return kind
        return None


def check_record(record: RecordView) -> Iterator[Fault]:
    """Every fault of a record, layer by layer; none means that the whole record is proved."""
    for article_id, kept, now in record.text_hashes():
        if kept != now:
            yield Fault("text", article_id, f"the text was {kept[:12]}… when read and is {now[:12]}… now")
    ids: set[str] = set()
    shapes: dict[str, _Shape] = {}
    for article in record.layer("articles"):
        shapes[article.id] = _shape(article)
        yield from _check_article(article)
    for name in LAYERS:
        for one in record.layer(name):
            identity = id_of(one)
            if identity in ids:
                yield Fault("twice", identity, f"two records of {name} bear this id")
            ids.add(identity)
            yield from _check_spans(name, identity, one, shapes)
    for name in LAYERS:
        for one in record.layer(name):
            for field, target in named_ids(one):
                if target not in ids:
                    yield Fault("missing", id_of(one), f"{field} names {target}, which is not in the record")


def _shape(article: Article) -> _Shape:
    furniture = tuple(sorted((int(s), int(e), str(k)) for s, e, k in article.furniture))
    return _Shape(len(article.text), tuple(s for s, _, _ in furniture), furniture)


def _check_article(article: Article) -> Iterator[Fault]:
    length = len(article.text)
    places = [(s, e, "body") for s, e in article.body] + [(s, e, k) for s, e, k in article.furniture]
    for start, end, kind in places:
        if not 0 <= start < end <= length:
            yield Fault("span", article.id, f"{kind} {start}:{end} lies outside the text of {length}")
    for one, other in zip(article.body, article.body[1:], strict=False):
        if other[0] < one[1]:
            yield Fault("overlap", article.id, f"body {one[0]}:{one[1]} and {other[0]}:{other[1]}")
    ordered = sorted(places)
    reach, last = -1, "body"
    for start, end, kind in ordered:
        if start < reach and (kind == "body") != (last == "body"):
            yield Fault("overlap", article.id, f"{kind} {start}:{end} overlaps {last}")
        if end > reach:
            reach, last = end, kind


def _check_spans(layer: str, identity: str, record: Any, shapes: dict[str, _Shape]) -> Iterator[Fault]:
    for field, span in all_spans(record):
        shape = shapes.get(span.article)
        if shape is None:
            yield Fault("span", identity, f"{field} cites {span.article}, which is not in the record")
        elif span.end > shape.length:
            yield Fault("span", identity, f"{field} {span.start}:{span.end} lies outside {span.article}")
    if layer in _BODY_ONLY:
        for span in cited_spans(record):
            kind = shapes[span.article].furniture_under(span) if span.article in shapes else None
            if kind:
                yield Fault("furniture", identity, f"{span.start}:{span.end} of {span.article} is {kind}")


def check_store(view: Any) -> Iterator[Fault]:
    """What can be checked of a store beyond its record: the file, and the records as written."""
    for line in view.integrity():
        yield Fault("file", str(view.path), line)
    kept, now = view.record_hash()
    if kept and kept != now:
        yield Fault("record", str(view.path), "the stored records are not those the comparison wrote")


def check_equal(view: RecordView, exported: RecordView) -> Iterator[Fault]:
    """Where an export differs from the store it was made from."""
    for name in LAYERS:
        ours, theirs = view.lines(name), exported.lines(name)
        for number, line in enumerate(ours, 1):
            if next(theirs, None) != line:
                yield Fault("export", f"{name}.jsonl:{number}", "this line is not the store's")
                break
        else:
            if next(theirs, None) is not None:
                yield Fault("export", f"{name}.jsonl", "the file has more lines than the store")
    if cast(Any, view.manifest()).inputs != exported.manifest().inputs:
        yield Fault("export", "manifest.json", "the inputs are not the store's")
