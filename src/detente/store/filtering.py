"""A :class:`~detente.store.protocol.Filter` as SQL over the table ``records`` (alias ``r``).

One condition serves the page, its total and its export, so that the three cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from detente.store.protocol import Filter

# Whom a filter by actor means, where not everyone a record names.
_ACTOR_FIELDS = {"statements": ("speakers",), "positions": ("parties",)}
_COLUMNS = (
    ("kind", "r.kind = ?"),
    ("status", "r.status = ?"),
    ("severity", "json_extract(r.json, '$.severity') = ?"),
    ("since", "r.last_day >= ?"),
    ("until", "r.first_day <= ?"),
    ("known_since", "r.known >= ?"),
    ("known_until", "r.known <= ?"),
)
# Found by their names, not by words they cite.
_NAMED_LAYERS = ("actors", "issues", "episodes", "origins", "versions")
_NAMES = "json_extract(r.json, '$.name', '$.names', '$.label', '$.keywords', '$.address')"


@dataclass(frozen=True, slots=True)
class Matching:
    """How a database looks for words in an index (alias ``w``): the column that numbers its rows, the
    condition, what to order by (best first), and the values of their question marks."""

    key: str
    condition: str
    rank: str
    values: tuple[Any, ...]
    rank_values: tuple[Any, ...] = ()


def condition_of(
    layer: str, where: Filter, *, matching: Callable[[str, str], Matching]
) -> tuple[str, list[Any]]:
    """The condition and the values of its question marks; ``matching``: index and words → how to look."""
    conditions, values = ["r.layer = ?"], [layer]
    for name, condition in _COLUMNS:
        if (value := getattr(where, name)) is not None:
            conditions.append(condition)
            values.append(value)
    for condition, more in (
        _actors(layer, where),
        _names(where),
        _articles(layer, where),
        _text(layer, where, matching),
    ):
        if condition:
            conditions.append(condition)
            values += more
    return " AND ".join(conditions), values


def _actors(layer: str, where: Filter) -> tuple[str, list[Any]]:
    if where.actors is None:
        return "", []
    if layer == "actors":
        return "r.id IN (SELECT value FROM json_each(?))", [json.dumps(where.actors)]
    sql, values = _linked(where.actors)
    fields = _ACTOR_FIELDS.get(layer, ())
    if fields:
        sql += f" AND l.field IN ({','.join('?' * len(fields))})"
    return f"r.n IN ({sql})", [*values, *fields]


def _names(where: Filter) -> tuple[str, list[Any]]:
    if where.names is None:
        return "", []
    sql, values = _linked(where.names)
    return f"r.n IN ({sql})", values


def _linked(targets: tuple[str, ...]) -> tuple[str, list[Any]]:
    sql = "SELECT l.record FROM links AS l WHERE l.target IN (SELECT value FROM json_each(?))"
    return sql, [json.dumps(targets)]


def _articles(layer: str, where: Filter) -> tuple[str, list[Any]]:
    """Resting on any of some articles; what cites no words (origins, episodes, versions) by naming them."""
    if where.articles is None:
        return "", []
    wanted = json.dumps(where.articles)
    if layer == "articles":
        return "r.id IN (SELECT value FROM json_each(?))", [wanted]
    cited = "SELECT c.record FROM citations AS c WHERE c.article IN (SELECT value FROM json_each(?))"
    if layer not in ("origins", "episodes", "versions"):
        return f"r.n IN ({cited})", [wanted]
    sql, values = _linked(where.articles)
    return f"(r.n IN ({cited}) OR r.n IN ({sql}))", [wanted, *values]


def _text(layer: str, where: Filter, matching: Callable[[str, str], Matching]) -> tuple[str, list[Any]]:
    if where.text is None:
        return "", []
    found = matching("article_words" if layer == "articles" else "statement_words", where.text)
    if layer == "articles":
        return (
            f"r.id IN (SELECT a.id FROM article_words AS w JOIN articles AS a ON a.n = {found.key} "
            f"WHERE {found.condition})",
            list(found.values),
        )
    if layer in _NAMED_LAYERS:
        return _like(_NAMES, where.text)
    sql = f"r.n IN (SELECT {found.key} FROM statement_words AS w WHERE {found.condition})"
    return sql, list(found.values)


def _like(value: str, text: str) -> tuple[str, list[Any]]:
    """Every word of a text within a value; SQLite folds the case of ASCII letters alone."""
    words = re.findall(r"\w+", text)
    return " AND ".join([f"lower({value}) LIKE lower(?)"] * len(words)), [f"%{word}%" for word in words]
