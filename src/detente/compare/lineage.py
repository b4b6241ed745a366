"""What each outlet made of one origin's text: what it kept, added, dropped and changed.

The reference is the member that the others share most with (among equals the earliest): the nearest
to the origin's own text that the pile holds. Data only; the views draw it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.compare.order import Order
from detente.compare.pair_shares import PairShare
from detente.compare.passages import find_shares
from detente.compare.pile import MemoryPile, Pile
from detente.record import Article, Origin, Span


@dataclass(frozen=True, slots=True)
class Version:
    """One article against the reference: spans kept (word for word or nearly), changed (the two wordings,
    side by side), added by this outlet, and dropped from the reference."""

    article: str
    outlet: str | None
    kept: tuple[Span, ...]
    changed: tuple[tuple[Span, Span], ...]
    added: tuple[Span, ...]
    dropped: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """An origin's reference article and every other version of it, earliest first."""

    origin: str
    reference: str
    versions: tuple[Version, ...]


def lineage(origin: Origin, pile: Pile, shares: Sequence[PairShare]) -> Lineage:
    """What each outlet added, dropped or changed. ``shares`` is ``Comparison.shares``."""
    ids = Order(pile.articles()).ids
    members = set(origin.articles)
    between = [p for p in shares if ids[p.a] in members and ids[p.b] in members]
    told: dict[str, float] = defaultdict(float)
    for pair in between:
        told[ids[pair.a]] += pair.told
        told[ids[pair.b]] += pair.told

    def when(article_id: str) -> str:
        return pile.article(article_id).published.from_ or "9999"

    reference = min(origin.articles, key=lambda i: (-told[i], when(i), i))
    rest = sorted((i for i in origin.articles if i != reference), key=lambda i: (when(i), i))
    versions = tuple(
        _version(pile.article(i), pile.article(reference), _between(between, ids, i, reference)) for i in rest
    )
    return Lineage(origin.id, reference, versions)


def lineage_within(origin: Origin, pile: Pile) -> Lineage:
    """The lineage of an origin, what its articles share worked out among them alone."""
    members = MemoryPile(pile.article(i) for i in origin.articles)
    return lineage(origin, members, find_shares(members))


Sides = list[tuple[tuple[int, int], tuple[int, int], float]]


def _between(pairs: Iterable[PairShare], ids: list[str], one: str, reference: str) -> Sides:
    found: Sides = []
    for pair in pairs:
        for s in pair.shares:
            if (ids[pair.a], ids[pair.b]) == (one, reference):
                found.append((s.a_span, s.b_span, s.similarity))
            elif (ids[pair.a], ids[pair.b]) == (reference, one):
                found.append((s.b_span, s.a_span, s.similarity))
    return sorted(found)


def _version(article: Article, reference: Article, sides: Sides) -> Version:
    mine, theirs = [s[0] for s in sides], [s[1] for s in sides]
    changed = tuple(
        (Span(article.id, *a), Span(reference.id, *b)) for a, b, similarity in sides if similarity < 0.995
    )
    return Version(
        article.id, article.outlet or article.host, tuple(Span(article.id, *a) for a in mine), changed,
        _rest(article, mine), _rest(reference, theirs),
    )  # fmt: skip


def _rest(article: Article, covered: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Body paragraphs' parts that no shared passage covers, without crumbs under 20 characters."""
    found: list[Span] = []
    for start, end in article.body:
        place = start
        for first, last in [*sorted(c for c in covered if c[1] > start and c[0] < end), (end, end)]:
            text = article.text[place : max(place, first)]
            bare = text.strip()
            if len(bare) >= 20:
                begin = place + text.index(bare)
                found.append(Span(article.id, begin, begin + len(bare)))
            place = max(place, last)
    return tuple(found)
