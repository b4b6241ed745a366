"""The words of meetings, after ``data/events/meetings.toml``: formats, heads, verbs that go with them."""

from __future__ import annotations

from functools import cache

from detente.readers.events.lexicon import read_data


@cache
def words(table: str, key: str) -> frozenset[str]:
    """One list of ``meetings.toml``."""
    return frozenset(read_data("events", "meetings.toml")[table][key])


def format_of(lemmas: tuple[str, ...]) -> str:
    """The format that the first of these words names; "meeting" where none does."""
    for lemma in lemmas:
        for name in ("talks", "conference", "call"):
            if lemma in words("formats", name):
                return name
    return "meeting"
