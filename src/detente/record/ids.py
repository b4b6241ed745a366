"""Ids derived from content alone: the same input gives the same ids on every run and machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Made(NamedTuple):
    """An id and what it was made from."""

    id: str
    kind: str
    parts: tuple[object, ...]


_noted: ContextVar[list[Made] | None] = ContextVar("noted", default=None)


def make_id(kind: str, *parts: object) -> str:
    """Make a stable id such as ``st-3f9a…`` from what the record says.

    Args:
        kind: a short prefix naming the layer ("a" article, "st" statement, "ev" event …).
        parts: whatever tells this record from every other; joined unambiguously, order matters.

    Returns:
        The prefix, a hyphen and 16 hex digits of SHA-256. With 64 bits, a record of ten million
        lines has a collision chance of about 3 in a million; ``detente check`` looks for one.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(str(len(data)).encode() + b":" + data)
    made = f"{kind}-{digest.hexdigest()[:16]}"
    noted = _noted.get()
    if noted is not None:
        noted.append(Made(made, kind, parts))
    return made


@contextmanager
def noting_ids() -> Iterator[list[Made]]:
    """Note every id made within, in order, with what it was made from."""
    noted: list[Made] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
