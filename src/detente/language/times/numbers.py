"""Word values the handlers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.language.times.words import load_words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def value_of(doc: Doc, i: int, letter: str) -> str:
    """The value of a token in a class; its own lower case where the class has none."""
    lower: str = doc[i].lower_
    return load_words().values.get((letter, lower), lower)


def number_of(doc: Doc, start: int, end: int, letters: str) -> str:
    """The number among these tokens ("X" for "several", "1" for "a")."""
    total = 0
    found = ""
    for offset, letter in enumerate(letters):
        if letter == "n":
            word = value_of(doc, start + offset, "n")
            if not word.isdigit():
                found = found or "X"
                continue
            total = total * int(word) if total and int(word) >= 12 else total + int(word)
            found = str(total)
        elif letter in "DNY":
            text = doc[start + offset].text.replace(",", "")
            if text.isdigit():
                total += int(text)
                found = str(total)
            else:
                found = text
    return found or "1"


def ordinal_of(word: str) -> int:
    """The number that "5th", "fifth" or "5" tells."""
    digits = word[:-2]
    if digits.isdigit():
        return int(digits)
    if word.isdigit():
        return int(word)
    value = load_words().values.get(("O", word), "0")
    return int(value)


_JOINS = frozenset(["-", "–", "—", "to", "and", "or", "until", "through", "till"])


def year_ahead(doc: Doc, end: int) -> int | None:
    """The year that a joined later date names for both: "26 June - 4 August 1952", "April and June 1955"."""
    if end >= len(doc) or doc[end].lower_ not in _JOINS:
        return None
    months = load_words().values
    dated = False
    for token in doc[end + 1 : end + 7]:
        text = token.lower_
        if len(text) == 4 and text.isdigit() and dated:
            return int(text)
        if ("M", text) in months or ordinal_of(text.removesuffix(",")):
            dated = True
        elif text not in (",", "of", "early", "late", "mid", "the"):
            return None
    return None
