"""The date of what a verb or noun reports: the time expression that it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.language.parse import Paragraph
from detente.language.times.expression import TimeExpression
from detente.language.times.words import load_words
from detente.record import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc


def date_of(paragraph: Paragraph, token: int, times: list[TimeExpression], published: Date) -> Date:
    """The date of what the verb or noun at ``token`` reports.

    The nearest time expression that the token governs (own modifiers before the clause's, the clause
    before the sentence); else ``published`` with basis "published" (unknown when the page has no date).
    """
    doc = paragraph.doc
    sentence = doc[token].sent
    best: TimeExpression | None = None
    best_rank = (9, 0)
    for time in times:
        if time.kind in ("DURATION", "SET") or not sentence.start <= time.start < sentence.end:
            continue
        if not time.date.known and time.value != "":
            continue
        if _told_by(doc, token, time):
            continue
        rank = (_distance(doc, token, time), abs(time.start - token))
        if rank < best_rank:
            best, best_rank = time, rank
    if best is not None:
        return best.date
    if not published.known:
        return Date.unknown()
    return Date(published.from_, published.to, published.precision, "published")


def _told_by(doc: Doc, token: int, time: TimeExpression) -> bool:
    """True for a date in what a verb of saying reports, whatever the parse hangs it on.

    "The official said Obama, in a call last Saturday, had …": between the verb and the date another
    verb's subject stands.
    """
    if time.start < token or doc[token].lemma_.lower() not in load_words().saying:
        return False
    if any(
        t.dep_ in ("nsubj", "nsubjpass", "expl") and t.head.i != token and t.head.dep_ != "relcl"
        for t in doc[token + 1 : time.start]
    ):
        return True
    # "said Obama, in a call last Saturday, had": a clause whose subject the parse took for an object.
    following = doc[token + 1] if token + 1 < len(doc) else None
    clause = next((c for c in doc[token].children if c.dep_ == "ccomp" and c.i > time.end), None)
    return (
        following is not None and following.dep_ in ("dobj", "compound") and clause is not None
        and not any(c.dep_ in ("nsubj", "nsubjpass", "mark") for c in clause.children)
        and any(c.dep_ in ("nsubj", "nsubjpass") and c.i < token for c in doc[token].children)
    )  # fmt: skip


def _distance(doc: Doc, token: int, time: TimeExpression) -> int:
    """0 a modifier of the token, 1 of its clause, 2 of a clause above, 3 elsewhere in the sentence."""
    word = doc[token]
    root = doc[time.start : time.end].root
    chain = [root]
    while chain[-1].head.i != chain[-1].i and len(chain) < 12:
        chain.append(chain[-1].head)
        if chain[-1].i == token:
            between = [t for t in chain[1:-1] if t.pos_ in ("VERB", "AUX")]
            return 9 if between else 0
    clause = word
    step = 1
    while clause.head.i != clause.i and step < 4:
        clause = clause.head
        if any(t.i == clause.i for t in chain):
            between = [t for t in chain if t.pos_ in ("VERB", "AUX")]
            if between and between[0].i != clause.i:
                return 9
            return step
        if clause.pos_ in ("VERB", "AUX"):
            step += 1
    return 9
