"""Which content and which speaker a cue has, and how sure that is.

Four small ensembles of trees, trained on PolNeAR (``training/statements``): is the word a cue at all
(to drop most words early), which candidate content fits, which candidate speaker, and last how
likely the whole is right to the word. The last is the confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.readers.statements.contents import Content, Parts, Phrase, past_setting, phrase_of
from detente.readers.statements.cues import Cue, cue_range, find_cues, particle_of
from detente.readers.statements.exact import FINITE, Form, find_forms, placed
from detente.readers.statements.features import (
    contents_features,
    cue_features,
    source_features,
    sums_of,
    vector_features,
)
from detente.readers.statements.known import Ranked, keys_of, recall, remember
from detente.readers.statements.labels import CONFIDENCE, find_labels
from detente.readers.statements.lexicon import CueClass, cue_class
from detente.readers.statements.quotes import Quote
from detente.readers.statements.sources import Source, find_sources, quoted_speaker, source_range
from detente.readers.statements.spans import find_contents
from detente.readers.statements.trees import Floats, Ranker, load_ranker
from detente.readers.statements.view import View

# What the reader shows: the best F1 over statements on held-out articles of the training part.
SHOWN = 0.42
# An exact form stands where the ranker is less sure than this; don't tune alone.
EXACT = 0.6
# Below this the first ensemble drops a word: it costs two shown statements in a thousand.
EARLY = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """One attribution in token numbers: what the ranker chose for a cue.

    ``cue`` is -1 for a quotation that follows on; ``root`` the head token of the content.
    """

    cue: int
    cue_range: tuple[int, int] | None
    parts: Parts
    source: int
    source_range: tuple[int, int] | None
    speech: bool
    confidence: float
    cue_class: CueClass | None
    root: int


@dataclass(slots=True)
class Candidate:
    """A cue with its candidate contents and speakers, and the numbers of each."""

    cue: Cue
    phrase: Phrase
    rows: list[float]
    early: float = 0.0
    contents: list[Content] | None = None
    content: int = -1
    content_score: float = 0.0
    content_gap: float = 0.0
    sources: list[Source] | None = None
    source: int = -1
    source_score: float = 0.0
    source_gap: float = 0.0
    content_rows: Floats | None = None
    source_rows: list[list[float]] | None = None


def matrix(rows: list[list[float]]) -> Floats:
    """Rows of numbers as the ensembles take them."""
    return np.asarray(rows, np.float32).reshape(len(rows), -1)


def find_candidates(
    view: View, quotes: list[Quote], ranker: Ranker, *, among: Sequence[int] | None = None
) -> list[Candidate]:
    """The words that may be cues, the hopeless ones already dropped; ``among`` are paragraphs to look in."""
    candidates = []
    for cue in find_cues(view, ranker.tables, among=among):
        phrase = phrase_of(view, cue.token)
        candidates.append(Candidate(cue, phrase, cue_features(view, quotes, cue, phrase, ranker.tables)))
    if not candidates:
        return []
    early = ranker.cue.probabilities(matrix([c.rows for c in candidates]))
    for candidate, chance in zip(candidates, early, strict=True):
        candidate.early = float(chance)
    return [c for c in candidates if c.early >= EARLY]


def pick_contents(view: View, quotes: list[Quote], candidates: list[Candidate], ranker: Ranker) -> None:
    """Give every candidate its best content; one without any content keeps -1."""
    if not candidates:
        return
    own: list[list[float]] = []
    sums = sums_of(view)
    for c in candidates:
        c.contents = find_contents(view, quotes, c.phrase)
        own += contents_features(view, quotes, c.cue, c.phrase, c.contents, ranker.tables, sums)
    sizes = [len(c.contents or ()) for c in candidates]
    # The cue's own numbers stand behind those of each of its contents; one conversion serves them all.
    cues = np.repeat(matrix([c.rows for c in candidates]), sizes, axis=0)
    rows = np.hstack([matrix(own), cues]) if own else cues  # no row at all
    scores = ranker.content.scores(rows)
    place = 0
    for c, size in zip(candidates, sizes, strict=True):
        c.content_rows = rows[place : place + size]
        c.content, c.content_score, c.content_gap = best_of(scores[place : place + size])
        place += size


def pick_sources(view: View, candidates: list[Candidate], ranker: Ranker) -> None:
    """Give every candidate its best speaker."""
    rows: list[list[float]] = []
    for c in candidates:
        content = c.contents[c.content] if c.contents and c.content >= 0 else None
        c.sources = find_sources(view, c.cue.token)
        c.source_rows = [
            [
                *source_features(view, c.cue, source, content, ranker.tables, k),
                c.rows[0],
                float(len(c.sources)),
            ]
            for k, source in enumerate(c.sources)
        ]
        rows += c.source_rows
    scores = ranker.source.scores(matrix(rows)) if rows else np.zeros(0, np.float32)
    place = 0
    for c in candidates:
        size = len(c.sources or ())
        c.source, c.source_score, c.source_gap = best_of(scores[place : place + size])
        place += size


def best_of(scores: Floats) -> tuple[int, float, float]:
    """The place of the best score, the score, and how far it is ahead of the next."""
    known = scores.tolist()  # a handful: plain numbers are quicker than an array
    if not known:
        return -1, 0.0, 0.0
    best = known.index(max(known))
    if len(known) == 1:
        return best, known[0], 1.0
    following = max(known[:best] + known[best + 1 :])
    return best, known[best], float(np.float32(known[best]) - np.float32(following))


def final_rows(view: View, candidates: list[Candidate], ranker: Ranker) -> Floats:
    """The numbers the last ensemble sees: the cue, its best content and speaker, and how good they are."""
    return with_vectors(view, [c.cue.token for c in candidates], _own_rows(candidates), ranker)


def with_vectors(view: View, cues: list[int], rows: Floats, ranker: Ranker) -> Floats:
    """Rows with their cues' vectors behind; all of an article at once, as the last bits hang on that."""
    return np.hstack([rows, vector_features(view, cues, ranker.projection)])


