"""What changed between two records: added, removed and changed lines, layer by layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from detente.record import make_id, to_json


@dataclass(frozen=True, slots=True)
class RecordDiff:
    """One layer's changes by id; ``changed`` names the fields that differ."""

    layer: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def empty(self) -> bool:
        """True when nothing changed."""
        return not (self.added or self.removed or self.changed)


def diff(before: Iterable[tuple[str, Any]], after: Iterable[tuple[str, Any]]) -> dict[str, RecordDiff]:
    """Compare two records given as (layer, record), as :meth:`Comparison.records` gives them.

    Memory: one hash a field of every record of both sides, not the records.
    """
    old, new = _hashes(before), _hashes(after)
    return {layer: _layer(layer, old.get(layer, {}), new.get(layer, {})) for layer in {**old, **new}}


def _hashes(records: Iterable[tuple[str, Any]]) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for layer, record in records:
        fields = {k: int(make_id("f", _stable(v))[2:], 16) for k, v in to_json(record).items()}
        found.setdefault(layer, {})[record_key(record)] = fields
    return found


def record_key(record: Any) -> str:
    """A record's id; a timeline day goes by its dates."""
    return getattr(record, "id", None) or f"{record.date.from_}/{record.date.to}"


def _stable(value: Any) -> str:
    return repr(sorted(value.items()) if isinstance(value, dict) else value)


def _layer(layer: str, old: dict[str, dict[str, int]], new: dict[str, dict[str, int]]) -> RecordDiff:
    changed = tuple(
        (key, fields)
        for key in sorted(old.keys() & new.keys())
        if (fields := tuple(f for f in new[key] if new[key][f] != old[key].get(f)))
    )
    return RecordDiff(
        layer, tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())), changed
    )
