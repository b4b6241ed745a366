"""Readings taken over: an article that prints, on the same day, a body that was read a moment ago.

What the readers find hangs on the body's words, on where they stand to one another and on the day of
publication, and on nothing else of an article: not on its outlet, its headline or its furniture
(``tests/readers/test_twins.py`` holds them to it). So the reading of a second article with the same of these
is the first one's with other ids and, where what stands before the body differs in length, other offsets.
Ids are made from the article's, so each is made anew from the very parts that it was made from.

Only a reading whose order hangs on no id is held: where two statements are told of equally many of the same
words, the readers take the one whose id comes first, and that may be the other one in another article.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from detente.record import Article, Date, Reading, Statement, make_id
from detente.record.ids import Made

HELD = 16_000_000  # bytes of readings that are held
Key = tuple[Any, ...]
_ID = re.compile(rb'(?<=")[a-z]{1,2}-[0-9a-f]{16}(?=")')
_DATE_FIELDS = tuple(field.name for field in fields(Date) if field.name != "span")
_DECODER = msgspec.json.Decoder(Reading)


@dataclass(frozen=True, slots=True)
class _Held:
    """A reading as JSON, its article, where that one's body begins, and how its ids were made."""

    data: bytes
    article: str
    start: int
    ids: tuple[Made, ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.data) + 400 * len(self.ids)


class Twins:
    """The readings made last, found by what the readers use of an article."""

    def __init__(self, *, held: int = HELD) -> None:
        self._held: OrderedDict[Key, _Held] = OrderedDict()
        self._bytes, self._most = 0, held

    def __contains__(self, key: Key) -> bool:
        return key in self._held

    def hold(self, article: Article, reading: Reading, ids: Iterable[Made]) -> None:
        """Hold a reading, if it can be taken over; ``ids`` are those made while it was made."""
        key = key_of(article)
        if key in self._held or not article.body or _hangs_on_ids(reading.statements):
            return
        made = _Held(msgspec.json.encode(reading), article.id, article.body[0][0], tuple(ids))
        self._held[key] = made
        self._bytes += made.size
        while self._bytes > self._most:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= oldest.size

    def reading_of(self, article: Article) -> Reading | None:
        """The reading of an article whose twin is held; None where none is."""
        key = key_of(article)
        held = self._held.get(key)
        if held is None:
            return None
        self._held.move_to_end(key)
        return _DECODER.decode(_rewritten(held, article))


def key_of(article: Article) -> Key:
    """What the readers use of an article: two with the same are read alike, but for ids and offsets."""
    start, end = (article.body[0][0], article.body[-1][1]) if article.body else (0, 0)
    words = hashlib.sha256(article.text[start:end].encode("utf-8", "surrogatepass")).digest()
    places = tuple((first - start, last - start) for first, last in article.body)
    return words, places, *_day(article.published, start)


def _day(published: Date, start: int) -> Key:
    told = published.span
    span = (told.start - start, told.end - start) if told else None
    return *(getattr(published, name) for name in _DATE_FIELDS), span


def _hangs_on_ids(statements: list[Statement]) -> bool:
    """True where the words of two statements overlap and are equally many."""
    spans = sorted((span.start, span.end) for statement in statements for span in statement.content)
    open_: list[tuple[int, int]] = []
    for start, end in spans:
        open_ = [(a, b) for a, b in open_ if b > start]
        if any(b - a == end - start for a, b in open_):
            return True
        open_.append((start, end))
    return False


def _rewritten(held: _Held, article: Article) -> bytes:
    """The held reading as that of another article."""
    old, new, shift = held.article, article.id, article.body[0][0] - held.start
    ids: dict[bytes, bytes] = {}
    names = {old: new}

    def part(value: object) -> object:
        if isinstance(value, str):
            return names.get(value) or (value.replace(old, new) if old in value else value)
        if isinstance(value, int):  # every number that a reader makes an id from is an offset
            return value + shift
        if isinstance(value, list):
            return [part(one) for one in value]
        return tuple(part(one) for one in value) if isinstance(value, tuple) else value

    for made in held.ids:
        names[made.id] = again = make_id(made.kind, *(part(value) for value in made.parts))
        ids[made.id.encode()] = again.encode()
    data = held.data.replace(old.encode(), new.encode())
    data = _ID.sub(lambda match: ids.get(match[0], match[0]), data)
    return _shifted(data, new, shift) if shift else data


def _shifted(data: bytes, article: str, shift: int) -> bytes:
    span = re.compile(rb'(?<=\{"article":"%b","start":)(\d+),"end":(\d+)(?=\})' % article.encode())
    return span.sub(lambda match: b'%d,"end":%d' % (int(match[1]) + shift, int(match[2]) + shift), data)
