"""Where the content of a cue may stand: a short list of candidate spans, from the parse and the quotations.

High recall is the aim: for nine in ten gold statements of PolNeAR's training part one of the
candidates is exact to a word (``training/statements/train.py`` prints the share). Which one is
right is decided by :mod:`detente.readers.statements.rank`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.readers.statements.quotes import MARKS, Quote
from detente.readers.statements.view import View

Part = tuple[int, int]
Parts = tuple[Part, ...]

# How a candidate was made. The order is part of the trained model: append, never reorder.
TYPES = (
    "ccomp", "xcomp", "dobj", "prep", "pobj", "advcl", "acl", "relcl", "attr", "oprd", "acomp", "other",
    "subject", "object+", "before", "after", "rest", "clause", "quote before", "quote after", "quote both",
    "quote follow", "next", "child+follow", "before+after", "be", "antecedent", "run",
)  # fmt: skip
VARIANTS = ("whole", "to sentence end", "last comma", "first comma", "next comma", "quote end", "subordinate",
            "inside quote", "after comma", "no subject", "two clauses")  # fmt: skip
_TYPE = {name: i for i, name in enumerate(TYPES)}
_VARIANT = {name: i for i, name in enumerate(VARIANTS)}

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_NEVER = {"aux", "auxpass", "neg", "punct", "mark", "cc", "expl", "prt", "det", "agent", "poss", "predet",
          "nsubj", "csubj", "nsubjpass", "csubjpass", "compound", "amod", "nummod", "case", "preconj"}  # fmt: skip
_PHRASE = {"aux", "auxpass", "neg", "advmod", "prt", "npadvmod", "dative", "expl"}
_PUNCT = {",", ".", ";", ":", "—", "–", "-", "--", "…", "...", "(", ")", "[", "]", "!", "?", *MARKS}


@dataclass(frozen=True, slots=True)
class Content:
    """A candidate for what a cue reports: token ranges, how it was made, and its head token."""

    parts: Parts
    type: int
    variant: int
    root: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words around a cue that introduce its content: subject, auxiliaries, particles, adverbs."""

    cue: int
    start: int
    end: int
    sentence: Part


def trim(view: View, start: int, end: int) -> Part | None:
    """Cut punctuation, quotation marks and the complementiser from both ends; None when nothing is left."""
    text = view.text
    while start < end and (text[start] in _PUNCT or view.pos[start] == "SPACE"):
        start += 1
    if start < end and view.low[start] == "that" and view.dep[start] in ("mark", "complm"):
        start += 1
        while start < end and text[start] in _PUNCT:
            start += 1
    while start < end and (text[end - 1] in _PUNCT or view.pos[end - 1] == "SPACE"):
        end -= 1
    return (start, end) if start < end else None


def phrase_of(view: View, cue: int) -> Phrase:
    """The stretch of words that belongs to the cue itself."""
    sentence = view.sentence_range(cue)
    start, end = cue, cue + 1
    for child in reversed(view.children[cue]):
        if child < cue and view.dep[child] in (_PHRASE | _SUBJECTS) and view.right[child] >= start - 1:
            start = min(start, view.left[child])
    for child in view.children[cue]:
        if child > cue and view.left[child] <= end and _belongs(view, child):
            end = max(end, view.right[child])
    while start < cue and view.text[start] in _PUNCT:
        start += 1
    return Phrase(cue, start, end, sentence)


def _belongs(view: View, child: int) -> bool:
    dep = view.dep[child]
    return dep in _PHRASE or dep in _SUBJECTS or (dep == "prep" and view.right[child] - child <= 5)


