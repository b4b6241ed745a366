"""What a person types into the search, as a query the index understands – never a syntax error.

``red line`` finds both words, ``"red line"`` the phrase, ``sanction*`` a beginning, ``-oil`` leaves
articles with the word out, ``OR`` stands between alternatives. Word forms are folded (English stems,
diacritics, case).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from detente.errors import UsageError

_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or the words of a phrase; ``begins``: the last word may go on."""

    words: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives, each of terms that must all be there, and the terms that must not."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...]


def read_query(text: str) -> Query:
    """What was typed, taken apart.

    Raises:
        UsageError: nothing to look for.
    """
    groups: list[list[Term]] = [[]]
    without: list[Term] = []
    for part in _PART.finditer(text):
        word = part["word"]
        if word == "OR":
            groups.append([])
            continue
        written = part["phrase"] if word is None else word
        term = Term(tuple(re.findall(r"\w+", written)), written.endswith("*"))
        if term.words:
            (without if part["minus"] else groups[-1]).append(term)
    wanted = tuple(tuple(group) for group in groups if group)
    if not wanted:
        raise UsageError("There is no word to search for.", hint='Try: detente search "red line"')
    return Query(wanted, tuple(without))


def fts_query(text: str) -> str:
    """The FTS5 query for what was typed (SQLite).

    Raises:
        UsageError: nothing to look for.
    """
    query = read_query(text)
    wanted = " OR ".join("(" + " AND ".join(map(_quoted, group)) + ")" for group in query.groups)
    if not query.without:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, query.without))})"


def ts_query(text: str) -> str:
    """The tsquery for what was typed (PostgreSQL, manual section 8.11.2).

    Raises:
        UsageError: nothing to look for.
    """
    query = read_query(text)
    wanted = " | ".join("(" + " & ".join(map(_followed, group)) + ")" for group in query.groups)
    if not query.without:
        return wanted
    return f"({wanted}) & !({' | '.join(map(_followed, query.without))})"


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.begins else "")


def _followed(term: Term) -> str:
    """The words one after the other, without their diacritics as the index has them."""
    words = [f"'{_bare(word)}'" for word in term.words]
    return "(" + " <-> ".join(words) + (":*" if term.begins else "") + ")"


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
