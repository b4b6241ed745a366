"""What was chosen in a paragraph read before: printed again among its neighbours, it is not ranked anew.

What the ranker makes of a cue hangs on its paragraph, on where that one stands in the article, on the words
that touch it on both sides, and on the quotations: those that stand in it, and those that carry on. So it is
remembered by the first three, and only of a paragraph that no quotation leads out of and that ends in no
colon, behind which the next is quoted (``tests/readers/test_statements_known.py`` holds the engine to that).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, NamedTuple

from detente.language.parse import KEY
from detente.readers.statements.contents import Content
from detente.readers.statements.cues import Cue
from detente.readers.statements.quotes import Quote
from detente.readers.statements.trees import Floats
from detente.readers.statements.view import View

HELD = 4096  # paragraphs
Key = tuple[Any, ...]


class Ranked(NamedTuple):
    """A cue, its best content, the head of its best speaker (-1: none), and the numbers of all that."""

    cue: Cue
    content: Content
    source: int
    numbers: Floats


_known: OrderedDict[Key, tuple[Ranked, ...]] = OrderedDict()


def keys_of(view: View, quotes: list[Quote]) -> list[Key | None]:
    """What each paragraph is remembered by; None for one that is read in its article alone."""
    texts = [paragraph.doc.user_data.get(KEY) for paragraph in view.paragraphs]
    inside: list[list[Quote]] = [[] for _ in texts]
    for quote in quotes:
        inside[view.para[quote.start]].append(quote)
    keys: list[Key | None] = []
    for number in range(len(texts)):
        around = (texts[number - 1] if number else "", *texts[number : number + 2])
        near = [quote for some in inside[number : number + 2] for quote in some]
        if None in around or not _stays(view, number, near, inside):
            keys.append(None)
            continue
        first = view.first[number]
        marks = tuple(
            (
                q.start - first,
                q.end - first,
                q.outer_start - first,
                q.outer_end - first,
                q.depth,
                q.single,
                q.odd,
            )
            for q in near
        )
        keys.append((number, around, marks))
    return keys


def _stays(view: View, number: int, near: list[Quote], inside: list[list[Quote]]) -> bool:
    """True where nothing leads from a paragraph into others."""
    if any(quote.next >= 0 or quote.previous >= 0 for quote in near):
        return False
    _, end = view.paragraph_range(number)
    if view.text[end - 1] == ":":
        return False
    return number + 1 == len(inside) or not _all_quoted(view, number + 1, inside[number + 1])


def _all_quoted(view: View, number: int, quotes: list[Quote]) -> bool:
    """True for a paragraph that may be one quotation from end to end."""
    start, stop = view.paragraph_range(number)
    return (
        sum(q.outer_end - q.outer_start for q in quotes if not q.depth and not q.single) >= stop - start - 1
    )


def recall(key: Key | None, first: int) -> list[Ranked] | None:
    """What was ranked in such a paragraph, its first token now ``first``; None where nothing is known."""
    if key is None or (kept := _known.get(key)) is None:
        return None
    _known.move_to_end(key)
    return [_moved(one, first) for one in kept]


def remember(key: Key | None, first: int, ranked: Iterable[Ranked]) -> None:
    """Keep what was ranked in a paragraph."""
    if key is None:
        return
    # The numbers are a row of their article's: copied, they don't hold the others.
    _known[key] = tuple(_moved(one, -first)._replace(numbers=one.numbers.copy()) for one in ranked)
    if len(_known) > HELD:
        _known.popitem(last=False)


def forget() -> None:
    """Forget all paragraphs."""
    _known.clear()


def _moved(one: Ranked, by: int) -> Ranked:
    """The same with its tokens numbered from elsewhere; -1 stands for no speaker in both."""
    content = one.content
    parts = tuple((start + by, end + by) for start, end in content.parts)
    return Ranked(
        Cue(one.cue.token + by, one.cue.cue_class),
        content._replace(parts=parts, root=content.root + by),
        one.source + by if one.source >= 0 else -1,
        one.numbers,
    )
