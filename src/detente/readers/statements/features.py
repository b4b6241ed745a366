"""What the ranker sees: numbers for a cue, for a candidate content and for a candidate speaker.

No feature is a word itself: words enter through the counted tables and through a projection of
their vectors, so that the ranker carries over to texts with other names and topics. The order of the
features is part of the trained model.
"""

from __future__ import annotations

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


def content_features(
    view: View,
    quotes: list[Quote],
    cue: Cue,
    phrase: Phrase,
    content: Content,
    tables: Tables,
    index: int,
    kinds: list[int],
) -> list[float]:
    """Numbers for one candidate content of a cue; ``kinds`` are the types of all its candidates."""
    i, (begin, stop) = cue.token, phrase.sentence
    start, end = content.parts[0][0], content.parts[-1][1]
    size = sum(b - a for a, b in content.parts)
    root = content.root
    key = key_of(view, i)
    shares = tables.types.get(key)
    if shares is None:
        shares = tables.types[f"*/{key[-1:]}"] if f"*/{key[-1:]}" in tables.types else tables.types["*/v"]
    text, low = view.text, view.low
    following = end if end < len(view) else end - 1
    before = max(0, start - 1)
    quoted = sum(1 for a, b in content.parts for j in range(a, b) if view.quote[j] >= 0) / max(1, size)
    commas = sum(1 for a, b in content.parts for j in range(a, b) if text[j] in (",", ";", "—", "–"))
    first_subject = any(view.dep[c] in _SUBJECTS for c in view.children[root])
    return [
        float(content.type), float(content.variant), float(shares[content.type]), float(shares.max()),
        float(len(content.parts)), log1p(size), size / max(1, stop - begin),
        float(start < i), float(end <= i), float(min(abs(start - i), 60)), float(min(abs(i - end), 60)),
        _TAG.get(view.tag[start], _OTHER), _POS.get(view.pos[start], _OTHER),
        float(low[before] == "that"), float(low[start] == "to"),
        _POS.get(view.pos[root], _OTHER), _DEP.get(view.dep[root], _OTHER), _TAG.get(view.tag[root], _OTHER),
        float(first_subject),
        _TAG.get(view.tag[following], _OTHER), _DEP.get(view.dep[following], _OTHER),
        tables.breaks.get(low[following], 0.5), _POS.get(view.pos[following], _OTHER),
        float(text[following] in MARKS), float(text[before] in MARKS), float(text[before] in (",", ":")),
        float(end >= stop - 2), float(start <= begin + 1), float(view.sent[start] != view.sent[i]),
        float(view.sent[end - 1] != view.sent[i]),
        quoted, float(commas), float(index),
        float(start <= view.head[following] < end), float(view.head[following] == i),
        float(view.quote[start] >= 0), float(view.quote[end - 1] >= 0),
        _crossing(view, quotes, content), *_left_out(view, phrase, content), float(len(kinds)),
        float(_QUOTE_BEFORE in kinds), float(_QUOTE_AFTER in kinds), float(_RUN in kinds),
    ]  # fmt: skip


def _left_out(view: View, phrase: Phrase, content: Content) -> list[float]:
    """Quoted words of the cue's sentence that the content leaves out, and its gap to the cue's words."""
    own = view.quote[phrase.cue]
    quoted = [i for i in range(*phrase.sentence) if view.quote[i] >= 0 and view.quote[i] != own]
    missed = sum(1 for i in quoted if not any(a <= i < b for a, b in content.parts))
    gaps = [phrase.start - b for _, b in content.parts if b <= phrase.start]
    gaps += [a - phrase.end for a, _ in content.parts if a >= phrase.end]
    return [float(len(quoted)), missed / max(1, len(quoted)), float(min(gaps, default=-1))]


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
