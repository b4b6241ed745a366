"""Independent accounts of one story that count the same thing and come to different numbers.

Two accounts differ only when *no* figure of one is compatible with any of the other for the same thing:
an account that gives both the old and the new toll differs from neither. A toll that grows from one day
to the next is an update, not a difference.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.compare.cluster import NO_DAY
from detente.compare.cues import cues
from detente.compare.differences.sides import Accounts, make_difference
from detente.compare.pile import Pile
from detente.compare.words import WORD
from detente.record import Article, Difference, Figure, Reading, Span

GROWING = frozenset(("killed", "injured", "arrested"))
COMPARED = GROWING | {"forces", "vehicles", "money", "people", "count"}
LEAD = 6  # paragraphs in which a report gives the toll it reports
APART = 3  # days without a count after which a new count is another
ROUNDING = 0.05  # round numbers stand for what lies this near


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it takes to compare it."""

    id: str
    article: str
    low: float
    high: float
    span: Span
    words: frozenset[str]
    day: int
    of: str = ""


def find_number_differences(
    readings: Iterable[Reading], pile: Pile, accounts: Accounts, *, removed: frozenset[str]
) -> Iterator[Difference]:
    """Figures of one kind and unit for the same thing in one story, where independent accounts part."""
    groups: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for reading in readings:
        figures = [f for f in reading.figures if f.kind in COMPARED and f.id not in removed]
        article = pile.article(reading.article) if figures else None
        for figure in figures:
            if article is None or (figure.kind in GROWING and not _is_total(figure, article)):
                continue
            told = _told(figure, article)
            if told is not None:
                story = _where(figure, accounts)
                groups[story, figure.kind, figure.unit or ""].append(told)
    for (_, kind, _), figures_told in sorted(groups.items()):
        for alike in _samething_class(figures_told, kind):
            yield from _contrast(alike, kind, accounts)


def _where(figure: Figure, accounts: Accounts) -> str:
    """Where a figure is compared: a toll within its incident, other things within their longest story,
    what bears a name in the whole pile (of these days)."""
    if figure.kind in GROWING:
        return accounts.incident.get(figure.span.article, "")
    if any(w[0].isupper() for w in WORD.findall(figure.of or "")):
        return ""
    return accounts.story.get(figure.span.article, "")


def _is_total(figure: Figure, article: Article) -> bool:
    """A toll as the news gives it: told early, and not a part ("six of his grandchildren")."""
    lead = article.body[LEAD - 1][1] if len(article.body) >= LEAD else len(article.text)
    after = article.text[figure.span.end : figure.span.end + 4]
    return figure.span.end <= lead and not after.startswith(" of ")


def _told(figure: Figure, article: Article) -> Told | None:
    if figure.low is None and figure.high is None:
        return None
    low = 0.0 if figure.low is None else figure.low  # "up to 40"
    high = math.inf if figure.high is None else figure.high  # "at least 12"
    if figure.approximate or _is_round(low or high):
        low, high = low * (1 - ROUNDING), high * (1 + ROUNDING)
    words = frozenset(map(thing_class, WORD.findall(figure.of or ""))) - {""}
    day = article.published.last_day
    return Told(
        figure.id, article.id, low, high, figure.span, words, day.toordinal() if day else -1, figure.of or ""
    )


def thing_class(word: str) -> str:
    """A word of what is counted: its class where it has one, else cut to six letters."""
    folded = word.casefold()
    if folded in cues().function_words:
        return ""
    singular = folded.removesuffix("s")
    return cues().things.get(singular, cues().things.get(folded, singular[:6]))


def _is_round(value: float) -> bool:
    """40,000 and 1,500,000 are round; 41,000 and 40 are counted."""
    digits = f"{value:.0f}"
    return value >= 100 and len(digits.rstrip("0")) <= max(1, len(digits) // 3)


def _samething_class(figures: list[Told], kind: str) -> Iterator[list[Told]]:
    """Figures that count the same: victims of a story, or things with the same words."""
    if kind in GROWING:
        plain = [f for f in figures if not f.words or len(f.words) <= 2]
        yield plain
        return
    groups: dict[frozenset[str], list[Told]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: (f.day, f.span)):
        if figure.words - {"people"}:
            groups[figure.words].append(figure)
    for words in sorted(groups, key=sorted):
        yield from _near_days(groups[words])


def _near_days(figures: list[Told]) -> Iterator[list[Told]]:
    """Figures in the order of days, cut where nothing was counted for ``APART`` days."""
    run: list[Told] = []
    for figure in figures:
        if run and figure.day - run[-1].day > APART and NO_DAY not in (figure.day, run[-1].day):
            yield run
            run = []
        run.append(figure)
    yield run


def _contrast(figures: list[Told], kind: str, accounts: Accounts) -> Iterator[Difference]:
    by_writer: dict[str, list[Told]] = defaultdict(list)
    for figure in figures:
        by_writer[accounts.writer_of(figure.article)].append(figure)
    # "At least a dozen" agrees with 14 and with 16 but does not make 14 agree with 16: it comes last.
    writers = sorted(
        by_writer, key=lambda w: (all(map(_open, by_writer[w])), min((f.day, f.span) for f in by_writer[w]))
    )
    sides: list[list[Told]] = []
    for writer in writers:
        mine = by_writer[writer]
        home = next((side for side in sides if _compatible(side, mine)), None)
        if home is None:
            sides.append(list(mine))
        elif not all(map(_open, mine)):
            home.extend(mine)
    if len(sides) < 2 or (kind in GROWING and _grows(sides)):
        return
    yield _difference(sides, kind, accounts)


def _open(told: Told) -> bool:
    return not told.low or math.isinf(told.high)


def _compatible(one: list[Told], other: list[Told]) -> bool:
    return any(a.low <= b.high and b.low <= a.high for a in one for b in other)


def _grows(sides: list[list[Told]]) -> bool:
    """A toll that a later day's report raises is an update."""
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


def _counted(sides: list[list[Told]], kind: str) -> str:
    """What is counted, in an account's own words."""
    if kind in GROWING:
        return kind
    return min((f.of for side in sides for f in side if f.of), key=lambda of: (len(of), of), default=kind)


def _difference(sides: list[list[Told]], kind: str, accounts: Accounts) -> Difference:
    written = []
    for side in sides:
        best = max(side, key=lambda f: (f.low, f.span))
        written.append(accounts.side(_number(best), (f.span for f in side if _compatible([best], [f]))))
    numbers = sorted(max(f.low or f.high for f in side) for side in sides)
    severity = "high" if kind == "killed" else "medium" if numbers[-1] > 1.5 * numbers[0] else "low"
    why = " against ".join(s.value for s in written) + f" {_counted(sides, kind)}"
    about = [f.id for side in sides for f in side]
    return make_difference("number", about, written, severity=severity, why=why, confidence=0.5)
