"""The date of what a verb or noun reports: the time expression that it governs."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from detente.language.parse import Paragraph
from detente.language.times.expression import TimeExpression
from detente.language.times.offsets import tells_from, unresolved
from detente.language.times.words import load_words
from detente.record import Date, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def date_of(paragraph: Paragraph, token: int, times: list[TimeExpression], published: Date) -> Date:
    """The date of what the verb or noun at ``token`` reports.

    "Two days after X" gives X's date and two days, or unknown where the sentence does not date X; X itself
    takes a date of its own words alone.
    The nearest time expression that the token governs (own modifiers before the clause's, the clause
    before the sentence); else ``published`` with basis "published" (unknown when the page has no date).
    """
    if not times:
        return _published(published)
    doc = paragraph.doc
    sentence = doc[token].sent
    counted = next((t for t in times if t.offset >= 0 and tells_from(doc, t.offset, token)), None)
    best: TimeExpression | None = None
    best_rank = (9, 0)
    for time in times:
        if not sentence.start <= time.start < sentence.end:
            continue
        if time.offset < 0 and (time.kind in ("DURATION", "SET") or (not time.date.known and time.value)):
            continue
        if _told_by(doc, token, time) or _counted_from(doc, token, time, times):
            continue
        if counted is not None and not tells_from(doc, counted.offset, doc[time.start : time.end].root.i):
            continue
        rank = (_distance(doc, token, time), abs(time.start - token))
        if rank < best_rank:
            best, best_rank = time, rank
    if best is not None:
        if best.kind == "TIME" and _HOUR_ALONE.fullmatch(doc[best.start : best.end].text):
            return _of_report(best.date, published)
        return _whole(doc, best, times) if best.date.known or best.offset < 0 else unresolved(best)
    if counted is not None and not _same_day(counted):
        return unresolved(counted)
    return _published(published)


def _published(published: Date) -> Date:
    if not published.known:
        return Date.unknown()
    return Date(published.from_, published.to, published.precision, "published")


_HOURS = re.compile(r"PT(?:[1-6]H|\d+M)")


# "At noon", "3 p.m.", "the evening": the hour is told, the day is not.
_HOUR_ALONE = re.compile(
    r"(?:(?:at|in|by|around|about|before|after) )?(?:the )?(?:early |late )?"
    r"(?:noon|midday|midnight|dawn|dusk|daybreak|nightfall|sunrise|sunset|night|evening|morning|afternoon|"
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|o['’]clock))",
    re.IGNORECASE,
)


def _of_report(date: Date, published: Date) -> Date:
    """The hour with the day of the report, which says that no word told the day."""
    if date.first_day is None or date.first_day != published.first_day:
        return date
    return Date(date.from_, date.to, date.precision, "published", date.span)


def _same_day(time: TimeExpression) -> bool:
    """ "An hour before it began": so few hours keep the day, if not always."""
    return bool(_HOURS.fullmatch(time.value))


def _whole(doc: Doc, best: TimeExpression, times: list[TimeExpression]) -> Date:
    """The days of "Wednesday and Thursday", "May 3 to 5": joined days in a row are one range."""
    date = best.date
    for other in sorted(times, key=lambda time: time.start):
        first, second = sorted((best, other), key=lambda time: time.start)
        if other is best or {first.date.precision, second.date.precision} != {"day"}:
            continue
        joint = doc[first.end].lower_ if second.start == first.end + 1 else ""
        if joint not in ("and", "to", "through", "-", "–") or first.date.span is None:
            continue
        days = (second.date.first_day or dt.date.min) - (first.date.last_day or dt.date.min)
        if second.date.span is None or days.days < 1 or (joint == "and" and days.days > 1):
            continue
        span = Span(first.date.span.article, first.date.span.start, second.date.span.end)
        return Date(first.date.from_, second.date.to, "day", date.basis, span)
    return date


def _counted_from(doc: Doc, token: int, time: TimeExpression, times: list[TimeExpression]) -> bool:
    """True for the summit's date in "called two days after the summit on March 1", asked for the call."""
    root = doc[time.start : time.end].root.i
    return any(
        other.start < time.start and other.offset >= 0 and tells_from(doc, other.offset, root)
        and not tells_from(doc, other.offset, token)
        for other in times
    )  # fmt: skip


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


def _hung_on(doc: Doc, time: TimeExpression) -> Token:
    """The token whose heads the expression's place in the sentence tells."""
    if time.offset >= 0 and doc[time.offset].dep_ == "mark":
        return doc[time.offset].head  # "came 48 hours after they voted": the clause hangs on "came"
    return doc[time.start : time.end].root


def _distance(doc: Doc, token: int, time: TimeExpression) -> int:
    """0 a modifier of the token, 1 of its clause, 2 of a clause above, 3 elsewhere in the sentence."""
    word = doc[token]
    chain = [_hung_on(doc, time)]
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
