"""Times told from something else: "48 hours after the summit on March 1", "the day before the vote".

They count from what follows "after" or "before". Where that has a date in the sentence the sum is
made; where it has none they stay unresolved: neither the day of publication nor another event's day.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from detente.language.parse import Paragraph
from detente.language.times.expression import TimeExpression
from detente.language.times.numbers import number_of, value_of
from detente.language.times.values import shift, to_date
from detente.language.times.words import class_string
from detente.record import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COMPLEMENT = frozenset(["DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB", "AUX"])
# What a date must at least be good for to count this unit from it.
_FINE = {
    "D": ("day", "minute", "hour"), "NI": ("day", "minute", "hour"), "TH": ("day", "minute", "hour"),
    "W": ("day", "minute", "hour", "week"), "M": ("day", "minute", "hour", "month"),
    "Y": ("day", "minute", "hour", "month", "season", "year"),
}  # fmt: skip


def has_complement(doc: Doc, end: int) -> bool:
    """True when "after" or "before" just before ``end`` is followed by what it counts from."""
    if end < len(doc) and doc[end].lower_ == "to":
        end += 1
    return end < len(doc) and doc[end].pos_ in _COMPLEMENT


def under(doc: Doc, token: int, above: int) -> bool:
    """True when a token stands in the phrase or clause of another."""
    for _ in range(12):
        if token == above:
            return True
        if doc[token].head.i == token:
            return False
        token = doc[token].head.i
    return False


def tells_from(doc: Doc, offset: int, token: int) -> bool:
    """True for a token in what an "after" or "before" counts from.

    A subordinating "after" hangs on its clause's verb: the whole clause counts.
    """
    if token <= offset:
        return False
    word = doc[offset]
    return under(doc, token, word.head.i if word.dep_ == "mark" else offset)


def resolve_offsets(paragraph: Paragraph, found: list[TimeExpression]) -> list[TimeExpression]:
    """The expressions with each "N days after X" dated from X where the sentence dates X."""
    if all(time.offset < 0 for time in found):
        return found
    return [_resolved(paragraph, time, found) if time.offset >= 0 else time for time in found]


def _resolved(paragraph: Paragraph, time: TimeExpression, found: list[TimeExpression]) -> TimeExpression:
    doc = paragraph.doc
    letters = class_string(doc)[time.start : time.end]
    unit = value_of(doc, time.end - 1, "U")
    number = number_of(doc, time.start, time.end, letters[:-1]) if letters[0] != "t" else "1"
    base = next((other for other in found if _dates(doc, time, other, unit)), None)
    if base is None or base.date.first_day is None or not number.isdigit():
        return time
    count = int(number) if doc[time.offset].lower_ == "after" else -int(number)
    unit, count = ("D", int(count / 24)) if unit == "TH" else (unit, count)
    value = shift(base.date.first_day, unit, count)
    if value is None:
        return time
    date = to_date(value, basis="resolved", span=time.date.span)
    return dataclasses.replace(time, kind="DATE", value=value, date=date)


def _dates(doc: Doc, time: TimeExpression, other: TimeExpression, unit: str) -> bool:
    """True for a date in what the expression counts from, fine enough to count its unit."""
    if other.offset >= 0 or other.start <= time.offset or doc[other.start].sent != doc[time.start].sent:
        return False
    if other.date.precision not in _FINE.get(unit, ()):
        return False
    root = doc[other.start : other.end].root.i
    return other.start == time.offset + 1 or tells_from(doc, time.offset, root)


def unresolved(time: TimeExpression) -> Date:
    """The date of what an offset without a base tells: unknown, with its words."""
    return Date("", "", "unknown", "resolved", time.date.span)
