"""Who a word refers to: the mentions that the actors reader found, looked up by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from detente.language.parse import Paragraph
from detente.record import Actor, Span

MENTION_KINDS = ("name", "nominal", "pronoun", "unnamed")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is referred to.

    ``start``, ``end`` and ``head`` are token indices in the paragraph's parse; ``actors`` the local
    actor ids it refers to (several for "both ministers", none when the reference stays open);
    ``kind`` name ("Lavrov"), nominal ("the Russian foreign minister"), pronoun ("he") or unnamed
    ("a senior administration official"); ``inferred`` stands for one whose country or holder only the
    text around tells ("the ministry" after a sentence about one state).
    """

    paragraph: int
    start: int
    end: int
    head: int
    span: Span
    actors: tuple[str, ...]
    kind: str
    confidence: float = 1.0
    inferred: bool = False

    @property
    def named(self) -> bool:
        """False for a source that the text does not name ("a senior official")."""
        return self.kind != "unnamed"


@dataclass(slots=True)
class ActorIndex:
    """The actors of one article and where they are mentioned.

    ``worked_out`` holds what readers found of the article by these mentions, for the readers after them.
    """

    actors: dict[str, Actor] = field(default_factory=dict)
    worked_out: dict[str, Any] = field(default_factory=dict, compare=False)
    _by_token: dict[tuple[int, int], Mention] = field(default_factory=dict)
    _by_paragraph: dict[int, list[Mention]] = field(default_factory=lambda: defaultdict(list))

    def add(self, mention: Mention) -> None:
        """Enter a mention; where two overlap the first entered keeps the shared tokens."""
        self.worked_out.clear()
        self._by_paragraph[mention.paragraph].append(mention)
        for i in range(mention.start, mention.end):
            self._by_token.setdefault((mention.paragraph, i), mention)

    def mentions(self, paragraph: Paragraph) -> list[Mention]:
        """The mentions of a paragraph in reading order."""
        return sorted(self._by_paragraph.get(paragraph.index, ()), key=lambda m: (m.start, -m.end))

    def at(self, paragraph: Paragraph, token: int) -> Mention | None:
        """The mention that covers a token, if any."""
        return self._by_token.get((paragraph.index, token))

    def within(self, paragraph: Paragraph, start: int, end: int) -> list[Mention]:
        """The mentions whose head lies in the token range ``start``–``end`` (end excluded)."""
        return [m for m in self.mentions(paragraph) if start <= m.head < end]

    def refer(self, paragraph: Paragraph, tokens: Iterable[int]) -> tuple[str, ...]:
        """The actors that the heads among these tokens refer to, in order, each once."""
        found: dict[str, None] = {}
        for i in tokens:
            mention = self.at(paragraph, i)
            if mention is not None:
                found.update(dict.fromkeys(mention.actors))
        return tuple(found)
