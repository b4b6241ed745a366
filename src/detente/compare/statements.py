"""The same statement in several reports: the same words of the same speaker.

Every report's statement stays a record of its own (its cue and its wording are what the report says);
``same`` lists the others that carry the same words, the first ``MOST_LISTED`` by id, and ``count`` counts
over all of them. Two reports that put one utterance into quite different words are not joined.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from detente.compare.actor_map import ActorMap
from detente.compare.counting import Counter3, count_reports
from detente.compare.groups import Groups
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.compare.words import WORD
from detente.record import Article, Count, Reading, Statement

GRAM = 4
LEAST_SHARED = 0.6  # of the shorter content's four-grams; set on the seeds and the sample
MOST_LISTED = 64  # a sentence that a thousand reports carry would else be listed a million times
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
    same = list(same)
    groups: Groups[str] = Groups()
    joined = {i for pair in same for i in pair}
    for _, told in _by_speakers(pile, actors, removed).groups():
        for one, other in _alike(told):
            if frozenset((one, other)) not in apart:
                groups.join(one, other)
                joined.update((one, other))
    for one, other in same:
        groups.join(one, other)
    found = groups.members(sorted(joined))
    return {i: tuple(members) for members in found.values() if len(members) > 1 for i in members}


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement and the grams of what was said."""

    id: str
    article: str
    grams: frozenset[str]


def _by_speakers(pile: Pile, actors: ActorMap, removed: frozenset[str]) -> Sorter[tuple[str, ...], _Told]:
    """The statements of the pile that have a speaker and words, by who spoke."""
    found: Sorter[tuple[str, ...], _Told] = Sorter(_Told)
    for reading in pile.readings("statements"):
        article = pile.article(reading.article) if reading.statements else None
        for statement in reading.statements:
            speakers = tuple(sorted(actors.all(statement.speakers)))
            if article is not None and speakers and statement.id not in removed:
                grams = content_grams(statement, article)
                if grams:
                    found.add(speakers, _Told(statement.id, article.id, grams))
    return found


def _alike(told: list[_Told]) -> Iterator[tuple[str, str]]:
    """Pairs of one speaker's statements in two reports that share most of the shorter one's words."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        for candidate in {n for gram in one.grams for n in held.get(gram, ())}:
            other = told[candidate]
            shared = len(one.grams & other.grams) / min(len(one.grams), len(other.grams))
            if one.article != other.article and shared >= LEAST_SHARED:
                yield one.id, other.id
        for gram in one.grams:
            if len(held[gram]) < MOST_HELD:
                held[gram].append(number)


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
    counts: dict[str, Count] = {}  # a group's, by its first member
    for reading in readings:
        for statement in reading.statements:
            if statement.id in removed:
                continue
            same = groups.get(statement.id, ())
            if not same:
                count = count_reports((reading.article,), counter)
            elif same[0] in counts:
                count = counts[same[0]]
            else:
                told_in = (article_of[i] for i in same if i in article_of)
                count = counts[same[0]] = count_reports(told_in, counter)
            others = (i for i in same if i != statement.id)
            yield dataclasses.replace(
                statement,
                speakers=actors.all(statement.speakers),
                addressees=actors.all(statement.addressees),
                same=tuple(islice(others, MOST_LISTED)),
                count=count,
            )
