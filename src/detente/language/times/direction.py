"""Whether a bare "Wednesday" or "in March" looks back or ahead: told by the verb it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.language.times.words import load_words

if TYPE_CHECKING:
    from spacy.tokens import Token

PAST, FUTURE, OPEN = -1, 1, 0


def direction(token: Token) -> int:
    """Past, future or open, from tense, auxiliaries and plan words of the nearest verbs above."""
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX"):
            found = _of_verb(token)
            if found is not OPEN:
                return found
        if token.head.i == token.i:
            break
        token = token.head
    return OPEN


def _of_verb(verb: Token) -> int:
    words = load_words()
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.lower_ in words.future:
            return FUTURE
    tag = verb.tag_
    if tag in ("VBD",):
        return PAST
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" and c.lemma_ in ("have", "do") for c in verb.children):
        return PAST
    if tag == "VBN":
        auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if any(c.lower_ in ("been", "was", "were", "had", "has", "have") for c in auxiliaries):
            return PAST if verb.lemma_ not in words.plans else OPEN
        return OPEN if auxiliaries else PAST
    if tag == "VB" and any(c.lower_ == "to" for c in verb.children) and verb.head.lemma_ in words.plans:
        return FUTURE
    if tag in ("VBP", "VBZ", "VBG") and verb.lemma_ in words.plans and tag != "VBG":
        return FUTURE
    if tag == "VBG" and any(c.lower_ in ("is", "are", "'s", "am", "’s", "'re") for c in verb.children):
        return FUTURE
    return OPEN
