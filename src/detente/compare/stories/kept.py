"""What the stream keeps of the articles it has seen: their vectors on disk, their links in flat arrays.

Memory: 20 bytes a link (at most 40 links an article), 16 bytes an article, and the terms of the ``READY``
articles last asked for, some 4 kB each.
"""

from __future__ import annotations

import struct
from array import array
from collections import OrderedDict
from collections.abc import Mapping

import numpy as np

from detente.compare.shelf import Shelf
from detente.compare.stories.features import PACKED, Seen

READY = 6000
_HEAD = struct.Struct("<?qqI")
_ENDS = 2 * (len(PACKED) + 1)
NONE = 0xFFFFFFFF


class SeenArticles:
    """Articles by row, in the order in which they came."""

    def __init__(self) -> None:
        self._shelf: Shelf[bytes] = Shelf(bytes)
        self._best = array("d")
        self._ready: OrderedDict[int, Seen] = OrderedDict()

    def __len__(self) -> int:
        return len(self._best)

    def append(self, seen: Seen) -> None:
        """Keep an article; it has the next row."""
        self._shelf.put(_pack(seen))
        self._best.append(seen.best)
        self._hold(seen)

    def __getitem__(self, row: int) -> Seen:
        found = self._ready.get(row)
        if found is None:
            found = _unpack(row, self._shelf[row])
            found.best = self._best[row]
            self._hold(found)
        else:
            self._ready.move_to_end(row)
        return found

    def raise_best(self, seen: Seen, value: float) -> None:
        """Note how like an article is to its likest, if that is liker than the likest before."""
        seen.best = self._best[seen.row] = max(self._best[seen.row], value)

    def _hold(self, seen: Seen) -> None:
        if len(self._ready) >= READY:
            self._ready.popitem(last=False)
        self._ready[seen.row] = seen


def _pack(seen: Seen) -> bytes:
    head = _HEAD.pack(seen.day is not None, seen.day or 0, seen.told or 0, len(seen.codes))
    return b"".join((head, seen.ends.tobytes(), seen.codes.tobytes(), seen.values.tobytes()))


def _unpack(row: int, data: bytes) -> Seen:
    dated, day, told, held = _HEAD.unpack_from(data)
    ends = np.frombuffer(data, np.int16, len(PACKED) + 1, _HEAD.size)
    codes = np.frombuffer(data, np.int32, held, _HEAD.size + _ENDS)
    values = np.frombuffer(data, np.float16, held, _HEAD.size + _ENDS + codes.nbytes)
    return Seen(row, day if dated else None, told if dated else None, codes, values, ends)


class Links:
    """How probable it is that two articles tell one story, for those that were compared.

    Every article's links to earlier ones lie one after the other; those to later ones are chained.
    """

    def __init__(self) -> None:
        self._ends = array("Q", [0])
        self._to = array("I")
        self._from = array("I")
        self._value = array("d")
        self._last = array("I")  # of each row, the latest link that leads to it
        self._before = array("I")  # of each link, the one before that leads to the same row

    def __len__(self) -> int:
        return len(self._last)

    def append(self, links: Mapping[int, float]) -> None:
        """Enter the next row's links to earlier ones."""
        row = len(self._last)
        for other, value in links.items():
            self._before.append(self._last[other])
            self._last[other] = len(self._to)
            self._to.append(other)
            self._from.append(row)
            self._value.append(value)
        self._ends.append(len(self._to))
        self._last.append(NONE)

    def __getitem__(self, row: int) -> dict[int, float]:
        """All links of a row, both ways."""
        found = {self._to[n]: self._value[n] for n in range(self._ends[row], self._ends[row + 1])}
        link = self._last[row]
        while link != NONE:
            found[self._from[link]] = self._value[link]
            link = self._before[link]
        return found
