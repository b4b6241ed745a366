"""Records put aside on disk while a pile is compared, so that memory does not grow with the pile.

A :class:`Shelf` gives its things back by number; a :class:`Sorter` gives them back group by group. Both write
to a temporary file without a name, which is gone when they are; what is less than ``HELD`` bytes never
leaves memory, so a small pile writes nothing.

Memory: eight bytes a thing, and a Sorter's keys.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import IO, Any, Generic, TypeVar

import msgspec
import numpy as np

from detente.errors import StoreError

HELD = 1 << 19
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


class Shelf(Generic[T]):
    """Things by number (0, 1, 2 …). What is given back equals what was put there, but is not the same object.

    ``kind``: their type, a dataclass or a type of the standard library that msgspec can read back.
    """

    def __init__(self, kind: Any) -> None:
        self._decode = _decoder(kind).decode
        self._encode = msgspec.msgpack.Encoder().encode
        self._ends = array("Q", [0])
        self._written = 0
        self._held = bytearray()
        self._file: IO[bytes] | None = None
        self._arranged: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, thing: T) -> int:
        """Put a thing aside; the number it is known by."""
        self._held += self._encode(thing)
        self._ends.append(self._written + len(self._held))
        if len(self._held) >= HELD:
            self._write()
        return len(self._ends) - 2

    def __getitem__(self, number: int) -> T:
        start, end = self._ends[number], self._ends[number + 1]
        if start >= self._written:
            data: bytes | bytearray = self._held[start - self._written : end - self._written]
        else:
            assert self._file is not None
            data = os.pread(self._file.fileno(), end - start, start)
        found: T = self._decode(data)
        return found

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in self._arranged or range(len(self)))

    def arrange(self, places: Sequence[int]) -> None:
        """Give all things back in the order of these places, one for each; they keep their numbers."""
        self._arranged = array("Q", np.argsort(np.array(places, np.int64), kind="stable").tolist())

    def _write(self) -> None:
        """Write what is held; a thing is always whole in the file or whole in memory."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  (as long as the shelf)
            left = memoryview(bytes(self._held))
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise StoreError(
                f"The comparison cannot put its notes aside in {tempfile.gettempdir()} ({error}).",
                hint="Free some space there, or name another folder with TMPDIR; work is kept.",
            ) from error
        self._written += len(self._held)
        self._held.clear()


class Sorter(Generic[K, T]):
    """Things by key: the groups come in the order of their keys, what is in one in the order it was added."""

    def __init__(self, kind: Any) -> None:
        self._things: Shelf[T] = Shelf(kind)
        self._numbers: dict[K, int] = {}
        self._of = array("I")

    def add(self, key: K, thing: T) -> None:
        """Add a thing to the group of ``key``."""
        self._of.append(self._numbers.setdefault(key, len(self._numbers)))
        self._things.put(thing)

    def extend(self, key: K, things: Iterable[T]) -> None:
        """Add several."""
        for thing in things:
            self.add(key, thing)

    def groups(self) -> Iterator[tuple[K, list[T]]]:
        """Every key with its things; one group at a time is in memory."""
        return ((key, list(things)) for key, things in self.streams())

    def streams(self) -> Iterator[tuple[K, Iterator[T]]]:
        """Every key with its things, one thing at a time in memory."""
        of = np.frombuffer(self._of, np.uint32) if len(self._of) else np.empty(0, np.uint32)
        order = np.argsort(of, kind="stable").astype(np.uint32)
        ends = np.cumsum(np.bincount(of, minlength=len(self._numbers)))
        for key in sorted(self._numbers):  # type: ignore[type-var]
            number = self._numbers[key]
            first = int(ends[number - 1]) if number else 0
            yield key, map(self._things.__getitem__, order[first : int(ends[number])].tolist())
