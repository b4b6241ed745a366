"""Whom "he", "she", "it" and "they" mean, where that is reliable; open where it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.readers.actors.draft import Draft
from detente.readers.actors.resolve import Resolver
from detente.readers.actors.view import View
from detente.record import Span

_SEX = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_GROUP = frozenset(["they", "them", "their", "themselves"])
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(slots=True)
class Seen:
    """A mention as a possible antecedent: where it stood and how prominent it was."""

    paragraph: int
    sentence: int
    token: int
    subject: bool
    ids: tuple[str, ...]
    sex: str | None
    person: bool
    quoted: bool


@dataclass(slots=True)
class Pronouns:
    """Finds pronouns and resolves those to a person by prominence and nearness."""

    resolver: Resolver
    seen: list[Seen] = field(default_factory=list)
    _sentences: dict[int, list[int]] = field(default_factory=dict)
    _quotes: dict[int, list[bool]] = field(default_factory=dict)

    def find(self, view: View) -> list[Draft]:
        """The third-person pronouns of a paragraph."""
        index = view.paragraph.index
        self._sentences[index] = _sentence_numbers(view)
        self._quotes[index] = _quoted(view)
        return [
            Draft(index, i, i + 1, i, "pronoun", "person" if word in _SEX else "group", sex=_SEX.get(word))
            for i, word in enumerate(view.lower)
            if (word in _SEX or word in _GROUP) and view.pos[i] in ("PRON", "DET") and i not in view.taken
        ]

    def saw(self, view: View, draft: Draft, ids: tuple[str, ...]) -> None:
        """Remember a mention as a possible antecedent."""
        if not ids:
            return
        index = view.paragraph.index
        sex = draft.sex
        person = draft.what == "person"
        if person:
            known = self._person(ids[0])
            sex = known or sex
        self.seen.append(
            Seen(
                index, self._sentences[index][draft.head], draft.head, _is_subject(view, draft.head), ids, sex,
                person or (draft.what == "unnamed" and not draft.plural), self._quotes[index][draft.head],
            )
        )  # fmt: skip

    def _person(self, actor: str) -> str | None:
        for person in self.resolver.people.persons.values():
            making = self.resolver.actors.by_key.get(person.key)
            if making is not None and making.id == actor:
                return person.sex
        return None

    def resolve(self, view: View, draft: Draft, span: Span) -> tuple[tuple[str, ...], float]:
        """The actor a pronoun means with a confidence, or nothing."""
        if draft.what != "person":
            return (), 0.0
        index, here = view.paragraph.index, draft.head
        sentence = self._sentences[index][here]
        quoted = self._quotes[index][here]
        best: Seen | None = None
        best_score = 0.0
        for seen in reversed(self.seen):
            distance = (index - seen.paragraph) * 3 + (sentence - seen.sentence if index == seen.paragraph else 1)
            if distance > 9:
                break
            if not seen.person or len(seen.ids) > 1 or (seen.sex and seen.sex != draft.sex):
                continue
            score = 10.0 - 2 * distance + (3 if seen.subject else 0) + (1 if seen.sex else 0)
            score -= 3 if seen.quoted and not quoted else 0
            if score > best_score:
                best, best_score = seen, score
        if best is None:
            return (), 0.0
        making = next(m for m in self.resolver.actors.by_key.values() if m.id == best.ids[0])
        making.mentions.append(span)
        self.seen.append(
            Seen(index, sentence, here, _is_subject(view, here), best.ids, best.sex or draft.sex, True, quoted)
        )
        return best.ids, 0.7


def _is_subject(view: View, i: int) -> bool:
    for _ in range(3):
        if view.dep[i] in _SUBJECTS:
            return True
        if view.dep[i] not in ("conj", "appos", "compound"):
            return False
        i = view.head[i]
    return False


def _sentence_numbers(view: View) -> list[int]:
    number, numbers = -1, []
    for start in view.starts:
        number += start
        numbers.append(max(number, 0))
    return numbers


def _quoted(view: View) -> list[bool]:
    """Which tokens stand inside double quotation marks."""
    inside, found = False, []
    for word in view.lower:
        if word in _OPENING:
            inside = True
        elif word in _CLOSING:
            inside = False
        elif word == '"':
            inside = not inside
        found.append(inside)
    return found


_OPENING = frozenset(["“", "``"])
_CLOSING = frozenset(["”", "''"])
