"""Independent accounts of one event that count its killed, injured or arrested differently.

Of the killed each article has one main toll (``compare/tolls``); injured and arrested are the figures of
its first paragraphs. Two accounts are of one event where they are of one incident and the sentences of their
counts, with the headlines, have words in common that tell events apart: a report that recalls an earlier
shooting does not contradict one that recalls another. A toll that grows from day to day is an update.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from detente.compare.differences.context import context_of
from detente.compare.differences.sides import Accounts
from detente.compare.differences.told import (
    Told,
    bounds_of,
    by_context,
    day_of,
    grows,
    number_difference,
    part_sides,
    told_figure,
)
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.compare.tolls import main_toll
from detente.record import Article, Difference, Figure, Reading

HURT = ("injured", "arrested")
LEAD = 6  # paragraphs in which a report gives the toll it reports
PLAIN = 2  # words of what is counted: "people", "Syrian soldiers"; more describe a part


def find_casualty_differences(
    readings: Iterable[Reading], pile: Pile, accounts: Accounts, *, removed: frozenset[str]
) -> Iterator[Difference]:
    """Tolls of one event on which independent accounts part."""
    contested = _contested(pile, accounts)
    groups: Sorter[tuple[str, str], Told] = Sorter(Told)
    for reading in readings:
        incident = accounts.incident.get(reading.article, "")
        if incident not in contested:
            continue
        article = pile.article(reading.article)
        killed = _killed(article, reading, removed)
        if killed is not None:
            groups.add((incident, "killed"), killed)
        for figure in reading.figures:
            if figure.kind in HURT and figure.id not in removed:
                groups.extend((incident, figure.kind), _hurt(figure, article))
    for (_, kind), told in groups.groups():
        for alike in by_context(told):
            sides = part_sides(alike, accounts)
            if len(sides) > 1 and not grows(sides):
                severity = "high" if kind == "killed" else None
                yield number_difference(sides, accounts, counted=kind, severity=severity)


def _contested(pile: Pile, accounts: Accounts) -> frozenset[str]:
    """The incidents that more than one writer tells of."""
    writers: dict[str, set[str]] = defaultdict(set)
    for article_id in pile.article_ids():
        if article_id in accounts.incident:
            writers[accounts.incident[article_id]].add(accounts.writer_of(article_id))
    return frozenset(incident for incident, who in writers.items() if len(who) > 1)


def _killed(article: Article, reading: Reading, removed: frozenset[str]) -> Told | None:
    toll = main_toll(article)
    if toll is None or not toll.spans or not _in_lead(article, toll.spans[0].start):
        return None
    span = toll.spans[0]
    figures = [f.id for f in reading.figures if f.span.overlaps(span)]
    if any(figure in removed for figure in figures):
        return None
    low, high = bounds_of(toll.low, toll.high, approximate=False)
    name = figures[0] if figures else article.id
    return Told(
        name, article.id, low, high, span, frozenset(), day_of(article), "", context_of(article, span)
    )


def _hurt(figure: Figure, article: Article) -> Iterator[Told]:
    """A figure of the first paragraphs that is no part ("six of his grandchildren")."""
    after = article.text[figure.span.end : figure.span.end + 4]
    if not _in_lead(article, figure.span.start) or after.startswith(" of "):
        return
    if len((figure.of or "").split()) <= PLAIN:
        told = told_figure(figure, article, frozenset(), context_of(article, figure.span))
        if told is not None:
            yield told


def _in_lead(article: Article, place: int) -> bool:
    return place < (article.body[LEAD - 1][1] if len(article.body) >= LEAD else len(article.text))
