"""The record: frozen nouns that every other layer speaks. Imports nothing of ours.

One class a layer of the exported record (``docs/record.md``), plus the values they share
(:class:`Span`, :class:`Date`, :class:`Count`) and the content-derived ids.
"""

from detente.record.codec import from_json, json_line, to_json
from detente.record.dates import Date
from detente.record.ids import make_id
from detente.record.layers import LAYERS, Layer, layer_of
from detente.record.reading import Abstention, Page, Reading, Refusal
from detente.record.spans import Citation, Count, Span
from detente.record.telling import TellingKey, telling_key
from detente.record.types import (
    Actor,
    Article,
    Change,
    Difference,
    Episode,
    Event,
    Figure,
    Issue,
    Measure,
    Meeting,
    Origin,
    Passage,
    Plan,
    Position,
    Role,
    Side,
    Statement,
    TimelineDay,
    Versions,
)

__all__ = [
    "LAYERS",
    "Abstention",
    "Actor",
    "Article",
    "Change",
    "Citation",
    "Count",
    "Date",
    "Difference",
    "Episode",
    "Event",
    "Figure",
    "Issue",
    "Layer",
    "Measure",
    "Meeting",
    "Origin",
    "Page",
    "Passage",
    "Plan",
    "Position",
    "Reading",
    "Refusal",
    "Role",
    "Side",
    "Span",
    "Statement",
    "TellingKey",
    "TimelineDay",
    "Versions",
    "from_json",
    "json_line",
    "layer_of",
    "make_id",
    "telling_key",
    "to_json",
]
