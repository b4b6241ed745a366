"""The record as CSV, one file a layer, for spreadsheets and data frames.

UTF-8, LF, one header; codes and ids are text (a CAMEO "014" keeps its zero: read it as text). Lists are
joined by "; ", dates and counts have a column for each part, and ``words`` holds the first cited words
with their place. Lost: spans beyond the first, and the articles' texts (their spans tell where to look).
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from detente.formats.atomic import new_folder
from detente.record import LAYERS, Article, Count, Date, Span, to_json
from detente.store.protocol import RecordView
from detente.store.rows import id_of
from detente.store.walk import cited_spans

ArticleOf = Callable[[str], Article]
_README = "README.txt"
_WORDS = ("words", "words_article", "words_start", "words_end")
_LEFT_OUT = frozenset({"text", "body", "furniture", "evidence", "basis", "confidence"})
_DATES = ("Date", "Date | None")
_NOTE = """Tables of a record of detente. Ids and codes are text: read every column as text.
pandas: pandas.read_csv(path, dtype=str, keep_default_na=False)
"""


def write_csv(view: RecordView, out: Path) -> list[Path]:
    """Write one table a layer into the folder ``out``, all of it or nothing."""
    article_of = lru_cache(maxsize=256)(view.article)
    with new_folder(out, mark=_README) as folder:
        names = []
        for name in LAYERS:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(["id", *_header(name), *_WORDS])
                writer.writerows(_row(record, article_of) for record in view.layer(name))
            names.append(f"{name}.csv")
        (folder / _README).write_text(_NOTE, encoding="utf-8", newline="\n")
    return [out / name for name in names]


def _fields(cls: type[Any]) -> Iterator[tuple[str, str]]:
    """A record's plain fields, each with what it is."""
    spans = {"Span", "Span | None", "tuple[Span, ...]"}
    for field in dataclasses.fields(cls):
        left_out = cls is Article and field.name in _LEFT_OUT
        if field.name != "id" and not left_out and str(field.type) not in spans:
            yield field.name, str(field.type)


def _header(layer: str) -> Iterator[str]:
    for name, kind in _fields(LAYERS[layer].record):
        if kind in _DATES:
            yield from (f"{name}_{part}" for part in ("from", "to", "precision", "basis"))
        elif kind == "Count":
            yield from ("reports", "origins", "outlets")
        else:
            yield name


def _row(record: Any, article_of: ArticleOf) -> list[str]:
    cells = [id_of(record)]
    for name, kind in _fields(type(record)):
        value = getattr(record, name)
        cells += ["", "", "", ""] if value is None and kind in _DATES else _cells(value)
    return [*cells, *_words(record, article_of)]


def _cells(value: Any) -> list[str]:
    if isinstance(value, Date):
        return [value.from_, value.to, value.precision, value.basis]
    if isinstance(value, Count):
        return [str(value.reports), str(value.origins), str(value.outlets)]
    return [_cell(value)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(_cell(item) for item in value)
    if dataclasses.is_dataclass(value):
        plain = {k: v for k, v in to_json(value).items() if isinstance(v, str | int | float) and v != ""}
        return " ".join(f"{k}={v}" for k, v in plain.items())
    return " ".join(str(value).split())


def _words(record: Any, article_of: ArticleOf) -> list[str]:
    spans: tuple[Span, ...] = cited_spans(record)
    if not spans:
        return ["", "", "", ""]
    words = (record if isinstance(record, Article) else article_of(spans[0].article)).words(spans[0])
    return [" ".join(words.split()), spans[0].article, str(spans[0].start), str(spans[0].end)]
