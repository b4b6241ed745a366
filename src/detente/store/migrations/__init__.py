"""The schema as numbered steps: step N brings a store from version N-1 to N.

A step is never edited once it is released.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Every step in order: its version and its file name."""
    names = sorted(f.name for f in resources.files(__package__).iterdir() if f.name.endswith(".sql"))
    return tuple((int(name.partition("_")[0]), name) for name in names)


def schema_version() -> int:
    """The version this program writes."""
    return migrations()[-1][0]


def read_step(name: str) -> str:
    """The SQL of one step."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
