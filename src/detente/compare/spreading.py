"""A comparison over several processes: what is worked out side by side, and the comparison within a fork."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

from detente.compare.comparison import Comparison
from detente.compare.pile import MemoryPile, Pile
from detente.forks import at_once

_BY_ARTICLES = ("found_versions", "found_episodes", "shares", "found_origins", "placed")


def prepare(comparison: Comparison) -> None:
    """Work out what all layers need.

    Of a small pile a fork works out what rests on the articles, and this process what rests on their actors.
    """
    if comparison.small and comparison.spread.wide and comparison.spread.reopen is not None:
        calls: list[Callable[[], Any]] = [partial(_actors, comparison), partial(_by_articles, comparison)]
        vars(comparison).update(at_once(calls)[1])
    comparison.counter, comparison.actor_map, comparison.pile  # noqa: B018


def apart(comparison: Comparison) -> Comparison:
    """The comparison in a fork: what is worked out already, over a view of the pile of its own."""
    if comparison.small or comparison.spread.reopen is None:
        return comparison
    known = {name: value for name, value in vars(comparison).items() if name != "pile"}
    return _over(comparison.spread.reopen(), comparison, known)


def _actors(comparison: Comparison) -> None:
    """Who is one actor and, where every article has its date, so that none is placed, what is one record."""
    comparison.actor_map  # noqa: B018
    if all(article.published.last_day is not None for article in comparison.as_read.articles()):
        vars(comparison)["placed"] = {}
        comparison.actors()
        comparison.same_words  # noqa: B018
        for layer in ("events", "meetings", "measures"):
            comparison.merged(layer)


def _by_articles(comparison: Comparison) -> dict[str, Any]:
    """What rests on articles and their statements alone, by name."""
    assert comparison.spread.reopen is not None
    view = comparison.spread.reopen()
    pile = MemoryPile(view.articles(), view.readings("statements"))
    other = _over(pile, comparison, vars(comparison))
    return {name: getattr(other, name) for name in _BY_ARTICLES}


def _over(pile: Pile, comparison: Comparison, known: dict[str, Any]) -> Comparison:
    other = copy.copy(comparison)
    vars(other).clear()
    vars(other).update(known, as_read=pile)
    return other
