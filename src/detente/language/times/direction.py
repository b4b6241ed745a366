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
            if found is not None:
                return found
        if token.head.i == token.i:
            break
        token = token.head
    return OPEN


def _of_verb(verb: Token) -> int | None:
    """The way one verb looks; None where only the verb above it can tell."""
    words = load_words()
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    forms = {c.lower_ for c in auxiliaries}
    perfect = bool(forms & {"have", "has", "had", "having", "been"})
    if forms & words.future and not perfect:
        return FUTURE
    tag = verb.tag_
    if verb.lemma_ in words.scheduling and tag in ("VBD", "VBN") and not forms & {"had", "was", "were"}:
        return FUTURE
    if tag == "VBD" or any(c.tag_ == "VBD" and c.lemma_ in ("have", "do") for c in auxiliaries):
        # "was expected", "was due Tuesday": what was planned may lie ahead.
        return PAST
    if tag == "VBN":
        if forms & {"is", "are", "'s", "be"} and verb.lemma_ in words.plans:
            return FUTURE
        if not auxiliaries:
            return OPEN if verb.lemma_ in words.plans else (PAST if verb.dep_ == "acl" else None)
        return PAST if perfect or forms & {"was", "were"} else OPEN
    if tag == "VB" and "to" in forms:
        head = verb.head
        return FUTURE if head.lemma_ in words.plans or head.lower_ in ("is", "are") else OPEN
    if tag in ("VBP", "VBZ") and (verb.lemma_ in words.coming or verb.lemma_ in words.plans):
        return FUTURE
    if tag == "VBG" and forms & {"is", "are", "'s", "am", "’s", "'re"}:
        return FUTURE
    return None
