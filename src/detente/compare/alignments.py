"""What articles share word for word, before it is asked what the sharing means: told by the articles alone.

So it can be worked out while the articles are still being read (``detente read --jobs 2``); what a passage
is takes the readings, and is asked afterwards (:func:`detente.compare.passages.find_shares`).

Memory: some 70 bytes a passage and 4 kB an article of 400 words; it goes from one process to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from detente.compare.align import Aligned
from detente.compare.candidates import GRAM, GramIndex
from detente.compare.passages import Pair, PassageSettings, align_pairs, read_bodies, stock_of
from detente.compare.pile import Pile
from detente.compare.words import Codes, gram_hashes

AT_ONCE = 256  # pairs that are packed together
_Packed = list[tuple[int, int, bool, list[tuple[int, int, int, int, tuple[tuple[int, int, int], ...]]]]]
_DECODER = msgspec.msgpack.Decoder(_Packed)


@dataclass(slots=True)
class Alignments:
    """The articles by number, and the pairs of them that share words.

    ``stock``: of each article, the words that stand in common five-grams, one bit a word.
    """

    ids: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    bodies: list[Codes] = field(default_factory=list)
    stock: list[int] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)

    def pairs(self) -> Iterator[Pair]:
        """The pairs, as :func:`~detente.compare.passages.align_pairs` gives them."""
        for some in self.packed:
            for a, b, linked, found in _DECODER.decode(some):
                yield a, b, linked, [Aligned(*one) for one in found]


def align_articles(pile: Pile, *, settings: PassageSettings | None = None) -> Alignments:
    """Every pair of articles that shares words; no reading is looked at."""
    settings = settings or PassageSettings()
    index = GramIndex(settings.candidates, expected=len(pile.article_ids()))
    made = Alignments(*read_bodies(pile))
    for codes in made.bodies:
        index.add(codes)
    index.candidates()
    made.packed = list(_packed(align_pairs(index, made.bodies, settings.align)))
    made.stock = [stock_of(index.telling(gram_hashes(codes, GRAM))) for codes in made.bodies]
    return made


def _packed(pairs: Iterator[Pair]) -> Iterator[bytes]:
    encode = msgspec.msgpack.Encoder().encode
    some: _Packed = []
    for a, b, linked, found in pairs:
        some.append((a, b, linked, [(x.a_start, x.a_end, x.b_start, x.b_end, x.runs) for x in found]))
        if len(some) == AT_ONCE:
            yield encode(some)
            some.clear()
    yield encode(some)
