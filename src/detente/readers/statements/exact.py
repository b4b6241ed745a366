"""Exact forms of reported speech, read by the order of words, where the parse may fail.

Newspapers write them all day:

1. the tail: "S, the coast guard said yesterday." and "S, said the vice-president, Fuat Oktay.";
2. the inset: "Russia, it was stressed at the ministry, opposes …", "The two, officials said, had …";
3. the clause behind "that", whatever stands between: "told the envoy, X, in a call that S".

The ranker has most of them; where a clause inside S or an apposition misled the parse, it takes too little or
stays unsure. What is found here then stands instead (``rank.choose``).
"""

from __future__ import annotations

from typing import NamedTuple

from detente.readers.statements.contents import SUBJECTS, Part, Parts, trim
from detente.readers.statements.forms import forms
from detente.readers.statements.lexicon import cue_class
from detente.readers.statements.quotes import MARKS, Quote
from detente.readers.statements.view import View

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_PHRASE = _NOMINAL | {"DET", "ADJ", "PART", "SYM", "X", "PUNCT"}
# What may stand between a subject and its verb.
_BEFORE = frozenset(("AUX", "ADV"))
# The words that a speaker's phrase, or what stands between a cue and its "that", may take.
_LONGEST = 18
_NEVER_FIRST = frozenset(("and", "but", "or", "who", "which", "that", "as", "what", "so", "nor", "yet"))
_SIDES = frozenset((",", "—", "–", "--"))
_DETERMINERS = frozenset(("the", "a", "an", "its", "this", "his", "her", "their"))
# Past and present forms of a verb with a subject.
_PAST = frozenset(("VBD", "VBZ", "VBP"))
_SPEAKING = frozenset(
    ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "PART", "ADP", "CCONJ", "PUNCT", "AUX", "ADV")
)
# A quotation of fewer words is no text of its own.
_LEAST_TEXT = 20
_PLACING = frozenset(("at", "in", "by", "from"))


class Form(NamedTuple):
    """What is said by whom; ``source`` is the speaker's head (-1: nobody), ``first`` his first word."""

    cue: int
    parts: Parts
    source: int
    first: int  # -1: by the parse


def find_forms(view: View, quotes: list[Quote], explained: set[int]) -> list[Form]:
    """The exact forms of an article, in reading order.

    ``explained`` are the tokens whose speaker is known: what a quotation reports is read only where nobody
    says the quotation, as in the text of a communique.
    """
    found = []
    for i, lemma in enumerate(view.lemma):
        form = None
        paper = view.low[i] in forms().papers and i and view.lemma[i - 1] in forms().issued
        if paper or (lemma in forms().plain and view.pos[i] == "VERB"):
            form = _form(view, quotes, i, explained)
        elif view.tag[i] in _PAST and i and view.text[i - 1] in MARKS:
            form = _quoted(view, quotes, i)  # "…," ran a statement
        elif lemma in forms().urging and view.pos[i] == "VERB":
            form = _directed(view, i)
        if form is not None:
            found.append(form)
    return found


def _form(view: View, quotes: list[Quote], cue: int, explained: set[int]) -> Form | None:
    if view.tag[cue] in ("VB", "VBG"):
        return None
    begin, stop = view.sentence_range(cue)
    if view.quote[cue] >= 0:
        inside = quotes[view.quote[cue]]
        if cue in explained or inside.single or inside.end - inside.start < _LEAST_TEXT:
            return None
        return _behind_that(view, cue, stop, directly=True)
    quoted = _quoted(view, quotes, cue)
    if quoted is not None:
        return quoted
    form = _tail(view, cue, begin, stop)
    if form is None and cue > begin and view.text[cue - 1] in _SIDES:
        form = _inverted(view, cue, begin, stop)
    return form or _behind_that(view, cue, stop)


def _quoted(view: View, quotes: list[Quote], cue: int) -> Form | None:
    """ "“…,” NP, NP, told …" and "“…,” ran a statement …": the quotation right before the speaker."""
    begin, stop = view.sentence_range(cue)
    if view.text[cue - 1] in MARKS:
        close, head = cue - 1, _head(view, cue + 1, min(stop, cue + _LONGEST))
        first = cue + 1
        if head < 0 or view.pos[first] not in ("DET", "PROPN", "NOUN", "PRON", "ADJ"):
            return None
    else:
        close = next((i for i in range(cue - 1, max(begin, cue - _LONGEST), -1) if view.text[i] in MARKS), -1)
        if close < 0 or any(view.pos[i] not in _SPEAKING for i in range(close + 1, cue)):
            return None
        first, head = close + 1, _head(view, close + 1, cue)
    quote = next((q for q in quotes if q.outer_end == close + 1 and not q.depth and not q.odd), None)
    if quote is None or quote.single or quote.previous >= 0 or head < 0 or view.text[quote.end - 1] != ",":
        return None
    content = trim(view, quote.start, quote.end)
    return Form(cue, (content,), head, first) if content and content[1] - content[0] >= 3 else None


