"""The same statement in several reports: the same words of the same speaker.

Every report's statement stays a record of its own (its cue and its wording are what the report says);
``same`` lists the others that carry the same words, and ``count`` counts over all of them. Two reports
that put one utterance into quite different words are not joined.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator

from detente.compare.actors import ActorMap
from detente.compare.counting import Counter3, count_reports
from detente.compare.groups import Groups
from detente.compare.pile import Pile
from detente.compare.words import WORD
from detente.record import Article, Reading, Statement, make_id

GRAM = 4
LEAST_SHARED = 0.6  # of the shorter content's four-grams; set on the seeds and the sample
MOST_HELD = 40  # statements looked at for one four-gram: a refrain costs no more than this


def content_grams(statement: Statement, article: Article) -> frozenset[str]:
    """The four-grams of what was said; a content of two or three words counts as one gram."""
    words = [
        w.casefold() for span in statement.content for w in WORD.findall(article.text, span.start, span.end)
    ]
    if len(words) < 2:
        return frozenset()
    if len(words) < GRAM:
        return frozenset((" ".join(words),))
    return frozenset(" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1))


def group_statements(
    pile: Pile,
    actors: ActorMap,
    *,
    removed: frozenset[str],
    same: Iterable[tuple[str, str]] = (),
    apart: frozenset[frozenset[str]] = frozenset(),
) -> dict[str, tuple[str, ...]]:
    """Statement id → all statements with the same words of the same speaker (only groups of two and more)."""
    held: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    known: list[tuple[str, str, frozenset[int]]] = []
    groups: Groups[str] = Groups()
    for reading in pile.readings("statements"):
        article = pile.article(reading.article) if reading.statements else None
        for statement in reading.statements:
            speakers = tuple(sorted(actors.all(statement.speakers)))
            if article is None or not speakers or statement.id in removed:
                continue
            grams = frozenset(hash_gram(g) for g in content_grams(statement, article))
            _join_known(statement.id, article.id, grams, speakers, held, known, groups, apart)
    for one, other in same:
        groups.join(one, other)
    found = groups.members(sorted({s for s, _, _ in known} | {i for pair in same for i in pair}))
    return {i: tuple(members) for members in found.values() if len(members) > 1 for i in members}


def hash_gram(gram: str) -> int:
    """A stable number for a gram."""
    return int(make_id("g", gram)[2:], 16)


def _join_known(
    statement_id: str,
    article_id: str,
    grams: frozenset[int],
    speakers: tuple[str, ...],
    held: dict[tuple[tuple[str, ...], int], list[int]],
    known: list[tuple[str, str, frozenset[int]]],
    groups: Groups[str],
    apart: frozenset[frozenset[str]],
) -> None:
    candidates = {n for gram in grams for n in held.get((speakers, gram), ())}
    for number in sorted(candidates):
        other, where, others = known[number]
        shared = len(grams & others) / min(len(grams), len(others))
        if where != article_id and shared >= LEAST_SHARED and frozenset((statement_id, other)) not in apart:
            groups.join(statement_id, other)
    for gram in grams:
        places = held[speakers, gram]
        if len(places) < MOST_HELD:
            places.append(len(known))
    known.append((statement_id, article_id, grams))


def merge_statements(
    readings: Iterable[Reading],
    groups: dict[str, tuple[str, ...]],
    actors: ActorMap,
    counter: Counter3,
    *,
    article_of: dict[str, str],
    removed: frozenset[str],
) -> Iterator[Statement]:
    """Every statement with the pile's actor ids, the others that say the same, and their count."""
    for reading in readings:
        for statement in reading.statements:
            if statement.id in removed:
                continue
            same = groups.get(statement.id, ())
            articles = [reading.article, *(article_of[i] for i in same if i in article_of)]
            yield dataclasses.replace(
                statement,
                speakers=actors.all(statement.speakers),
                addressees=actors.all(statement.addressees),
                same=tuple(i for i in same if i != statement.id),
                count=count_reports(articles, counter),
            )
