"""The settings of a run on an engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.source import Limits


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """How a run is cut up. None of them changes a record; they bound memory and what a killed piece costs.

    Attributes:
        unit_files: small inputs that are read as one piece, at most.
        unit_bytes: bytes of them, at most; a larger file is a piece of its own.
        shard_articles: articles read as one piece, about. The number of shards is fixed when the pages of
            the first run are in: a folder that grows has larger ones, so give each day a folder of its own.
        batch: articles given to a stage at once.
        story_articles: articles of the stories that are compared as one piece, about.
        limits: the limits of the source layer.
    """

    unit_files: int = 500
    unit_bytes: int = 16_000_000
    shard_articles: int = 500
    batch: int = 32
    story_articles: int = 1000
    limits: Limits = field(default_factory=Limits)
