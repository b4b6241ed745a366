"""Many ids in little memory: eight bytes each for those that ``make_id`` made, found again by halving."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
_DIGITS = 16


class Ids:
    """Ids by number, in the order in which they were added, and numbers by id.

    An id of another form than the first one's kind and sixteen hexadecimal digits is kept as it is.
    """

    def __init__(self) -> None:
        self._kind: str | None = None
        self._keys = array("Q")
        self._odd: dict[int, str] = {}
        self._sorted = array("Q")
        self._order: Numbers = np.empty(0, np.int64)
        self._odd_numbers: dict[str, int] = {}
        self._ready = 0

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, identity: str) -> int:
        """Enter an id; its number."""
        key = self._key(identity)
        if key is None:
            self._odd[len(self._keys)] = identity
        self._keys.append(key or 0)
        return len(self._keys) - 1

    def __getitem__(self, number: int) -> str:
        odd = self._odd.get(number)
        return odd if odd is not None else f"{self._kind}-{self._keys[number]:016x}"

    def find(self, identity: str) -> int | None:
        """The number of an id (the first, where it was entered more than once)."""
        if self._ready != len(self._keys):
            self._sort()
        key = self._key(identity)
        if key is None or self._odd_numbers:
            odd = self._odd_numbers.get(identity)
            if odd is not None or key is None:
                return odd
        at = bisect_left(self._sorted, key)
        if at == len(self._sorted) or self._sorted[at] != key:
            return None
        return int(self._order[at])

    def find_all(self, identity: str) -> list[int]:
        """Every number of an id that may have been entered more than once."""
        number = self.find(identity)
        if number is None or number in self._odd:
            return [n for n, one in self._odd.items() if one == identity]
        key = self._keys[number]
        ends = bisect_left(self._sorted, key), bisect_right(self._sorted, key)
        return [int(n) for n in self._order[slice(*ends)]]

    def ranks(self) -> Numbers:
        """The place of every number in the order of the ids as text."""
        if self._odd:
            order = np.array(sorted(range(len(self)), key=self.__getitem__), np.int64)
        else:
            order = np.argsort(np.array(self._keys, np.uint64), kind="stable")
        ranks = np.empty(len(self), np.int64)
        ranks[order] = np.arange(len(self))
        return ranks

    def _key(self, identity: str) -> int | None:
        kind, _, digits = identity.partition("-")
        if len(digits) != _DIGITS:
            return None
        if self._kind is None:
            self._kind = kind
        try:
            key = int(digits, 16)
        except ValueError:
            return None
        return key if kind == self._kind and f"{key:016x}" == digits else None

    def _sort(self) -> None:
        keys = np.array(self._keys, np.uint64)
        plain = np.ones(len(keys), bool)
        plain[list(self._odd)] = False
        numbers = np.flatnonzero(plain)
        self._order = numbers[np.argsort(keys[plain], kind="stable")]
        self._sorted = array("Q", keys[self._order].tobytes())
        self._odd_numbers = {one: number for number, one in reversed(self._odd.items())}
        self._ready = len(keys)
