"""Independent accounts of one story that count the same thing and come to different numbers.

Two accounts differ only when *no* figure of one is compatible with any of the other for the same thing:
an account that gives both the old and the new number differs from neither. "Dozens" contradicts nothing,
and a number that only names a rank ("the No. 2 post") counts nothing. Tolls: see ``casualties``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from detente.compare.cluster import NO_DAY
from detente.compare.cues import cues
from detente.compare.differences.context import sentence_of, stems
from detente.compare.differences.sides import Accounts
from detente.compare.differences.told import Told, by_context, number_difference, part_sides, told_figure
from detente.compare.order import Order
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.compare.words import WORD
from detente.record import Article, Difference, Figure, Reading

COMPARED = frozenset(("forces", "vehicles", "money", "people", "count"))
LOOSE = ("money", "count")  # "votes", "spending cuts": of one thing only where the sentences agree
NOTHING = frozenset(("people", "worth", "total", "extra"))  # words that do not say what is counted
NAMED = ""  # where figures stand whose thing bears a name
APART = 3  # days without a count after which a new count is another


def find_number_differences(
    readings: Iterable[Reading], pile: Pile, accounts: Accounts, *, removed: frozenset[str]
) -> Iterator[Difference]:
    """Figures of one kind and unit for the same thing in one story, where independent accounts part."""
    groups: Sorter[tuple[str, str, str], Told] = Sorter(Told)
    for reading in readings:
        figures = [f for f in reading.figures if f.kind in COMPARED and f.id not in removed]
        article = pile.article(reading.article) if figures else None
        for figure in figures:
            told = _told(figure, article) if article is not None else None
            if told is not None:
                groups.add((_where(figure, accounts), figure.kind, figure.unit or ""), told)
    for (story, kind, _), told_here in groups.groups():
        loose = kind in LOOSE and story != NAMED
        for alike in _same_thing(told_here, accounts.order, loose=loose):
            sides = part_sides(alike, accounts)
            if len(sides) > 1:
                yield number_difference(sides, accounts, counted=_counted(sides, kind))


def _where(figure: Figure, accounts: Accounts) -> str:
    """Where a figure is compared: within its longest story; what bears a name in the whole pile (of these
    days)."""
    if any(w[0].isupper() for w in WORD.findall(figure.of or "")):
        return NAMED
    return accounts.story.get(figure.span.article, "")


def _told(figure: Figure, article: Article) -> Told | None:
    words = frozenset(map(thing_class, WORD.findall(figure.of or ""))) - {""}
    if not words - NOTHING:
        return None
    sentence = sentence_of(article, figure.span)
    return told_figure(figure, article, words, stems(article, sentence.start, sentence.end, but=words))


def thing_class(word: str) -> str:
    """A word of what is counted: its class where it has one, else cut to six letters."""
    folded = word.casefold()
    if folded in cues().function_words:
        return ""
    singular = folded.removesuffix("s")
    return cues().things.get(singular, cues().things.get(folded, singular[:6]))


def _same_thing(figures: list[Told], order: Order, *, loose: bool) -> Iterator[list[Told]]:
    """Figures of things with the same words, on days near one another, ``loose`` ones in like sentences."""
    groups: dict[frozenset[str], list[Told]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: (f.day, order.span(f.span))):
        groups[figure.words].append(figure)
    for words in sorted(groups, key=sorted):
        for near in _near_days(groups[words]):
            yield from by_context(near) if loose else [near]


def _near_days(figures: list[Told]) -> Iterator[list[Told]]:
    """Figures in the order of days, cut where nothing was counted for ``APART`` days."""
    run: list[Told] = []
    for figure in figures:
        if run and figure.day - run[-1].day > APART and NO_DAY not in (figure.day, run[-1].day):
            yield run
            run = []
        run.append(figure)
    yield run


def _counted(sides: list[list[Told]], kind: str) -> str:
    """What is counted, in an account's own words."""
    return min((f.of for side in sides for f in side if f.of), key=lambda of: (len(of), of), default=kind)
