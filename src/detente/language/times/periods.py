"""Quarters, halves and accounting years: "the year-ago quarter", "fiscal 1989", "this year's third quarter".

"The quarter" is the one spoken of last; "a year earlier" beside sums is the same quarter of the year before.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from detente.language.times.context import Context, Found
from detente.language.times.direction import FUTURE, direction
from detente.language.times.numbers import ordinal_of, value_of
from detente.language.times.stated import read_recent
from detente.language.times.values import duration, shift
from detente.language.times.words import load_words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read_year_ago(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "Year-ago", "the year-earlier quarter", "the year-ago third quarter"."""
    at = letters.index("U")
    if value_of(doc, start + at, "U") != "Y" or context.day is None:
        return None
    year = context.day.year - 1
    if "O" in letters:
        number = ordinal_of(doc[start + letters.index("O")].lower_)
        return Found(start, end, "DATE", f"{year:04d}-Q{number}", "resolved")
    if letters.endswith("U") and value_of(doc, end - 1, "U") != "Q":
        return None
    value = quarter_before(context)
    if not value and letters[-1] in "Up" and letters[0] == "t":
        gone = _quarter_gone(context.day)
        value = f"{int(gone[:4]) - 1:04d}{gone[4:]}"
    value = value or f"{year:04d}"
    return Found(start, end, "DATE", value, "resolved")


def quarter_before(context: Context) -> str:
    """The quarter a year before the one spoken of; empty where none is."""
    return f"{int(context.quarter[:4]) - 1:04d}{context.quarter[4:]}" if context.quarter else ""


def compares_sums(doc: Doc, i: int) -> bool:
    """True in a sentence that tells sums ("$5 million, up from $4 million a year earlier")."""
    sums = load_words().sums
    return any(t.lower_ in sums for t in doc[i].sent)


def read_period_of_year(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "The 1988 third quarter", "the 1988 period", "this year's third quarter", "last year's quarter"."""
    if "Y" in letters:
        year, basis = doc[start + letters.index("Y")].text[-4:], "stated"
    else:
        way = {"L": -1, "X": 1}.get(next(c for c in letters if c in "HLXJ"), 0)
        if context.day is None or value_of(doc, start + letters.index("U"), "U") != "Y":
            return None
        year, basis = f"{context.day.year + way:04d}", "resolved"
    if "O" in letters:
        return _part(doc, start, end, letters, year=year, basis=basis)
    if letters[-1] == "U" and value_of(doc, end - 1, "U") != "Q":
        return None
    quarter = context.quarter or (_quarter_gone(context.day) if context.day and letters[-1] == "U" else "")
    return Found(start, end, "DATE", year + quarter[4:], basis)


def _part(doc: Doc, start: int, end: int, letters: str, *, year: str, basis: str) -> Found | None:
    number = ordinal_of(doc[start + letters.index("O")].lower_)
    last = doc[end - 1].lower_
    if last == "half" and number in (1, 2):
        return Found(start, end, "DATE", f"{year}-H{number}", basis)
    if last == "quarter" and 1 <= number <= 4:
        return Found(start, end, "DATE", f"{year}-Q{number}", basis)
    return None


def read_half(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "The first half of 1990", "the second half of last year", "the first half"."""
    if doc[start + letters.index("B")].lower_ != "half":
        return None
    number = ordinal_of(doc[start + letters.index("O")].lower_) if "O" in letters else 2
    if "Y" in letters:
        return Found(start, end, "DATE", f"{doc[end - 1].text[-4:]}-H{number}", "stated")
    if "U" not in letters or context.day is None or value_of(doc, end - 1, "U") != "Y":
        return None
    way = {"L": -1, "X": 1}.get(letters[-2], 0)
    return Found(start, end, "DATE", f"{context.day.year + way:04d}-H{number}", "resolved")


# Before "the week" and "the year" they say when: "within the week", not "the worst attack of the year".
_WITHIN = frozenset(["within", "during", "by", "later", "throughout"])
# "The year that …", "the year of the …": a year told by something else.
_NOT_THIS = frozenset(["of", "when", "that", "before", "after", "following", "in"])


def read_this_period(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "The quarter", "the latest period", "the fiscal year", "the year ended June 30"."""
    following = doc[end].lower_ if end < len(doc) else ""
    before = doc[start - 1].lower_ if start else ""
    dates = letters != "tU" or before in _WITHIN
    unit = "Q" if letters[-1] == "p" else value_of(doc, end - 1, "U")
    if unit == "WE":
        return read_recent(doc, start, end, letters, context)
    if context.day is None or (letters == "tU" and following in _NOT_THIS):
        return None
    if unit == "Y":
        if following in ("ended", "ending", "to"):
            return Found(start, end, "DURATION", "P1Y", "stated")
        day = context.narrative if context.history else context.day
        year = f"{(day or context.day).year:04d}"
        return Found(start, end, "DATE", year, "resolved", dates=dates)
    if unit == "Q":
        return Found(start, end, "DATE", context.quarter or _quarter_gone(context.day), "resolved")
    if unit == "W" and letters == "tU":
        return Found(start, end, "DATE", shift(context.day, "W", 0) or "", "resolved", dates=dates)
    return None


def _quarter_gone(day: dt.date) -> str:
    """The last whole quarter: what results are told of."""
    return shift(day, "Q", -1) or ""


def read_fiscal(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "Fiscal 1989", "the fiscal second quarter"."""
    if "Y" in letters:
        return Found(start, end, "DATE", doc[end - 1].text[-4:], "stated")
    return read_quarter(doc, start, end, letters, context)


def read_quarter(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "The third quarter": the last one gone, or the next with a verb that looks ahead."""
    number = ordinal_of(doc[start + letters.index("O")].lower_)
    if value_of(doc, end - 1, "U") != "Q" or not 1 <= number <= 4 or context.day is None:
        return None
    quarter = (context.day.month - 1) // 3 + 1
    year = context.day.year - (number > quarter)
    # "Expects to report a loss for the third quarter", told in the fourth: the one gone.
    if number == quarter % 4 + 1 and direction(doc[end - 1]) == FUTURE:
        year += year < context.day.year or number < quarter
    return Found(start, end, "DATE", f"{year:04d}-Q{number}", "resolved")


def read_year_end(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "Year-end", "by year's end": the year it ends."""
    if value_of(doc, start, "U") != "Y" or doc[end - 1].lower_ != "end" or context.day is None:
        return None
    return Found(start, end, "DATE", f"{context.day.year:04d}", "resolved")


def read_word_year(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "Nineteen ninety-six": a year spelt in words."""
    words = [value_of(doc, start + i, "n") for i, letter in enumerate(letters) if letter == "n"]
    if not all(word.isdigit() for word in words):
        return None
    numbers = [int(word) for word in words]
    if not 17 <= numbers[0] <= 20 or not 10 <= numbers[1] <= 90 or any(n > 9 for n in numbers[2:]):
        return None
    return Found(start, end, "DATE", f"{100 * numbers[0] + sum(numbers[1:]):04d}", "stated")


def read_long(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "Day-long", "decades-long": one of the unit, or an unknown number."""
    number = "X" if doc[start].lower_.endswith("s") else "1"
    return Found(start, end, "DURATION", duration(number, value_of(doc, start, "U")), "stated")
