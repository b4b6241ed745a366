"""One person, two spellings: listed as variants, low."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from detente.compare.differences.sides import Accounts
from detente.compare.names import name_tokens, same_name
from detente.compare.pile import Pile
from detente.record import Actor, Difference, Span


def find_name_differences(actors: Iterable[Actor], pile: Pile, accounts: Accounts) -> Iterator[Difference]:
    """Persons whose name independent accounts spell in more than one way (not merely shorter)."""
    for actor in actors:
        if actor.type != "person" or len(actor.names) < 2:
            continue
        spans = _by_spelling(actor, pile)
        if len(spans) < 2:
            continue
        sides = [
            accounts.side(" ".join(map(str.capitalize, words)), found)
            for words, found in sorted(spans.items())
        ]
        writers = [{accounts.writer_of(s.article) for s in side.spans} for side in sides]
        if len(set.union(*writers)) > 1:
            values = " and ".join(s.value for s in sides)
            yield accounts.difference(
                "name", [actor.id], sides, severity="low", why=f"the name is spelled {values}", confidence=0.9
            )


def _by_spelling(actor: Actor, pile: Pile) -> dict[tuple[str, ...], list[Span]]:
    """Full-name mentions by first and last word, where two spellings of the same word exist."""
    full: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    wanted = {t for name in actor.names if len(t := name_tokens(name)) > 1}
    if len({(w[0], w[-1]) for w in wanted}) < 2:
        return {}
    held, text = "", ""
    for span in actor.mentions:
        if span.article != held:  # the mentions stand in the order of articles
            held, text = span.article, pile.article(span.article).text
        tokens = name_tokens(text[span.start : span.end])
        if len(tokens) > 1:
            for first, last in {(w[0], w[-1]) for w in wanted}:
                if first in tokens and last in tokens:
                    full[first, last].append(span)
    return {pair: spans for pair, spans in full.items() if any(_variants(pair, other) for other in full)}


def _variants(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one != other and same_name(one[0], other[0]) and same_name(one[1], other[1])