class Collector:
    """Gathers candidates of one cue, each distinct range once, the first way of making it kept."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: dict[Parts, Content] = {}

    def add(self, parts: Sequence[Part | None], kind: str, variant: str, root: int) -> None:
        """Enter a candidate, its parts trimmed; nothing when a part is empty."""
        kept: list[Part] = []
        for part in parts:
            cut = trim(self.view, *part) if part and part[0] < part[1] else None
            if cut:
                kept.append(cut)
        key = tuple(kept)
        if key and key not in self.found:
            self.found[key] = Content(key, _TYPE[kind], _VARIANT[variant], root)


def find_contents(view: View, quotes: list[Quote], phrase: Phrase) -> list[Content]:
    """List the candidate contents of a cue, likeliest kinds first."""
    collect = Collector(view)
    _from_quotes(view, quotes, phrase, collect)
    _from_children(view, quotes, phrase, collect)
    _from_order(view, phrase, collect)
    _from_clause(view, phrase, collect)
    return list(collect.found.values())


def _from_children(view: View, quotes: list[Quote], phrase: Phrase, collect: Collector) -> None:
    cue = phrase.cue
    children = [d for d in view.children[cue] if view.dep[d] not in _NEVER]
    for child in children:
        dep = view.dep[child]
        if dep in ("advmod", "npadvmod", "conj", "dative") and child < cue:
            continue
        kind = dep if dep in _TYPE else "other"
        _with_variants(view, quotes, phrase, collect, (view.left[child], view.right[child]), kind, child)
        if dep in ("prep", "dative", "agent"):
            for inner in view.children[child]:
                if view.dep[inner] in ("pobj", "pcomp"):
                    part = (view.left[inner], view.right[inner])
                    _with_variants(view, quotes, phrase, collect, part, "pobj", inner)
        if dep in ("ccomp", "xcomp") and child > cue:
            _without_subject(view, child, collect)
    for first in children:
        if view.dep[first] not in ("dobj", "dative", "pobj", "attr", "oprd") or first < cue:
            continue
        for last in children:
            if last > first and view.dep[last] not in ("conj",):
                part = (view.left[first], view.right[last])
                collect.add([part], "object+", "whole", last)
    _passive(view, phrase, children, collect)


def _without_subject(view: View, child: int, collect: Collector) -> None:
    """ "urged Putin to withdraw": the infinitive alone."""
    for inner in view.children[child]:
        if view.dep[inner] == "aux" and view.low[inner] == "to":
            collect.add([(inner, view.right[child])], "xcomp", "no subject", child)


def _passive(view: View, phrase: Phrase, children: list[int], collect: Collector) -> None:
    """ "the plan was rejected", "he was called a liar": the subject is (part of) what is said."""
    for subject in view.children[phrase.cue]:
        if view.dep[subject] not in ("nsubjpass", "csubjpass", "nsubj"):
            continue
        own = (view.left[subject], view.right[subject])
        passive = view.dep[subject] != "nsubj"
        if passive:
            collect.add([own], "subject", "whole", subject)
        for child in children:
            if child > phrase.cue and (passive or view.dep[child] == "xcomp"):
                collect.add([own, (view.left[child], view.right[child])], "subject", "two clauses", child)


def _with_variants(
    view: View, quotes: list[Quote], phrase: Phrase, collect: Collector, part: Part, kind: str, root: int
) -> None:
    """A subtree and the other places where its content may well end."""
    start, end = part
    cue, stop = phrase.cue, phrase.sentence[1]
    if start < cue < end:
        collect.add([(start, phrase.start), (phrase.end, end)], kind, "whole", root)
        return
    if end <= cue:
        collect.add([(start, min(end, phrase.start))], kind, "whole", root)
        _extend_back(view, quotes, phrase, collect, part, kind, root)
        return
    collect.add([(start, end)], kind, "whole", root)
    follow = _follow_on(view, quotes, stop)
    if follow:
        collect.add([(start, end), follow], "child+follow", "whole", root)
    if end < stop - 1:
        collect.add([(start, stop)], kind, "to sentence end", root)
        comma = _next_comma(view, end, stop)
        if comma:
            collect.add([(start, comma)], kind, "next comma", root)
    commas = [i for i in range(start + 2, end - 1) if view.text[i] in (",", ";", "—", "–", "--") and i > cue]
    if commas:
        collect.add([(start, commas[-1])], kind, "last comma", root)
        collect.add([(start, commas[0])], kind, "first comma", root)
    _at_subordinate(view, collect, start, end, kind, root)
    inside = view.quote[end - 1]
    if inside >= 0 and quotes[inside].end > end:
        collect.add([(start, quotes[inside].end)], kind, "quote end", root)


def _at_subordinate(view: View, collect: Collector, start: int, end: int, kind: str, root: int) -> None:
    """Cut off the last adverbial clause or adjunct of the content's own head: it may be the narrator's."""
    for child in view.children[root]:
        if (
            child > root
            and view.left[child] > start + 1
            and view.dep[child] in ("advcl", "prep", "conj", "npadvmod")
        ):
            collect.add([(start, view.left[child])], kind, "subordinate", root)


def _extend_back(
    view: View, quotes: list[Quote], phrase: Phrase, collect: Collector, part: Part, kind: str, root: int
) -> None:
    begin = phrase.sentence[0]
    collect.add([(begin, min(part[1], phrase.start))], kind, "to sentence end", root)
    if view.right[phrase.cue] > phrase.end:
        rest = _next_comma(view, phrase.end, phrase.sentence[1]) or phrase.sentence[1]
        collect.add([(part[0], phrase.start), (phrase.end, rest)], "before+after", "next comma", root)
    follow = _follow_on(view, quotes, phrase.sentence[1])
    if follow:
        collect.add([part, follow], "child+follow", "whole", root)


def _next_comma(view: View, start: int, stop: int) -> int | None:
    return next((i for i in range(start + 1, stop) if view.text[i] in (",", ";", "—", "–", "--")), None)


def _from_order(view: View, phrase: Phrase, collect: Collector) -> None:
    """Everything before the cue's words, and everything after, within the sentence."""
    cue, (begin, stop) = phrase.cue, phrase.sentence
    if phrase.start - begin > 1:
        collect.add([(begin, phrase.start)], "before", "whole", cue)
        if view.text[phrase.start - 1] in (",", *MARKS) and stop - phrase.end > 2:
            collect.add([(begin, phrase.start), (phrase.end, stop)], "before+after", "whole", cue)
        comma = _next_comma(view, begin, phrase.start - 1)
        if comma:
            collect.add([(comma, phrase.start)], "before", "after comma", cue)
    if stop - phrase.end > 1:
        collect.add([(phrase.end, stop)], "after", "whole", cue)
        comma = _next_comma(view, phrase.end, stop)
        if comma:
            collect.add([(phrase.end, comma)], "after", "next comma", cue)
            collect.add([(comma, stop)], "after", "after comma", cue)


