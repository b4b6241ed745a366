"""Finds references by description: "the Russian foreign minister", "Kiev police", "both ministers"."""

from __future__ import annotations

from detente.readers.actors.draft import Draft
from detente.readers.actors.find import Belonging, Title, left_of, right_of
from detente.readers.actors.lexicon import Lexicon
from detente.readers.actors.people import sector_of
from detente.readers.actors.view import View

_PLURAL_TAGS = ("NNS", "NNPS")
_INDEFINITE = frozenset(["a", "an", "one", "some", "several", "many", "another", "other", "two", "three", "any"])
_PAIRS = frozenset(["both", "two"])
_PAIR_HEADS = {
    "minister": "person", "leader": "person", "president": "person", "diplomat": "person", "official": "person",
    "side": "state", "country": "state", "nation": "state", "government": "state", "power": "state",
    "state": "state", "neighbor": "state", "neighbour": "state", "ally": "state", "rival": "state",
    "man": "person", "party": "state", "chief": "person", "premier": "person", "woman": "person",
}  # fmt: skip


def find_nominals(view: View, titles: dict[int, Title], lexicon: Lexicon, day: str) -> list[Draft]:
    """The noun phrases whose head says that they are an actor, longest head first in reading order."""
    drafts = []
    for i, pos in enumerate(view.pos):
        if pos not in ("NOUN", "PROPN") or view.dep[i] in ("compound", "amod", "nmod") or i in view.taken:
            continue
        lemma = view.lemma(i)
        title = titles.get(i)
        if title is not None and title.end != i + 1:
            title = None
        if title is None and lemma not in lexicon.heads and lemma not in lexicon.state:
            if lemma not in lexicon.unnamed and lemma not in _PAIR_HEADS and lemma not in lexicon.general:
                continue
        if i in view.hit_at:
            continue
        draft = _nominal(view, i, lemma, title, lexicon, day)
        if draft is not None:
            drafts.append(draft)
            view.taken.update(range(draft.start, draft.end))
    return drafts


def _nominal(
    view: View, i: int, lemma: str, title: Title | None, lexicon: Lexicon, day: str
) -> Draft | None:
    start = max(view.doc[i].left_edge.i, 0)
    while start < i and (start in view.taken or view.pos[start] in ("PUNCT", "CCONJ", "ADP", "ADV", "SPACE")):
        start += 1
    head_start = title.start if title else i
    left = left_of(view, min(head_start, i), day, edge=start)
    start = max(start, 0)
    whose = left if left.countries or left.organisation else right_of(view, i + 1, day)
    words = view.lower[start:i]
    plural = view.doc[i].tag_ in _PLURAL_TAGS
    draft = Draft(
        view.paragraph.index, start, i + 1, i, "nominal", "group", lemma=lemma, plural=plural,
        definite=bool(words) and words[0] in ("the", "both", "this", "these", "that", "those"), former=left.former,
        confidence=0.8,
    )  # fmt: skip
    draft.country = whose.countries[0] if len(whose.countries) == 1 else None
    draft.key = "+".join(whose.countries) if len(whose.countries) > 1 else None
    draft.of = whose.organisation.key if whose.organisation else None
    if draft.country is None and draft.key is None and whose.organisation is not None:
        draft.country = whose.organisation.country
    draft.sector = _sector(view, start, i, lemma, lexicon, left)
    return _typed(view, draft, title, words, whose, lexicon)


def _typed(
    view: View, draft: Draft, title: Title | None, words: list[str], whose: Belonging, lexicon: Lexicon
) -> Draft | None:
    lemma, i = draft.lemma, draft.head
    pair = bool(_PAIRS & set(words)) or (bool(words) and words[0] == "these")
    if draft.plural and lemma in _PAIR_HEADS and pair and not whose.countries and (words[0] != "two"):
        draft.what = "plural"
        draft.title = _PAIR_HEADS[lemma]
        return draft
    indefinite = bool(words) and words[0] in _INDEFINITE
    if lemma in lexicon.unnamed and (
        draft.plural or indefinite or draft.definite or not words or title is None or lemma in ("official", "source")
    ):
        if lemma not in ("minister", "commander", "envoy") or draft.plural or indefinite:
            draft.what = draft.kind = "unnamed"
            return draft
    if title is not None and not draft.plural and not indefinite:
        draft.what, draft.title, draft.title_words = "person", title.office, (title.start, title.end)
        draft.sector = sector_of(title.office, lexicon)
        draft.sex = {"m": "m", "f": "f"}.get(lexicon.honorifics.get(view.lower[i], ""))
        return draft if draft.country or draft.of or draft.definite else None
    if lemma in lexicon.state and (draft.country or lemma in ("government", "regime", "authority")):
        draft.what = "state"
        return draft
    if lemma in lexicon.bodies:
        draft.what = "body"
        return None if lemma == "force" and not draft.plural and not draft.country else draft
    if lemma in lexicon.heads or (lemma in lexicon.general and draft.sector):
        return draft
    return None


def _sector(view: View, start: int, i: int, lemma: str, lexicon: Lexicon, left: Belonging) -> str | None:
    """The head's sector, or that of a telling modifier where the head is a general word."""
    if lemma in lexicon.general:
        for j in range(i - 1, start - 1, -1):
            word = view.lower[j]
            sector = lexicon.modifiers.get(word) or lexicon.modifiers.get(view.lemma(j))
            if sector is None and view.pos[j] == "NOUN":
                sector = lexicon.heads.get(view.lemma(j))
            if sector and sector != "ELI":
                return sector
        if left.former:
            return "ELI"
        if left.organisation is not None and left.organisation.sector:
            return left.organisation.sector
    return lexicon.heads.get(lemma)
