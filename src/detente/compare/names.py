"""Names as they sound rather than as they are spelled: Sergei and Sergey, Yanukovich and Yanukovych.

The rules fold the usual choices of romanisation (Russian, Ukrainian, Arabic) into one skeleton. They
bring spellings of one name together and are not meant to be read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Order matters: longer spellings first.
_FOLDS = (
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("tsch", "c"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("ck", "k"), ("ts", "s"), ("tz", "s"),
    ("dj", "j"), ("ks", "x"), ("iy", "i"), ("yy", "i"), ("ij", "i"), ("ey", "ei"), ("ay", "ai"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "e"), ("q", "k"), ("y", "i"), ("j", "i"), ("w", "v"),
    ("o", "u"), ("e", "i"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_SPLIT = re.compile(r"[^\W_]+")
_PARTICLES = frozenset(("al", "el", "ul", "bin", "ibn", "ben", "van", "von", "de", "der", "den", "da", "di"))


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name in plain lower-case letters; initials and articles (al-, van) left out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    plain = re.sub(r"['’`]s\b", "", plain)
    tokens = _SPLIT.findall(plain.replace("'", "").replace("’", "").casefold())
    kept = tuple(t for t in tokens if len(t) > 1 and t not in _PARTICLES)
    return kept or tuple(tokens)


@lru_cache(maxsize=100_000)
def skeleton(token: str) -> str:
    """How a word of a name sounds, roughly: equal for the common spellings of one name."""
    for spelled, folded in _FOLDS:
        token = token.replace(spelled, folded)
    return _DOUBLE.sub(r"\1", token)


def same_name(a: str, b: str) -> bool:
    """True when two words of names are spellings of one: same skeleton, or other vowels inside it."""
    if a == b:
        return True
    first, second = skeleton(a), skeleton(b)
    if first == second:
        return len(a) > 2
    if not first or not second or first[0] != second[0] or first[-1] != second[-1]:
        return False  # Lavrov and Lavrova, Maria and Mario are two
    consonants = _VOWELS.sub("", first)
    return len(consonants) >= 3 and consonants == _VOWELS.sub("", second)
