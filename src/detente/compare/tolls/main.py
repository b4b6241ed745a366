"""The main toll of an article: how many were killed in what it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.compare.tolls.mentions import HEADLINE, Toll, find_tolls
from detente.compare.tolls.words import words
from detente.record import Article, Span

NEXT = 6  # counts after the first that may be the same one told in full
NEXT_TO = 1  # paragraphs before "two others" in which the one stands whom they are besides
NEAR = 120  # characters after a count in which its sentence may tell of the killer's end
INDIRECT = ("charged", "suicide")  # ways of telling that count only where nothing else does
LOOSELY = 1 / 3  # of 24, below which a count is not meant by "dozens"
LEAD = 8  # paragraphs that tell what happened


@dataclass(frozen=True, slots=True)
class MainToll:
    """How many were killed in the incident an article reports, with the words that say so."""

    low: float | None
    high: float | None
    spans: tuple[Span, ...]
    value: int


def main_toll(article: Article) -> MainToll | None:
    """The main toll of an article; None where it counts no dead.

    Where the attacker died as well, ``low`` leaves him out and ``high`` takes him in.
    """
    tolls = list(find_tolls(article))
    best = _choose(tolls)
    if best is None:
        return None
    best = _fuller(best, tolls)
    more = _attacker_died(article, best)
    before = _told_before(best, tolls)
    besides = before.value if before is not None else 0
    low = None if best.low is None else best.low + besides
    high = None if best.high is None else best.high + besides + more
    spans = (best.span,) if before is None else (before.span, best.span)
    return MainToll(low, high, spans, best.value + besides + more)


def _told_before(best: Toll, tolls: list[Toll]) -> Toll | None:
    """Those besides whom "two others" are counted: the one told dead just before, if one was."""
    if not best.more:
        return None
    before = [t for t in tolls if t.paragraph >= best.paragraph - NEXT_TO and t.span < best.span]
    return before[-1] if before and before[-1].value == 1 and not before[-1].part else None


def _choose(tolls: list[Toll]) -> Toll | None:
    """The first count that nothing speaks against; else the first of those that the least speaks against."""
    numbered = [t for t in tolls if not (t.part or t.vague or t.attacker) and t.counted]
    plain = [t for t in numbered if not (t.past or t.earlier)]
    plain, numbered = ([t for t in ts if t.way != "charged"] for ts in (plain, numbered))
    single = [t for t in tolls if not (t.part or t.vague or t.attacker or t.way in INDIRECT)]
    joint = [t for t in tolls if t.way in INDIRECT]
    now = [t for t in single if not (t.past or t.earlier)]
    if plain and (headed := _headed(single, plain[0])) is not None:
        return headed
    plain = _as_many(plain, tolls[0]) if tolls else plain
    if plain and _is_told_again(numbered[0], plain[0]):
        return numbered[0]
    then = [t for t in numbered if not t.total]
    for choice in (plain, then, now, numbered, single, joint, tolls):
        if choice:
            return choice[0]
    return None


def _as_many(plain: list[Toll], first: Toll) -> list[Toll]:
    """Without the smaller counts where "dozens" is told first and a larger count than theirs is there."""
    if not first.vague or first.low is None:
        return plain
    return [t for t in plain if t.value >= first.low * LOOSELY] or plain


def _is_told_again(first: Toll, plain: Toll) -> bool:
    """True where a report begins with what happened "last month" and then tells parts of it."""
    return first.past and not first.total and first.paragraph <= 0 and first.value > plain.value


def _headed(single: list[Toll], plain: Toll) -> Toll | None:
    """Several told dead in the headline without a number, where the text's first number is smaller."""
    heads = [t for t in single if t.paragraph == HEADLINE and not (t.past or t.earlier) and len(t.pieces) > 1]
    return heads[0] if heads and heads[0].value > plain.value else None


def _fuller(best: Toll, tolls: list[Toll]) -> Toll:
    """A later count that takes the first one in: a risen toll, a sum of which it is a part, all for some."""
    later = [t for t in tolls if t.span > best.span and not (t.part or t.past or t.vague or t.earlier)]
    for toll in later[:NEXT]:
        if toll.value <= best.value or not (toll.counted or not best.counted):
            continue
        sums = len(toll.pieces) > 1 and best.value in toll.pieces
        exact = best.high is None and toll.value <= best.value * 1.25
        beside = toll.more and _told_before(toll, tolls) is best
        whole = toll.whole and toll.span.start - best.span.end < NEAR
        if (
            toll.rising
            or whole
            or not best.counted
            or sums
            or exact
            or beside
            or (best.subset and not toll.subset)
        ):
            return toll
    return best


def _attacker_died(article: Article, best: Toll) -> int:
    """1 where the attacker died and is none of those counted.

    "Killed two, then himself" leaves him out; "four dead in a murder-suicide" takes him in.
    """
    text, lists = article.text, words()
    line = text.find("\n", best.span.end)
    end = min(best.span.end + NEAR, line if line >= 0 else len(text))
    if best.own or best.way == "suicide" or lists.with_attacker.search(text, best.span.end, end):
        return 0
    here = lists.self_death.search(text, best.span.end, end)
    if best.value == 1 and best.way in ("dead", "passive", "of"):
        return int(any(_is_of_two(m) for m in _self_deaths(article)))  # not "he died after shooting himself"
    if here is not None and "suicide" not in here.group().lower():
        return 1
    victims = best.way == "active" or (best.way != "dead" and (best.subset or not best.counted))
    return int(victims and any(lists.self_death.search(text, *part) for part in _told_in(article)))


def _is_of_two(here: re.Match[str]) -> bool:
    """True for "then himself" and "turned the gun on himself": one was shot before."""
    return here.group().lower().startswith(("then", "and then", "turn", "murder", "homicide"))


def _self_deaths(article: Article) -> Iterator[re.Match[str]]:
    for part in _told_in(article):
        yield from words().self_death.finditer(article.text, *part)


def _told_in(article: Article) -> list[tuple[int, int]]:
    head = [(article.headline.start, article.headline.end)] if article.headline else []
    return [*head, *article.body[:LEAD]]
