"""Handlers of expressions that name their date, length or set themselves: "March 5, 2014", "two weeks"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from detente.language.times.context import Context, Found
from detente.language.times.numbers import number_of, ordinal_of, value_of
from detente.language.times.values import duration, range_of, week_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read_iso(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    if letters == "I":
        one, two, three = (int(p) for p in doc[start].text.split("/"))
        if one > 1000:
            year, month, day = one, two, three
        else:
            year, month, day = (
                (three if three > 99 else 1900 + three if three > 30 else 2000 + three),
                one,
                two,
            )
    else:
        year, month, day = int(doc[start].text), int(doc[start + 2].text), int(doc[start + 4].text)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Found(start, end, "DATE", f"{year:04d}-{month:02d}-{day:02d}", "stated")


def read_parts(doc: Doc, start: int, letters: str) -> dict[str, int]:
    """Year, month and day numbers among the tokens."""
    parts: dict[str, int] = {}
    for offset, letter in enumerate(letters):
        token = doc[start + offset]
        if letter == "Y":
            parts["year"] = int(token.text[-4:])
        elif letter == "M":
            parts["month"] = int(value_of(doc, start + offset, "M"))
        elif letter in "DON":
            number = ordinal_of(token.lower_)
            if 1 <= number <= 31:
                parts["day"] = number
    return parts


def read_full(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    parts = read_parts(doc, start, letters)
    if "day" not in parts:
        return None
    value = f"{parts['year']:04d}-{parts['month']:02d}-{parts['day']:02d}"
    return Found(start, end, "DATE", value, "stated") if range_of(value) else None


def read_before_christ(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "480 BC", "April 480 BC", "the autumn of 481 BC", "the 4th century BC"."""
    if letters[-2] == "U":
        number = ordinal_of(doc[start + letters.index("O")].lower_)
        century = value_of(doc, end - 2, "U") == "C" and number > 0
        return Found(start, end, "DATE", f"BC{number - 1:02d}", "stated") if century else None
    digits = doc[end - 2].text
    if not digits.isdigit():
        return None
    value = f"BC{int(digits):04d}"
    if "S" in letters:
        value += "-" + value_of(doc, start + letters.index("S"), "S")
    elif "M" in letters:
        value += f"-{int(value_of(doc, start + letters.index('M'), 'M')):02d}"
    return Found(start, end, "DATE", value, "stated")


def read_month_year(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    parts = read_parts(doc, start, letters)
    return Found(start, end, "DATE", f"{parts['year']:04d}-{parts['month']:02d}", "stated")


def read_decade(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    i = end - 1
    digits = doc[i].lower_.removeprefix("mid-").strip("'’s")
    if not digits.isdigit():
        digits = value_of(doc, i, "K")
    if not digits.isdigit():
        return None
    year = int(digits)
    if year < 100:
        reference = context.day
        year += 1900 if year > 20 or reference is None or reference.year < 2000 else 2000
    return Found(start, end, "DATE", f"{year // 10:03d}", "stated")


def read_year(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    token = doc[end - 1]
    number = int(token.text[-4:])
    following = doc[end] if end < len(doc) else None
    counts = (
        following is not None and token.dep_ in ("nummod", "quantmod") and following.pos_ in ("NOUN", "PROPN")
    )
    plural = counts and doc[end].tag_ in ("NNS", "NNPS") and (token.ent_type_ != "DATE" or number == 2000)
    if plural or (counts and not 1900 <= number <= 2035):
        return None
    if not 1500 <= number <= 2060 and token.ent_type_ != "DATE":
        return None
    if token.i > 0 and doc[token.i - 1].text in ("$", "£", "€", "#", "No."):
        return None
    if token.ent_type_ in ("MONEY", "QUANTITY", "PERCENT", "CARDINAL") and not 1800 <= number <= 2035:
        return None
    if following is not None and following.text in ("%", "percent", "km", "miles", "people", "meters"):
        return None
    return Found(start, end, "DATE", token.text[-4:], "stated")


def read_set(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    if letters == "R":
        return Found(start, end, "SET", value_of(doc, start, "R"), "stated")
    if letters[-1] == "U":
        if doc[start].lower_ == "per" and not context.history:
            return None
        return Found(
            start,
            end,
            "SET",
            duration(number_of(doc, start, end, letters), value_of(doc, end - 1, "U")),
            "stated",
        )
    if letters[-1] == "W":
        return Found(start, end, "SET", f"XXXX-WXX-{value_of(doc, end - 1, 'W')}", "stated")
    return None


def read_length(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    following = [doc[i].lower_ for i in range(end, min(end + 2, len(doc)))]
    if "old" in following or (following and following[0] == "-" and following[-1:] == ["old"]):
        return None
    unit = value_of(doc, end - 1, "U")
    if doc[end - 1].lower_ in ("second", "quarter", "quarters") and letters[0] == "a":
        return None
    number = number_of(doc, start, end, letters[:-1])
    value = duration(number, unit)
    if "h" in letters:
        value = {"Y": f"P{number}Y6M", "TH": f"PT{number}H30M"}.get(unit, duration(number + ".5", unit))
    return Found(start, end, "DURATION", value, "stated")


def read_recent(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """ "recent weeks"; "for years", "within days": an unknown number."""
    token = doc[end - 1]
    if token.lower_ == "weekend" and letters == "tU":
        if context.day is None:
            return Found(start, end, "DATE", "", "resolved")
        back = context.day - dt.timedelta(7 if context.day.isoweekday() < 6 else 0)
        return Found(start, end, "DATE", f"{week_of(back)}-WE", "resolved")
    if "t" in letters and "V" not in letters:
        return None
    if token.tag_ not in ("NNS", "NNPS"):
        return None
    unit = value_of(doc, end - 1, "U")
    if letters == "U":
        before = doc[start - 1].lower_ if start else ""
        if before not in (
            "for",
            "within",
            "in",
            "after",
            "over",
            "through",
            "of",
            "take",
            "took",
            "last",
            "or",
        ):
            return None
        if unit in ("Q", "TS"):
            return None
    return Found(start, end, "DURATION", duration("X", unit), "stated")


# Adjectives that TIDES marks as times; the news corpora mark hardly any of them.
_HISTORIC = frozenset(["former", "recent", "future"])


def read_vague(doc: Doc, start: int, end: int, letters: str, context: Context) -> Found | None:
    """The value of the rule of this name."""
    if letters == "H":
        current = doc[start].lower_ == "current"
        return Found(start, end, "DATE", "PRESENT_REF", "resolved") if current else None
    value = value_of(doc, end - 1, "V")
    if not value.endswith("_REF"):
        return None
    word = doc[end - 1].lower_
    if context.history and word in _HISTORIC:
        return Found(end - 1, end, "DATE", value, "resolved")
    if (word in ("future", "past") and letters[0] != "t") or doc[end - 1].pos_ == "ADJ":
        return None
    return Found(start, end, "DATE", value, "resolved")
