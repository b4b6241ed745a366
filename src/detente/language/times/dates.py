"""The date of what a verb or noun reports: the time expression that it governs."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from detente.language.parse import Paragraph
from detente.language.times.expression import TimeExpression
from detente.language.times.offsets import tells_from, unresolved
from detente.language.times.words import load_words
from detente.record import Date, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


_KEPT = "detente.heads"  # in a parse's own data


def date_of(paragraph: Paragraph, token: int, times: list[TimeExpression], published: Date) -> Date:
    """The date of what the verb or noun at ``token`` reports.

    "Two days after X" gives X's date and two days, or unknown where the sentence does not date X; X itself
    takes a date of its own words alone.
    The nearest time expression that the token governs (own modifiers before the clause's, the clause
    before the sentence); else ``published`` with basis "published" (unknown when the page has no date).
    """
    if not times:
        return _published(published)
    doc, tree = paragraph.doc, _tree_of(paragraph.doc)
    first, last = tree.sentence_of(token)
    counted = next((t for t in times if t.offset >= 0 and tells_from(doc, t.offset, token)), None)
    best: TimeExpression | None = None
    best_rank = (9, 0)
    for time in times:
        if not first <= time.start < last:
            continue
        if time.offset < 0 and (time.kind in ("DURATION", "SET") or (not time.date.known and time.value)):
            continue
        if _told_by(doc, token, time) or _counted_from(doc, token, time, times):
            continue
        if counted is not None and not tells_from(doc, counted.offset, _root(doc, time)):
            continue
        rank = (_distance(tree, token, _hung_on(doc, tree, time)), abs(time.start - token))
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
    root = _root(doc, time)
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


def _root(doc: Doc, time: TimeExpression) -> int:
    return time.start if time.end == time.start + 1 else doc[time.start : time.end].root.i


def _hung_on(doc: Doc, tree: _Tree, time: TimeExpression) -> int:
    """The token whose heads the expression's place in the sentence tells."""
    if time.offset >= 0 and doc[time.offset].dep_ == "mark":
        return tree.heads[time.offset]  # "came 48 hours after they voted": the clause hangs on "came"
    return _root(doc, time)


def _distance(tree: _Tree, token: int, hung_on: int) -> int:
    """0 a modifier of the token, 1 of its clause, 2 of a clause above, 3 elsewhere in the sentence."""
    heads, verbs, chain = tree.heads, tree.verbs, [hung_on]
    while heads[chain[-1]] != chain[-1] and len(chain) < 12:
        chain.append(heads[chain[-1]])
        if chain[-1] == token:
            return 9 if any(verbs[t] for t in chain[1:-1]) else 0
    clause, step = token, 1
    while heads[clause] != clause and step < 4:
        clause = heads[clause]
        if clause in chain:
            between = next((t for t in chain if verbs[t]), clause)
            return step if between == clause else 9
        if verbs[clause]:
            step += 1
    return 9


class _Tree(NamedTuple):
    """A parse as plain lists: a token of spaCy's costs as much as ten look-ups."""

    heads: list[int]
    verbs: list[bool]
    sentences: list[int]  # where each begins

    def sentence_of(self, token: int) -> tuple[int, int]:
        """The tokens of a token's sentence, end excluded."""
        place = bisect_right(self.sentences, token)
        last = self.sentences[place] if place < len(self.sentences) else len(self.heads)
        return self.sentences[place - 1], last


def _tree_of(doc: Doc) -> _Tree:
    kept: _Tree | None = doc.user_data.get(_KEPT)
    if kept is None:
        head, pos, start = doc.to_array(["HEAD", "POS", "SENT_START"]).T.tolist()
        verbal = {doc.vocab.strings[name] for name in ("VERB", "AUX")}
        kept = doc.user_data[_KEPT] = _Tree(
            [i + (offset - (1 << 64) if offset >= 1 << 63 else offset) for i, offset in enumerate(head)],
            [one in verbal for one in pos],
            [i for i, begins in enumerate(start) if begins == 1 or not i],
        )
    return kept