def _own_rows(candidates: list[Candidate]) -> Floats:
    scores, contents, sources = [], [], []
    for c in candidates:
        if c.content_rows is None or c.source_rows is None:
            raise ValueError("contents and speakers must be picked first")
        scores.append([c.early, c.content_score, c.content_gap, c.source_score, c.source_gap, *c.rows])
        contents.append(c.content_rows[c.content][: -len(c.rows)])
        sources.append(c.source_rows[c.source])
    return np.hstack([matrix(scores), np.stack(contents), matrix(sources)])


def choose(view: View, quotes: list[Quote], *, threshold: float) -> list[Choice]:
    """Choose content and speaker for every cue that reaches ``threshold``."""
    labelled = [_labelled(view, *label) for label in find_labels(view)]
    taken = {choice.cue for choice in labelled}
    ranked = {c.cue: c for c in _ranked(view, quotes, min(threshold, SHOWN)) if c.cue not in taken}
    explained = {i for c in ranked.values() if c.confidence >= SHOWN for a, b in c.parts for i in range(a, b)}
    for form in find_forms(view, quotes, explained):
        choice = ranked.get(form.cue)
        lost = choice is not None and any(_is_surer(other, choice) for other in ranked.values())
        if form.cue not in taken and (lost or _is_better(view, form, choice)):
            ranked[form.cue] = _exact(view, form)
    both = [*ranked.values(), *labelled]
    return [choice for choice in both if choice.confidence >= threshold]


def _is_surer(one: Choice, other: Choice) -> bool:
    """True for a surer cue of the same words: "X said, adding that S" leaves "said" what stands before."""
    if one.cue == other.cue or one.confidence <= other.confidence:
        return False
    return one.parts == other.parts