def _directed(view: View, cue: int) -> Form | None:
    """ "NP, NP, urged them to go back", "appealed to them to go": who is to do something and what."""
    through = forms().urging[view.lemma[cue]]
    begin = cue + 1 + bool(through)
    if through and view.low[cue + 1 : cue + 2] not in [[word] for word in through]:
        return None
    source = _own_subject(view, cue)
    if source < 0 or view.quote[cue] >= 0 or view.tag[cue] not in _PAST:
        return None
    stop = view.sentence_range(cue)[1]
    for i in range(begin, min(stop - 1, cue + _LONGEST)):
        if view.tag[i] == "TO" and view.tag[i + 1] == "VB" and i > begin:
            end = next((j for j in range(i, stop) if view.text[j] in (",", ";", ".")), stop)
            content = trim(view, begin, end)
            return Form(cue, (content,), source, -1) if content else None
        if view.pos[i] in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _own_subject(view: View, cue: int) -> int:
    """The subject of an active verb or of the one it is joined to, no relative; -1 without one."""
    source = next((c for c in view.children[cue] if view.dep[c] in SUBJECTS and c < cue), -1)
    if source < 0 and view.dep[cue] == "conj" and view.head[cue] < cue:
        return _own_subject(view, view.head[cue])
    if source >= 0 and (view.dep[source] != "nsubj" or _is_parted(view, source, cue)):
        return -1
    return source if source >= 0 and view.low[source] not in _NEVER_FIRST else -1


def _tail(view: View, cue: int, begin: int, stop: int) -> Form | None:
    """ "S, NP said … ." and the inset "S, NP said, S."."""
    subject = _subject(view, begin, cue)
    if subject is None:
        return None
    first, source = subject
    end = _setting_end(view, cue + 1, stop)
    if end is None:
        return None
    comma = first - 1
    if view.low[source] == "it" and view.tag[cue] == "VBN":
        source, first = placed(view, cue), cue + 2
    return _around(Form(cue, (), source, first), view, (begin, comma), (end, stop))


def _inverted(view: View, cue: int, begin: int, stop: int) -> Form | None:
    """ "S, said NP … ." and "It was folly, said NP, to call …"."""
    if any(view.dep[c] == "nsubj" and c < cue for c in view.children[cue]):
        return None  # "the senator, a candidate, tweeted a warning"
    if view.lemma[cue] in forms().informing:
        return None  # "X, the minister, tells the newspaper"
    last = cue + 1
    while last < stop and last - cue <= _LONGEST and view.pos[last] in (_PHRASE | {"ADP", "ADV"}):
        last += 1
    if view.tag[last - 1] == "TO":
        last -= 1
    if last < stop and view.text[last] not in ".;" and not _is_infinitive(view, last):
        return None
    source = _head(view, cue + 1, last)
    if source < 0:
        return None
    if last < stop and _is_infinitive(view, last):
        last -= 1  # the comma before
    return _around(Form(cue, (), source, cue + 1), view, (begin, cue - 1), (last, stop))


def _is_infinitive(view: View, token: int) -> bool:
    return view.tag[token] == "TO" and view.text[token - 1] == ","


def _subject(view: View, begin: int, cue: int) -> tuple[int, int] | None:
    """The first word of the subject that stands between a comma and a cue, and the subject's head."""
    i = cue - 1
    while i > begin and view.pos[i] in _BEFORE:
        i -= 1
    apposed = view.text[i] in _SIDES
    left = _phrase_start(view, begin, i - 1 if apposed else i)
    if apposed and left is not None:  # "the mayor, Willy Brandt, said": the phrase before has the head
        left = _phrase_start(view, begin, left - 2)
    if left is None or view.low[left] in _NEVER_FIRST:
        return None
    head = _head(view, left, i + 1)
    return (left, head) if head >= 0 else None


def _phrase_start(view: View, begin: int, last: int) -> int | None:
    """The first word of the noun phrase that ends with a word, a comma right before it."""
    i = last
    while i > begin and last - i < _LONGEST and view.text[i] not in _SIDES:
        if view.pos[i] not in _PHRASE and view.pos[i] not in ("ADP", "CCONJ"):
            return None
        if view.text[i] in MARKS or (view.tag[i] == "DT" and view.pos[i - 1] in ("NOUN", "PRON")):
            return None  # "something a caller told them"
        i -= 1
    if i <= begin or view.text[i] not in _SIDES or i == last:
        return None
    return None if view.pos[i + 1] in ("ADP", "CCONJ", "PUNCT", "PART") else i + 1


def _head(view: View, start: int, end: int) -> int:
    """The last noun of the phrase before a preposition, a comma or a conjunction; -1 without any."""
    head = -1
    for i in range(start, end):
        if head >= 0 and (view.pos[i] in ("ADP", "CCONJ", "VERB", "AUX") or view.text[i] in _SIDES):
            break
        if view.pos[i] in _NOMINAL and view.tag[i] not in ("PRP$", "WP$"):
            possessed = i + 1 < end and view.tag[i + 1] == "POS"
            head = head if possessed else i
    return head


