"""detente reads what many outlets report about a crisis and keeps a record, each line of it cited.

>>> import detente
>>> record = detente.read(["reports/"], db="crisis.db")        # doctest: +SKIP
>>> for statement in record.statements(actor="Lavrov"):        # doctest: +SKIP
...     print(statement.citations[0].text)

The names below are the whole public surface; they are loaded on first use, so that importing one layer
does not import them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.version import VERSION as __version__

if TYPE_CHECKING:
    from detente.api import Cited, Record, read
    from detente.api import open_record as open
    from detente.errors import (
        CitationError,
        DetenteError,
        InputError,
        MissingPart,
        StoreError,
        StoreLocked,
        StoreNewer,
        UsageError,
    )
    from detente.record import Citation, Span

_PLACES = {
    "Citation": "detente.record",
    "CitationError": "detente.errors",
    "Cited": "detente.api",
    "DetenteError": "detente.errors",
    "InputError": "detente.errors",
    "MissingPart": "detente.errors",
    "Record": "detente.api",
    "Span": "detente.record",
    "StoreError": "detente.errors",
    "StoreLocked": "detente.errors",
    "StoreNewer": "detente.errors",
    "UsageError": "detente.errors",
    "open": "detente.api:open_record",
    "read": "detente.api",
}

__all__ = [
    "Citation",
    "CitationError",
    "Cited",
    "DetenteError",
    "InputError",
    "MissingPart",
    "Record",
    "Span",
    "StoreError",
    "StoreLocked",
    "StoreNewer",
    "UsageError",
    "__version__",
    "open",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    module, _, other = _PLACES[name].partition(":")
    return getattr(import_module(module), other or name)


def __dir__() -> list[str]:
    return sorted(__all__)
