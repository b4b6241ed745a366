"""Many names looked up in one pass over a paragraph's tokens.

A trie of token texts, built once a process with the tokeniser the parse uses, so that a name is cut
as the text is. Keys keep their case; accents, curly quotes and the full stops of acronyms fall away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‑": "-"})


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """A token as the trie keeps it: no accents, straight quotes, acronyms without full stops.

    >>> plain("Élysée"), plain("U.N."), plain("CANBERRA")
    ('Elysee', 'UN', 'Canberra')
    """
    word = word.translate(_QUOTES)
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in parts if not unicodedata.combining(c))
    if "." in word and len(word) > 2 and word.replace(".", "").isalpha():
        word = word.replace(".", "")
    # All capitals longer than an acronym: a headline or a dateline.
    return word.capitalize() if len(word) > 5 and word.isupper() else word


@cache
def tokenizer() -> Any:
    """The tokeniser that the parse uses."""
    from detente.language import load_model

    return load_model().tokenizer


class Trie(Generic[T]):
    """Names to values; the longest name that starts at a token wins."""

    def __init__(self) -> None:
        """Start empty."""
        self._root: dict[str, Any] = {}

    def add(self, name: str, value: T) -> None:
        """Enter a name; several values may stand under one name."""
        node = self._root
        for word in cut(name):
            node = node.setdefault(plain(word), {})
        node.setdefault("", []).append(value)

    def find(self, words: list[str]) -> Iterator[tuple[int, int, list[T]]]:
        """The names among plain words as (start, end, values), longest first from the left."""
        i, n, root = 0, len(words), self._root
        while i < n:
            node = root.get(words[i])
            if node is None:
                i += 1
                continue
            end, values, j = i, None, i + 1
            while node is not None:
                if "" in node:
                    end, values = j, node[""]
                node = node.get(words[j]) if j < n else None
                j += 1
            if values is None:
                i += 1
                continue
            yield i, end, values
            i = end

    def get(self, name: str) -> list[T]:
        """The values under exactly this name."""
        node = self._root
        for word in cut(name):
            node = node.get(plain(word), {})
        found: list[T] = node.get("", [])
        return found


def cut(name: str) -> list[str]:
    """A name cut as the parse cuts it; words of letters alone need no tokeniser."""
    words = name.split()
    if all(word.isalpha() for word in words):
        return words
    return [token.text for token in tokenizer()(name)]
