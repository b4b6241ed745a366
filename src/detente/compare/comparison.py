"""The comparison of a pile, worked out once and given out layer by layer.

    versions, shares ─→ origins ─→ counts what is one page, what is one text
    readings ─→ actors ─→ statements      who is one actor, what is one utterance
                     └─→ events … positions, each layer grouped over light keys
    all of it ─→ differences, timeline; articles ─→ episodes

What stays in memory is light: word numbers of the bodies, the groups, and some bytes a record. Records are
streamed from the pile; what is asked for again is put aside on disk (``shelf``).
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.compare.actor_map import ActorMap
from detente.compare.actors import map_actors, merge_actors
from detente.compare.counting import Counter3, outlet_key
from detente.compare.dating import DatedPile, Placed, place_undated
from detente.compare.differences import find_differences
from detente.compare.episodes import EpisodeSettings, find_episodes
from detente.compare.issues import cluster_issues
from detente.compare.judgements import Judged, Judgement, read_judgements
from detente.compare.merge_passages import merge_passages
from detente.compare.merged import Merged
from detente.compare.merging import (
    EVENTS,
    MEASURES,
    MEETINGS,
    Rule,
    group_layer,
    merge_layer,
    position_rule,
)
from detente.compare.order import Order
from detente.compare.origins import Origins, OriginSettings, find_origins, read_credits
from detente.compare.pair_shares import PairShares
from detente.compare.passages import PassageSettings, find_shares
from detente.compare.pile import MemoryPile, Pile, remember
from detente.compare.plans import find_plans
from detente.compare.shelf import Shelf
from detente.compare.statements import SameWords, group_statements, merge_statements
from detente.compare.timeline import make_timeline
from detente.compare.versions import find_versions, report_of
from detente.forks import Spread
from detente.record import (
    Actor,
    Article,
    Difference,
    Episode,
    Event,
    Figure,
    Issue,
    Measure,
    Meeting,
    Origin,
    Passage,
    Plan,
    Position,
    Statement,
    TimelineDay,
    Versions,
)

if TYPE_CHECKING:
    from detente.compare.alignments import Alignments

LAYER_ORDER = (
    "versions", "origins", "passages", "actors", "statements", "events", "meetings", "issues", "positions",
    "measures", "plans", "figures", "differences", "timeline", "episodes",
)  # fmt: skip
"""The order in which :meth:`Comparison.records` gives out the layers."""


@dataclass(frozen=True, slots=True)
class CompareSettings:
    """All settings of the comparison.

    ``remember``: a pile of at most so many articles is held in memory (some 50 kB an article); a larger one
    is streamed, each layer decoding its readings again.
    """

    passages: PassageSettings = field(default_factory=PassageSettings)
    origins: OriginSettings = field(default_factory=OriginSettings)
    episodes: EpisodeSettings = field(default_factory=EpisodeSettings)
    remember: int = 3000


class Comparison:
    """What the articles of a pile, taken together, say. Make one with :func:`compare_pile`.

    Every layer is an iterator method; :meth:`records` runs through all. Nothing is written anywhere, and
    the same pile gives the same records in the same order.
    """

    def __init__(
        self,
        pile: Pile,
        settings: CompareSettings,
        judgements: Iterable[Judgement],
        spread: Spread | None = None,
    ) -> None:
        self.given = pile
        self.spread = spread or Spread()
        self._kept: dict[str, Shelf[Any]] = {}
        self.settings = settings
        self.judged: Judged = read_judgements(judgements)
        self.ids = pile.article_ids()
        self.small = len(self.ids) <= settings.remember

    # What is worked out once.

    @cached_property
    def as_read(self) -> Pile:
        """The pile, held in memory if it is small."""
        return remember(self.given) if self.small and not isinstance(self.given, MemoryPile) else self.given

    @cached_property
    def aligned(self) -> Alignments | None:
        """Who shares words with whom, where that was worked out before."""
        return None

    @cached_property
    def shares(self) -> PairShares:
        """What any two articles share."""
        spread = Spread(self.spread.jobs, None if self.small else self.spread.reopen)
        return find_shares(
            self.as_read, settings=self.settings.passages, spread=spread, aligned=self.aligned
        )  # fmt: skip

    @cached_property
    def found_versions(self) -> list[Versions]:
        """The pages that the pile holds in more than one version."""
        return [v for v in find_versions(self.as_read) if v.id not in self.judged.wrong]

    @cached_property
    def found_origins(self) -> Origins:
        """The origins, and each article's."""
        credits = read_credits(self.as_read.articles())
        return find_origins(
            credits, self.shares, settings=self.settings.origins,
            same_page=[v.articles for v in self.found_versions],
        )  # fmt: skip

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """The undated articles that their company places."""
        parents = {e.part_of for e in self.found_episodes}
        stories = [e for e in self.found_episodes if e.id not in parents]
        return place_undated(self.as_read, self.found_origins.origins, stories)

    @cached_property
    def pile(self) -> Pile:
        """The pile with undated articles placed by their company: what all later steps read."""
        return DatedPile(self.as_read, self.placed) if self.placed else self.as_read

    @property
    def origin_of(self) -> dict[str, str]:
        """Article id → the id of its origin."""
        return self.found_origins.of_article

    @cached_property
    def counter(self) -> Counter3:
        """Origins and outlets of the articles, to count with."""
        outlets = {a.id: outlet_key(a.outlet or a.host) for a in self.as_read.articles()}
        return Counter3(dict(self.origin_of), outlets, report_of(self.found_versions))

    @cached_property
    def order(self) -> Order:
        """The order in which the articles tell: what stands where two things are as good as each other."""
        return Order(self.as_read.articles())

    @cached_property
    def actor_map(self) -> ActorMap:
        """Local actor id → actor of the pile."""
        apart = [tuple(sorted(p)) for p in self.judged.apart if len(p) == 2]
        return map_actors(
            self.as_read.readings("actors"), same=self.judged.same, apart=[(a, b) for a, b in apart]
        )

    @cached_property
    def same_words(self) -> SameWords:
        """Which statements carry the same words of the same speaker."""
        judged = self.judged
        same = [p for p in judged.same if p[0].startswith("st-")]
        return group_statements(
            self.pile, self.actor_map, removed=judged.wrong, same=same, apart=judged.apart, order=self.order
        )

    @cached_property
    def _issues(self) -> tuple[list[Issue], dict[str, str]]:
        return cluster_issues(self.pile.readings("issues"), order=self.order)

    def rule(self, layer: str) -> Rule[Any]:
        """How a merged layer (events, meetings, measures, positions) is merged."""
        if layer == "positions":
            return position_rule(self._issues[1])
        rules: dict[str, Rule[Any]] = {"events": EVENTS, "meetings": MEETINGS, "measures": MEASURES}
        return rules[layer]

    @cached_property
    def _merged(self) -> dict[str, Merged]:
        return {}

    def merged(self, layer: str) -> Merged:
        """The groups of a merged layer."""
        if layer not in self._merged:
            judged = self.judged
            self._merged[layer] = group_layer(
                self.pile, self.rule(layer), self.actor_map, removed=judged.wrong,
                same=judged.same, apart=judged.apart, stories=self.story_of if layer == "events" else None,
                events=self.merged("events") if layer == "measures" else None, order=self.order,
            )  # fmt: skip
        return self._merged[layer]

    @cached_property
    def story_of(self) -> dict[str, str]:
        """Article id → the story it tells."""
        longer = {e.part_of for e in self.found_episodes}
        return {a: e.id for e in self.found_episodes if e.id not in longer for a in e.articles}

    def _records_of(self, layer: str) -> Iterator[Any]:
        if layer not in self._kept:
            rule, merged = self.rule(layer), self.merged(layer)
            readings = self.pile.readings(layer)
            records = merge_layer(readings, rule, merged, self.actor_map, self.counter)
            self._keep(layer, rule.record, records, place=lambda record: merged.first_told(record.id))
        return iter(self._kept[layer])

    def _keep(
        self, layer: str, record: type[Any], records: Iterable[Any], place: Callable[[Any], int] | None = None
    ) -> None:
        """Put the records of a layer aside, in the order of ``place``: they are asked for more than once."""
        kept: Shelf[Any] = Shelf(record)
        places = array("q")
        for one in records:
            kept.put(one)
            if place is not None:
                places.append(place(one))
        if place is not None:
            kept.arrange(places)
        self._kept[layer] = kept

    # The layers.

    def articles(self) -> Iterator[Article]:
        """The articles with their origin filled in."""
        for article in self.pile.articles():
            yield dataclasses.replace(article, origin=self.origin_of[article.id])

    def placed_articles(self) -> Iterator[Article]:
        """The undated articles that were placed by their company, with the inferred date and its basis."""
        if isinstance(self.pile, DatedPile):
            for article_id in sorted(self.pile.placed):
                article = self.pile.article(article_id)
                yield dataclasses.replace(article, origin=self.origin_of[article_id])

    def versions(self) -> Iterator[Versions]:
        """Pages read in more than one version, and what changed."""
        return iter(self.found_versions)

    def origins(self) -> Iterator[Origin]:
        """Who first wrote each text."""
        return (o for o in self.found_origins.origins if o.id not in self.judged.wrong)

    def passages(self) -> Iterator[Passage]:
        """Words that stand in two places and more."""
        return merge_passages(self.shares, self.order.ids, self.origin_of)

    def actors(self) -> Iterator[Actor]:
        """One actor however written."""
        if "actors" not in self._kept:
            self._keep(
                "actors", Actor, merge_actors(self.pile.readings("actors"), self.actor_map, self.order)
            )
        return (actor for actor in self._kept["actors"] if actor.id not in self.judged.wrong)

    def statements(self) -> Iterator[Statement]:
        """Every report's statements; ``same`` and ``count`` join those that carry the same words."""
        readings, removed = self.pile.readings("statements"), self.judged.wrong
        groups = self.same_words
        del self.same_words  # asked for once; they take 40 bytes a statement
        return merge_statements(readings, groups, self.actor_map, self.counter, removed=removed)

    def events(self) -> Iterator[Event]:
        """Merged events."""
        return self._records_of("events")

    def meetings(self) -> Iterator[Meeting]:
        """Merged meetings."""
        return self._records_of("meetings")

    def measures(self) -> Iterator[Measure]:
        """Merged measures."""
        return self._records_of("measures")

    def issues(self) -> Iterator[Issue]:
        """What is contended over."""
        return iter(self._issues[0])

    def positions(self) -> Iterator[Position]:
        """Merged positions."""
        return self._records_of("positions")

    def plans(self) -> Iterator[Plan]:
        """What was planned, and what became of it."""
        return (plan for plan in find_plans(self) if plan.id not in self.judged.wrong)

    def figures(self) -> Iterator[Figure]:
        """Every figure, its speakers rewritten. Figures are compared, not merged."""
        for reading in self.pile.readings("figures"):
            for figure in reading.figures:
                if figure.id not in self.judged.wrong:
                    yield dataclasses.replace(figure, said_by=self.actor_map.all(figure.said_by))

    def differences(self) -> Iterator[Difference]:
        """Where independent origins do not agree."""
        for difference in find_differences(self):
            if difference.id in self.judged.wrong:
                continue
            settled = difference.id in self.judged.settled
            yield dataclasses.replace(difference, state="settled") if settled else difference

    def timeline(self) -> Iterator[TimelineDay]:
        """Day by day."""
        return make_timeline(self.events(), self.meetings(), self.measures(), self.pile, self.counter)

    @cached_property
    def found_episodes(self) -> list[Episode]:
        """The stories of the pile."""
        return find_episodes(self.as_read, settings=self.settings.episodes)

    def episodes(self) -> Iterator[Episode]:
        """Articles about one story, and the longer stories they belong to."""
        return iter(self.found_episodes)

    def layer(self, name: str) -> Iterator[Any]:
        """One layer by its name."""
        method: Callable[[], Iterator[Any]] = getattr(self, name)
        return method()

    def __iter__(self) -> Iterator[Any]:
        """Every record, in the order of ``LAYER_ORDER``."""
        return (record for _, record in self.records())

    def records(self) -> Iterator[tuple[str, Any]]:
        """Every record as (layer, record): articles that were given a date, then ``LAYER_ORDER``.

        Other articles are not repeated: they stand as read, and each origin lists its articles.
        """
        for article in self.placed_articles():
            yield "articles", article
        for name in LAYER_ORDER:
            for record in self.layer(name):
                yield name, record


def compare_pile(
    pile: Pile,
    *,
    settings: CompareSettings | None = None,
    judgements: Iterable[Judgement] = (),
    found: Mapping[str, Any] | None = None,
    spread: Spread | None = None,
) -> Comparison:
    """Compare the articles of a pile: whose words, the same event, where accounts differ.

    Pure: nothing is read but the pile, nothing is written, and the order in which the articles were read
    changes nothing. Work is done when a layer is first asked for.

    Args:
        pile: the articles and their readings.
        settings: None takes ours.
        judgements: what people decided.
        found: what was worked out before of these very articles: ``found_episodes``, ``aligned``.
        spread: over how many processes work is spread; nothing in the record hangs on it.
    """
    comparison = Comparison(pile, settings or CompareSettings(), judgements, spread)
    vars(comparison).update(found or {})
    return comparison