def _from_clause(view: View, phrase: Phrase, collect: Collector) -> None:
    """What the cue's own clause leaves over ("as he put it", "according to"), and the clause above."""
    cue, (begin, stop) = phrase.cue, phrase.sentence
    left, right = view.left[cue], view.right[cue]
    head = view.head[cue]
    if head == cue:
        return
    if view.dep[cue] in ("advcl", "prep", "parataxis", "ccomp", "dep", "pcomp", "acl", "conj", "amod"):
        collect.add([(begin, left), (right, stop)], "rest", "whole", head)
        lo, hi = view.left[head], view.right[head]
        if lo <= left and right <= hi:
            collect.add([(lo, left), (right, hi)], "clause", "whole", head)
            collect.add([(lo, left)], "clause", "first comma", head)
            collect.add([(right, hi)], "clause", "last comma", head)
    if view.lemma[head] == "be":
        for child in view.children[head]:
            if child > head and view.dep[child] in ("ccomp", "attr", "xcomp", "acomp"):
                collect.add([(view.left[child], view.right[child])], "be", "whole", child)
    if view.dep[cue] in ("relcl", "acl"):
        collect.add([(view.left[head], left)], "antecedent", "whole", head)


def _from_quotes(view: View, quotes: list[Quote], phrase: Phrase, collect: Collector) -> None:
    """The quotations next to the cue's words, with what carries them on."""
    begin, stop = phrase.sentence
    first, last = view.paragraph_range(view.para[phrase.cue])
    before = _quote_before(view, quotes, phrase.start, first)
    after = _quote_after(view, quotes, phrase.end, last, stop)
    follow = _follow_on(view, quotes, stop)
    chain = _chain_back(quotes, before) if before is not None else []
    if chain:
        collect.add([*chain], "quote before", "whole", phrase.cue)
        if chain[0][0] > begin and len(chain) == 1:
            collect.add([(begin, chain[0][1])], "quote before", "to sentence end", phrase.cue)
    rest = _chain_on(quotes, after) if after is not None else []
    if rest:
        _after(view, phrase, rest, collect)
    for extra in (rest, [follow] if follow else []):
        if chain and extra:
            collect.add([*chain, *extra], "quote both", "whole", phrase.cue)
    if follow and not after:
        collect.add([follow], "quote follow", "whole", phrase.cue)
    _runs(view, quotes, chain, rest or ([follow] if follow else []), last, collect)
    _next_paragraph(view, quotes, phrase, last, collect)


def _after(view: View, phrase: Phrase, rest: list[Part], collect: Collector) -> None:
    """The quotation after the cue, and with the words between where they belong to it ("that it was “a trap”")."""
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
        if quote.outer_end <= start and all(view.text[i] in _PUNCT for i in range(quote.outer_end, start)):
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


def _follow_on(view: View, quotes: list[Quote], stop: int) -> Part | None:
    """A quotation that opens right where the sentence ends: the same speaker goes on."""
    if stop >= len(view):
        return None
    last = view.paragraph_range(view.para[stop - 1])[1]
    for quote in quotes:
        if quote.outer_start >= last:
            return None
        if quote.outer_start >= stop - 1 and not quote.depth:
            near = quote.outer_start <= stop + 1 and not _introduced(view, quote, last)
            return (quote.start, quote.end) if near else None
    return None


def _introduced(view: View, quote: Quote, last: int) -> bool:
    """True for a quotation with a cue of its own behind it (“…,” she said)."""
    if quote.outer_end >= last:
        return False
    return view.text[quote.end - 1] == "," or view.text[quote.outer_end - 1] == "," or (
        view.text[quote.end - 1] in ("?", "!") and view.text[quote.outer_end][:1].islower()
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
