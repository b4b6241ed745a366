"""Two accounts that give one act two days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from detente.compare.cluster import day_text
from detente.compare.differences.sides import Accounts
from detente.compare.order import Order
from detente.compare.told_dates import DatedAct, find_dated_acts
from detente.record import Article, Difference, Side, Span

FARTHEST = 45  # days between two dates of one act; farther apart they are held to be two acts
LEAST_NAMES = 2  # names in common that make two clauses speak of one act
MOST_HELD = 60
CitedBy = Callable[[Span], list[str]]
"""The ids of the records that rest on some words."""


def find_date_differences(
    articles: Iterable[Article], accounts: Accounts, cited_by: CitedBy
) -> Iterator[Difference]:
    """One difference for every act to which independent accounts give days that cannot both be right."""
    acts = [act for article in articles for act in find_dated_acts(article)]
    for group in _same_act(acts, accounts.order):
        yield from _contrast(group, accounts, cited_by)


def _same_act(acts: list[DatedAct], order: Order) -> Iterator[list[DatedAct]]:
    """Acts of the same verb around the same names, not too far apart in time."""
    groups: list[list[DatedAct]] = []
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for act in sorted(acts, key=lambda a: (a.first, order.span(a.clause))):
        near = {n for name in act.names for n in by_name[act.act, name][-MOST_HELD:]}
        fitting = [n for n in sorted(near) if _fits(act, groups[n][0])]
        number = fitting[0] if fitting else len(groups)
        if not fitting:
            groups.append([])
        groups[number].append(act)
        for name in act.names:
            if number not in by_name[act.act, name][-3:]:
                by_name[act.act, name].append(number)
    yield from (group for group in groups if len(group) > 1)


def _fits(act: DatedAct, other: DatedAct) -> bool:
    near = abs(act.first - other.first) <= FARTHEST and len(act.names & other.names) >= LEAST_NAMES
    return near and _by_one(act, other) and _by_one(other, act)


def _by_one(act: DatedAct, other: DatedAct) -> bool:
    """False where the names before the verb are none of the other's: two governors each sign an act."""
    return not act.before or bool(act.before & other.names)


def _contrast(group: list[DatedAct], accounts: Accounts, cited_by: CitedBy) -> Iterator[Difference]:
    sides: list[list[DatedAct]] = []
    for act in sorted(group, key=lambda a: (a.loose, a.first, a.last, accounts.order.span(a.clause))):
        for side in sides:
            if side[0].first <= act.last and act.first <= side[0].last:
                side.append(act)
                break
        else:
            sides.append([act])
    opposed = [
        side for side in sides
        if any(accounts.independent(a.article, b.article) for other in sides if other is not side
               for a in side for b in other)
    ]  # fmt: skip
    # An account that gives both days is no witness against either.
    if len(opposed) < 2 or {a.article for a in opposed[0]} & {a.article for a in opposed[1]}:
        return
    loose = any(act.loose for side in opposed for act in side)
    values = [_value(side[0]) for side in opposed]
    why = f"{group[0].act}: {values[0]} in one account, {values[1]} in another"
    written: list[Side] = [
        accounts.side(value, (act.clause for act in side))
        for value, side in zip(values, opposed, strict=True)
    ]
    about = [i for side in opposed for act in side for i in cited_by(act.clause) or [act.article]]
    yield accounts.difference(
        "date", about, written, severity="low" if loose else "medium", why=why,
        confidence=0.6 if loose else 0.75,
    )  # fmt: skip


def _value(act: DatedAct) -> str:
    if act.first == act.last:
        return day_text(act.first)
    return f"about {day_text((act.first + act.last) // 2)}"
