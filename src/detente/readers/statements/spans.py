"""Where the content of a cue may stand: a short list of candidate spans, from the parse and the quotations.

High recall is the aim: for nine in ten gold statements of PolNeAR's training part one of the
candidates is exact to a word (``training/statements/train.py`` prints the share). Which one is
right is decided by :mod:`detente.readers.statements.rank`.
"""

from __future__ import annotations

from bisect import bisect_left

from detente.readers.statements.contents import TYPES, Collector, Content, Part, Phrase
from detente.readers.statements.hearers import without_hearer
from detente.readers.statements.quoted import follow_on, from_quotes
from detente.readers.statements.quotes import MARKS, Quote
from detente.readers.statements.view import View

_NEVER = {"aux", "auxpass", "neg", "punct", "mark", "cc", "expl", "prt", "det", "agent", "poss", "predet",
          "nsubj", "csubj", "nsubjpass", "csubjpass", "compound", "amod", "nummod", "case",
          "preconj"}  # fmt: skip


# Verbs whose subject belongs to what is reported ("he seems to have left").
_RAISING = frozenset({"seem", "appear", "look", "tend", "prove", "happen"})


def find_contents(view: View, quotes: list[Quote], phrase: Phrase) -> list[Content]:
    """List the candidate contents of a cue, likeliest kinds first."""
    collect = Collector(view, follow_on(view, quotes, phrase.sentence[1]))
    from_quotes(view, quotes, phrase, collect)
    _from_children(view, quotes, phrase, collect)
    _from_order(view, phrase, collect)
    _from_clause(view, phrase, collect)
    that = _from_complementiser(view, phrase, collect)
    contents = [c for c in collect.found.values() if not phrase.cue < c.parts[0][0] <= that < c.parts[0][1]]
    return without_hearer(view, phrase, contents)


def _from_complementiser(view: View, phrase: Phrase, collect: Collector) -> int:
    """ "told reporters at a briefing that …": from "that" on, wherever the parser hung the clause.

    Returns:
        The token of "that", or -1.
    """
    cue, stop = phrase.cue, phrase.sentence[1]
    for i in range(cue + 1, min(stop - 1, cue + 14)):
        if view.low[i] == "that" and view.pos[i] == "SCONJ":
            clause = view.head[i]
            if clause > i:
                collect.add([(i + 1, max(view.right[clause], i + 2))], "ccomp", "whole", clause)
                collect.add([(i + 1, stop)], "ccomp", "to sentence end", clause)
            return i
        if view.pos[i] in ("VERB", "AUX") or view.text[i] == ":":
            break
    return -1


def _from_children(view: View, quotes: list[Quote], phrase: Phrase, collect: Collector) -> None:
    cue = phrase.cue
    children = [d for d in view.children[cue] if view.dep[d] not in _NEVER]
    for child in children:
        dep = view.dep[child]
        if dep in ("advmod", "npadvmod", "conj", "dative") and child < cue:
            continue
        kind = dep if dep in TYPES else "other"
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
            if child > phrase.cue and (passive or view.lemma[phrase.cue] in _RAISING):
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
    if collect.follow:
        collect.add([(start, end), *collect.follow], "child+follow", "whole", root)
    if end < stop - 1:
        collect.add([(start, stop)], kind, "to sentence end", root)
        comma = _next_comma(view, end, stop)
        if comma:
            collect.add([(start, comma)], kind, "next comma", root)
    commas = view.commas[
        bisect_left(view.commas, max(start + 2, cue + 1)) : bisect_left(view.commas, end - 1)
    ]
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
    if collect.follow:
        collect.add([part, *collect.follow], "child+follow", "whole", root)


def _next_comma(view: View, start: int, stop: int) -> int | None:
    place = bisect_left(view.commas, start + 1)
    return view.commas[place] if place < len(view.commas) and view.commas[place] < stop else None


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
