"""Reports · origins · outlets: how widely a thing is reported, copies of one text weighing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.record import Count


@dataclass(slots=True)
class Counter3:
    """What is needed to count: the origin and the outlet of every article."""

    origin: dict[str, str] = field(default_factory=dict)
    outlet: dict[str, str | None] = field(default_factory=dict)


def count_reports(articles: Iterable[str], counter: Counter3) -> Count:
    """Count distinct articles, their origins and their outlets (an article of no known outlet is one)."""
    found = set(articles)
    origins = {counter.origin.get(a, a) for a in found}
    outlets = {counter.outlet.get(a) or a for a in found}
    return Count(len(found), len(origins), len(outlets))
