"""The date of what a verb or noun reports: the time expression that it governs."""

from __future__ import annotations

from detente.language.parse import Paragraph
from detente.language.times.expression import TimeExpression
from detente.record import Date


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
        rank = (_distance(doc, token, time), abs(time.start - token))
        if rank < best_rank:
            best, best_rank = time, rank
    if best is not None:
        return best.date
    if not published.known:
        return Date.unknown()
    return Date(published.from_, published.to, published.precision, "published")


def _distance(doc: object, token: int, time: TimeExpression) -> int:
    """0 a modifier of the token, 1 of its clause, 2 of a clause above, 3 elsewhere in the sentence."""
    word = doc[token]  # type: ignore[index]
    root = doc[time.start : time.end].root  # type: ignore[index]
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
