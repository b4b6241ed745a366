"""What the content of a plain report does, by the rules of ``data/speech_acts.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from detente.readers.statements.clauses import Clause

KEYS = frozenset(
    ("act", "party", "modal", "negated", "past", "passive", "conditional", "direct", "verbs", "unless",
     "words", "phrase")
)  # fmt: skip
_FLAGS = ("negated", "past", "passive", "conditional", "direct")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; an empty set, None or "" asks nothing."""

    act: str
    parties: frozenset[str]
    modals: frozenset[str]
    flags: tuple[tuple[str, bool], ...]
    verbs: frozenset[str]
    unless: frozenset[str]
    words: frozenset[str]
    phrase: re.Pattern[str] | None

    def fits_words(self, clause: Clause) -> bool:
        """True when the conditions on words hold for a clause; those on its form are looked at before."""
        return (
            (not self.verbs or not self.verbs.isdisjoint(clause.verbs))
            and self.unless.isdisjoint(clause.verbs)
            and (not self.words or not self.words.isdisjoint(clause.words))
            and (self.phrase is None or self.phrase.search(clause.text) is not None)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """Load the rules once, in order.

    Raises:
        ValueError: a rule has a key that none of the conditions knows.
    """
    data = tomllib.loads((files("detente") / "data" / "speech_acts.toml").read_text(encoding="utf-8"))
    return tuple(_rule(row, data["lists"]) for row in data["rule"])


def _rule(row: dict[str, Any], lists: dict[str, list[str]]) -> Rule:
    if not row.keys() <= KEYS:
        raise ValueError(f"unknown keys in speech_acts.toml: {sorted(row.keys() - KEYS)}")

    def words(key: str) -> frozenset[str]:
        value = row.get(key, [])
        return frozenset(lists[value] if isinstance(value, str) else value)

    return Rule(
        act=row["act"], parties=words("party"), modals=words("modal"),
        flags=tuple((name, row[name]) for name in _FLAGS if name in row),
        verbs=words("verbs"), unless=words("unless"), words=words("words"),
        phrase=re.compile(row["phrase"]) if "phrase" in row else None,
    )  # fmt: skip


def act_by_content(clauses: list[Clause]) -> str | None:
    """The act of the first rule that fits one of the clauses; None where none does."""
    best: tuple[int, str] | None = None
    for clause in clauses:
        told = tuple(getattr(clause, name) for name in _FLAGS)
        for number, rule in _open_rules(told, clause.modal, clause.parties):
            if best is not None and number >= best[0]:
                break
            if rule.fits_words(clause):
                best = number, rule.act
                break
    return best[1] if best else None


@lru_cache(maxsize=1024)
def _open_rules(told: tuple[bool, ...], modal: str, parties: frozenset[str]) -> tuple[tuple[int, Rule], ...]:
    """The rules that a clause's form leaves open, with their places: few of them, and few forms in all."""
    form = dict(zip(_FLAGS, told, strict=True))
    return tuple(
        (number, rule)
        for number, rule in enumerate(rules())
        if all(form[name] is wanted for name, wanted in rule.flags)
        and (not rule.parties or rule.parties & parties)
        and (not rule.modals or modal in rule.modals)
    )
