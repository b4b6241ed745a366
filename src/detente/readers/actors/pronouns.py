"""Whom "he", "she", "it" and "they" mean, where that is reliable; open where it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.readers.actors.draft import Draft
from detente.readers.actors.lexicon import usage
from detente.readers.actors.resolve import Resolver
from detente.readers.actors.view import View
from detente.record import Span

_SEX = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_GROUP = frozenset(["they", "them", "their", "themselves"])
# Two candidates nearer than this in score: the pronoun stays open.
_MARGIN = 0.5
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
    quote: int
    main: bool = False
    says: bool = False


@dataclass(slots=True)
class Pronouns:
    """Finds pronouns and resolves those to a person by prominence and nearness."""

    resolver: Resolver
    written_from: str | None = None
    seen: list[Seen] = field(default_factory=list)
    _sentences: list[int] = field(default_factory=list)
    _quotes: list[int] = field(default_factory=list)
    _speakers: dict[int, int] = field(default_factory=dict)
    _paragraph: int = -1

    def find(self, view: View) -> list[Draft]:
        """The third-person pronouns of a paragraph."""
        self._look(view)
        index = view.paragraph.index
        return [
            Draft(index, i, i + 1, i, "pronoun", "person" if word in _SEX else "group", sex=_SEX.get(word))
            for i, word in enumerate(view.lower)
            if (word in _SEX or word in _GROUP) and view.pos[i] in ("PRON", "DET") and i not in view.taken
        ]

    def _look(self, view: View) -> None:
        if self._paragraph != view.paragraph.index:
            self._paragraph = view.paragraph.index
            self._sentences = _sentence_numbers(view)
            self._quotes = _quoted(view)
            self._speakers = _speakers(view, self._quotes)

    def saw(self, view: View, draft: Draft, ids: tuple[str, ...]) -> None:
        """Remember a mention as a possible antecedent."""
        self._look(view)
        if not ids:
            if draft.what == "person" and _is_subject(view, draft.head):
                # Somebody, though nobody knows who: "he" may well be this one.
                self._remember(view, draft.head, (), draft.sex, True)
            return
        person = draft.what == "person"
        sex = (self._sex(ids[0]) if person else None) or draft.sex
        one = draft.what == "unnamed" and not draft.plural and draft.lemma != "source"
        # A sister or a friend is told of beside the person the text is about.
        self._remember(view, draft.head, ids, sex, person or (one and draft.sector != "CVL"))

    def _remember(self, view: View, i: int, ids: tuple[str, ...], sex: str | None, person: bool) -> None:
        inverted = _speaks_after(view, i)
        subject = inverted or _is_subject(view, i)
        verb = view.head[i]
        says = subject and view.lemma(verb) in usage("saying")
        self.seen.append(
            Seen(
                view.paragraph.index, self._sentences[i], i, subject, ids, sex, person, self._quotes[i],
                subject and (inverted or view.dep[verb] in ("ROOT", "conj")), says,
            )
        )  # fmt: skip

    def _sex(self, actor: str) -> str | None:
        making = self.resolver.actors.by_id.get(actor)
        person = self.resolver.people.persons.get(making.key) if making else None
        return person.sex if person else None

    def resolve(self, view: View, draft: Draft, span: Span) -> tuple[tuple[str, ...], float]:
        """The actor a pronoun means with a confidence, or nothing."""
        if draft.what != "person":
            return (), 0.0
        here = draft.head
        ranked = sorted(self._candidates(view, draft), key=lambda pair: -pair[0])
        if not ranked:
            return (), 0.0
        score, best = ranked[0]
        if not best.ids:
            return (), 0.0
        rival = next((s for s, other in ranked if other.ids != best.ids), None)
        if rival is not None and score - rival < _MARGIN:
            return (), 0.0
        self.resolver.actors.by_id[best.ids[0]].mentions.append(span)
        self._remember(view, here, best.ids, best.sex or draft.sex, True)
        person = self.resolver.people.persons.get(self.resolver.actors.by_id[best.ids[0]].key)
        if person is not None and person.sex is None:
            person.sex = draft.sex
        return best.ids, 0.85 if rival is None else 0.7

    def continued(self, view: View, draft: Draft) -> tuple[str, ...]:
        """Who "the Peruvian delegate added" means where the text gave nobody that title: who spoke before.

        A verb of going on has the subject of the verb of saying before it.
        """
        i = draft.head
        if not (draft.definite and draft.title and draft.country) or view.dep[i] not in _SUBJECTS:
            return ()
        if view.lemma(view.head[i]) not in usage("going_on"):
            return ()
        self._look(view)
        for seen in reversed(self.seen):
            if view.paragraph.index - seen.paragraph > 1:
                return ()
            if seen.says and seen.person and len(seen.ids) == 1:
                making = self.resolver.actors.by_id[seen.ids[0]]
                fits = making.type == "person" and making.country in (None, draft.country)
                return seen.ids if fits else ()
        return ()

    def in_play(self, view: View, draft: Draft) -> str | None:
        """Whose "the prime minister" or "the ministry" is, where the text names no country.

        That of all actors so far; else that of the sentence before: its subject's; else the one the report
        is written from, if its capital opens the text.
        """
        country = self.resolver.only_country() or self._subject_before(view, draft) or self.written_from
        return country if country and self.resolver.seats(draft, country) else None

    def _subject_before(self, view: View, draft: Draft) -> str | None:
        self._look(view)
        index, sentence = view.paragraph.index, self._sentences[draft.head]
        for seen in reversed(self.seen):
            before = seen.paragraph == index and seen.sentence == sentence - 1
            above = not sentence and seen.paragraph == index - 1
            if seen.paragraph < index - 1 or (seen.paragraph == index and seen.sentence < sentence - 1):
                return None
            if (before or above) and seen.main and not seen.quote:
                if len(seen.ids) != 1:
                    return None
                making = self.resolver.actors.by_id[seen.ids[0]]
                return making.country if making.country in self.resolver.lexicon.countries else None
        return None

    def _candidates(self, view: View, draft: Draft) -> list[tuple[float, Seen]]:
        index, here = view.paragraph.index, draft.head
        quote = self._quotes[here]
        speaker = self._speaker_of(quote, index)
        says = not quote and _is_subject(view, here) and view.lemma(view.head[here]) in usage("saying")
        own = self._own_subject(view, here)
        found = []
        for seen in reversed(self.seen):
            if index - seen.paragraph > 2:
                break
            if seen.paragraph == index and seen.token >= here:
                continue
            if not seen.person or len(seen.ids) > 1 or (seen.sex and seen.sex != draft.sex):
                continue
            if quote and seen.ids == speaker:
                continue  # nobody speaks of himself as "he"
            if seen.ids == own:
                continue  # "X urged him": someone else
            score = self._score(seen, index, here, quote)
            if says and seen.says:  # who spoke in the paragraph before gives way to this one's subject
                score += 2 if seen.paragraph == index else 1
            score += 3 * (seen.paragraph == index and _is_aside_of(view, seen.token, here))
            if score > 0:
                found.append((score, seen))
        return found

    def _own_subject(self, view: View, here: int) -> tuple[str, ...]:
        """Who does what is done to "him" or "her": a plain object is never its own subject."""
        verb = view.head[here]
        if view.dep[here] not in ("dobj", "dative") or view.lower[here] not in ("him", "her"):
            return ()
        subjects = [i for i in range(verb) if view.head[i] == verb and view.dep[i] == "nsubj"]
        return next(
            (
                seen.ids
                for seen in reversed(self.seen)
                if subjects and seen.paragraph == view.paragraph.index and seen.token == subjects[-1]
            ),
            (),
        )

    def _score(self, seen: Seen, index: int, here: int, quote: int) -> float:
        """Higher is likelier: near, a subject, of known sex, outside other quotations. Tuned together."""
        sentences = self._sentences[here] - seen.sentence if seen.paragraph == index else 0
        score = 10.0 - 1.5 * sentences - 3.0 * (index - seen.paragraph)
        score += 2 * seen.subject + 1.5 * seen.main + 1.0 * bool(seen.sex or not seen.ids)
        if seen.quote and not quote:
            score -= 4
        return score - 0.01 * (here - seen.token if seen.paragraph == index else 50)

    def _speaker_of(self, quote: int, index: int) -> tuple[str, ...]:
        token = self._speakers.get(quote, -1) if quote else -1
        for seen in self.seen:
            if seen.paragraph == index and seen.token == token:
                return seen.ids
        return ()


def _speakers(view: View, quotes: list[int]) -> dict[int, int]:
    """The subject of the verb of saying nearest to each quotation, after it or before it."""
    said = [
        (view.head[i], i)
        for i, dep in enumerate(view.dep)
        if dep == "nsubj" and not quotes[i] and view.lemma(view.head[i]) in usage("saying")
    ]
    speakers: dict[int, int] = {}
    for quote in set(quotes) - {0}:
        first, last = quotes.index(quote), len(quotes) - 1 - quotes[::-1].index(quote)
        near = [(min(abs(verb - last), abs(first - verb)), i) for verb, i in said]
        if near and min(near)[0] < 25:
            speakers[quote] = min(near)[1]
    return speakers


def _speaks_after(view: View, i: int) -> bool:
    """True for the speaker of "“…,” said the premier", whatever the parse calls it."""
    verb = view.head[i]
    if not 0 < verb < i or view.lemma(verb) not in usage("saying") or view.dep[i] == "pobj":
        return False
    start = view.doc[i].left_edge.i
    return start == verb + 1 and view.lower[verb - 1] in (",", *_CLOSING, '"', "’", "'")


def _is_aside_of(view: View, who: int, here: int) -> bool:
    """ "X, in his letter to Y, …": what stands aside right behind a name tells of its bearer."""
    return here - who == 3 and view.lower[who + 1] == "," and view.pos[here - 1] in ("ADP", "SCONJ")


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


def _quoted(view: View) -> list[int]:
    """Which tokens stand inside double quotation marks: the number of the quotation, 0 outside."""
    inside, number, found = False, 0, []
    for word in view.lower:
        if word in _OPENING or (word == '"' and not inside):
            inside, number = True, number + 1
        elif word in _CLOSING or word == '"':
            inside = False
        found.append(number if inside else 0)
    return found


_OPENING = frozenset(["“", "``"])
_CLOSING = frozenset(["”", "''"])
