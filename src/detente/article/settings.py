"""The few things a caller may choose about reading pages, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read a page.

    ``threshold`` is the probability from which a unit is body: higher drops more, lower keeps more
    (chosen by cross-validation on the development pages; don't tune alone). ``least_body`` is the number
    of characters under which a page has no article. ``extractors`` names the base extractors asked for
    HTML; their agreement is evidence for our own block model, which decides.
    """

    threshold: float = 0.5
    least_body: int = 120
    extractors: tuple[str, ...] = ("trafilatura", "readability")


DEFAULT = Settings()
