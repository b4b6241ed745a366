"""How often one thing was done: "boarded one vessel" against "boarded two vessels on Friday".

A small number right behind a verb in the past, with what it counts. Two accounts are of one deed where verb
and thing are the same, in one story, on one day: that which the sentence names, else that of publication.

Limits: regular verbs only, numbers to ninety-nine; the dead and hurt are counted by ``casualties``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.compare.cues import cues
from detente.compare.differences.numbers import thing_class
from detente.compare.differences.sides import Accounts
from detente.compare.differences.told import Told, day_of, number_difference, part_sides
from detente.compare.shared import sentence_ranges
from detente.compare.shelf import Sorter
from detente.compare.told_dates import named_days
from detente.compare.tolls.words import words
from detente.record import Article, Difference, Span

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DEED = re.compile(
    r"\b(?P<verb>[a-z]{3,}ed) (?P<open>at least |more than |up to |about |some )?"
    rf"(?P<count>(?P<n>{'|'.join(_SMALL)}|\d{{1,2}}) (?:[a-z]+ ){{0,2}}?(?P<thing>[a-z]{{3,}}))\b"
)


def find_deed_differences(articles: Iterable[Article], accounts: Accounts) -> Iterator[Difference]:
    """Deeds of one day that independent accounts count differently."""
    told: Sorter[tuple[str, str, str, int], Told] = Sorter(Told)
    for article in articles:
        story = accounts.story.get(article.id, "")
        for verb, deed in find_deeds(article):
            told.add((story, verb, deed.of, deed.day), deed)
    for (_, verb, thing, _), deeds in told.groups():
        sides = part_sides(deeds, accounts)
        if len(sides) > 1:
            yield number_difference(sides, accounts, counted=f"{thing} {verb}")


def find_deeds(article: Article) -> Iterator[tuple[str, Told]]:
    """(verb, count) of every counted deed that has a day; ``of`` is the thing's class."""
    for start, end in article.body:
        if not _DEED.search(article.text, start, end):
            continue
        for first, last in sentence_ranges(article.text, start, end):
            for found in _DEED.finditer(article.text, first, last):
                deed = _deed(article, found, (first, last))
                if deed is not None:
                    yield found["verb"], deed


def _deed(article: Article, found: re.Match[str], sentence: tuple[int, int]) -> Told | None:
    value = int(found["n"]) if found["n"].isdigit() else 1 + _SMALL.index(found["n"])
    thing, verb = found["thing"], found["verb"]
    counted = value == 1 or thing.endswith("s")
    if found["open"] or not counted or _tells_no_deed(verb) or thing in words().sets["units"]:
        return None
    days = named_days(article, *sentence)
    day = days[0] if days else day_of(article)
    if day < 0 or len(set(days)) > 1:
        return None
    span = Span(article.id, *found.span("count"))
    return Told(article.id, article.id, value, value, span, frozenset(), day, thing_class(thing))


def _tells_no_deed(verb: str) -> bool:
    """Speech, and what ``casualties`` counts."""
    phrases = words().phrases.get(verb, [])
    return verb in cues().report or any(kind in ("kill", "die", "hurt") for _, kind in phrases)
