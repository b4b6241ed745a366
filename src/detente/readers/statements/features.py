"""What the ranker sees: numbers for a cue, for a candidate content and for a candidate speaker.

No feature is a word itself: words enter through the counted tables and through a projection of
their vectors, so that the ranker carries over to texts with other names and topics. The order of the
features is part of the trained model.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

import numpy as np

from detente.readers.statements.contents import TYPES, Content, Phrase
from detente.readers.statements.cues import Cue, particle_of
from detente.readers.statements.lexicon import cue_key
from detente.readers.statements.quotes import MARKS, Quote
from detente.readers.statements.sources import Source
from detente.readers.statements.trees import Floats, Tables
from detente.readers.statements.view import View
from detente.record.types import ACTS

DEPS = (
    "ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "parataxis", "csubj", "dep", "nsubj",
    "nsubjpass", "dobj", "attr", "oprd", "pobj", "dative", "appos", "prep", "agent", "amod", "acomp",
    "advmod",
    "npadvmod", "compound", "poss", "nmod", "aux", "auxpass", "neg", "mark", "cc", "punct", "det", "intj",
)  # fmt: skip
TAGS = (
    "VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "MD", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "WP", "WDT",
    "WRB",
    "DT", "EX", "CD", "JJ", "JJR", "JJS", "RB", "IN", "TO", "CC", "RP", "POS", ".", ",", ":", "``", "''",
    "-LRB-", "-RRB-", "UH", "HYPH", "NFP",
)  # fmt: skip
POS = (
    "VERB",
    "AUX",
    "NOUN",
    "PROPN",
    "PRON",
    "ADJ",
    "ADV",
    "ADP",
    "SCONJ",
    "CCONJ",
    "DET",
    "NUM",
    "PART",
    "PUNCT",
)
ENTS = ("", "PERSON", "ORG", "GPE", "NORP", "DATE")
_DEP = {name: float(i) for i, name in enumerate(DEPS)}
_TAG = {name: float(i) for i, name in enumerate(TAGS)}
_POS = {name: float(i) for i, name in enumerate(POS)}
_ENT = {name: float(i) for i, name in enumerate(ENTS)}
_ACT = {name: float(i) for i, name in enumerate(ACTS)}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_PRONOUNS = {"he": 1.0, "she": 1.0, "they": 2.0, "it": 3.0, "i": 4.0, "we": 5.0, "you": 6.0, "who": 7.0,
    "that": 8.0,
             "which": 8.0, "this": 9.0, "what": 10.0}  # fmt: skip
_OTHER = 40.0
_COMMAS = (",", ";", "—", "–")
_QUOTE_BEFORE, _QUOTE_AFTER, _RUN = (TYPES.index(t) for t in ("quote before", "quote after", "run"))


def key_of(view: View, token: int) -> str:
    """The key of a cue in the tables."""
    return cue_key(view.lemma[token], view.pos[token])


def phrase_key(view: View, token: int) -> str:
    """The key of a cue with its particle ("call for/v")."""
    particle = particle_of(view, token)
    return f"{view.lemma[token]} {particle}/{key_of(view, token)[-1:]}" if particle else key_of(view, token)


def cue_features(view: View, quotes: list[Quote], cue: Cue, phrase: Phrase, tables: Tables) -> list[float]:
    """Numbers for a candidate cue, its governor and what it governs."""
    i = cue.token
    begin, stop = phrase.sentence
    rate, seen = tables.cues.get(key_of(view, i), (0.0, 0.0))
    known = cue.cue_class
    deps = {view.dep[c]: c for c in view.children[i]}
    subject = next((deps[d] for d in _SUBJECTS if d in deps), -1)
    head = view.head[i]
    takes = known.takes if known else ()
    aux = [view.low[c] for c in view.children[i] if view.dep[c] == "aux"]
    return [
        rate,
        tables.phrases.get(phrase_key(view, i), rate),
        seen,
        0.0 if known is None else 1.0 if known.speech else 0.5,
        _ACT.get(known.act, _OTHER) if known else _OTHER,
        float("that" in takes), float("inf" in takes), float("np" in takes),
        _POS.get(view.pos[i], _OTHER), _DEP.get(view.dep[i], _OTHER), _TAG.get(view.tag[i], _OTHER),
        float("auxpass" in deps), float("neg" in deps),
        float(any(a in ("will", "would", "could", "can", "may", "might", "should", "must") for a in aux)),
        float("to" in aux), float(bool(aux)),
        *_subject_features(view, subject, tables),
        *(float(d in deps) for d in ("ccomp", "xcomp", "dobj", "prep", "advcl", "acl", "attr", "agent",
        "poss", "mark",
                                     "oprd", "acomp", "relcl", "dative")),
        _POS.get(view.pos[head], _OTHER), tables.cues.get(key_of(view, head), (0.0,
        0.0))[0] if head != i else -1.0,
        *_quote_features(view, quotes, phrase),
        float(i - begin), float(stop - begin), (i - begin) / max(1, stop - begin),
        float(view.sent[i] - view.sent[view.paragraph_range(view.para[i])[0]]),
        float(view.para[i]), float(view.text[i] == ":"), float(view.text[stop - 1] == ":"),
        float(view.text[stop - 1] == "?"),
    ]  # fmt: skip


def _subject_features(view: View, subject: int, tables: Tables) -> list[float]:
    if subject < 0:
        return [-1.0, -1.0, -1.0, 0.0, -1.0]
    return [
        _POS.get(view.pos[subject], _OTHER), _ENT.get(view.ent[subject], 6.0),
        _PRONOUNS.get(view.low[subject], 0.0), tables.nouns.get(view.lemma[subject], 0.0),
        _DEP.get(view.dep[subject], _OTHER),
    ]  # fmt: skip


def _quote_features(view: View, quotes: list[Quote], phrase: Phrase) -> list[float]:
    """Is the cue inside a quotation; does one touch its words; is there one in its sentence."""
    begin, stop = phrase.sentence
    inside = view.quote[phrase.cue]
    near_before = any(view.text[i] in MARKS for i in range(max(begin, phrase.start - 2), phrase.start))
    near_after = any(view.text[i] in MARKS for i in range(phrase.end, min(stop, phrase.end + 3)))
    after = view.text[stop] in MARKS if stop < len(view) else False
    quoted = sum(1 for i in range(begin, stop) if view.quote[i] >= 0) / max(1, stop - begin)
    size = quotes[inside].end - quotes[inside].start if inside >= 0 else 0
    return [float(inside >= 0), float(size), float(near_before), float(near_after), float(after), quoted]


@dataclass(slots=True)
class Sums:
    """Running counts over an article's tokens: ``quoted[b] - quoted[a]`` are the quoted ones of a range."""

    quoted: list[int]
    commas: list[int]


