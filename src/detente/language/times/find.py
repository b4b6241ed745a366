"""Finds time expressions by rules over word classes and resolves each against a reference day.

One pass a paragraph: every token becomes a class letter (``words.py``), one compiled pattern finds
the expressions, and the handler named like the rule makes the TIMEX3 value.
Reports refer to the day they were published; a history (dates far before its own) refers to the date
it mentioned last, as HeidelTime's narrative mode does (Strötgen and Gertz 2013).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from detente.language.parse import Paragraph
from detente.language.times.context import GUESSED, IN_PASSING, Context, Found
from detente.language.times.expression import TimeExpression
from detente.language.times.handlers import HANDLERS
from detente.language.times.offsets import resolve_offsets
from detente.language.times.values import range_of, to_date
from detente.language.times.words import class_string
from detente.record import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Rules over class letters, the longest first: the first that matches at a place wins.
_RULES = (
    ("holiday", r"[LXH]?y"),
    ("before_christ", r"(?:t?B-?o?)?(?:t?[SM]o?)?[YND]b|(?:t?B-?o?)?t?O-?Ub"),
    ("year_ago", r"tf*U-[GE](?:O-?U|[Up])|U-[GE]"),
    ("period_of_year", r"tY(?:O-?[UB]|U|p)|[HLXJ]Us(?:O-?[UB]|U|p)"),
    ("half", r"t?[OL]Bo(?:Y|tU|[HLX]U)"),
    ("fiscal", r"t?f-?(?:Y|O-?U)"),
    ("this_period", r"t[fl]+[Up]|tHfU|tU(?![-EFoYM]|s?B)"),
    ("year_end", r"Us?-?B"),
    ("word_year", r"nn(?:-n)?(?![-nhU])"),
    ("iso", r"Y-[DN]-[DN]|I"),
    ("full", r"(?:W,?)?(?:[tB]-?)*M[DON],?Y|(?:W,?)?t?[DO]o?M,?Y"),
    ("month_day", r"(?:W,?)?(?:B-?)?[LXH]?M[DO](?![-.]?U)|(?:W,?)?t?[DO]o?M|Wt[O]"),
    ("month_year", r"(?:t?B-?o?)?M(?:,|o)?Y"),
    ("season_year", r"(?:t?B-?o?)?(?:[tLXHJ])?S(?:,|o)?Y|t?OUoY"),
    ("clock", r"(?:C|[DN])A?Z|[DNCn]A|[DnC]otP|C"),
    ("ago", r"(?:a?[nDN]h?(?:on)?|an?|an?O)-?[UP](?:[GEF])|FotU|tU[EF]"),
    ("day_part", r"(?:Q|[LXHJ]+)P|WP|(?:B-?)?PQ|t?P(?:o(?:(?:W,?)?M[DO](?:,?Y)?|[DO]o?M,?Y?|W))?"),
    ("bounded", r"tBo(?:t|[LXHJ]+)[US]|B[LXHJ]+[US]|B(?:tU)"),
    ("relative", r"t?[LX](?:[anDN]n?)?-?[US]|t?n[LX]U|[HJ]+(?:n)?[US]|tJ[US]"),
    ("weekday", r"(?:B-?)?[LXHJ]?W|tBWt"),
    ("month", r"(?:t?B-?o?)?[LXHJ]?M(?:o?[LXHJ]U)?"),
    ("season", r"(?:t?B-?o?)?[LXHJ]S|t?(?:B-?)?S"),
    ("decade", r"(?:t?B-?o?)?t?K"),
    ("century", r"(?:t?B-?o?)?t?O-?U"),
    ("year", r"(?:t?Bo?-?)?Y"),
    ("deictic", r"Q"),
    ("set", r"e(?:[nD]?U|[WOP])|R"),
    ("length", r"(?:a?[nDN]+h?o?m?|a[mf]?)-?U(?!-[GE])"),
    ("long", r"U-?g"),
    ("recent", r"t?VU|t?U(?!-[GE])"),
    ("vague", r"ti?V|V|tL|H"),
)  # fmt: skip
_KEPT = "detente.times"  # in a parse's own data
# A paragraph whose dated mentions lie this far before publication tells a history.
_HISTORY_DAYS = 540
_REPORT_WORDS = frozenset(
    ["today", "yesterday", "tomorrow", "tonight", "overnight", "ago", "monday", "tuesday", "wednesday",
     "thursday", "friday", "saturday", "sunday"]
)  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    rules = "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES)
    return re.compile(f"(?=[^.,])(?:{rules})")  # no rule begins with such: a fifth of the time


def find_times(
    paragraph: Paragraph, published: Date, *, anchor: dt.date | None = None
) -> list[TimeExpression]:
    """Find the time expressions of a paragraph and resolve them against ``published``.

    Relative expressions of a page without a date stay unknown. ``anchor`` makes the paragraph part of
    a history: relative expressions count from the date mentioned last, at first from ``anchor``.
    """
    context = Context(published.first_day, anchor)
    return _find(paragraph, context)


def paragraph_times(paragraph: Paragraph, published: Date) -> list[TimeExpression]:
    """As :func:`find_times`, found once for all readers of one article; nobody changes the list."""
    key = (paragraph.article, paragraph.start, published)
    kept = paragraph.doc.user_data.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = paragraph.doc.user_data[_KEPT] = (key, find_times(paragraph, published))
    times: list[TimeExpression] = kept[1]
    return times


def find_article_times(paragraphs: Sequence[Paragraph], published: Date) -> list[list[TimeExpression]]:
    """The time expressions of each paragraph of an article, with the anchor carried along.

    An article whose own dates mostly lie over a year and a half before its publication is read as a history.
    """
    first = [find_times(paragraph, published) for paragraph in paragraphs]
    history = _history_start(paragraphs, first, published)
    if history is None:
        return first
    context = Context(published.first_day, history)
    return [_find(paragraph, context) for paragraph in paragraphs]


def _history_start(
    paragraphs: Sequence[Paragraph], found: list[list[TimeExpression]], published: Date
) -> dt.date | None:
    """The first date of a history; None for a report.

    A history names years far back and hardly a "Tuesday" or "yesterday". Numbers set on WikiWars and
    TempEval-3 development documents; don't tune alone.
    """
    far = near = deictic = 0
    first: dt.date | None = None
    for paragraph, times in zip(paragraphs, found, strict=True):
        for time in times:
            last = paragraph.doc[time.end - 1]
            if time.date.basis == "stated" and last.shape_ == "dddd" and time.date.first_day:
                gone = published.first_day is None or (
                    (published.first_day - time.date.first_day).days > _HISTORY_DAYS
                )
                far, near = far + gone, near + (not gone)
                first = first or (time.date.first_day if gone else None)
            elif time.date.basis == "resolved" and time.kind in ("DATE", "TIME"):
                deictic += _reports(paragraph, time)
    return first if far >= 4 and far >= 2 * near and far > 4 * deictic else None


def _reports(paragraph: Paragraph, time: TimeExpression) -> bool:
    """True for "yesterday", "on Monday", "this week": words that count from the day of telling."""
    words = [t.lower_ for t in paragraph.doc[time.start : time.end]]
    if not _REPORT_WORDS.isdisjoint(words):
        return True
    return words[0] in ("last", "this") and words[-1] in ("week", "month")


def _find(paragraph: Paragraph, context: Context) -> list[TimeExpression]:
    doc = paragraph.doc
    letters = class_string(doc)
    found: list[TimeExpression] = []
    done = 0
    for match in _pattern().finditer(letters):
        name = match.lastgroup or ""
        start, end = match.span()
        if start < done:
            continue
        while start < end and letters[start] == ",":
            start += 1
        result = HANDLERS[name](doc, start, end, letters[start:end], context)
        if result is None:
            continue
        done = result.end
        if found and found[-1].kind == "TIME" and _at_clock(letters, found[-1], result):
            result = _with_clock(found.pop(), result)
        found.append(_expression(paragraph, result, context))
        more = _more_days(paragraph, letters, result, context)
        if more:
            found += more
            found.sort(key=lambda time: time.start)
            done = found[-1].end
    return resolve_offsets(paragraph, found)


def _at_clock(letters: str, clock: TimeExpression, day: Found) -> bool:
    """True for a day right after a clock time: "9 a.m. EST Tuesday", "noon, Nov. 6"."""
    if day.kind != "DATE" or len(day.value) != 10 or letters[clock.end - 1] not in "AZPC":
        return False
    return letters[clock.end : day.start] in ("", ",") and letters[clock.start] not in "QWLXHt"


def _with_clock(clock: TimeExpression, day: Found) -> Found:
    value = day.value + "T" + clock.value.partition("T")[2]
    return Found(clock.start, day.end, "TIME", value, day.basis)


def _more_days(paragraph: Paragraph, letters: str, result: Found, context: Context) -> list[TimeExpression]:
    """The further days of "April 24 and 25", "March 3, 4 and 5", "6-7 January": lone numbers."""
    doc, found = paragraph.doc, []
    if result.kind != "DATE" or len(result.value) != 10:
        return []
    if re.match("t?[DO]o?M", letters[result.start : result.end]):
        return _days_before(paragraph, letters, result, context)
    if not re.search("M[DO]$", letters[: result.end]):
        return []
    i = result.end
    while i + 1 < len(doc) and (doc[i].lower_ in ("and", "or", "to") or letters[i] in ",-"):
        i += 1 + (letters[i] == "," and doc[i + 1].lower_ in ("and", "or"))
        if i >= len(doc) or letters[i] not in "DO":
            break
        day = _day_alone(doc, letters, i, result)
        if day is None:
            break
        found.append(_expression(paragraph, day, context))
        i = day.end
    return found


def _day_alone(doc: Doc, letters: str, i: int, result: Found) -> Found | None:
    """The day that a lone number names in the month of another day; with the year after it."""
    following = doc[i + 1] if i + 1 < len(doc) else None
    digits = re.match(r"\d+", doc[i].text)
    if digits is None or (following is not None and following.pos_ in ("NOUN", "PROPN", "ADJ", "SYM")):
        return None
    value = f"{result.value[:8]}{int(digits.group()):02d}"
    year = re.match(",?Y", letters[i + 1 :])
    end = i + 1 + (year.end() if year else 0)
    return Found(i, end, "DATE", value, result.basis) if range_of(value) else None


def _days_before(paragraph: Paragraph, letters: str, result: Found, context: Context) -> list[TimeExpression]:
    """The first day of "6-7 January 1916", "from 3 to 5 May"."""
    doc, i = paragraph.doc, result.start - 2
    if i < 0 or letters[i] not in "DO" or (i and letters[i - 1] in "M-"):
        return []
    if letters[i + 1] != "-" and doc[i + 1].lower_ not in ("and", "to", "or"):
        return []
    digits = re.match(r"\d+", doc[i].text)
    value = f"{result.value[:8]}{int(digits.group()):02d}" if digits else ""
    if range_of(value) is None:
        return []
    return [_expression(paragraph, Found(i, i + 1, "DATE", value, result.basis), context)]


def _cost(paragraph: Paragraph, result: Found) -> int:
    """What it costs a month told later to go on from this date."""
    doc = paragraph.doc
    if len(result.value) == 4 and result.basis == "stated":
        sentence = doc[result.start].sent
        return 0 if result.start - sentence.start < 4 else IN_PASSING
    return 0 if doc[result.end - 1].shape_ == "dddd" else GUESSED


def _beyond_sunday(doc: Doc, result: Found, context: Context) -> int:
    """Days that "last week" may run on when told on a Sunday.

    Where weeks begin on Sunday, it is the week that ended yesterday: the range takes both.
    """
    told = doc[result.start : result.end].text.casefold() == "last week"
    return 6 if told and context.day is not None and context.day.isoweekday() == 7 else 0


def _expression(paragraph: Paragraph, result: Found, context: Context) -> TimeExpression:
    span = paragraph.span_of(paragraph.doc[result.start : result.end])
    if result.kind in ("DURATION", "SET") or not result.value or not result.dates:
        date = Date("", "", "unknown", result.basis, span)
    else:
        date = to_date(result.value, basis=result.basis, span=span)
        longer = result.longer or _beyond_sunday(paragraph.doc, result, context)
        if longer and date.last_day is not None:
            last = date.last_day + dt.timedelta(longer)
            date = dataclasses.replace(date, to=last.isoformat())
        context.tell(result.value)
        context.mention(date, cost=_cost(paragraph, result) if context.history else 0)
    return TimeExpression(result.start, result.end, date, result.kind, result.value, result.offset)
