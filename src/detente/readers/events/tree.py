"""A paragraph's parse as plain lists, and who does what to whom in a clause.

Attribute access on spaCy tokens costs about a microsecond each; the readers look at every token many
times. :func:`tree_of` copies what they need once per parse and keeps it with the parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.readers.events.lexicon import load_words
from detente.readers.events.mend import mend

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "detente.tree"
_COLUMNS = ("LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD", "SENT_START", "IDX", "LENGTH")
_STRINGS: dict[int, str] = {}
_CLAUSES = ("ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp")
_RELATIVES = ("WP", "WDT")


@dataclass(slots=True)
class Tree:
    """The parse of one paragraph: one list per attribute, indexed by token."""

    doc: Doc
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    ent: list[str]
    head: list[int]
    kids: list[list[int]]
    sent: list[int]
    begin: list[int]
    end: list[int]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.head)

    def deps(self, token: int, *names: str) -> list[int]:
        """The children of a token that bear one of these relations."""
        dep = self.dep
        return [kid for kid in self.kids[token] if dep[kid] in names]

    def first(self, token: int, *names: str) -> int | None:
        """The first child of a token that bears one of these relations."""
        dep = self.dep
        for kid in self.kids[token]:  # half of what next() costs; asked a hundred times a sentence
            if dep[kid] in names:
                return kid
        return None

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated to it on its right."""
        found = [token]
        for kid in self.kids[token]:
            if self.dep[kid] == "conj":
                found.extend(self.conjuncts(kid))
        return found

    def subtree(self, token: int) -> list[int]:
        """The token and all that hangs on it, unordered."""
        found, queue = [], [token]
        while queue:
            at = queue.pop()
            found.append(at)
            queue.extend(self.kids[at])
        return found

    def preps(self, token: int) -> list[tuple[str, int]]:
        """(preposition, noun or gerund) for each prepositional phrase hung on a token."""
        found: list[tuple[str, int]] = []
        for kid in self.kids[token]:
            if (
                self.dep[kid] in ("prep", "agent", "dative") and self.pos[kid] in ("ADP", "SCONJ", "PART")
            ) or self.dep[kid] == "prep":
                found.extend(self._objects(kid, self.lower[kid]))
        return found

    def _objects(self, prep: int, name: str) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        if name in load_words().compound_prepositions:
            return found
        for kid in self.kids[prep]:
            if self.dep[kid] in ("pobj", "pcomp"):
                found.append((name, kid))
            elif self.dep[kid] == "prep" or (self.dep[kid] == "conj" and self.pos[kid] == "ADP"):
                found.extend(self._objects(kid, self.lower[kid]))
        return found

    def passive(self, verb: int) -> bool:
        """True for a verb in the passive (also "troops sent by", "was arrested and deported")."""
        by_whom = self.first(verb, "agent") is not None and self.first(verb, "dobj") is None
        if self.tag[verb] != "VBN" and not (self.tag[verb] == "VBD" and by_whom):
            return False
        if self.lemma[verb] in load_words().stative and self.first(verb, "agent") is None:
            return False
        if self.first(verb, "nsubjpass", "auxpass", "agent") is not None:
            return True
        if self.first(verb, "nsubj", "aux", "dobj") is not None:
            return False
        if self.dep[verb] in ("acl", "advcl", "amod"):
            return True
        if self.dep[verb] == "conj" and self.tag[self.head[verb]] in ("VB", "VBG"):
            return True  # "had to leave … and besieged by": a bare participle is no active verb
        return (
            self.dep[verb] == "conj" and self.pos[self.head[verb]] == "VERB" and self.passive(self.head[verb])
        )

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """The noun that the verb's subject slot refers to, found through control and coordination."""
        if depth > 6:
            return None
        own = self.first(verb, "nsubj", "nsubjpass")
        if own is not None:
            return self._antecedent(verb, own)
        relation, above = self.dep[verb], self.head[verb]
        if above == verb:
            return None
        if relation == "conj" and self.pos[above] in ("VERB", "AUX", "ADJ"):
            return self.subject(above, depth + 1)
        if relation == "acl" or (relation == "relcl" and self.tag[verb] in ("VBN", "VBG")):
            return self._of_noun(verb, above, depth)
        if relation == "pcomp":
            return self._of_preposition(above, depth)
        if relation in ("xcomp", "advcl", "ccomp", "acomp", "prep", "oprd", "dep"):
            return self._controller(verb, above, depth)
        return None

    def _antecedent(self, verb: int, subject: int) -> int:
        if self.tag[subject] in _RELATIVES or self.lower[subject] in ("that", "which", "who"):
            clause = verb
            while self.dep[clause] in ("conj", "ccomp") and (
                self.dep[clause] == "conj" or self._tells_relative(self.head[clause])
            ):
                clause = self.head[clause]
            if self.dep[clause] in ("relcl", "acl", "advcl") and self.pos[self.head[clause]] in (
                "NOUN", "PROPN", "PRON", "NUM", "ADJ",
            ):  # fmt: skip
                return self._last_beside(self.head[clause], subject)
        return subject

    def _tells_relative(self, verb: int) -> bool:
        """ "Who she says is held": the verb of saying inside a relative clause."""
        return self.dep[verb] == "relcl" and self.lemma[verb] in load_words().saying

    def _last_beside(self, noun: int, relative: int) -> int:
        """ "Neither X nor Y, who is …": one person, the name that the clause touches."""
        before = relative - (2 if relative and self.lower[relative - 1] == "," else 1)
        beside = [k for k in self.conjuncts(noun)[1:] if k == before and self.pos[k] == "PROPN"]
        after = self.lower[relative + 1] if relative + 1 < len(self) else ""
        one = self.lower[relative] == "who" and after in ("is", "was", "has", "he", "she")
        return beside[0] if beside and one else noun

    def _of_noun(self, verb: int, noun: int, depth: int) -> int | None:
        if self.tag[verb] in ("VBG", "VBN"):
            return noun
        owner = self.first(noun, "poss")
        if owner is not None:
            return owner
        if self.dep[noun] in ("dobj", "attr", "pobj"):
            above = self.head[noun]
            if self.dep[noun] == "pobj":
                above = self.head[above]
            return self.subject(above, depth + 1) if self.pos[above] in ("VERB", "AUX") else None
        return noun if self.dep[noun] in ("nsubj", "nsubjpass") and self.pos[noun] == "PROPN" else None

    def _of_preposition(self, prep: int, depth: int) -> int | None:
        above = self.head[prep]
        if self.pos[above] in ("VERB", "AUX"):
            if self.passive(above):
                return self.first(above, "nsubjpass") or self.subject(above, depth + 1)
            target = self.first(above, "dobj")
            if target is not None and self.lower[prep] in ("of", "for", "from", "with", "against", "into"):
                return target
            return self.subject(above, depth + 1)
        if self.pos[above] in ("NOUN", "PROPN"):
            return self.first(above, "poss") or self._of_noun(prep, above, depth)
        return None

    def _controller(self, verb: int, above: int, depth: int) -> int | None:
        if self.pos[above] in ("NOUN", "PROPN", "PRON"):
            return self._of_noun(verb, above, depth)
        if self.dep[verb] in ("xcomp", "ccomp"):
            target = self.first(above, "dobj", "dative", "iobj")
            if target is not None and self.lemma[above] not in load_words().subject_control:
                return target
            if self.dep[verb] == "ccomp" and self.pos[above] == "ADP":
                return None
        return self.subject(above, depth + 1)

    def _up_to(self, verb: int) -> list[int]:
        """ "Kidnapped up to 16 advisers": the parse hangs the object on "to"."""
        return [n for p, n in self.preps(verb) if p == "to" and self._follows_up(verb)]

    def _of_small_clause(self, verb: int) -> list[int]:
        """ "Found the envoy guilty", "allowed inspectors to return": what the parse makes a subject."""
        for clause in self.deps(verb, "ccomp"):
            who = self.first(clause, "nsubj")
            to = self.tag[clause] == "VB" and any(self.lower[k] == "to" for k in self.deps(clause, "aux"))
            if clause < verb or who is None or self.first(clause, "mark") is not None:
                continue
            if to or self.pos[clause] == "ADJ":
                return [who]
        return []

    def _follows_up(self, verb: int) -> bool:
        return any(self.lower[k : k + 2] == ["up", "to"] for k in self.kids[verb])

    def agents(self, verb: int) -> list[int]:
        """Heads of the noun phrases that do what the verb says, coordination expanded."""
        if self.passive(verb):
            by = [noun for prep, noun in self.preps(verb) if prep == "by"]
            return [n for noun in by for n in self.conjuncts(noun)]
        subject = self.subject(verb)
        return self.conjuncts(subject) if subject is not None else []

    def patients(self, verb: int) -> list[int]:
        """Heads of the noun phrases that the verb is done to, coordination expanded."""
        if self.passive(verb):
            subject = self.subject(verb)
            found = [] if subject is None else [subject]
        else:
            found = self.deps(verb, "dobj")
            found = [self._antecedent(verb, noun) for noun in found]
            found = found or self._up_to(verb) or self._of_small_clause(verb)
            if not found and self.dep[verb] == "relcl":
                own = self.first(verb, "nsubj")
                if own is not None and self._antecedent(verb, own) == own:
                    found = [self.head[verb]]
            if not found and self.kids[verb] and not self.deps(verb, "prep", "xcomp", "ccomp"):
                shared = [kid for kid in self.deps(verb, "conj") if self.pos[kid] == "VERB"]
                found = [n for kid in shared if not self.deps(kid, "nsubj") for n in self.deps(kid, "dobj")][
                    :1
                ]
        return [n for noun in found for n in self.conjuncts(noun)]


