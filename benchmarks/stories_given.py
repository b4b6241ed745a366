"""Gold action mentions given to the comparison as events: trigger and clause by the parse, parties by the readers.

What our event reader codes keeps its type, parties, date and status. Any other gold mention becomes an event without
a type: the head of its words is the lemma, the clause below that head the evidence, and actors whom the readers found
in its subject or object are its parties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from detente.record import Actor, Date, Event, Reading, Span, make_id

if TYPE_CHECKING:
    from detente.language.parse import Paragraph, ParsedArticle

DOERS = frozenset(("nsubj", "agent", "csubj"))
DONE_TO = frozenset(("dobj", "nsubjpass", "dative", "pobj", "attr", "poss"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold action mention: where it stands, and its chain (its own where the gold gives none)."""

    article: str
    start: int
    end: int
    chain: str


def give_mentions(
    parsed: ParsedArticle, reading: Reading, mentions: Sequence[Mention], coded: Mapping[Mention, Event]
) -> Iterator[tuple[Mention, Event]]:
    """One event a gold mention of the article."""
    for mention in mentions:
        paragraph = next((p for p in parsed.paragraphs if p.start <= mention.start < p.end), None)
        if mention in coded:
            yield mention, _as_given(coded[mention], mention)
        elif paragraph is not None:
            yield mention, _made(paragraph, mention, reading.actors)


def _as_given(event: Event, mention: Mention) -> Event:
    """A coded event under an id of its mention: two mentions may lie in one coded clause."""
    return replace(event, id=make_id("ev", mention.article, str(mention.start), str(mention.end)))


def _made(paragraph: Paragraph, mention: Mention, actors: Sequence[Actor]) -> Event:
    head = _head(paragraph, mention)
    clause = Span(mention.article, mention.start, mention.end)
    lemma, doers, done_to = "", (), ()
    if head is not None:
        clause, lemma = (
            paragraph.span_of(paragraph.doc[head.left_edge.i : head.right_edge.i + 1]),
            head.lemma_.casefold(),
        )
        doers, done_to = _parties(paragraph, head, DOERS, actors), _parties(paragraph, head, DONE_TO, actors)
    return Event(
        make_id("ev", mention.article, str(mention.start), str(mention.end)), "", None, (), None, "none",
        doers, done_to, Date.unknown(), None, "happened", ("narrator",), (clause,),
        trigger=Span(mention.article, mention.start, mention.end), lemma=lemma,
    )  # fmt: skip


def _head(paragraph: Paragraph, mention: Mention) -> Any:
    """The token of the mention's words that hangs on a word outside them."""
    start, end = mention.start - paragraph.start, mention.end - paragraph.start
    tokens = [t for t in paragraph.doc if t.idx < end and start < t.idx + len(t)]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head is t), None)


def _parties(
    paragraph: Paragraph, head: Any, roles: frozenset[str], actors: Sequence[Actor]
) -> tuple[str, ...]:
    """The actors named in the words that stand in one of some roles to the head (or to a preposition below it)."""
    words = [c for c in head.children if c.dep_ in roles]
    words += [g for c in head.children if c.dep_ in ("prep", "agent") for g in c.children if g.dep_ in roles]
    if roles is DOERS:
        words = [w for w in words if w.dep_ in ("nsubj", "csubj", "agent") or w.head.dep_ == "agent"]
    found: dict[str, None] = {}
    for word in words:
        start, end = (
            paragraph.start + word.left_edge.idx,
            paragraph.start + word.right_edge.idx + len(word.right_edge),
        )
        for actor in actors:
            if any(
                start <= m.start and m.end <= end for m in actor.mentions if m.article == paragraph.article
            ):
                found[actor.id] = None
    return tuple(found)
