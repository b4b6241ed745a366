"""Arrow's Python library, or an error that says how to get it."""

from __future__ import annotations

from detente.errors import MissingPart

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise MissingPart(
        "pyarrow is not installed; reading on an engine needs it.", hint="Run: pip install 'detente[scale]'"
    ) from error

__all__ = ["pa", "pq"]
