"""Articles of a run's shards by id, in whatever order they are asked for: what the stories are found in.

They lie in a temporary file, some kilobytes each, with 200 bytes an article in memory; a shard's row group of
64 would have to be read for every one of them.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from detente.record import Article, Reading
from detente.scale.tables import Batch
from detente.store.pile import article_of


@contextmanager
def spooled(batches: Iterable[Batch]) -> Iterator[SpooledPile]:
    """The articles of batches with the columns ``id``, ``line`` and ``text``, while the ``with`` lasts."""
    with tempfile.TemporaryFile() as file:
        pile = SpooledPile(file)
        for batch in batches:
            for row in batch.to_pylist():
                pile.add(row["id"], row["line"].encode(), row["text"].encode())
        yield pile


class SpooledPile:
    """Articles without readings, as a :class:`detente.compare.Pile`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[str, tuple[int, int, int]] = {}
        self._end = 0

    def add(self, article_id: str, line: bytes, text: bytes) -> None:
        """Put an article at the end of the file."""
        data = zlib.compress(line + text, 1)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[article_id] = self._end, len(data), len(line)
        self._end += len(data)

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        return sorted(self._places)

    def article(self, article_id: str) -> Article:
        """One article."""
        start, size, cut = self._places[article_id]
        self._file.seek(start)
        data = zlib.decompress(self._file.read(size))
        return article_of(data[:cut].decode(), data[cut:].decode())

    def articles(self) -> Iterator[Article]:
        """Every article, in the order of ids."""
        return (self.article(article_id) for article_id in self.article_ids())

    def reading(self, article_id: str, *layers: str) -> Reading:
        """None was kept: an empty one."""
        return Reading(article_id)

    def readings(self, *layers: str) -> Iterator[Reading]:
        """Empty ones, in the order of ids."""
        return (Reading(article_id) for article_id in self.article_ids())
