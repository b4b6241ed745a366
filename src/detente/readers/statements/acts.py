"""What a statement does: assert, deny, demand, … and whether the act itself is negated.

The cue's class decides ("denied" → deny). A plain cue ("said") takes the act from what is said:
``content_acts`` reads it from the clauses by rules in data. Where no rule fits it is an assertion.
Nothing is read into irony or tone.
"""

from __future__ import annotations

from detente.readers.statements.clauses import clauses_of
from detente.readers.statements.content_acts import act_by_content
from detente.readers.statements.find import Attribution
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View

_NOT = {"not", "n't", "n’t", "never", "no"}


def act_of(view: View, attribution: Attribution) -> tuple[str, str]:
    """The act and its polarity ("negative" where the act is negated: "did not rule out")."""
    cue = attribution.choice.cue
    known = attribution.cue_class
    act = known.act if known else "assert"
    lemma = view.lemma[cue] if cue >= 0 else "say"
    negated = cue >= 0 and is_negated(view, cue)
    if cue >= 0 and lemma in forms().silent and _withholds(view, cue, negated):
        act = "reject"
    elif act in ("ask", "assert") and not (negated and attribution.speech):
        act = _by_form(view, attribution, lemma, act)
    elif act == "reject" and negated and _content_lemmas(view, attribution) & forms().blows:
        act = "threaten"
    elif lemma in ("vow", "swear"):
        act = _refusal(view, attribution) or act
    return act, "negative" if negated else "positive"


def is_deed(view: View, attribution: Attribution) -> bool:
    """True for a verb of doing with a bare object: "signed the order", "called up reserves"."""
    cue = attribution.choice.cue
    if cue < 0 or attribution.kind != "indirect" or view.pos[cue] != "VERB":
        return False
    particle = next((view.low[c] for c in view.children[cue] if view.dep[c] == "prt"), "")
    phrase = f"{view.lemma[cue]} {particle}".strip()
    root = attribution.choice.parts[0][0]
    objects = [c for c in view.children[cue] if view.dep[c] in ("dobj", "dative") and c >= root]
    bare = (
        bool(objects)
        and view.left[objects[0]] <= root
        and not _is_infinitive(view, cue, attribution.choice.parts)
    )
    return bare and phrase in forms().deeds


def _withholds(view: View, cue: int, negated: bool) -> bool:
    """ "Would not say", "refused to discuss", "declined to comment": the answer is refused."""
    head = view.head[cue]
    if view.dep[cue] == "xcomp" and view.lemma[head] in ("refuse", "decline"):
        return True
    return negated and any(view.low[c] in ("would", "wo", "will", "could") for c in view.children[cue])


def _content_lemmas(view: View, attribution: Attribution) -> set[str]:
    return {view.lemma[i] for a, b in attribution.choice.parts for i in range(a, b)}


def _refusal(view: View, attribution: Attribution) -> str | None:
    """A vow that something shall never be ("vowed that no inspector would …") refuses it."""
    clauses = clauses_of(view, attribution)
    return "reject" if act_by_content(clauses) == "reject" else None


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


def _by_form(view: View, attribution: Attribution, lemma: str, act: str) -> str:
    """The act that the content gives a plain cue; a belief can only turn into a prediction."""
    parts = attribution.choice.parts
    if lemma in ("tell", "ask") and _is_infinitive(view, attribution.choice.cue, parts):
        return "demand"
    if lemma == "call" and _starts_with(view, attribution, ("for", "on")):
        return "demand"
    if lemma == "ask":
        return "demand" if _starts_with(view, attribution, ("for", "that")) else "ask"
    found = act_by_content(clauses_of(view, attribution))
    if not attribution.speech:
        return "predict" if found == "predict" and lemma in forms().expecting else act
    if found != "propose" and _is_question(view, attribution):
        return "ask"
    return found or act


def _is_question(view: View, attribution: Attribution) -> bool:
    """A first stretch of direct words that ends in a question mark, or whose first sentence does."""
    if attribution.kind == "indirect" and view.text[attribution.choice.cue] != ":":
        return False
    start, end = attribution.choice.parts[0]
    last = min(view.sentence_range(start)[1], len(view) - 1)
    return view.text[min(end, last)] == "?" or "?" in view.text[start : min(end, last)]


def _starts_with(view: View, attribution: Attribution, words: tuple[str, ...]) -> bool:
    """True where the content opens with one of these or stands right behind it ("asked that …")."""
    start = attribution.choice.parts[0][0]
    near = 0 < start - attribution.choice.cue <= 6
    return near and (view.low[start] in words or view.low[start - 1] in words)


def _is_infinitive(view: View, cue: int, parts: tuple[tuple[int, int], ...]) -> bool:
    """True when what the cue governs is "to" and a verb ("asked them to leave")."""
    if view.low[parts[0][0]] == "to":
        return True
    verbs = [c for c in view.children[cue] if view.dep[c] in ("xcomp", "ccomp", "advcl") and c > cue]
    return any(view.low[c] == "to" and view.dep[c] == "aux" for v in verbs for c in view.children[v])
