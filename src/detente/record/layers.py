"""The layers of the record in the order they are exported: file name, id prefix, class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detente.record import types


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of the exported record."""

    name: str
    prefix: str
    record: type[Any]


LAYERS: dict[str, Layer] = {
    layer.name: layer
    for layer in (
        Layer("articles", "a", types.Article),
        Layer("versions", "ve", types.Versions),
        Layer("episodes", "ep", types.Episode),
        Layer("origins", "or", types.Origin),
        Layer("passages", "pa", types.Passage),
        Layer("actors", "ac", types.Actor),
        Layer("statements", "st", types.Statement),
        Layer("events", "ev", types.Event),
        Layer("meetings", "mt", types.Meeting),
        Layer("issues", "is", types.Issue),
        Layer("positions", "ps", types.Position),
        Layer("measures", "ms", types.Measure),
        Layer("plans", "pl", types.Plan),
        Layer("figures", "fg", types.Figure),
        Layer("differences", "di", types.Difference),
        Layer("timeline", "tl", types.TimelineDay),
    )
}


def layer_of(record: object) -> Layer:
    """The layer a record belongs to; KeyError for anything else."""
    for layer in LAYERS.values():
        if isinstance(record, layer.record):
            return layer
    raise KeyError(type(record).__name__)
