"""Candidate contents from the quotations around a cue: before it, after it, carried on over paragraphs."""

from __future__ import annotations

from detente.readers.statements.contents import PUNCT, Collector, Part, Phrase
from detente.readers.statements.quotes import Quote
from detente.readers.statements.view import View


def from_quotes(view: View, quotes: list[Quote], phrase: Phrase, collect: Collector) -> None:
    """The quotations next to the cue's words, with what carries them on."""
    begin, stop = phrase.sentence
    first, last = view.paragraph_range(view.para[phrase.cue])
    before = _quote_before(view, quotes, phrase.start, first)
    after = _quote_after(view, quotes, phrase.end, last, stop)
    follow = list(collect.follow)
    chain = _chain_back(quotes, before) if before is not None else []
    if chain:
        collect.add([*chain], "quote before", "whole", phrase.cue)
        if chain[0][0] > begin and len(chain) == 1:
            collect.add([(begin, chain[0][1])], "quote before", "to sentence end", phrase.cue)
    rest = _chain_on(quotes, after) if after is not None else []
    if rest:
        _after(view, phrase, rest, collect)
    for extra in (rest, follow):
        if chain and extra:
            collect.add([*chain, *extra], "quote both", "whole", phrase.cue)
    if follow and not after:
        collect.add(follow, "quote follow", "whole", phrase.cue)
    _runs(view, quotes, chain, rest or follow, last, collect)
    _next_paragraph(view, quotes, phrase, last, collect)


def _after(view: View, phrase: Phrase, rest: list[Part], collect: Collector) -> None:
    """The quotation after the cue, alone and with the words between ("that it was “a trap”")."""
    collect.add([*rest], "quote after", "whole", phrase.cue)
    start = rest[0][0]
    if start - phrase.end > 1 and view.sent[start] == view.sent[phrase.cue]:
        collect.add([(phrase.end, start), *rest], "quote after", "to sentence end", phrase.cue)


def _runs(
    view: View, quotes: list[Quote], chain: list[Part], rest: list[Part], last: int, collect: Collector
) -> None:
    """The same with the paragraphs that follow, where each is one quotation and nothing else."""
    own = [*chain, *rest]
    if not own:
        return
    edge = max(last, view.paragraph_range(view.para[own[-1][1] - 1])[1])
    run = _run(view, quotes, edge)
    if run:
        collect.add([*own, *run], "run", "whole", own[0][0])


def _run(view: View, quotes: list[Quote], start: int) -> list[Part]:
    """The paragraphs from ``start`` on that are quoted from end to end."""
    parts: list[Part] = []
    while start < len(view):
        stop = view.paragraph_range(view.para[start])[1]
        inside = [q for q in quotes if start <= q.outer_start < stop and not q.depth and not q.single]
        covered = sum(q.outer_end - q.outer_start for q in inside)
        if covered < stop - start - 1 or len(inside) > 3:
            break
        parts += [(q.start, q.end) for q in inside]
        start = stop
    return parts


def _next_paragraph(view: View, quotes: list[Quote], phrase: Phrase, last: int, collect: Collector) -> None:
    """A cue before a colon at the end of its paragraph introduces the next one."""
    if last >= len(view) or phrase.sentence[1] < last or view.text[last - 1] != ":":
        return
    start, end = view.paragraph_range(view.para[last])
    opening = next((q for q in quotes if start <= q.outer_start <= start + 1), None)
    if opening is not None:
        collect.add([*_chain_on(quotes, opening)], "next", "inside quote", phrase.cue)
    collect.add([(start, end)], "next", "whole", phrase.cue)


def _quote_before(view: View, quotes: list[Quote], start: int, first: int) -> Quote | None:
    found = None
    for quote in quotes:
        if quote.outer_start < first or quote.depth:
            continue
        if quote.outer_end <= start and all(view.text[i] in PUNCT for i in range(quote.outer_end, start)):
            found = quote
        if quote.outer_start > start:
            break
    return found


def _quote_after(view: View, quotes: list[Quote], start: int, last: int, stop: int) -> Quote | None:
    for quote in quotes:
        if quote.outer_start >= last:
            return None
        if quote.outer_start >= start and not quote.depth:
            near = quote.outer_start < stop or (stop <= last and view.text[stop - 1] == ":")
            return quote if near else None
    return None


def follow_on(view: View, quotes: list[Quote], stop: int) -> list[Part]:
    """A quotation that opens right where the sentence ends, with what carries it on: the same speaker."""
    if stop >= len(view):
        return []
    last = view.paragraph_range(view.para[stop - 1])[1]
    for quote in quotes:
        if quote.outer_start >= last:
            return []
        if quote.outer_start >= stop - 1 and not quote.depth:
            near = quote.outer_start <= stop + 1 and not _introduced(view, quote, last)
            return _chain_on(quotes, quote) if near else []
    return []


def _introduced(view: View, quote: Quote, last: int) -> bool:
    """True for a quotation with a cue of its own behind it (“…,” she said)."""
    if quote.outer_end >= last:
        return False
    return (
        view.text[quote.end - 1] == ","
        or view.text[quote.outer_end - 1] == ","
        or (view.text[quote.end - 1] in ("?", "!") and view.text[quote.outer_end][:1].islower())
    )


def _chain_back(quotes: list[Quote], quote: Quote) -> list[Part]:
    parts: list[Part] = [(quote.start, quote.end)]
    while quote.previous >= 0:
        quote = quotes[quote.previous]
        parts.insert(0, (quote.start, quote.end))
    return parts


def _chain_on(quotes: list[Quote], quote: Quote) -> list[Part]:
    parts = [(quote.start, quote.end)]
    while quote.next >= 0:
        quote = quotes[quote.next]
        parts.append((quote.start, quote.end))
    return parts
