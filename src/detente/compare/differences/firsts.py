"""Which came first: two independent accounts that each name another one as the first of its kind.

"The tanker Alma became the first vessel stopped by the patrol" against "the schooner Borea, the first ship
to be stopped since the patrol began". The phrase must name the same class of thing, the same participle
and, after it, share a word that carries content; the holder is the last name before it in its sentence.
"Came first" and "moved first" are not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from detente.compare.cues import cues
from detente.compare.differences.numbers import thing_class
from detente.compare.differences.sides import Accounts
from detente.compare.shelf import Sorter
from detente.record import Article, Difference, Span

_FIRST = re.compile(
    r"\bthe\s+first\s+(?P<thing>[a-z]+)(?:\s+to\s+(?:be|have\s+been))?\s+(?P<verb>[a-z]{2,}(?:ed|en|wn))\b"
)
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*")
_END = re.compile(r"[.!?][\"”’']?\s")
AROUND = 300  # characters before the phrase in which its sentence may begin
AFTER = 80  # characters after it that say what it is the first of


@dataclass(frozen=True, slots=True)
class First:
    """One thing that an account calls the first: who it is, and of what."""

    article: str
    holder: str
    span: Span
    thing: str
    verb: str
    of: frozenset[str]


def find_order_differences(articles: Iterable[Article], accounts: Accounts) -> Iterator[Difference]:
    """Two holders of one "first" in independent accounts of one story."""
    held: Sorter[tuple[str, str, str], First] = Sorter(First)
    for article in articles:
        for one in _firsts(article):
            held.add((accounts.story.get(article.id, ""), one.thing, one.verb), one)
    for (story, _, _), firsts in held.groups():
        if story:
            yield from _contrast(firsts, accounts)


def _contrast(firsts: list[First], accounts: Accounts) -> Iterator[Difference]:
    by_holder: dict[str, list[First]] = defaultdict(list)
    for one in sorted(firsts, key=lambda f: accounts.order.span(f.span)):
        by_holder[one.holder].append(one)
    holders = sorted(by_holder)
    for i, a in enumerate(holders):
        for b in holders[i + 1 :]:
            pairs = [(x, y) for x in by_holder[a] for y in by_holder[b] if _opposed(x, y, accounts)]
            if not pairs:
                continue
            sides = [accounts.side(h, (f.span for f in by_holder[h])) for h in (a, b)]
            one = pairs[0][0]
            yield accounts.difference(
                "order", [f.article for h in (a, b) for f in by_holder[h]], sides, severity="medium",
                why=f"the first of the {one.thing} {one.verb}: {a} in one account, {b} in another",
                confidence=0.6,
            )  # fmt: skip


def _opposed(a: First, b: First, accounts: Accounts) -> bool:
    return bool(a.of & b.of) and accounts.independent(a.article, b.article)


def _firsts(article: Article) -> Iterator[First]:
    for start, end in article.body:
        for found in _FIRST.finditer(article.text, start, end):
            sentence = max([start, *(m.end() for m in _END.finditer(article.text, start, found.start()))])
            names = _names(article.text[max(sentence, found.start() - AROUND) : found.start()])
            if not names:
                continue
            after = article.text[found.end() : min(end, found.end() + AFTER)]
            after = _END.split(after)[0]
            words = frozenset(
                w[:6] for w in re.findall(r"\w+", after.casefold()) if w not in cues().function_words
            )
            span = Span(article.id, found.start(), found.end() + len(after.rstrip()))
            thing = thing_class(found["thing"])
            yield First(article.id, names[-1], span, thing, found["verb"], words)


def _names(text: str) -> list[str]:
    """Names in some words; days, months and a sentence's first function word are none."""
    found = (" ".join(m.group().split()) for m in _NAME.finditer(text))
    return [
        name for name in found if name not in _calendar() and name.casefold() not in cues().function_words
    ]


@cache
def _calendar() -> frozenset[str]:
    import calendar

    return frozenset((*calendar.day_name, *calendar.month_name))
