"""The record's nouns: spans, dates, ids, and JSON there and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from detente.record import (
    LAYERS,
    Article,
    Count,
    Date,
    Event,
    Figure,
    Issue,
    Span,
    from_json,
    json_line,
    layer_of,
    make_id,
    to_json,
)

DAY = Date("2014-03-05", "2014-03-05", "day", "stated", Span("a-1", 3, 9))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_span_refuses_to_be_empty_or_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="empty or backwards"):
        Span("a-1", start, end)


def test_spans_overlap_only_inside_one_article() -> None:
    assert Span("a-1", 0, 5).overlaps(Span("a-1", 4, 6))
    assert not Span("a-1", 0, 5).overlaps(Span("a-1", 5, 6))
    assert not Span("a-1", 0, 5).overlaps(Span("a-2", 0, 5))


def test_date_json_uses_the_contracts_names() -> None:
    assert to_json(DAY) == {
        "from": "2014-03-05",
        "to": "2014-03-05",
        "precision": "day",
        "basis": "stated",
        "span": {"article": "a-1", "start": 3, "end": 9},
    }


@pytest.mark.parametrize("field", ["precision", "basis"])
def test_date_refuses_words_outside_the_contract(field: str) -> None:
    values = {"precision": "day", "basis": "stated"} | {field: "guess"}
    with pytest.raises(ValueError, match="guess"):
        Date("2014-03-05", "2014-03-05", **values)


def test_unknown_dates_overlap_nothing() -> None:
    assert not Date.unknown().overlaps(Date.unknown())
    assert Date.month(2014, 2, basis="stated").overlaps(Date.day(dt.date(2014, 2, 28), basis="stated"))


def test_count_prints_three_numbers() -> None:
    assert str(Count(5, 2, 4)) == "5 · 2 · 4"


def test_event_survives_json() -> None:
    event = Event(
        "ev-1", "COERCE", "seize", ("military",), "175", "plover-2.0", ("ac-1",), (), DAY, None, "happened",
        ("narrator",), (Span("a-1", 0, 4),), Count(2, 1, 2), Span("a-1", 1, 2), "seize", "events.v1", 0.75,
    )  # fmt: skip
    assert from_json(Event, to_json(event)) == event


def test_missing_required_field_is_named() -> None:
    data = to_json(Figure("fi-1", Span("a-1", 0, 2), "people", 1.0, None, None, False, None, (), DAY))
    del data["kind"]
    with pytest.raises(KeyError, match="kind"):
        from_json(Figure, data)


def test_unknown_fields_of_a_newer_writer_are_ignored() -> None:
    assert from_json(Count, {"reports": 1, "origins": 1, "outlets": 1, "languages": 2}) == Count(1, 1, 1)


def test_every_layer_knows_its_record() -> None:
    assert [layer_of(_blank(layer.record)).name for layer in LAYERS.values()] == list(LAYERS)


def _blank(cls: type) -> object:
    record = object.__new__(cls)
    for field in dataclasses.fields(cls):
        object.__setattr__(record, field.name, None)
    return record


@given(some.lists(some.text()), some.lists(some.text()))
def test_ids_differ_when_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (make_id("x", *one) == make_id("x", *other)) == (one == other)


def test_ids_are_the_same_on_every_machine() -> None:
    assert make_id("st", "a-1", 3, 9) == "st-07eaaeba7b777392"


def test_article_words_are_the_cited_words() -> None:
    article = Article(
        "a-1", "x", "Kennedy spoke.", None, None, None, None, None, None, DAY, "en", ((0, 14),), (), None, "",
        evidence={"byline": Span("a-1", 0, 7)},
    )  # fmt: skip
    assert article.words(article.evidence["byline"]) == "Kennedy"
    assert from_json(Article, to_json(article)) == article


@pytest.mark.parametrize(
    "low", [0.0, -0.0, 1.5, 1e-4, 0.00009, 1e-7, 123456789.25, 1e15, 1e16, -1e22, float("inf"), None, 3]
)
@pytest.mark.parametrize(
    "text", ["plain", '\x00\x1f\x7f \u2028 \U0001f600 "\\/ \b\f\n\r\t', '"from_": ', "\ud800"]
)
def test_a_line_is_what_json_makes_of_the_record_whatever_its_numbers_and_signs(
    low: float | None, text: str
) -> None:
    span = Span("a-1", 0, 3)
    fields: dict[str, Any] = {f.name: None for f in dataclasses.fields(Figure)}
    figure = Figure(
        **fields | {"id": text, "low": low, "confidence": 0.5, "date": Date.unknown(), "span": span}
    )
    assert json_line(figure) == json.dumps(to_json(figure), ensure_ascii=False)
    issue = Issue("is-1", text, (text, "e\u0301"))
    assert json_line(issue) == json.dumps(to_json(issue), ensure_ascii=False)