def _is_better(view: View, form: Form, choice: Choice | None) -> bool:
    """True where the ranker is unsure; behind "that" its own end is the better one if it ends a clause."""
    if choice is None or choice.confidence < SHOWN:
        return True
    if view.quote[form.parts[0][0]] >= 0:
        return False  # how far a quotation goes the ranker knows
    start, end = choice.parts[0]
    behind = form.parts[0][0] > form.cue and start == form.parts[0][0]
    ended = any(view.tag[i] in FINITE for i in range(start, end))
    return choice.confidence < EXACT and not (behind and ended)


def _exact(view: View, form: Form) -> Choice:
    cue, parts = form.cue, form.parts
    known = cue_class(view.lemma[cue], "VERB", particle_of(view, cue))
    span = source_range(view, form.source) if form.source >= 0 else None
    if span and form.first >= 0:  # the parse may cut a phrase or take in what stands before it
        span = (form.first, max(span[1], form.source + 1))
    return Choice(
        cue, cue_range(view, cue), parts, form.source, span, True, EXACT, known, parts[0][0],
    )  # fmt: skip


def _labelled(view: View, colon: int, label: tuple[int, int], content: tuple[int, int]) -> Choice:
    head = max((i for i in range(*label) if view.text[i][:1].isalpha()), default=label[0])
    return Choice(colon, (colon, colon + 1), (content,), head, label, True, CONFIDENCE, None, content[0])


def _ranked(view: View, quotes: list[Quote], threshold: float) -> list[Choice]:
    """The choices that reach the threshold; paragraphs known from elsewhere are not ranked again."""
    keys = keys_of(view, quotes)
    known = [recall(key, first) for key, first in zip(keys, view.first, strict=True)]
    new: dict[int, list[Ranked]] = {number: [] for number, ranked in enumerate(known) if ranked is None}
    for one in _rank(view, quotes, list(new)) if new else ():
        new[view.para[one.cue.token]].append(one)
    for number, ranked in new.items():
        remember(keys[number], view.first[number], ranked)
    every = [
        one for number, ranked in enumerate(known) for one in (new[number] if ranked is None else ranked)
    ]
    if not every:
        return []
    ranker, cues = load_ranker(), [one.cue.token for one in every]
    chances = ranker.final.probabilities(
        with_vectors(view, cues, np.stack([one.numbers for one in every]), ranker)
    )
    choices = [_choice(view, one, float(chance)) for one, chance in zip(every, chances, strict=True)]
    return [choice for choice in choices if choice.confidence >= threshold]


def _rank(view: View, quotes: list[Quote], among: Sequence[int]) -> list[Ranked]:
    """Every cue of some paragraphs with its best content and speaker."""
    ranker = load_ranker()
    candidates = find_candidates(view, quotes, ranker, among=among)
    pick_contents(view, quotes, candidates, ranker)
    candidates = [c for c in candidates if c.content >= 0]
    if not candidates:
        return []
    pick_sources(view, candidates, ranker)
    return [
        Ranked(c.cue, (c.contents or [])[c.content], (c.sources or [])[c.source].head, numbers)
        for c, numbers in zip(candidates, _own_rows(candidates), strict=True)
    ]


def _choice(view: View, ranked: Ranked, chance: float) -> Choice:
    cue, content, source = ranked.cue, ranked.content, ranked.source
    quoted = quoted_speaker(view, cue.token)
    if quoted >= 0:
        source, chance = quoted, max(chance, CONFIDENCE)
    elif source < 0 and view.tag[cue.token] == "VBN":
        source = placed(view, cue.token)
    # A word that no class knows reports an act, not words, unless some are quoted (see find).
    speech = cue.cue_class.speech if cue.cue_class else view.pos[cue.token] == "PUNCT"
    span = source_range(view, source) if source >= 0 else None
    parts = past_setting(view, cue.token, content.parts)
    return Choice(
        cue.token, cue_range(view, cue.token), parts, source, span, speech, chance, cue.cue_class,
        content.root,
    )  # fmt: skip