def tree_of(doc: Doc) -> Tree:
    """The plain-list view of a parse, built once and kept with it."""
    kept: Tree | None = doc.user_data.get(_KEY)
    if kept is None:
        kept = doc.user_data[_KEY] = _build(doc)
    return kept


def _build(doc: Doc) -> Tree:
    columns: list[int | str] = list(_COLUMNS)
    keys: list[list[int]] = doc.to_array(columns).astype("int64").T.tolist()
    known, strings = _STRINGS, doc.vocab.strings
    texts = keys[:6]
    for key in set().union(*texts).difference(known):
        known[key] = strings[key & 0xFFFFFFFFFFFFFFFF]
    lower, lemma, pos, tag, dep, ent = ([known[key] for key in column] for column in texts)
    offsets, starts, begin, lengths = keys[6], keys[7], keys[8], keys[9]
    size = len(lower)
    head = [i + offset for i, offset in enumerate(offsets)]
    kids: list[list[int]] = [[] for _ in range(size)]
    sent: list[int] = []
    number = -1
    for i, above in enumerate(head):
        if above != i:
            kids[above].append(i)
        if starts[i] == 1 or i == 0:
            number += 1
        sent.append(number)
    end = [first + length for first, length in zip(begin, lengths, strict=True)]
    tree = Tree(
        doc, lower, [word.lower() for word in lemma], pos, tag, dep, ent, head, kids, sent, begin, end
    )
    mend(tree)
    return tree
