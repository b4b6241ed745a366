"""To whom a statement is addressed: the actors behind the words that ``context`` found."""

from __future__ import annotations

from collections.abc import Sequence

from detente.language.parse import ParsedArticle
from detente.readers.index import ActorIndex
from detente.readers.statements import strangers
from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.speakers import Speakers, coordinated
from detente.readers.statements.view import View
from detente.record import Reading

# How far behind the one who is asked the "to" of what is asked may stand.
_NEAR = 8
_OBJECTS = ("dobj", "dative")


def hearers_of(
    view: View,
    attribution: Attribution,
    heads: Sequence[int],
    speakers: Speakers,
    parsed: ParsedArticle,
    reading: Reading,
    actors: ActorIndex,
) -> tuple[str, ...]:
    """The actors addressed, each once, by the ``heads`` of the words that tell them.

    A noun that no actor stands behind becomes a group of its own. A pronoun that would make a speaker his own
    hearer means the object of the clause before: "called in the envoy and told him".
    """
    found: dict[str, None] = {}
    for head in heads:
        for one in (head, *coordinated(view, head, view.right[head])):
            ids = _refer(view, one, actors)
            if view.pos[one] == "PRON" and (not ids or set(ids) <= set(speakers.ids)):
                before = _object_before(view, attribution.choice.cue, one)
                ids = _refer(view, before, actors) if before >= 0 else ()
                if before >= 0 and not ids:
                    ids = strangers.hearer(view, before, parsed, reading, actors)
            if not ids and _is_somebody(view, one):
                ids = strangers.hearer(view, one, parsed, reading, actors)
            found.update(dict.fromkeys(i for i in ids if i not in speakers.ids or len(ids) > 1))
    return tuple(found)


def _is_somebody(view: View, head: int) -> bool:
    """False for what need not be a person: "called the offer a step", "encouraged reforms"."""
    verb = view.head[head]
    if view.dep[head] == "dobj":
        if view.lemma[verb] not in forms().informing:
            return False
        behind = range(head + 1, min(head + _NEAR, view.sentence_range(head)[1]))
        return view.lemma[verb] not in forms().directing or any(view.tag[i] == "TO" for i in behind)
    if view.dep[head] == "pobj" and view.lemma[head] not in forms().assemblies:
        return view.tag[head] == "NNS" or view.lemma[head] in forms().publics
    return True


def _refer(view: View, head: int, actors: ActorIndex) -> tuple[str, ...]:
    paragraph, local = view.local(head)
    return actors.refer(paragraph, [local])


def _object_before(view: View, cue: int, pronoun: int) -> int:
    """The object of the verb that a cue is joined to, or of the sentence before; -1 without one.

    "Called in the envoy and told him", "telephoned the two leaders. She told them": of the sentence before
    only where a pronoun tells here and number agrees.
    """
    verb = view.head[cue]
    if view.dep[cue] == "conj" and verb != cue:
        return _object(view, verb, cue)
    number = view.sent[cue] - 1
    subject = next((c for c in view.children[cue] if view.dep[c] == "nsubj"), -1)
    if subject < 0 or view.pos[subject] != "PRON" or number < 0:
        return -1
    first, last = view.sentences[number]
    if view.para[first] != view.para[cue]:
        return -1
    root = next((i for i in range(first, last) if view.head[i] == i and view.pos[i] == "VERB"), -1)
    found = _object(view, root, last) if root >= 0 else -1
    many = found >= 0 and (
        view.tag[found] == "NNS" or any(view.dep[c] == "conj" for c in view.children[found])
    )
    return found if many == (view.low[pronoun] == "them") else -1


def _object(view: View, verb: int, stop: int) -> int:
    return next((c for c in view.children[verb] if view.dep[c] in _OBJECTS and verb < c < stop), -1)
