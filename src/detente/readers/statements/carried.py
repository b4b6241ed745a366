"""Who goes on speaking: the speaker of the statement before, where a pronoun of this one was left open.

"Officials said … They underlined …": a pronoun that nobody resolved means who spoke last, if that one stands
in the same sentence or one of the two before, agrees in number and kind, and no other subject of that kind
stands between. "I" and "we" inside reported words are those of whoever says them.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.readers.index import ActorIndex
from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.speakers import Speakers
from detente.readers.statements.view import View

_FIRST = frozenset(("i", "we"))
_THIRD = frozenset(("he", "she", "it", "they"))
# The sentences back that a speaker may stand.
_NEAR = 2
_SUBJECTS = ("nsubj", "nsubjpass")
_PERSONS = ("person", "unnamed")


def carried(
    view: View,
    attribution: Attribution,
    actors: ActorIndex,
    earlier: Sequence[tuple[Attribution, Speakers]],
    outer: Speakers | None,
) -> Speakers | None:
    """The speakers that a statement's open pronoun takes over; None where nothing is sure.

    Args:
        view: the article's tokens.
        attribution: the statement whose speaker is a pronoun.
        actors: the article's actors.
        earlier: the statements before it with their speakers, in reading order.
        outer: the speakers of the statement that holds it.
    """
    pronoun = attribution.choice.source
    if pronoun < 0:
        return None
    if _is_paper(view, pronoun):
        return _giver(view, pronoun, actors, earlier)
    if view.pos[pronoun] != "PRON":
        return None
    word = view.low[pronoun]
    if word in _FIRST:
        return outer._replace(basis="inferred") if outer is not None and outer.ids else None
    if word not in _THIRD:
        return None
    for before, speakers in reversed(earlier):
        source = before.choice.source
        if source < 0 or not source < pronoun or before.choice.cue < 0:
            continue
        near = view.para[pronoun] == view.para[source] and view.sent[pronoun] - view.sent[source] <= _NEAR
        if not near:
            return None
        if view.quote[source] == view.quote[pronoun] and view.low[source] != word:
            fits = speakers.ids and _agrees(view, word, source, speakers, actors)
            if not fits or _has_rival(view, source, pronoun, speakers, actors):
                return None
            return speakers._replace(basis="inferred")
    return None


def _is_paper(view: View, noun: int) -> bool:
    """ "The statement", "the text": a paper that only what stands before can tell of."""
    alone = noun > 0 and view.low[noun - 1] in ("the", "this") and view.left[noun] == noun - 1
    return alone and view.lemma[noun] in forms().issued and view.right[noun] == noun + 1


def _giver(
    view: View, noun: int, actors: ActorIndex, earlier: Sequence[tuple[Attribution, Speakers]]
) -> Speakers | None:
    """Whose "the statement" is: whoever announced something in the sentence or two before."""
    for before, speakers in reversed(earlier):
        source = before.choice.source
        if 0 <= source < noun and view.quote[source] < 0:
            near = view.para[noun] == view.para[source] and view.sent[noun] - view.sent[source] <= _NEAR
            return speakers._replace(basis="inferred") if near and len(speakers.ids) == 1 else None
    return None


def _agrees(view: View, word: str, source: int, speakers: Speakers, actors: ActorIndex) -> bool:
    kinds = {actors.actors[one].type for one in speakers.ids if one in actors.actors}
    plural = len(speakers.ids) > 1 or view.tag[source] in ("NNS", "NNPS")
    if word == "they":
        return plural
    if plural:
        return False
    return not kinds & set(_PERSONS) if word == "it" else kinds <= set(_PERSONS)


def _has_rival(view: View, source: int, pronoun: int, speakers: Speakers, actors: ActorIndex) -> bool:
    """True where somebody of the pronoun's kind, not the speaker, stands as a subject between."""
    for i in range(source + 1, pronoun):
        if view.dep[i] not in _SUBJECTS or view.pos[i] not in ("NOUN", "PROPN"):
            continue
        paragraph, local = view.local(i)
        ids = actors.refer(paragraph, [local])
        if not set(ids) <= set(speakers.ids) and _agrees(
            view, view.low[pronoun], i, Speakers(ids, True), actors
        ):
            return True
    return False
