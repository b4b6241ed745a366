"""A reading as bytes and back, fast, and only the layers that are asked for.

The comparison goes over the readings several times, each time for one or two layers. The stored form is
JSON compressed with zlib; a layer that is not asked for is passed over without being built.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from detente.record.reading import Abstention, Reading
from detente.record.types import Actor, Event, Figure, Issue, Measure, Meeting, Position, Statement

READING_LAYERS: dict[str, type[Any]] = {
    "actors": Actor,
    "statements": Statement,
    "events": Event,
    "meetings": Meeting,
    "measures": Measure,
    "figures": Figure,
    "positions": Position,
    "issues": Issue,
    "abstentions": Abstention,
}
_NOTHING = msgspec.Raw(b"[]")


class _Packed(msgspec.Struct):
    """A reading whose layers are not decoded yet."""

    article: str
    readers: tuple[str, ...] = ()
    actors: msgspec.Raw = _NOTHING
    statements: msgspec.Raw = _NOTHING
    events: msgspec.Raw = _NOTHING
    meetings: msgspec.Raw = _NOTHING
    measures: msgspec.Raw = _NOTHING
    figures: msgspec.Raw = _NOTHING
    positions: msgspec.Raw = _NOTHING
    issues: msgspec.Raw = _NOTHING
    abstentions: msgspec.Raw = _NOTHING


@cache
def _decoder(layer: str) -> msgspec.json.Decoder[list[Any]]:
    return msgspec.json.Decoder(list[READING_LAYERS[layer]])  # type: ignore[valid-type]


_OUTER = msgspec.json.Decoder(_Packed)


def pack_reading(reading: Reading) -> bytes:
    """The reading's stored form: the same reading always gives the same bytes."""
    return zlib.compress(msgspec.json.encode(reading), 6)


@dataclass(frozen=True, slots=True)
class PackedReading:
    """A reading in its stored form, and what is asked of it before it is stored.

    ``digest`` is the SHA-256 of ``data``, in hexadecimal digits.
    """

    article: str
    abstentions: tuple[Abstention, ...]
    digest: str
    data: bytes


def packed(reading: Reading) -> PackedReading:
    """A reading packed once and for all: a process that reads hands it to the one that stores it."""
    data = pack_reading(reading)
    return PackedReading(reading.article, tuple(reading.abstentions), hashlib.sha256(data).hexdigest(), data)


def unpack_reading(data: bytes, layers: tuple[str, ...] = ()) -> Reading:
    """A reading from its stored form.

    Args:
        data: what :func:`pack_reading` gave.
        layers: names of ``READING_LAYERS`` to decode; the others come empty. None named: all.
    """
    packed = _OUTER.decode(zlib.decompress(data))
    wanted = layers or tuple(READING_LAYERS)
    found = {layer: _decoder(layer).decode(getattr(packed, layer)) for layer in wanted}
    return Reading(packed.article, readers=packed.readers, **found)
