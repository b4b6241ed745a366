"""What a record rests on: its spans, the words to cite first, and the ids of other records it names."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from detente.record import Span, types

# The fields whose words a record is cited by, the most telling first.
_CITED: dict[type[Any], tuple[str, ...]] = {
    types.Article: ("headline",),
    types.Versions: ("changes",),
    types.Origin: ("evidence",),
    types.Passage: ("spans",),
    types.Actor: ("mentions",),
    types.Statement: ("content", "speaker", "cue"),
    types.Event: ("evidence",),
    types.Meeting: ("evidence", "outcome"),
    types.Position: ("evidence", "condition"),
    types.Measure: ("evidence", "condition"),
    types.Plan: ("evidence", "outcome"),
    types.Figure: ("span", "of_span"),
    types.Difference: ("sides",),
    types.TimelineDay: ("evidence",),
}

# Fields that name records of another layer. "narrator" stands beside ids in some, and a host may be
# a plain name: only what is shaped like an id must exist there.
_NAMED: dict[type[Any], tuple[str, ...]] = {
    types.Article: ("origin",),
    types.Versions: ("articles",),
    types.Episode: ("articles", "part_of"),
    types.Origin: ("articles",),
    types.Passage: ("origin",),
    types.Actor: ("part_of",),
    types.Statement: ("speakers", "addressees", "via", "same"),
    types.Event: ("sources", "recipients", "asserted_by"),
    types.Meeting: ("participants", "host", "asserted_by"),
    types.Position: ("issue", "parties", "asserted_by", "addressees"),
    types.Measure: ("actors", "targets", "amount", "asserted_by"),
    types.Plan: ("about", "by"),
    types.Figure: ("said_by",),
    types.Side: ("origins",),
    types.Difference: ("about", "sides"),
    types.TimelineDay: ("events", "meetings", "measures"),
}
_ID = re.compile(r"[a-z]{1,3}-[0-9a-f]{16}")
_MAY_BE_WORDS = frozenset({"host", "asserted_by", "said_by", "part_of"})


def cited_spans(record: Any) -> tuple[Span, ...]:
    """The words a record rests on, the most telling first, each place once."""
    fields = _CITED.get(type(record), ())
    return tuple(dict.fromkeys(span for name in fields for span in _spans(getattr(record, name))))


def all_spans(record: Any) -> Iterator[tuple[str, Span]]:
    """Every span of a record with the field it stands in: what ``check`` re-reads."""
    for name, field, plain in _span_fields(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        if value is not None:
            for span in value if plain else _spans(value):
                yield field, span


def named_ids(record: Any) -> Iterator[tuple[str, str]]:
    """Every id of another record that this one names, with the field."""
    for name in _NAMED.get(type(record), ()):
        value = getattr(record, name)
        if value is None:
            continue
        for item in (value,) if isinstance(value, str) else value:
            if not isinstance(item, str):
                yield from named_ids(item)
            elif name not in _MAY_BE_WORDS or is_id(item):
                yield name, item


def is_id(text: str) -> bool:
    """True for text shaped like the id of a record ("st-3f9a…")."""
    return _ID.fullmatch(text) is not None


@cache
def _span_fields(cls: Any) -> tuple[tuple[str, str, bool], ...]:
    """The fields that may hold spans: attribute, field, and whether it is a plain tuple of spans."""
    hints = get_type_hints(cls)
    return tuple(
        (f.name, f.name.rstrip("_"), hints[f.name] == tuple[Span, ...])
        for f in dataclasses.fields(cls)
        if _may_hold(hints[f.name])
    )


def _may_hold(hint: Any) -> bool:
    if hint is Span:
        return True
    if dataclasses.is_dataclass(hint):
        return bool(_span_fields(hint))  # type: ignore[arg-type]
    return any(_may_hold(part) for part in get_args(hint))


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            if not isinstance(item, str | int | float):
                yield from _spans(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _spans(item)
    elif dataclasses.is_dataclass(value):
        for name, _, _ in _span_fields(type(value)):  # type: ignore[arg-type]
            yield from _spans(getattr(value, name))
