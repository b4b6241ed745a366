"""Names of persons: spelling variants folded to one form, sex told from first names and titles."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from io import StringIO

from detente.readers.actors.lexicon import read_data
from detente.readers.actors.trie import plain

# Transliterations that news writes in several ways, in the order they are applied. Each joins letters
# that differ between spellings of one name (Sergei/Sergey, Yanukovich/Yanukovych, Kadyrov/Qadyrov).
_FOLDS = (
    ("'", ""), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("ph", "f"),
    ("zh", "j"), ("dj", "j"), ("tz", "ts"), ("ck", "k"), ("q", "k"), ("w", "v"), ("x", "ks"),
    ("yo", "o"), ("yu", "u"), ("iu", "u"), ("ya", "ia"), ("ye", "e"), ("oo", "u"), ("ou", "u"), ("ee", "i"),
    ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"), ("oe", "o"), ("ae", "e"), ("y", "i"), ("ii", "i"),
    ("ie", "e"),
)  # fmt: skip
_PARTICLES = ("al-", "el-", "ad-", "an-", "as-", "ul-", "ur-")
_MUHAMMAD = frozenset(
    [
        "mohammed",
        "mohamed",
        "mohammad",
        "mohamad",
        "muhammad",
        "muhammed",
        "muhamad",
        "mohamud",
        "mahomed",
        "mohamedou",
    ]
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One word of a name without what spellings differ in.

    >>> fold("Yanukovich") == fold("Yanukovych"), fold("Sergey") == fold("Sergei")
    (True, True)
    """
    word = plain(word).lower()
    if word in _MUHAMMAD:
        return "muhamad"
    for particle in _PARTICLES:
        word = word.removeprefix(particle)
    for old, new in _FOLDS:
        word = word.replace(old, new)
    kept = [c for i, c in enumerate(word) if c.isalnum() and (i == 0 or c != word[i - 1])]
    return "".join(kept)


@lru_cache(maxsize=50_000)
def name_parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, without initials, particles and suffixes."""
    words = [w.strip(".,\"'“”’") for w in name.replace("’s", "").split()]
    parts = [fold(w) for w in words if w.lower() not in _SUFFIXES and w.lower() not in ("al", "el")]
    kept = tuple(p for p in parts if len(p) > 1)
    return kept or tuple(p for p in parts if p)


@cache
def _first_names() -> dict[str, str]:
    sexes: dict[str, str] = {}
    for row in csv.DictReader(StringIO(read_data("first_names.csv"))):
        name = fold(row["name"])
        # Two names that fold together and tell different sexes tell none.
        sexes[name] = row["sex"] if sexes.get(name, row["sex"]) == row["sex"] else ""
    return sexes


def sex_of(first_name: str) -> str | None:
    """ "m" or "f" where a first name tells it, else None."""
    return _first_names().get(fold(first_name)) or None
