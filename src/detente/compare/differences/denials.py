"""What one account has denied and another has told: the denial's content stands in the other's words.

A denial differs from what another origin's narrator or speaker tells when most of the denial's content
words, one of them a name, stand in one clause of theirs. A denial in other words is not found.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.compare.cues import cues
from detente.compare.differences.sides import Accounts
from detente.compare.merging import content_words
from detente.compare.pile import Pile
from detente.compare.same import SOLID
from detente.compare.shelf import Shelf
from detente.record import Article, Difference, Reading, Span

LEAST_SHARED = 3  # content words
LEAST_SHARE = 0.6  # of the denial's content words
FARTHEST = 7  # days between the two reports
MOST_HELD = 200
LONGEST_CLAIM = 140  # characters
_NEGATED = re.compile(r"\b(?:not|no|never|nor|denied|denies|dismissed|rejected)\b|n['’]t\b", re.IGNORECASE)
TELLING = frozenset(("assert", "acknowledge", "accuse", "warn"))


@dataclass(frozen=True, slots=True)
class Told:
    """What an account tells, or has denied, in some words."""

    id: str
    article: str
    spans: tuple[Span, ...]
    words: frozenset[str]
    names: frozenset[str]
    day: int | None


def find_denials(
    readings: Iterable[Reading], pile: Pile, accounts: Accounts, *, removed: frozenset[str]
) -> Iterator[Difference]:
    """Denials of what independent accounts tell as fact or have from another speaker."""
    denials: Shelf[Told] = Shelf(Told)
    told: Shelf[Told] = Shelf(Told)
    holding: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for reading in readings:
        if reading.statements or reading.events:
            article = pile.article(reading.article)
            for denial in _denied(reading, article, removed):
                denials.put(denial)
            for one in _asserted(reading, article, removed):
                _hold(one, told, holding)
    for denial in denials:
        best = _opposed(denial, told, holding, accounts)
        if best:
            sides = [
                accounts.side("denied", denial.spans),
                accounts.side("told", (s for one in best for s in one.spans)),
            ]
            about = [denial.id, *(one.id for one in best)]
            why = f"“{_claim(denial, pile)}”: denied in one account, told in another"
            yield accounts.difference("denial", about, sides, severity="medium", why=why, confidence=0.5)


def _hold(one: Told, told: Shelf[Told], holding: dict[str, array[int]]) -> None:
    """Keep what is told for its words, but for those of which ``MOST_HELD`` are kept already."""
    free = [word for word in one.words if len(holding[word]) < MOST_HELD]
    if free:
        number = told.put(one)
        for word in free:
            holding[word].append(number)


def _classed(words: frozenset[str]) -> frozenset[str]:
    """The words, those of one class (a bargain, to promise) as one word."""
    classes = cues().claims
    return frozenset(classes.get(word, word) for word in words)


def _claim(denial: Told, pile: Pile) -> str:
    """What is denied, in the denial's own words, cut where they are long."""
    article = pile.article(denial.article)
    text = " ".join(" … ".join(article.words(span) for span in denial.spans).split())
    return text if len(text) <= LONGEST_CLAIM else text[:LONGEST_CLAIM].rsplit(" ", 1)[0] + "…"


def _told(record_id: str, article: Article, spans: tuple[Span, ...]) -> Told:
    words = _classed(content_words(article, spans))
    names = frozenset(w for span in spans for w in _names(article, span))
    day = article.published.last_day
    return Told(record_id, article.id, spans, words, names, day.toordinal() if day else None)


def _names(article: Article, span: Span) -> Iterator[str]:
    """The content words of a span that begin a word in capitals there."""
    capitals = [t.casefold() for t in article.words(span).split() if t[:1].isupper()]
    return (w for w in content_words(article, [span]) if any(t.startswith(w) for t in capitals))


def _denied(reading: Reading, article: Article, removed: frozenset[str]) -> list[Told]:
    return [
        _told(s.id, article, s.content) for s in reading.statements
        if s.act == "deny" and s.polarity == "positive" and s.content and s.id not in removed
    ]  # fmt: skip


def _asserted(reading: Reading, article: Article, removed: frozenset[str]) -> list[Told]:
    said = [
        _told(s.id, article, s.content) for s in reading.statements
        if s.act in TELLING and s.polarity == "positive" and s.content and s.id not in removed
    ]  # fmt: skip
    said += [
        _told(e.id, article, e.evidence[:1]) for e in reading.events
        if e.status in SOLID and e.evidence and e.id not in removed
    ]  # fmt: skip
    return [one for one in said if not any(_NEGATED.search(article.words(span)) for span in one.spans)]


def _opposed(
    denial: Told, told: Shelf[Told], holding: dict[str, array[int]], accounts: Accounts
) -> list[Told]:
    hits = Counter(n for word in denial.words for n in holding.get(word, ()))
    least = max(LEAST_SHARED, LEAST_SHARE * len(denial.words))
    near_enough = [(shared, told[number]) for number, shared in hits.items() if shared >= least]
    found: dict[str, Told] = {}
    for _, one in sorted(near_enough, key=lambda n: (-n[0], accounts.order.span(n[1].spans[0]), n[1].id)):
        near = denial.day is None or one.day is None or abs(denial.day - one.day) <= FARTHEST
        if near and denial.names & one.words and accounts.independent(denial.article, one.article):
            found.setdefault(one.article, one)
    return list(found.values())
