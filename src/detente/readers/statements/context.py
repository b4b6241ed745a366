"""Where, through which medium and to whom something was said: read from the cue's own complements."""

from __future__ import annotations

from dataclasses import dataclass

from detente.readers.statements.contents import quoting_verb
from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

# The characters of a broadcast's name that may still follow its head.
_TITLE = 60
# Their passive subject is what was said, not who was told.
_OF_WORDS = {
    "say",
    "announce",
    "write",
    "promise",
    "pledge",
    "offer",
    "suggest",
    "confirm",
    "explain",
    "call",
    "speak",
}
# The plain object of these is what is said or given, never who is told.
_NO_OBJECT = frozenset(("offer", "announce", "shout", "yell", "scream", "signal", "protest", "plead", "vow"))
_SPEAKING = frozenset(("speak", "talk", "write", "address", "reply", "respond"))
_TO = frozenset(("to",))
# The prepositions by which these verbs name whom they address; the others say "to".
_TOWARD = {
    "call": frozenset(("to", "on", "upon")),
    "plead": frozenset(("to", "with")),
    "shout": frozenset(("to", "at")),
    "yell": frozenset(("to", "at")),
    "scream": frozenset(("to", "at")),
}
_DIRECTIVES = {
    "caution",
    "exhort",
    "admonish",
    "enjoin",
    "forbid",
    "invite",
    "persuade",
    "warn",
    "request",
    "instruct",
    "implore",
    "beg",
    "command",
    "encourage",
    "urge",
    "order",
    "press",
    "ask",
    "advise",
    "call",
    "tell",
}


@dataclass(frozen=True, slots=True)
class Context:
    """The setting of a statement; ``hearers`` are the head tokens of those addressed."""

    venue: str | None
    channel: str | None
    hearers: tuple[int, ...]


def context_of(view: View, attribution: Attribution) -> Context:
    """Read venue, channel and addressees from what the cue governs."""
    cue = attribution.choice.cue
    if cue < 0:
        return Context(None, None, ())
    verb = _verb(view, cue)
    inside = _inside(attribution)
    first = attribution.choice.parts[0][0]
    hearers = [h for h in _hearers(view, verb) if h not in inside or view.left[h] <= first]
    hearers += [h for h in _told_of(view, verb) if h not in hearers]
    channel = next((_words(view, h) for h in hearers if is_medium(view, h)), None) or _agent_medium(
        view, verb
    )
    venue = _venue(view, {cue, verb}, inside)
    if venue is None and any(view.low[h] in forms().hearers for h in hearers):
        venue = next(_words(view, h) for h in hearers if view.low[h] in forms().hearers)
    if venue is None:
        venue = forms().venue_verbs.get(view.lemma[cue])
    people = [h for h in hearers if not is_medium(view, h)]
    letters = [*_written_to(view, verb), *_sent_to(view, attribution.choice.source), *_spoken_to(view, verb)]
    people += [h for h in letters if h not in people]
    return Context(venue, channel, tuple(people))


def is_medium(view: View, head: int) -> bool:
    """True for a news organisation: a medium's noun ("radio", "newspaper") or a known name."""
    names = {view.low[i] for i in range(view.left[head], head + 1)} | {view.lemma[head]}
    if view.pos[head] == "PRON" or view.low[head] in forms().hearers:
        return False
    if view.lemma[head] in forms().media_nouns:
        return True
    return bool(names & forms().media_names) and (
        view.ent[head] in ("ORG", "PERSON", "") or view.pos[head] == "PROPN"
    )


def _inside(attribution: Attribution) -> set[int]:
    return {i for a, b in attribution.choice.parts for i in range(a, b)}


def _verb(view: View, cue: int) -> int:
    """The verb that carries the complements: "was quoted as saying" → quoted."""
    verb = quoting_verb(view, cue)
    return verb if verb >= 0 else cue


def _hearers(view: View, cue: int) -> list[int]:
    if view.lemma[cue] not in forms().telling:
        return []
    found: list[int] = []
    toward = _TOWARD.get(view.lemma[cue], _TO)
    for child in view.children[cue]:
        dep = view.dep[child]
        nominal = view.pos[child] in ("NOUN", "PROPN", "PRON", "NUM")
        if dep in ("dative", "dobj") and child > cue and nominal and view.lemma[cue] not in _NO_OBJECT:
            found.append(child)
        elif dep in ("prep", "dative") and view.low[child] in toward and child > cue:
            found.extend(c for c in view.children[child] if view.dep[c] == "pobj")
        elif dep == "ccomp" and view.lemma[cue] in _DIRECTIVES and _is_infinitive(view, child):
            found.extend(c for c in view.children[child] if view.dep[c] == "nsubj")
    return found


