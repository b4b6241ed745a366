"""Where independent accounts do not agree, with both sides' words, a severity and a one-line why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.record import Difference

if TYPE_CHECKING:
    from detente.compare.comparison import Comparison


def find_differences(comparison: Comparison) -> Iterator[Difference]:
    """All differences of a pile, kind by kind."""
    return iter(())
