"""Where an article says how many were killed, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.compare.shared import sentence_ranges
from detente.compare.tolls.groups import Group, find_groups, is_generic
from detente.compare.tolls.linking import Chain, Telling, find_tellings
from detente.compare.tolls.words import Sentence, tokenize, words
from detente.record import Article, Span

HEADLINE = -1
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_EXPLAINS = (",", ":", "—", "–", "-", "(")
BEGINNING = 15  # characters in which "last year" makes a sentence one on another event
_BEFORE, _AFTER = 90, 60  # characters around a count in which "initially" and the like correct it


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of the dead: bounds, its words, and what speaks for and against its being the article's toll.

    ``way``: how it is told (see ``linking.Telling``); ``paragraph``: -1 for the headline; ``pieces``: the
    counts it adds up; ``counted``: with a number in its words; ``vague``: "dozens"; ``part``: of a larger
    count; ``past``: of another time or ``total`` of many events; ``earlier``: since corrected; ``rising``: it
    replaces an earlier one; ``subset``: of children or women; ``attacker``: of the attacker alone; ``own``:
    the attacker's own death is in it; ``more``: "two others", besides those told before; ``whole``: "among
    ten people killed".
    """

    low: float | None
    high: float | None
    span: Span
    way: str
    paragraph: int
    pieces: tuple[int, ...]
    counted: bool = True
    vague: bool = False
    part: bool = False
    past: bool = False
    total: bool = False
    earlier: bool = False
    rising: bool = False
    subset: bool = False
    attacker: bool = False
    own: bool = False
    more: bool = False
    whole: bool = False

    @property
    def value(self) -> int:
        """The number that stands in the text; the upper end of "between 500 and 1,300"."""
        both = self.low is not None and self.high is not None and not self.vague
        return int((self.high if both or self.low is None else self.low) or 0)


def find_tolls(article: Article) -> Iterator[Toll]:
    """The counts of the dead in headline and body, in reading order."""
    head = article.headline
    if head is not None:
        yield from _in_range(article, head.start, head.end, HEADLINE)
    for number, (start, end) in enumerate(article.body):
        if head is not None and start >= head.start and end <= head.end:
            continue
        if words().any.search(article.text, start, end):
            for first, last in sentence_ranges(article.text, start, end):
                yield from _in_range(article, first, last, number)


def _in_range(article: Article, start: int, end: int, paragraph: int) -> Iterator[Toll]:
    if not words().any.search(article.text, start, end):
        return
    sentence = tokenize(article.text, start, end)
    groups = find_groups(sentence, headline=paragraph == HEADLINE)
    seen: set[int] = set()
    for telling in find_tellings(sentence, groups):
        if telling.chain[0].first not in seen:
            seen.add(telling.chain[0].first)
            yield _toll(article, sentence, telling, (start, end), paragraph)


def _toll(
    article: Article, sentence: Sentence, telling: Telling, where: tuple[int, int], paragraph: int
) -> Toll:
    chain, lists = telling.chain, words()
    low, high = add_up(chain, explained=sentence.lower(chain[0].last + 1) in _EXPLAINS)
    last = chain[-1].last - (sentence.lower(chain[-1].last) == ",")
    span = Span(article.id, sentence.tokens[chain[0].first].start, sentence.tokens[last].end)
    near = max(where[0], span.start - _BEFORE), min(where[1], span.end + _AFTER)
    nouns = [group.noun for group in chain]
    other = _is_one_of_many(sentence, chain[0]) or _is_of_then(sentence, chain[0])
    total = other or bool(lists.total.search(article.text, *where))
    past = lists.past.search(article.text, *where)
    return Toll(
        low,
        high,
        span,
        telling.way,
        paragraph,
        tuple(int(group.value) for group in chain),
        counted=any(group.counted for group in chain),
        vague=telling.mixed or any(group.vague for group in chain),
        part=telling.part,
        past=total or past is not None or _is_of_old(article, where),
        total=total or (past is not None and past.start() < where[0] + BEGINNING),
        earlier=not telling.rising and bool(lists.earlier.search(article.text, *near)),
        rising=telling.rising or chain[0].ordinal,
        whole=sentence.lower(chain[0].first - 1) in ("among", "amongst"),
        subset=all(noun in lists.sets["parts"] for noun in nouns),
        attacker=all(noun in lists.sets["attackers"] for noun in nouns),
        own="suicide" in sentence.lower(chain[0].first - 2)
        or any(noun in lists.sets["selves"] for noun in nouns),
        more=len(chain) == 1 and _tells_more(sentence, chain[0]),
    )


def _is_of_old(article: Article, where: tuple[int, int]) -> bool:
    """True where a sentence names years, all more than a year before the article's."""
    day = article.published.first_day
    years = [int(m[0]) for m in _YEAR.finditer(article.text, *where)]
    return day is not None and bool(years) and max(years) < day.year - 1


def _is_one_of_many(sentence: Sentence, group: Group) -> bool:
    """True for "the first of four doctors killed": the others died elsewhere."""
    if sentence.lower(group.first - 1) != "of":
        return False
    return any(sentence.lower(group.first - n) in ("first", "latest", "last") for n in range(2, 6))


def _is_of_then(sentence: Sentence, group: Group) -> bool:
    """True for "the worst since 2012, when 26 people died"."""
    at = next((group.first - n for n in range(1, 4) if sentence.lower(group.first - n) == "when"), None)
    if at is None:
        return False
    before = sentence.lower(at - 1 - (sentence.lower(at - 1) == ","))
    return bool(_YEAR.fullmatch(before)) or before in ("ago", *words().sets["months"])


def _tells_more(sentence: Sentence, group: Group) -> bool:
    more = words().sets["more"]
    return group.counted and any(sentence.lower(n) in more for n in range(group.first, group.last + 1))


def add_up(chain: Chain, *, explained: bool) -> tuple[float | None, float | None]:
    """The bounds of groups told together.

    The first alone where the others are its parts: "four people, three adults and a child" (``explained``: a
    comma or the like stands behind the first).
    """
    first, rest = chain[0], chain[1:]
    parts = explained and first.counted and first.value > 1 and (len(rest) > 1 or is_generic(first))
    if parts and sum(group.value for group in rest) == first.value:
        rest = []
    lows = [group.low for group in (first, *rest) if group.low is not None]
    highs = [group.high for group in (first, *rest)]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return (sum(lows) if lows else None), high