def _setting_end(view: View, start: int, stop: int) -> int | None:
    """Where day, place and hearer behind a cue end: a comma or the sentence's end; None for other words."""
    if start < stop and view.text[start] not in (",", ".", ";"):
        opens = view.pos[start] in ("ADP", "ADV") or view.ent[start] in ("DATE", "TIME")
        hearer = view.lemma[start - 1] in forms().informing
        if not opens and not hearer:
            return None
    inside = False  # a clause that hangs on day or place: "after a call in which …"
    for i in range(start, min(stop, start + 2 * _LONGEST)):
        if view.text[i] in (",", ".", ";"):
            return i
        if view.text[i] in MARKS or view.text[i] == ":" or (view.tag[i] in FINITE and not inside):
            return None
        if view.low[i] in ("that", "whether", "how", "if") and view.pos[i] == "SCONJ":
            return None
        if view.tag[i] == "TO" and not inside:
            return None
        inside = inside or (i > start and view.low[i] in forms().hanging)
    return stop if stop - start < 2 * _LONGEST else None


def placed(view: View, cue: int) -> int:
    """ "It was stressed at the Foreign Ministry": the body that speaks; -1 without one."""
    stop = min(cue + 3 + _LONGEST, view.sentence_range(cue)[1])
    if cue + 2 >= stop or view.low[cue + 1] not in _PLACING:
        return -1
    head = _head(view, cue + 2, stop)
    return head if head >= 0 and view.lemma[head] in forms().seats else -1


def _is_parted(view: View, source: int, cue: int) -> bool:
    """True where another clause begins between a subject and its verb: the parse took a wrong one."""
    return any(view.text[i] == "," and view.low[i + 1] in ("and", "but") for i in range(source, cue))


def _around(form: Form, view: View, before: Part, after: Part) -> Form | None:
    """The form with the content on both sides of its reporting clause."""
    first = trim(view, *before)
    if first is None or any(view.quote[i] >= 0 for i in range(*first)):
        return None
    whole = any(view.tag[i] in FINITE for i in range(*first)) and not _is_subordinate(view, *first)
    end, stop = after
    goes_on = end + 3 < stop and view.text[end] == "," and view.quote[end + 1] < 0
    if goes_on and _continues(view, end + 1):  # "the two, officials said, had agreed"
        second = trim(view, end + 1, stop)
        return form._replace(parts=(first, second)) if second else None
    hangs = view.tag[end + 1] == "VBG" or view.low[end + 1] in forms().hanging if goes_on else True
    if not whole or not (hangs or not any(view.tag[i] in FINITE for i in range(end, stop))):
        return None
    return form._replace(parts=(first,))


def _continues(view: View, start: int) -> bool:
    """True where the clause before the reporter's goes on: "had agreed", "and would stop"."""
    low, tag = view.low[start], view.tag[start]
    if tag in FINITE or tag == "TO":
        return True
    return (low in ("and", "but") or tag == "RB") and view.tag[start + 1] in FINITE


def _is_subordinate(view: View, start: int, end: int) -> bool:
    """True for one clause that hangs on what follows."""
    opening = [view.low[i] for i in range(start, min(end, start + 2))]
    return bool(forms().subordinate & set(opening)) and not any(
        view.text[i] == "," for i in range(start, end)
    )


def _behind_that(view: View, cue: int, stop: int, *, directly: bool = False) -> Form | None:
    """ "Told NP, NP, in a call that S.": what stands behind "that"; ``directly`` also right behind a cue."""
    source = _own_subject(view, cue)
    if source < 0:
        return None
    for i in range(cue + 1, min(stop - 2, cue + 2 * _LONGEST)):
        if view.low[i] == "that" and _is_that(view, i) and (directly or i > cue + 1):
            told = view.lemma[cue] in forms().telling or view.low[i - 2] not in _DETERMINERS
            if view.tag[i + 1] in FINITE or not told:
                return None  # "told the council that met", "underlines the fact that"
            content = trim(view, i + 1, _clause_end(view, i + 1, stop))
            return Form(cue, (content,), source, -1) if content else None
        if view.pos[i] in ("VERB", "AUX") or view.text[i] in (":", ";") or view.text[i] in MARKS:
            return None
    return None


def _is_that(view: View, i: int) -> bool:
    """True for the complementiser, and behind a comma whatever the tagger says."""
    return view.tag[i] in ("IN", "WDT") or view.text[i - 1] == ","


def _clause_end(view: View, start: int, stop: int) -> int:
    """Before ", and it accused": where the reporter goes on; else the sentence's end."""
    for i in range(start + 3, stop - 3):
        joined = view.text[i] == "," and view.low[i + 1] in ("and", "but")
        goes_on = joined and view.pos[i + 2] == "PRON" and view.tag[i + 3] in _PAST
        if goes_on and cue_class(view.lemma[i + 3], "VERB") is not None:
            return i
    return stop
