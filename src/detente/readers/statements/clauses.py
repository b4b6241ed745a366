"""The main clauses of a content: who their subject is, the modal, negation, time and words.

A flat description, so that rules in data (``data/speech_acts.toml``) can be read and checked alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.readers.statements.contents import SUBJECTS
from detente.readers.statements.find import Attribution
from detente.readers.statements.view import View

# A content of many sentences does many things; the first clauses are those it is reported for.
MOST = 4
_FIRST = {"i", "we", "us", "our", "my", "ours", "mine"}
_THIRD = {"he", "she", "they", "it", "his", "her", "their", "its"}
_NOBODY = {"no", "nobody", "none", "neither", "nothing", "nor"}
_NOT = {"not", "n't", "n’t", "never", "neither", "no", "nor"}
_MODALS = {
    "will": "will", "wo": "will", "’ll": "will", "'ll": "will", "shall": "will", "would": "would",
    "must": "must", "ought": "must", "should": "should", "could": "could", "may": "could", "might": "could",
    "can": "can", "ca": "can",
}  # fmt: skip
_OWN = {"country", "government", "nation", "side"}
_FORCES = {
    "navy", "army", "fleet", "ship", "warship", "gunner", "missile", "rocket", "soldier", "troop",
    "artillery", "submarine", "battery",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """One main clause; see ``data/speech_acts.toml`` for what the values mean."""

    verbs: frozenset[str]
    parties: frozenset[str]
    modal: str
    negated: bool
    past: bool
    passive: bool
    conditional: bool
    direct: bool
    words: frozenset[str]
    text: str


def clauses_of(view: View, attribution: Attribution) -> list[Clause]:
    """The first main clauses of what is said, in reading order."""
    found: list[Clause] = []
    for start, end in attribution.choice.parts:
        roots = [i for i in range(start, end) if _is_main(view, i, start, end)]
        found.extend(_clause(view, attribution, root, start, end) for root in roots)
    return found[:MOST]


def _is_main(view: View, token: int, start: int, end: int) -> bool:
    head = view.head[token]
    if head == token or not start <= head < end:
        return view.dep[token] not in ("punct", "mark", "det", "cc", "prep") or end - start < 3
    joined = view.dep[token] in ("conj", "ccomp", "parataxis") and view.pos[token] in ("VERB", "AUX")
    return (joined and head > token) or (
        view.dep[token] == "conj" and view.pos[token] in ("VERB", "AUX") and _is_main(view, head, start, end)
    )  # fmt: skip


def _clause(view: View, attribution: Attribution, root: int, start: int, end: int) -> Clause:
    direct = attribution.kind != "indirect" and view.quote[root] >= 0
    left, right = max(start, view.left[root]), min(end, view.right[root])
    for child in view.children[root]:
        if view.dep[child] == "conj" and root < child < right and view.pos[child] in ("VERB", "AUX"):
            right = min(right, max(root + 1, view.left[child]))
    inside = range(left, right)
    governed = [c for c in view.children[root] if view.dep[c] in ("xcomp", "acomp") and left <= c < right]
    governed += [c for g in governed for c in view.children[g] if view.dep[c] == "xcomp"]
    auxiliaries = [c for c in view.children[root] if view.dep[c] in ("aux", "auxpass")]
    modal = _modal(view, root, auxiliaries, direct)
    subject = _subject(view, root, start)
    negative = _negative_subject(view, subject)
    low = [view.low[i] for i in inside]
    return Clause(
        verbs=frozenset(view.lemma[i] for i in (root, *governed)),
        parties=_parties(view, attribution, subject, negative, direct, view.tag[root], modal),
        modal=modal,
        negated=negative or _negated(view, root),
        past=view.tag[root] in ("VBD", "VBN") and modal == "none",
        passive=any(view.dep[c] == "auxpass" for c in auxiliaries),
        conditional=bool({"if", "unless", "any", "whoever", "every"} & set(low)),
        direct=direct,
        words=frozenset(view.lemma[i] for i in inside) | frozenset(low),
        text=" ".join(low),
    )


def _modal(view: View, root: int, auxiliaries: list[int], direct: bool) -> str:
    """The clause's modal; a reported "would" stands for "will", a perfect ("should have done") for none."""
    for token in auxiliaries:
        modal = _MODALS.get(view.low[token], "")
        if modal == "would" and not direct:
            return "will"
        perfect = any(view.low[c] == "have" and c > token for c in auxiliaries)
        if modal:
            return "none" if perfect and modal in ("must", "should", "could") else modal
    if view.lemma[root] in ("have", "need", "ought"):
        bound = [c for c in view.children[root] if view.dep[c] == "xcomp"]
        if any(view.low[c] == "to" and view.dep[c] == "aux" for v in bound for c in view.children[v]):
            return "must"
    return "none"


def _negated(view: View, root: int) -> bool:
    if any(view.dep[c] == "neg" or view.low[c] in _NOT for c in view.children[root]):
        return True
    objects = [c for c in view.children[root] if view.dep[c] in ("dobj", "attr") and c > root]
    return any(view.low[c] in _NOT for o in objects for c in view.children[o] if c < o)


def _subject(view: View, root: int, start: int) -> int:
    """The subject of a verb, or of the verb it is joined to; -1 without one."""
    for _ in range(4):
        found = [c for c in view.children[root] if view.dep[c] in SUBJECTS and c >= start]
        if found:
            return found[0]
        if view.dep[root] != "conj" or view.head[root] < start:
            return -1
        root = view.head[root]
    return -1


def _negative_subject(view: View, subject: int) -> bool:
    if subject < 0:
        return False
    return view.low[subject] in _NOBODY or any(view.low[c] in _NOBODY for c in view.children[subject])


def _parties(
    view: View, attribution: Attribution, subject: int, negative: bool, direct: bool, tag: str, modal: str
) -> frozenset[str]:
    """Who the subject is; a noun of armed forces is "forces" besides."""
    if subject < 0:
        return frozenset(("none",) if tag == "VB" and modal == "none" else ("unsaid",))
    if negative:
        return frozenset(("nobody",))
    low, lemma = view.low[subject], view.lemma[subject]
    found = {"forces"} if lemma in _FORCES else set()
    if low == "there":
        return frozenset(("there",))
    if low == "you":
        return frozenset(("hearer",))
    owners = {view.low[c] for c in view.children[subject] if view.dep[c] == "poss"} | {low}
    if owners & _FIRST or (not direct and owners & _THIRD and not _is_expletive(view, subject)):
        return frozenset(found | {"speaker"})
    if _is_source(view, attribution, subject) or (lemma in _OWN and not direct):
        return frozenset(found | {"speaker"})
    if low in ("who", "which", "that"):
        return frozenset(("unsaid",))
    return frozenset(found | {"other"})


def _is_expletive(view: View, subject: int) -> bool:
    """The "it" of "it was time", "it might rain": no party."""
    return view.low[subject] == "it" and view.lemma[view.head[subject]] in ("be", "seem", "appear", "take")


def _is_source(view: View, attribution: Attribution, subject: int) -> bool:
    chosen = attribution.choice.source_range
    if chosen is None or view.pos[subject] not in ("NOUN", "PROPN"):
        return False
    return any(view.lemma[i] == view.lemma[subject] for i in range(*chosen))
