"""What changed between two models: of two dates, or a draft and what the analyst made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from detente.conflict.model import Model

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``how`` added, removed or changed; ``before`` and ``after`` in words."""

    how: str
    kind: str
    name: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        mark = {ADDED: "+", REMOVED: "-", CHANGED: "~"}[self.how]
        both = f": {self.before or '–'} → {self.after or '–'}" if self.how == CHANGED else ""
        return f"{mark} {self.kind} {self.name}{both}"


def diff_models(old: Model, new: Model) -> list[Change]:
    """The differences from one model to another, by kind of element.

    Elements are matched by what they say (an option by its id, a statement by party and formula); where a
    matched element differs, each differing field is one change. Citations are compared by their words.
    """
    changes = [
        Change(CHANGED, "model", key, str(getattr(old, key)), str(getattr(new, key)))
        for key in ("title", "date")
        if getattr(old, key) != getattr(new, key)
    ]
    changes += _present(old, new)
    kinds: tuple[tuple[str, str, Callable[[Any], str], tuple[str, ...]], ...] = (
        ("party", "parties", lambda e: e.id, ("name", "preferences")),
        ("option", "options", lambda e: e.id, ("owner", "label", "direction")),
        ("exclusion", "exclusions", lambda e: e.when, ("reason",)),
        ("preference", "preferences", lambda e: f"{e.party}: {e.holds}", ("rank",)),
        ("ranking", "rankings", lambda e: e.party, ("best_first", "rest")),
        ("pair", "pairs", lambda e: f"{e.party}: {e.better} over {e.worse}", ()),
        ("move", "moves", lambda e: f"{e.party} {'+'.join(e.takes)} {'-'.join(e.drops)}".strip(), ("date",)),
    )
    for kind, field, name, compared in kinds:
        changes += _elements(kind, getattr(old, field), getattr(new, field), name, compared)
    return changes


def _present(old: Model, new: Model) -> list[Change]:
    before = set(old.taken(old.present)) if old.present is not None else set()
    after = set(new.taken(new.present)) if new.present is not None else set()
    both = set(old.option_ids) & set(new.option_ids)
    words = {True: "taken", False: "not taken"}
    return [
        Change(CHANGED, "present", name, words[name in before], words[name in after])
        for name in sorted((before ^ after) & both)
    ]


def _elements(
    kind: str,
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    name: Callable[[Any], str],
    compared: tuple[str, ...],
) -> list[Change]:
    before, after = {name(e): e for e in old}, {name(e): e for e in new}
    changes = [Change(REMOVED, kind, key) for key in before if key not in after]
    changes += [Change(ADDED, kind, key) for key in after if key not in before]
    for key in before:
        if key in after:
            changes += _fields(kind, key, before[key], after[key], compared)
    return changes


def _fields(kind: str, key: str, old: Any, new: Any, compared: tuple[str, ...]) -> list[Change]:
    pairs = [(field, getattr(old, field), getattr(new, field)) for field in compared]
    pairs += [
        (field, getattr(old.support, field), getattr(new.support, field))
        for field in ("status", "claim", "side")
    ]
    pairs.append(("citations", _quotes(old), _quotes(new)))
    return [
        Change(CHANGED, kind, f"{key} ({field})", str(before), str(after))
        for field, before, after in pairs
        if before != after
    ]


def _quotes(element: Any) -> str:
    return " | ".join(sorted({" ".join(c.quote.split()) for c in element.support.cite}))
