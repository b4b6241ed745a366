"""What the content of a plain report does, by the rules of ``data/speech_acts.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.readers.statements.clauses import Clause

KEYS = frozenset(
    ("act", "party", "modal", "negated", "past", "passive", "conditional", "direct", "verbs", "unless",
     "words", "phrase")
)  # fmt: skip


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

    def fits(self, clause: Clause) -> bool:
        """True when every condition of the rule holds for the clause."""
        for name, wanted in self.flags:
            if getattr(clause, name) is not wanted:
                return False
        return (
            (not self.parties or bool(self.parties & clause.parties))
            and (not self.modals or clause.modal in self.modals)
            and (not self.verbs or bool(self.verbs & clause.verbs))
            and not self.unless & clause.verbs
            and (not self.words or bool(self.words & clause.words))
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

    flags = ("negated", "past", "passive", "conditional", "direct")
    return Rule(
        act=row["act"], parties=words("party"), modals=words("modal"),
        flags=tuple((name, row[name]) for name in flags if name in row),
        verbs=words("verbs"), unless=words("unless"), words=words("words"),
        phrase=re.compile(row["phrase"]) if "phrase" in row else None,
    )  # fmt: skip


def act_by_content(clauses: list[Clause]) -> str | None:
    """The act of the first rule that fits one of the clauses; None where none does."""
    return next((rule.act for rule in rules() if any(rule.fits(c) for c in clauses)), None)
