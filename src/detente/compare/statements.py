"""The same statement in several reports: the same words of the same speaker.

Every report's statement stays a record of its own (its cue and its wording are what the report says);
``same`` lists the others that carry the same words, the first ``MOST_LISTED`` by id, and ``count`` counts
over all of them. Two reports that put one utterance into quite different words are not joined.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from detente.compare.actor_map import ActorMap
from detente.compare.counting import Counter3, count_reports
from detente.compare.groups import Groups
from detente.compare.ids import Ids
from detente.compare.order import Order
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.compare.words import WORD
from detente.record import Article, Count, Reading, Statement

Numbers = npt.NDArray[np.int64]
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


class SameWords:
    """Which statements carry the same words of the same speaker, by number; made by :func:`group_statements`.

    Memory: some 40 bytes a statement.
    """

    def __init__(self) -> None:
        self._ids = Ids()
        self._articles: list[str] = []
        self._article_of = array("I")
        self._members = np.empty(0, np.int64)
        self._start = np.empty(0, np.int64)
        self._size = np.empty(0, np.int64)

    def put(self, reading: Reading) -> Iterator[tuple[int, Statement]]:
        """Enter an article's statements, each before it is given back with its number."""
        if not reading.statements:
            return
        self._articles.append(reading.article)
        for statement in reading.statements:
            self._article_of.append(len(self._articles) - 1)
            yield self._ids.add(statement.id), statement

    def number(self, statement_id: str) -> int | None:
        """The number of a statement; None: the pile has none of this id."""
        return self._ids.find(statement_id)

    def name(self, number: int) -> str:
        """The id of a statement."""
        return self._ids[number]

    def group(self, groups: Iterable[list[int]]) -> None:
        """Say which statements are one, by number; the rest stand alone."""
        ranks, members = self._ids.ranks(), array("q")
        self._start, self._size = np.zeros(len(ranks), np.int64), np.zeros(len(ranks), np.int64)
        for group in groups:
            self._start[group], self._size[group] = len(members), len(group)
            members.extend(sorted(group, key=ranks.__getitem__))
        self._members = np.array(members, np.int64)

    def same(self, statement_id: str) -> Numbers:
        """The numbers of all statements that are one with this, itself among them, in the order of their ids.

        Empty where it stands alone.
        """
        number = self._ids.find(statement_id)
        if number is None:
            return np.empty(0, np.int64)
        start = int(self._start[number])
        return self._members[start : start + int(self._size[number])]

    def articles(self, numbers: Numbers) -> Iterator[str]:
        """The articles that some statements stand in, each once."""
        places = np.unique([self._article_of[n] for n in numbers.tolist()])
        return map(self._articles.__getitem__, places.tolist())


def group_statements(
    pile: Pile,
    actors: ActorMap,
    *,
    removed: frozenset[str],
    same: Iterable[tuple[str, str]] = (),
    apart: frozenset[frozenset[str]] = frozenset(),
    order: Order | None = None,
) -> SameWords:
    """Which statements carry the same words of the same speaker.

    Args:
        pile: the articles and what the statements reader found.
        actors: the pile's actors.
        removed: ids of statements that people judged wrong.
        same: pairs of ids that people judged to be one.
        apart: pairs of ids that people keep apart.
        order: in which the articles tell; None goes by their ids.
    """
    found, groups = SameWords(), Groups[int]()
    order = order or Order()
    joined: set[int] = set()
    for _, told in _by_speakers(pile, actors, removed, found).groups():
        for one, other in _alike(sorted(told, key=lambda t: order.article(t.article))):
            if not apart or frozenset((found.name(one), found.name(other))) not in apart:
                groups.join(one, other)
                joined.update((one, other))
    for first, second in ((found.number(a), found.number(b)) for a, b in same):
        if first is not None and second is not None:
            groups.join(first, second)
            joined.update((first, second))
    found.group(members for members in groups.members(sorted(joined)).values() if len(members) > 1)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement, by number, and the grams of what was said."""

    number: int
    article: str
    grams: frozenset[str]


def _by_speakers(
    pile: Pile, actors: ActorMap, removed: frozenset[str], known: SameWords
) -> Sorter[tuple[str, ...], _Told]:
    """The statements that have a speaker and words, by who spoke; ``known`` takes all of the pile."""
    found: Sorter[tuple[str, ...], _Told] = Sorter(_Told)
    for reading in pile.readings("statements"):
        article = pile.article(reading.article) if reading.statements else None
        for number, statement in known.put(reading):
            speakers = tuple(sorted(actors.all(statement.speakers)))
            if article is not None and speakers and statement.id not in removed:
                grams = content_grams(statement, article)
                if grams:
                    found.add(speakers, _Told(number, article.id, grams))
    return found


def _alike(told: list[_Told]) -> Iterator[tuple[int, int]]:
    """Pairs of one speaker's statements in two reports that share most of the shorter one's words."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        for candidate in {n for gram in one.grams for n in held.get(gram, ())}:
            other = told[candidate]
            shared = len(one.grams & other.grams) / min(len(one.grams), len(other.grams))
            if one.article != other.article and shared >= LEAST_SHARED:
                yield one.number, other.number
        for gram in one.grams:
            if len(held[gram]) < MOST_HELD:
                held[gram].append(number)


def merge_statements(
    readings: Iterable[Reading],
    groups: SameWords,
    actors: ActorMap,
    counter: Counter3,
    *,
    removed: frozenset[str],
) -> Iterator[Statement]:
    """Every statement with the pile's actor ids, the others that say the same, and their count."""
    counts: dict[int, Count] = {}  # a group's, by its first member
    for reading in readings:
        for statement in reading.statements:
            if statement.id in removed:
                continue
            same = groups.same(statement.id)
            if not len(same):
                count = count_reports((reading.article,), counter)
            elif (first := int(same[0])) in counts:
                count = counts[first]
            else:
                count = counts[first] = count_reports(groups.articles(same), counter)
            listed = map(groups.name, same[: MOST_LISTED + 1].tolist())
            others = (i for i in listed if i != statement.id)
            yield dataclasses.replace(
                statement,
                speakers=actors.all(statement.speakers),
                addressees=actors.all(statement.addressees),
                same=tuple(islice(others, MOST_LISTED)),
                count=count,
            )