def _told_of(view: View, cue: int) -> list[int]:
    """Whom an accusation names ("accused Israel of …"), and the subject of "was told by X that …"."""
    if view.lemma[cue] in forms().charging:
        return [c for c in view.children[cue] if view.dep[c] in ("dobj", "dative") and c > cue]
    if view.lemma[cue] not in forms().telling or view.lemma[cue] in _OF_WORDS:
        return []
    passive = any(view.dep[c] == "auxpass" for c in view.children[cue])
    return [c for c in view.children[cue] if passive and view.dep[c] == "nsubjpass" and c < cue]


def _written_to(view: View, cue: int) -> list[int]:
    """ "In a letter to Nehru", "in a call with his counterpart": to whom the message went."""
    found: list[int] = []
    for child in _prepositions(view, cue):
        if view.low[child] not in ("in", "by", "during", "at"):
            continue
        for noun in view.children[child]:
            if view.dep[noun] == "pobj" and view.lemma[noun] in forms().messages:
                to = [
                    c for c in view.children[noun] if view.low[c] in ("to", "with") and view.dep[c] == "prep"
                ]
                found += [c for t in to for c in view.children[t] if view.dep[c] == "pobj"]
    return found


def _spoken_to(view: View, cue: int) -> list[int]:
    """ "Speaking to members of the union, X said", "Addressing the nation, …"."""
    found: list[int] = []
    for child in view.children[cue]:
        if view.dep[child] != "advcl" or view.tag[child] != "VBG" or view.lemma[child] not in _SPEAKING:
            continue
        for inner in view.children[child]:
            if view.dep[inner] == "dobj" and view.lemma[child] == "address":
                found.append(inner)
            elif view.dep[inner] == "prep" and view.low[inner] in ("to", "with"):
                found += [c for c in view.children[inner] if view.dep[c] == "pobj"]
    return found


def _sent_to(view: View, source: int) -> list[int]:
    """ "The marshal's letter to the premier asks": to whom the text that speaks was sent."""
    if source < 0 or view.lemma[source] not in forms().messages:
        return []
    to = [c for c in view.children[source] if view.low[c] == "to" and view.dep[c] == "prep"]
    return [c for t in to for c in view.children[t] if view.dep[c] == "pobj"]


def _is_infinitive(view: View, verb: int) -> bool:
    return any(view.low[c] == "to" and view.dep[c] == "aux" for c in view.children[verb])


def _agent_medium(view: View, cue: int) -> str | None:
    for child in view.children[cue]:
        if view.dep[child] in ("agent", "prep") and view.low[child] in ("by", "to"):
            for inner in view.children[child]:
                if view.dep[inner] == "pobj" and is_medium(view, inner):
                    return _words(view, inner)
    return None


def _venue(view: View, cues: set[int], inside: set[int]) -> str | None:
    """The first "in a statement", "at a briefing", "on Twitter", "in Moscow" that the cue governs."""
    places: str | None = None
    for cue in sorted(cues):
        for child in _prepositions(view, cue):
            if view.low[child] not in forms().venue_prepositions or child in inside:
                continue
            for inner in view.children[child]:
                if view.dep[inner] != "pobj":
                    continue
                if view.lemma[inner] in forms().venue_nouns or view.low[inner] in forms().venue_sites:
                    return _words(view, inner)
                if view.low[child] == "on" and is_medium(view, inner):
                    return _words(view, inner)
                if view.ent[inner] == "GPE" and view.low[child] in ("in", "at"):
                    places = places or _words(view, inner)
    return places


def _prepositions(view: View, cue: int) -> list[int]:
    """Prepositions of the cue, and those of its hearer where the parser hung them there."""
    found = [c for c in view.children[cue] if view.dep[c] == "prep"]
    for child in view.children[cue]:
        if view.dep[child] in ("dobj", "dative"):
            found += [c for c in view.children[child] if view.dep[c] == "prep"]
    return found


def _words(view: View, head: int) -> str:
    """The noun phrase as written, cut before clauses and commas."""
    end = head + 1
    for child in view.children[head]:
        if child > head and view.dep[child] in ("prep", "pobj", "appos") and view.left[child] == end:
            end = view.right[child] if view.right[child] - view.left[child] <= 6 else end
    start = view.left[head]
    paragraph, first = view.local(start)
    last = view.local(end - 1)[1]
    doc = paragraph.doc
    words: str = doc[first : last + 1].text.strip(" ,")
    if words.count("“") > words.count("”") or words.count('"') % 2:
        begin = doc[last].idx + len(doc[last])
        rest: str = doc.text[begin : begin + _TITLE]
        close = next((at for at, mark in enumerate(rest) if mark in '”"'), -1)
        words += rest[: close + 1]
    return words.rstrip(".,")
