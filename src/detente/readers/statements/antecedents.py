"""Who "it", "they" or "who" is, where the actors reader left a speaker's pronoun open.

Only the nearest clause may tell: the noun that a relative clause hangs on, the subject of the clause beside
or above, the subject of the sentence before. "It" is a state or a body, "they" several or an unnamed group;
where number or kind does not fit, the pronoun stays open.
"""

from __future__ import annotations

from detente.readers.index import ActorIndex
from detente.readers.statements.view import View

_RELATIVES = ("who", "which", "that")
_SUBJECTS = ("nsubj", "nsubjpass")
_BESIDE = ("conj", "ccomp", "advcl", "parataxis", "xcomp", "acomp", "dep")


def antecedent(view: View, pronoun: int, actors: ActorIndex) -> tuple[tuple[str, ...], bool]:
    """The actors that a subject pronoun stands for, and whether the text names them; none where unsure."""
    if view.low[pronoun] in _RELATIVES and view.dep[pronoun] in _SUBJECTS:
        noun = _relative(view, pronoun)
        return _refer(view, noun, actors) if noun >= 0 else ((), False)
    if view.low[pronoun] == "both":
        return _both(view, pronoun, actors)
    if view.low[pronoun] not in ("it", "they") or view.dep[pronoun] not in _SUBJECTS:
        return (), False
    for subject in _subjects_before(view, pronoun):
        if subject == pronoun or view.low[subject] == view.low[pronoun]:
            continue
        found, named = _refer(view, subject, actors)
        return (found, named) if _agrees(view, pronoun, subject, found, actors) else ((), False)
    return (), False


def _both(view: View, pronoun: int, actors: ActorIndex) -> tuple[tuple[str, ...], bool]:
    """The two persons that the sentence before tells of, else the two states; nobody where there are more."""
    number = view.sent[pronoun] - 1
    first, last = view.sentences[number] if number >= 0 else (0, 0)
    if number < 0 or view.para[first] != view.para[pronoun]:
        return (), False
    paragraph, start = view.local(first)
    told: dict[str, None] = {}
    for mention in actors.within(paragraph, start, start + last - first):
        told.update(dict.fromkeys(mention.actors))
    for kind in ("person", "state"):
        two = tuple(one for one in told if actors.actors[one].type == kind)
        if two:
            return (two, True) if len(two) == 2 else ((), False)
    return (), False


def _relative(view: View, pronoun: int) -> int:
    """The noun that the relative clause hangs on; where the parse has none, the one right before it."""
    verb = view.head[pronoun]
    while view.dep[verb] == "conj" and view.head[verb] != verb:
        verb = view.head[verb]
    if view.dep[verb] == "relcl":
        return view.head[verb]
    before = pronoun - (2 if view.text[pronoun - 1] == "," else 1)
    return before if before >= 0 and view.pos[before] in ("NOUN", "PROPN") else -1


def _subjects_before(view: View, pronoun: int) -> list[int]:
    """The subjects of the clauses beside and above, nearest first, then that of the sentence before."""
    found: list[int] = []
    verb = view.head[pronoun]
    for _ in range(4):
        above = view.head[verb]
        if above == verb or view.dep[verb] not in _BESIDE:
            break
        found += [c for c in view.children[above] if view.dep[c] in _SUBJECTS and c < pronoun][-1:]
        verb = above
    number = view.sent[pronoun] - 1
    if not found and number >= 0:
        first, last = view.sentences[number]
        if view.para[first] == view.para[pronoun]:
            roots = [i for i in range(first, last) if view.head[i] == i and view.pos[i] in ("VERB", "AUX")]
            told = [c for root in roots[:1] for c in view.children[root] if view.dep[c] in _SUBJECTS]
            found += told[-1:]  # a dateline may stand before the subject
    return found


def _refer(view: View, head: int, actors: ActorIndex) -> tuple[tuple[str, ...], bool]:
    paragraph, local = view.local(head)
    heads, node = [local], head
    while True:
        node = next((c for c in view.children[node] if view.dep[c] == "conj"), -1)
        if node < 0:
            break
        heads.append(view.local(node)[1])
    mention = actors.at(paragraph, local)
    return actors.refer(paragraph, heads), mention.named if mention is not None else False


def _agrees(view: View, pronoun: int, subject: int, found: tuple[str, ...], actors: ActorIndex) -> bool:
    kinds = {actors.actors[a].type for a in found if a in actors.actors}
    plural = len(found) > 1 or view.tag[subject] in ("NNS", "NNPS")
    if view.low[pronoun] == "they":
        return bool(found) and plural
    return len(found) == 1 and not plural and "person" not in kinds
