"""Every error detente raises, in one tree.

    DetenteError            code, message, hint
    ├── InputError      I…  what was given cannot be read (exit 1; inputs refused one by one: exit 3)
    ├── UsageError      U…  the call is wrong (exit 2)
    ├── MissingPart     M…  a model or an extra is not installed (exit 1)
    ├── StoreError      S…  the store is locked, newer, or broken (exit 5 / 1)
    │   ├── StoreLocked
    │   └── StoreNewer
    └── CitationError   C…  cited words are no longer where they were (exit 4)

The message names the thing, the value got and the values allowed; the hint is the next command.
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of all our errors; ``code`` is stable, ``hint`` says what to do next."""

    code = "D00"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(DetenteError):
    """Nothing could be read from what was given."""

    code = "I01"


class UsageError(DetenteError):
    """The call itself is wrong: an unknown layer, format or id."""

    code = "U01"
    exit_code = 2


class MissingPart(DetenteError):
    """A model or an optional library is not installed."""

    code = "M01"


class StoreError(DetenteError):
    """The store cannot be used as it stands."""

    code = "S01"


class StoreLocked(StoreError):
    """Another program is writing to the store."""

    code = "S02"
    exit_code = 5


class StoreNewer(StoreError):
    """The store was made by a newer detente."""

    code = "S03"
    exit_code = 5


class CitationError(DetenteError):
    """Cited words are no longer where the record says."""

    code = "C01"
    exit_code = 4
