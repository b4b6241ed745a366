"""What every kind of difference needs: who is independent of whom, and how a side is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.compare.order import Order
from detente.record import Difference, Side, Span, make_id

if TYPE_CHECKING:
    from detente.compare.comparison import Comparison

READER = "differences.v1"
MOST_SPANS = 6  # citations of one side: more prove no more


@dataclass(slots=True)
class Accounts:
    """The origins of a pile's articles, which of them are independent, and what they report on.

    ``story`` is the longest story an article belongs to, ``incident`` the shortest; ``order``: of telling.
    """

    origin_of: dict[str, str]
    writer: dict[str, str] = field(default_factory=dict)
    story: dict[str, str] = field(default_factory=dict)
    incident: dict[str, str] = field(default_factory=dict)
    order: Order = field(default_factory=Order)

    @classmethod
    def of(cls, comparison: Comparison) -> Accounts:
        """The accounts of a comparison: an agency's or outlet's name makes two texts one writer's."""
        writer = {
            o.id: f"{o.kind}|{o.name}" if o.kind != "unknown" else o.id
            for o in comparison.found_origins.origins
        }
        incident = comparison.story_of
        longer = {e.id: e.part_of or e.id for e in comparison.found_episodes}
        story = {article: longer[episode] for article, episode in incident.items()}
        return cls(comparison.origin_of, writer, story, incident, comparison.order)

    def writer_of(self, article: str) -> str:
        """Who stands behind an article: two texts of one agency are not independent."""
        origin = self.origin_of[article]
        return self.writer.get(origin, origin)

    def independent(self, a: str, b: str) -> bool:
        """True when two articles are the accounts of two writers."""
        return self.writer_of(a) != self.writer_of(b)

    def side(self, value: str, spans: Iterable[Span]) -> Side:
        """One side, its citations in the order of telling and its origins."""
        ordered = tuple(self.order.spans(spans))
        origins = tuple(sorted({self.origin_of[s.article] for s in ordered}))
        return Side(value, ordered[:MOST_SPANS], origins)

    def difference(
        self,
        kind: str,
        about: Iterable[str],
        sides: Iterable[Side],
        *,
        severity: str,
        why: str,
        confidence: float = 0.7,
    ) -> Difference:
        """A difference whose id rests on its kind and on both sides' values and first words."""
        ordered = tuple(sorted(sides, key=lambda s: (self.order.span(s.spans[0]), s.value)))
        parts = [(s.value, s.spans[0].article, s.spans[0].start) for s in ordered]
        return Difference(
            make_id("di", kind, *parts), kind, tuple(dict.fromkeys(about)), ordered, severity, "open", why,
            READER, confidence,
        )  # fmt: skip
