"""Many ids in little memory: some 28 bytes each for those that ``make_id`` made.

Their digits are hashes, so they lie evenly: an id is found in the few that begin alike, which costs the same
among a hundred and a million.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

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
        self._begins = array("I", (0, 0))  # of each beginning of a key, how many keys begin lower
        self._shift = 64
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
        at = self._at(key)
        return None if at is None else int(self._order[at])

    def _at(self, key: int) -> int | None:
        """Where a key stands among the sorted ones, first."""
        begin = key >> self._shift
        end = self._begins[begin + 1]
        at = bisect_left(self._sorted, key, self._begins[begin], end)
        return at if at < end and self._sorted[at] == key else None

    def find_all(self, identity: str) -> list[int]:
        """Every number of an id that may have been entered more than once."""
        number = self.find(identity)
        if number is None or number in self._odd:
            return [n for n, one in self._odd.items() if one == identity]
        key = self._keys[number]
        at = end = self._at(key) or 0
        while end < len(self._sorted) and self._sorted[end] == key:
            end += 1
        found: list[int] = self._order[at:end].tolist()
        return found

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
        ordered = keys[self._order]
        self._sorted = array("Q", ordered.tobytes())
        bits = max(1, len(ordered).bit_length() - 1)
        self._shift = 64 - bits
        begins = np.searchsorted(
            ordered >> np.uint64(self._shift), np.arange((1 << bits) + 1, dtype=np.uint64)
        )
        self._begins = array("I", begins.astype(np.uint32).tobytes())
        self._odd_numbers = {one: number for number, one in reversed(self._odd.items())}
        self._ready = len(keys)