def sums_of(view: View) -> Sums:
    """The running counts of a view whose quotations are marked."""
    quoted = accumulate((number >= 0 for number in view.quote), initial=0)
    commas = accumulate((word in _COMMAS for word in view.text), initial=0)
    return Sums(list(quoted), list(commas))


def contents_features(
    view: View,
    quotes: list[Quote],
    cue: Cue,
    phrase: Phrase,
    contents: list[Content],
    tables: Tables,
    sums: Sums,
) -> list[list[float]]:
    """Numbers for the candidate contents of a cue, one row each, in their order."""
    i, (begin, stop) = cue.token, phrase.sentence
    key = key_of(view, i)
    shares = tables.types.get(key)
    if shares is None:
        shares = tables.types[f"*/{key[-1:]}"] if f"*/{key[-1:]}" in tables.types else tables.types["*/v"]
    top, share = float(shares.max()), shares.tolist()
    kinds = {content.type for content in contents}
    tail = [len(contents), _QUOTE_BEFORE in kinds, _QUOTE_AFTER in kinds, _RUN in kinds]
    own = view.quote[phrase.cue]
    open_quoted = [j for j in range(begin, stop) if view.quote[j] >= 0 and view.quote[j] != own]
    text, low, pos, dep, tag = view.text, view.low, view.pos, view.dep, view.tag
    head, sent, quote, last = view.head, view.sent, view.quote, len(view) - 1
    span = max(1, stop - begin)
    rows: list[list[float]] = []
    for index, content in enumerate(contents):
        parts, root = content.parts, content.root
        start, end = parts[0][0], parts[-1][1]
        if len(parts) == 1:
            size = end - start
            quoted, commas = sums.quoted[end] - sums.quoted[start], sums.commas[end] - sums.commas[start]
        else:
            size = sum([b - a for a, b in parts])
            quoted = sum([sums.quoted[b] - sums.quoted[a] for a, b in parts])
            commas = sum([sums.commas[b] - sums.commas[a] for a, b in parts])
        following = end if end < last else last
        before = start - 1 if start else 0
        first, behind = text[before], text[following]
        rows.append([
            content.type, content.variant, share[content.type], top,
            len(parts), log1p(size), size / span,
            start < i, end <= i, min(abs(start - i), 60), min(abs(i - end), 60),
            _TAG.get(tag[start], _OTHER), _POS.get(pos[start], _OTHER),
            low[before] == "that", low[start] == "to",
            _POS.get(pos[root], _OTHER), _DEP.get(dep[root], _OTHER), _TAG.get(tag[root], _OTHER),
            _has_subject(view, root),
            _TAG.get(tag[following], _OTHER), _DEP.get(dep[following], _OTHER),
            tables.breaks.get(low[following], 0.5), _POS.get(pos[following], _OTHER),
            behind in MARKS, first in MARKS, first in (",", ":"),
            end >= stop - 2, start <= begin + 1, sent[start] != sent[i], sent[end - 1] != sent[i],
            quoted / (size or 1), commas, index,
            start <= head[following] < end, head[following] == i,
            quote[start] >= 0, quote[end - 1] >= 0,
            _crossing(view, quotes, content), *_left_out(open_quoted, phrase, content), *tail,
        ])  # fmt: skip
    return rows


