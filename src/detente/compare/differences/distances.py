"""Distances from one place, in whatever unit: 800 miles against 500 nautical miles.

Two distances measure the same where what follows "from" or "off" has two words in common (a third account
may be the bridge) and the reports are of one story. They are compared in kilometres, five in a hundred
apart at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.compare.cues import cues
from detente.compare.differences.sides import Accounts
from detente.compare.groups import group_by_pairs
from detente.compare.pile import Pile
from detente.compare.shelf import Sorter
from detente.record import Article, Difference, Figure, Reading, Span

KILOMETRES = {
    "km": 1.0, "mi": 1.609344, "nmi": 1.852, "m": 0.001, "ft": 0.0003048, "yd": 0.0009144,
}  # fmt: skip
ROUNDING = 0.05
NEAR = 3  # days between the reports: ships and fronts move
_FROM = re.compile(r"[^.;!?]{0,24}?\b(?:from|off|of)\s(?P<place>[^.,;:!?]{3,60})")


@dataclass(frozen=True, slots=True)
class Measured:
    """A distance in kilometres, as written, and the words of the place it is measured from."""

    id: str
    span: Span
    low: float
    high: float
    written: str
    place: frozenset[str]
    day: int | None


def find_distance_differences(
    readings: Iterable[Reading], pile: Pile, accounts: Accounts, *, removed: frozenset[str]
) -> Iterator[Difference]:
    """Distances from one place in one story on which independent accounts part."""
    by_story: Sorter[str, Measured] = Sorter(Measured)
    for reading in readings:
        figures = [f for f in reading.figures if f.kind == "distance" and f.id not in removed]
        article = pile.article(reading.article) if figures else None
        for figure in figures:
            told = _measured(figure, article) if article else None
            if told:
                by_story.add(accounts.story.get(reading.article, ""), told)
    for _, measured in by_story.groups():
        for alike in _same_place(measured):
            yield from _contrast(alike, accounts)


def _same_place(told: list[Measured]) -> Iterator[list[Measured]]:
    """Distances whose places have two words in common."""
    for members in group_by_pairs([one.place for one in told], [one.day for one in told], near=NEAR):
        yield [told[i] for i in members]


def _contrast(told: list[Measured], accounts: Accounts) -> Iterator[Difference]:
    sides: list[list[Measured]] = []
    for one in sorted(told, key=lambda m: (m.low, accounts.order.span(m.span))):
        home = next((s for s in sides if s[0].low <= one.high and one.low <= s[0].high), None)
        if home is None:
            sides.append([one])
        else:
            home.append(one)
    writers = [{accounts.writer_of(m.span.article) for m in side} for side in sides]
    # An account that gives both distances measures two things.
    if len(sides) < 2 or set.intersection(*writers):
        return
    written = [accounts.side(side[0].written, (m.span for m in side)) for side in sides]
    why = "the distance: " + " against ".join(side[0].written for side in sides)
    about = [m.id for side in sides for m in side]
    yield accounts.difference("number", about, written, severity="medium", why=why, confidence=0.5)


def _measured(figure: Figure, article: Article) -> Measured | None:
    if figure.low is None or figure.high is None or figure.unit not in KILOMETRES:
        return None
    after = article.text[figure.span.end : figure.span.end + 120]
    words = article.words(figure.span) + after[:20]
    unit = "nmi" if "nautical" in words else figure.unit
    found = _FROM.match(after)
    if found is None:
        return None
    place = frozenset(
        w[:6] for w in re.findall(r"[^\W\d_]+", found["place"].casefold())
        if w not in cues().function_words and len(w) > 1
    )  # fmt: skip
    factor = KILOMETRES[unit]
    day = article.published.last_day
    names = {"mi": "miles", "nmi": "nautical miles"}
    return Measured(
        figure.id, figure.span, figure.low * factor * (1 - ROUNDING), figure.high * factor * (1 + ROUNDING),
        f"{figure.low:,.0f} {names.get(unit, unit)}", place, day.toordinal() if day else None,
    )  # fmt: skip
