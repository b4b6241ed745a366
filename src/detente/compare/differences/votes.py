"""Votes: one ballot with two results ("20 to 0" against "19 to 0").

A result is two numbers with "to" or a dash between them in a sentence that speaks of a vote. Two results
are of one vote where the sentences, in reports on days near each other, have a name of two words and more
in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from detente.compare.differences.sides import Accounts
from detente.compare.shelf import Sorter
from detente.record import Article, Difference, Span

_RESULT = re.compile(r"(?<![\d,.:–-])(\d{1,3})(?:\sto\s|–|-)(\d{1,3})(?!\d|[,.:–-]\d)")
_VOTE = re.compile(r"\b(?:vot(?:e|es|ed|ing)|ballots?|adopted|approved)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’']+(?:\s(?:of\s)?[A-Z][\w’']+)*")
_END = re.compile(r"[.!?][\"”’']?\s")
NEAR = 3  # days between two reports of one vote
COMMON = 1  # names of two words and more in common that make it one vote


@dataclass(frozen=True, slots=True)
class Vote:
    """A result, with the longer names in its sentence."""

    span: Span
    result: tuple[int, int]
    names: frozenset[str]
    day: int | None


def find_vote_differences(articles: Iterable[Article], accounts: Accounts) -> Iterator[Difference]:
    """Two results of one vote in independent accounts."""
    by_story: Sorter[str, Vote] = Sorter(Vote)
    for article in articles:
        by_story.extend(accounts.story.get(article.id, ""), _votes(article))
    for _, told in by_story.groups():
        votes = sorted(told, key=lambda v: accounts.order.span(v.span))
        for i, a in enumerate(votes):
            for b in votes[i + 1 :]:
                if a.result != b.result and _same_vote(a, b, accounts):
                    yield _difference(a, b, accounts)


def _difference(a: Vote, b: Vote, accounts: Accounts) -> Difference:
    values = [f"{x} to {y}" for x, y in (a.result, b.result)]
    sides = [accounts.side(v, [vote.span]) for v, vote in zip(values, (a, b), strict=True)]
    return accounts.difference(
        "number", [a.span.article, b.span.article], sides, severity="low",
        why=f"the vote: {values[0]} against {values[1]}", confidence=0.6,
    )  # fmt: skip


def _same_vote(a: Vote, b: Vote, accounts: Accounts) -> bool:
    if not accounts.independent(a.span.article, b.span.article):
        return False
    near = a.day is None or b.day is None or abs(a.day - b.day) <= NEAR
    return near and len(a.names & b.names) >= COMMON


def _votes(article: Article) -> Iterator[Vote]:
    published = article.published.last_day
    for start, end in article.body:
        cuts = [start, *(m.end() for m in _END.finditer(article.text, start, end)), end]
        for first, last in pairwise(cuts):
            if not _VOTE.search(article.text, first, last):
                continue
            sentence = article.text[first:last]
            names = frozenset(
                n for m in _NAME.finditer(sentence) if " " in (n := " ".join(m.group().split()))
            )
            for found in _RESULT.finditer(article.text, first, last):
                yield Vote(
                    Span(article.id, *found.span()), (int(found[1]), int(found[2])), names,
                    published.toordinal() if published else None,
                )  # fmt: skip
