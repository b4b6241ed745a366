"""A figure as its account tells it, ready to be set against another's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.compare.differences.sides import Accounts
from detente.compare.groups import group_by_pairs
from detente.record import Article, Difference, Figure, Span

ROUNDING = 0.05  # round numbers stand for what lies this near
VAGUE = 3.0  # times its lower end: "dozens" is no number to contradict another


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it takes to compare it: bounds, place, day, and the words that say of what it is."""

    id: str
    article: str
    low: float
    high: float
    span: Span
    words: frozenset[str]
    day: int
    of: str = ""
    context: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """True for "at least 12" and "up to 40"."""
        return not self.low or math.isinf(self.high)


def bounds_of(low: float | None, high: float | None, *, approximate: bool) -> tuple[float, float]:
    """Bounds widened by what rounding hides; none is 0 ("up to 40") or infinite ("at least 12")."""
    first = 0.0 if low is None else low
    last = math.inf if high is None else high
    if approximate or is_round(first or last):
        return first * (1 - ROUNDING), last * (1 + ROUNDING)
    return first, last


def is_round(value: float) -> bool:
    """40,000 and 1,500,000 are round; 41,000 and 40 are counted."""
    digits = f"{value:.0f}"
    return value >= 100 and len(digits.rstrip("0")) <= max(1, len(digits) // 3)


def day_of(article: Article) -> int:
    """The day of publication as a number; -1 where it is unknown."""
    day = article.published.last_day
    return day.toordinal() if day else -1


def told_figure(
    figure: Figure, article: Article, words: frozenset[str], context: frozenset[str]
) -> Told | None:
    """A figure with bounds, or None where it has none or "dozens" says no more than that they were many."""
    if figure.low is None and figure.high is None:
        return None
    if figure.low and figure.high and figure.high > VAGUE * figure.low:
        return None
    low, high = bounds_of(figure.low, figure.high, approximate=figure.approximate)
    return Told(
        figure.id, article.id, low, high, figure.span, words, day_of(article), figure.of or "", context
    )  # fmt: skip


def compatible(one: Iterable[Told], other: Sequence[Told]) -> bool:
    """True where any figure of one account fits any of the other."""
    return any(a.low <= b.high and b.low <= a.high for a in one for b in other)


def by_context(told: Sequence[Told]) -> Iterator[list[Told]]:
    """Figures of one event: their sentences have two words in common; a third account may be the bridge."""
    for members in group_by_pairs([figure.context for figure in told]):
        yield [told[i] for i in members]


def part_sides(figures: Iterable[Told], accounts: Accounts) -> list[list[Told]]:
    """Accounts that agree, side by side; "at least a dozen" agrees with 14 and 16 and so comes last.

    Of several the first told goes first.
    """
    by_writer: dict[str, list[Told]] = {}
    for figure in sorted(figures, key=lambda f: accounts.order.span(f.span)):
        by_writer.setdefault(accounts.writer_of(figure.article), []).append(figure)
    writers = sorted(
        by_writer,
        key=lambda w: (all(f.open for f in by_writer[w]), min(f.day for f in by_writer[w])),
    )
    sides: list[list[Told]] = []
    for writer in writers:
        mine = by_writer[writer]
        home = next((side for side in sides if compatible(side, mine)), None)
        if home is None:
            sides.append(list(mine))
        elif not all(f.open for f in mine):
            home.extend(mine)
    return sides


def grows(sides: list[list[Told]]) -> bool:
    """True where a later day's report raises the count: an update."""
    steps = [(min(f.day for f in side), max(f.high for f in side)) for side in sides]
    days = [day for day, _ in steps]
    if -1 in days or len(set(days)) < len(days):
        return False
    ordered = [high for _, high in sorted(steps)]
    return ordered == sorted(ordered)


def _number(told: Told) -> str:
    if math.isinf(told.high):
        return f"at least {told.low:,.0f}"
    return f"{(told.low + told.high) / 2:,.0f}" if told.low else f"up to {told.high:,.0f}"


def number_difference(
    sides: list[list[Told]], accounts: Accounts, *, counted: str, severity: str | None = None
) -> Difference:
    """Sides that do not fit, each with its greatest figure, and why."""
    written = []
    for side in sides:
        best = max(side, key=lambda f: f.low)
        written.append(accounts.side(_number(best), (f.span for f in side if compatible([best], [f]))))
    numbers = sorted(max(f.low or f.high for f in side) for side in sides)
    severity = severity or ("medium" if numbers[-1] > 1.5 * numbers[0] else "low")
    why = " against ".join(s.value for s in written) + f" {counted}"
    about = [f.id for side in sides for f in side]
    return accounts.difference("number", about, written, severity=severity, why=why, confidence=0.5)
