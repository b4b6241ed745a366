"""What a person types into the search, as a query the index understands – never a syntax error.

``red line`` finds both words, ``"red line"`` the phrase, ``sanction*`` a beginning, ``-oil`` leaves
articles with the word out, ``OR`` stands between alternatives. Word forms are folded (English stems,
diacritics, case).
"""

from __future__ import annotations

import re

from detente.errors import UsageError

_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def fts_query(text: str) -> str:
    """The FTS5 query for what was typed.

    Raises:
        UsageError: nothing to look for.
    """
    groups: list[list[str]] = [[]]
    without: list[str] = []
    for part in _PART.finditer(text):
        word = part["word"]
        if word == "OR":
            groups.append([])
            continue
        term = _quoted(part["phrase"] if word is None else word)
        if term and part["minus"]:
            without.append(term)
        elif term:
            groups[-1].append(term)
    wanted = " OR ".join("(" + " AND ".join(group) + ")" for group in groups if group)
    if not wanted:
        raise UsageError("There is no word to search for.", hint='Try: detente search "red line"')
    return wanted if not without else f"({wanted}) NOT ({' OR '.join(without)})"


def _quoted(term: str) -> str:
    """A quoted term; a trailing star asks for words that begin so."""
    star = "*" if term.endswith("*") else ""
    words = re.findall(r"\w+", term)
    return f'"{" ".join(words)}"{star}' if words else ""
