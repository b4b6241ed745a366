"""What a statement does: assert, deny, demand, … and whether the act itself is negated.

The cue's class decides ("denied" → deny). Plain cues ("said") take the act from the form of what is
said: a question asks, "must" demands, a conditional "will" with harm in it threatens. Nothing is
read into irony or tone.
"""

from __future__ import annotations

from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

_FIRST = {"i", "we"}
_SAME = {"he", "she", "it", "they", "i", "we"}
_NOT = {"not", "n't", "n’t", "never", "no"}


def act_of(view: View, attribution: Attribution) -> tuple[str, str]:
    """The act and its polarity ("negative" where the act is negated: "did not rule out")."""
    choice = attribution.choice
    known = attribution.cue_class
    act = known.act if known else "assert"
    cue = choice.cue
    lemma = view.lemma[cue] if cue >= 0 else "say"
    if attribution.speech and (cue < 0 or lemma in forms().plain or act in ("ask", "assert")):
        act = _by_form(view, attribution, lemma) or act
    if lemma in ("decline", "refuse") and _object_verb(view, cue) in (
        "comment",
        "say",
        "elaborate",
        "confirm",
    ):
        act = "reject"
    return act, "negative" if cue >= 0 and is_negated(view, cue) else "positive"


def is_negated(view: View, cue: int) -> bool:
    """True when the cue itself is denied ("did not rule out", "never promised", "without confirming")."""
    if any(view.dep[c] == "neg" or view.low[c] in _NOT for c in view.children[cue] if c < cue):
        return True
    head = view.head[cue]
    if view.dep[cue] == "pcomp" and view.low[head] == "without":
        return True
    if view.dep[cue] in ("xcomp", "conj") and head != cue and view.dep[cue] == "xcomp":
        return any(view.dep[c] == "neg" for c in view.children[head]) and view.lemma[head] != "decline"
    return view.dep[cue] in ("dobj", "attr") and any(view.low[c] == "no" for c in view.children[cue])


def _object_verb(view: View, cue: int) -> str:
    return next((view.lemma[c] for c in view.children[cue] if view.dep[c] in ("xcomp", "ccomp")), "")


def _by_form(view: View, attribution: Attribution, lemma: str) -> str | None:
    """The act that the form of the content gives a plain cue."""
    parts = attribution.choice.parts
    words = [i for a, b in parts for i in range(a, b)]
    low = {view.low[i] for i in words}
    lemmas = {view.lemma[i] for i in words}
    if lemma in ("tell", "ask") and _is_infinitive(view, attribution.choice.cue, parts):
        return "demand"
    if lemma == "ask":
        return "ask"
    end = parts[-1][1]
    if (
        end < len(view)
        and view.text[end] == "?"
        and (attribution.kind != "indirect" or view.text[attribution.choice.cue] == ":")
    ):
        return "ask"
    if lemma not in forms().plain:
        return None
    if low & {"will", "wo", "would", "’ll", "'ll"}:
        future = _future(view, words, low, lemmas)
        if future:
            return future
    if low & forms().modals and not low & {"should have", "i"}:
        return _modal(view, words)
    return None


def _is_infinitive(view: View, cue: int, parts: tuple[tuple[int, int], ...]) -> bool:
    """True when what the cue governs is "to" and a verb ("asked them to leave")."""
    if view.low[parts[0][0]] == "to":
        return True
    verbs = [c for c in view.children[cue] if view.dep[c] in ("xcomp", "ccomp", "advcl") and c > cue]
    return any(view.low[c] == "to" and view.dep[c] == "aux" for v in verbs for c in view.children[v])


def _future(view: View, words: list[int], low: set[str], lemmas: set[str]) -> str | None:
    """ "We will strike if …" threatens; "we will withdraw" promises; a third party's future only warns."""
    subjects = {
        view.low[c]
        for i in words
        if view.low[i] in ("will", "would", "wo", "'ll", "’ll")
        for c in view.children[view.head[i]]
        if view.dep[c] == "nsubj"
    }
    if low & forms().conditions and lemmas & forms().harm:
        return "threaten" if subjects & _SAME else "warn"
    if subjects & _FIRST and lemmas & forms().favour and not low & _NOT:
        return "promise"
    if (
        subjects & _FIRST
        and lemmas & {"retaliate", "strike", "attack", "bomb", "invade", "punish"}
        and not low & _NOT
    ):
        return "threaten"
    return None


def _modal(view: View, words: list[int]) -> str | None:
    """ "must" or "should" with somebody else as its subject demands."""
    for i in words:
        if view.low[i] in forms().modals and view.dep[i] == "aux":
            head = view.head[i]
            subjects = [c for c in view.children[head] if view.dep[c] in ("nsubj", "nsubjpass")]
            perfect = any(view.low[c] == "have" for c in view.children[head])
            if subjects and not perfect and view.low[subjects[0]] not in ("i", "who", "which", "that"):
                return "demand"
    return None
