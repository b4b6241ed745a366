"""Reports · origins · outlets: how widely a thing is reported.

Copies of one text weigh one origin, and the versions of one page are one report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.record import Count


@dataclass(slots=True)
class Counter3:
    """What is needed to count: the origin and the outlet of every article.

    ``report`` names the first version for every article that is one version of several of a page.
    """

    origin: dict[str, str] = field(default_factory=dict)
    outlet: dict[str, str | None] = field(default_factory=dict)
    report: dict[str, str] = field(default_factory=dict)


def outlet_key(name: str | None) -> str | None:
    """What an outlet is counted under: "THE HARBOUR POST" and "Harbour Post" are one."""
    return name.casefold().removeprefix("the ") if name else None


def count_reports(articles: Iterable[str], counter: Counter3) -> Count:
    """Count distinct reports, their origins and their outlets (a report of no known outlet is one)."""
    found = {counter.report.get(a, a) for a in articles}
    origins = {counter.origin.get(a, a) for a in found}
    outlets = {counter.outlet.get(a) or a for a in found}
    return Count(len(found), len(origins), len(outlets))
