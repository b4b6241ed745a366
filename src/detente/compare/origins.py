"""Origins: who first wrote a text that one or many outlets carry.

Articles that share narrator's text are one group; a group's name is the agency that its members credit,
else the outlet that they credit or that printed first, else unknown. An article that shares nothing is
an origin of its own. What keeps groups honest:

* quotations, boilerplate, formulae, names and stock background link nobody (see ``shared``);
* versions of one page are one origin, whatever the later one has left of the earlier;
* one reused paragraph is enough, but two articles that credit different agencies are joined only when
  most of the shorter one is shared.

Limits: a rewrite that keeps no run of words is not found, and an agency that nobody credits is not
guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.compare.counting import outlet_key
from detente.compare.cues import cues
from detente.compare.groups import Groups
from detente.compare.order import in_order
from detente.compare.pair_shares import PairShare
from detente.record import Article, Origin, Span, make_id


@dataclass(frozen=True, slots=True)
class OriginSettings:
    """When a pair has one origin. ``told``: narrator's words shared (tuned on the provenance pairs, dev;
    don't tune alone); ``most``: share of the shorter body from which on other credits do not matter."""

    told: float = 11.0
    most: float = 0.5


@dataclass(frozen=True, slots=True)
class Credit:
    """What an article says about who wrote it: names with the words they rest on."""

    agency: str | None
    outlet: str | None
    day: str
    evidence: tuple[Span, ...] = ()
    witness: str | None = None


@dataclass(slots=True)
class Origins:
    """The origins of a pile and which article belongs to which."""

    origins: list[Origin] = field(default_factory=list)
    of_article: dict[str, str] = field(default_factory=dict)


def read_credit(article: Article) -> Credit:
    """Who an article credits: its agency, an agency whose witness it cites, and its outlet."""
    spans = [article.evidence[key] for key in ("agency", "byline") if key in article.evidence]
    witness = None
    for start, end in article.body:
        match = cues().witness.search(article.text, start, end)
        if match:
            witness = match["name"]
            spans.append(Span(article.id, match.start("name"), match.end()))
            break
    day = article.published.from_ or "9999"
    return Credit(article.agency, article.outlet or article.host, day, tuple(spans), witness)


def read_credits(articles: Iterable[Article]) -> dict[str, Credit]:
    """Who each article credits, in the order of telling."""
    return dict(in_order(articles, read_credit))


def find_origins(
    credits: dict[str, Credit],
    pairs: Iterable[PairShare],
    *,
    settings: OriginSettings | None = None,
    same_page: Sequence[Sequence[str]] = (),
) -> Origins:
    """Group articles by the text they share and name each group.

    Args:
        credits: what each article says of its writer, in the order of telling (``read_credits``).
        pairs: what articles share, as :func:`~detente.compare.passages.find_shares` finds it.
        settings: when a pair has one origin.
        same_page: ids of articles that are versions of one page: one origin, whatever they still share.
    """
    settings = settings or OriginSettings()
    ids = list(credits)
    groups: Groups[str] = Groups()
    agencies: dict[str, str] = {i: c.agency for i, c in credits.items() if c.agency}
    links = [(told, p.a, p.b, p.coverage) for p in pairs if (told := p.told) >= settings.told]
    best: dict[str, float] = defaultdict(float)
    for told, one, other, coverage in sorted(links, key=lambda p: (-p[0], p[1], p[2])):
        a, b = groups.find(ids[one]), groups.find(ids[other])
        mine, theirs = agencies.get(a), agencies.get(b)
        if mine and theirs and mine != theirs and coverage < settings.most:
            continue
        root = groups.join(a, b)
        if mine or theirs:
            agencies[root] = mine or theirs or ""
        for article_id in (ids[one], ids[other]):
            best[article_id] = max(best[article_id], told)
    for versions in same_page:
        for article_id in versions[1:]:
            groups.join(versions[0], article_id)
    report = {a: versions[0] for versions in same_page for a in versions}
    result = Origins()
    for members in groups.members(ids).values():
        origin = _name_origin(members, credits, best, report)
        result.origins.append(origin)
        result.of_article.update(dict.fromkeys(members, origin.id))
    return result


def _name_origin(
    members: list[str], credits: dict[str, Credit], best: dict[str, float], report: dict[str, str]
) -> Origin:
    name, kind, evidence, why, sure = _who_wrote(members, credits)
    reports = {report.get(m, m) for m in members}
    if len(reports) == 1 < len(members):
        why = f"{len(members)} versions of one page; {why}"
    elif len(reports) > 1:
        outlets = len({outlet_key(credits[m].outlet) or m for m in members})
        why = f"{len(reports)} articles of {outlets} outlets share text; {why}"
        sure *= min(1.0, 0.6 + min(best[m] for m in members) / 100)
    # The id rests on the first member alone, so that a copy read later does not rename the origin.
    first = members[0]
    return Origin(make_id("or", first), name, kind, tuple(members), evidence, round(sure, 3), why)


def _who_wrote(
    members: list[str], credits: dict[str, Credit]
) -> tuple[str, str, tuple[Span, ...], str, float]:
    for field_name, why, sure in (
        ("agency", "credited", 0.95),
        ("witness", "named as witness in the text", 0.8),
    ):
        names = Counter(n for m in members if (n := getattr(credits[m], field_name)))
        if names:
            name = min(names, key=lambda n: (-names[n], n))
            holders = [m for m in members if getattr(credits[m], field_name) == name]
            evidence = tuple(span for m in holders for span in credits[m].evidence)
            return name, "agency", evidence, f"{name} is {why}", sure
    with_outlet = [m for m in members if credits[m].outlet]
    if with_outlet:
        first = with_outlet[0]
        name = credits[first].outlet or ""
        why = "no agency is credited; the outlet " + ("stands" if len(members) == 1 else "printed it first")
        return name, "outlet", credits[first].evidence, why, 0.7
    return "unknown", "unknown", (), "nobody is credited", 0.5