def _has_subject(view: View, token: int) -> bool:
    dep = view.dep
    for child in view.children[token]:  # noqa: SIM110 - a third of what any() costs here
        if dep[child] in _SUBJECTS:
            return True
    return False


def _left_out(quoted: list[int], phrase: Phrase, content: Content) -> tuple[int, float, int]:
    """Quoted words of the cue's sentence that the content leaves out, and its gap to the cue's words."""
    missed = len(quoted)
    if missed and len(content.parts) == 1:
        ((a, b),) = content.parts
        missed -= bisect_left(quoted, b) - bisect_left(quoted, a)
    elif missed:  # parts may overlap
        missed = sum(1 for i in quoted if not any(a <= i < b for a, b in content.parts))
    gap = -1
    for a, b in content.parts:
        if b <= phrase.start and (gap < 0 or phrase.start - b < gap):
            gap = phrase.start - b
        if a >= phrase.end and (gap < 0 or a - phrase.end < gap):
            gap = a - phrase.end
    return len(quoted), missed / (len(quoted) or 1), gap


def _crossing(view: View, quotes: list[Quote], content: Content) -> float:
    """1 when the content breaks a quotation apart (it starts or ends inside one that goes on outside)."""
    for a, b in content.parts:
        for edge in (a, b - 1):
            number = view.quote[edge]
            if number >= 0 and (quotes[number].start < a or quotes[number].end > b):
                return 1.0
    return 0.0


def source_features(
    view: View, cue: Cue, source: Source, content: Content | None, tables: Tables, index: int
) -> list[float]:
    """Numbers for one candidate speaker of a cue."""
    i, head = cue.token, source.head
    key = key_of(view, i)
    shares = tables.routes.get(key)
    if shares is None:
        shares = tables.routes[f"*/{key[-1:]}"] if f"*/{key[-1:]}" in tables.routes else tables.routes["*/v"]
    common = [
        float(source.route), float(source.steps), float(shares[source.route]), float(index),
        _POS.get(view.pos[i], _OTHER), _DEP.get(view.dep[i], _OTHER), _TAG.get(view.tag[i], _OTHER),
        float(any(view.dep[c] == "auxpass" for c in view.children[i])),
    ]  # fmt: skip
    if head < 0:
        return [*common, *[-1.0] * 13]
    covered = content is not None and any(a <= head < b for a, b in content.parts)
    return [
        *common,
        _POS.get(view.pos[head], _OTHER), _TAG.get(view.tag[head], _OTHER), _DEP.get(view.dep[head], _OTHER),
        _ENT.get(view.ent[head], 6.0), _PRONOUNS.get(view.low[head], 0.0),
        tables.nouns.get(view.lemma[head], 0.0),
        float(head < i), float(min(abs(head - i), 60)), float(covered),
        float(view.quote[head] >= 0), float(view.quote[head] != view.quote[i]),
        float(any(view.low[c] in ("the", "a", "an") for c in view.children[head])),
        float(view.right[head] - view.left[head]),
    ]  # fmt: skip


def vector_features(view: View, tokens: list[int], projection: Floats) -> Floats:
    """The word vectors of some tokens, projected on the directions that training found."""
    if not tokens:
        return np.zeros((0, projection.shape[1]), np.float32)
    vectors = []
    for token in tokens:
        paragraph, local = view.local(token)
        vectors.append(paragraph.doc[local].vector)
    rows: Floats = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Floats = (rows / np.maximum(norms, 1e-6)) @ projection
    return result
