"""Who takes part in a meeting, and where it is: what the clause names beyond the event that codes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.readers.events.lexicon import load_classes
from detente.readers.events.match import in_class
from detente.readers.events.scene import Scene
from detente.readers.meetings_words import words
from detente.record import Article, Date, Meeting, Span

_AT = ("in", "at")
_TO_PLACES = ("in", "near", "at", "to", "from", "into", "outside", "around", "towards", "toward")
_EDGES = ("border", "frontier", "boundary", "coast", "capital", "city", "town", "line", "side")
_PLACES = ("GPE", "LOC", "FAC")
_WEEKDAYS = re.compile(r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_THAT_DAY = re.compile(r"\b(?:that|same) (?:day|morning|afternoon|evening|night)\b", re.IGNORECASE)
_CLAUSES = ("relcl", "advcl", "ccomp", "acl", "parataxis")


def taking_part(scene: Scene, people: Sequence[str], evidence: Iterable[Span]) -> tuple[str, ...]:
    """Those who take part: no state that only says where, none that only says whose minister it is."""
    spans = tuple(evidence)
    kept = [a for a in people if not _is_place(scene, a, spans) and not _is_owner(scene, a, people, spans)]
    return tuple(kept) if kept else tuple(people)


def _heads(scene: Scene, actor: str, spans: tuple[Span, ...]) -> list[int]:
    """The tokens in these spans that name an actor in this paragraph."""
    found = []
    for mention in scene.actors.mentions(scene.paragraph):
        if actor in mention.actors and any(span.covers(mention.span) for span in spans):
            found.append(mention.head)
    return found


def _is_state(scene: Scene, actor: str) -> bool:
    known = scene.actors.actors.get(actor)
    return known is not None and known.type == "state"


def _is_place(scene: Scene, actor: str, spans: tuple[Span, ...]) -> bool:
    """ "Flew to Brussels", "near the border with X": where, not with whom."""
    if not _is_state(scene, actor):
        return False
    return all(_stands_for_place(scene, head) for head in _heads(scene, actor, spans))


def _stands_for_place(scene: Scene, head: int) -> bool:
    tree = scene.tree
    while tree.dep[head] == "conj":
        head = tree.head[head]
    if tree.dep[head] != "pobj":
        return False
    preposition = tree.head[head]
    above = tree.head[preposition]
    return tree.lower[preposition] in _TO_PLACES or tree.lemma[above] in _EDGES


def _is_owner(scene: Scene, actor: str, people: Sequence[str], spans: tuple[Span, ...]) -> bool:
    """ "The foreign ministers of X and Y": the ministers take part, not the states beside them."""
    if not _is_state(scene, actor):
        return False
    index = scene.actors.actors
    country = index[actor].country
    served = any(p != actor and p in index and index[p].country == country for p in people)
    heads = _heads(scene, actor, spans)
    return served and bool(heads) and all(_is_of(scene, head) for head in heads)


def _is_of(scene: Scene, head: int) -> bool:
    tree, named = scene.tree, head
    while tree.dep[head] == "conj":
        head = tree.head[head]
    above = scene.heads.get(head)
    if head != named and above is not None and len(above.actors) > 1:
        return True  # "the ministers of X, Y and Z", where the parse hangs Y beside the ministers
    return tree.dep[head] in ("poss", "amod") or (
        tree.dep[head] == "pobj" and tree.lower[tree.head[head]] == "of"
    )


def behind_names(scene: Scene, token: int) -> tuple[str, ...]:
    """ "Spoke to the president, X, and the minister, Y": who the parse hangs on a name beside a title.

    Also X himself, where the phrase before the name is no person ("his German colleague, X").
    """
    tree, index = scene.tree, scene.actors.actors
    found: dict[str, None] = {}
    for noun in (*tree.patients(token), *(noun for _, noun in tree.preps(token))):
        person = any(index[a].type == "person" for a in scene.refer(noun) if a in index)
        for name in tree.deps(noun, "appos"):
            if tree.pos[name] == "PROPN" and tree.ent[name] == "PERSON":
                for n in tree.conjuncts(name)[1 if person else 0 :]:
                    found.update(dict.fromkeys(scene.refer(n)))
    return tuple(found)


def clause_above(scene: Scene, verb: int) -> tuple[str, ...]:
    """ "X and Y will fly to Z, where they are to confer with W": who "they" are, where nobody knows."""
    tree, at = scene.tree, verb
    subject = tree.subject(verb) if tree.pos[verb] == "VERB" else None
    if subject is None or tree.lower[subject] not in ("they", "he", "she") or scene.refer(subject):
        return ()
    while tree.dep[at] not in ("relcl", "advcl") and tree.head[at] != at:
        at = tree.head[at]
    at = tree.head[at]
    while tree.pos[at] != "VERB" and tree.head[at] != at:
        at = tree.head[at]
    above = tree.subject(at) if tree.pos[at] == "VERB" else None
    people = scene.refer(above) if above is not None and above < subject else ()
    return people if (len(people) > 1) == (tree.lower[subject] == "they") else ()


def where(scene: Scene, token: int, noun: int | None) -> str | None:
    """The place that the meeting's own clause names, also behind whom it is with ("met X in Paris")."""
    tree = scene.tree
    for i in range(token + 1, min(token + 30, len(tree))):
        if tree.lower[i] not in _AT or tree.dep[i] != "prep" or tree.sent[i] != tree.sent[token]:
            continue
        named = next((n for _, n in tree.preps(tree.head[i]) if tree.ent[n] in _PLACES and n > i), None)
        if named is not None and tree.head[named] == i and _within(scene, i, token, noun):
            return _name(scene, named)
    return None


def _name(scene: Scene, last: int) -> str:
    tree, first = scene.tree, last
    while first > 0 and tree.ent[first - 1] in _PLACES and tree.head[first - 1] in range(first, last + 1):
        first -= 1
    return scene.article.words(scene.span(first, last))


def _within(scene: Scene, preposition: int, token: int, noun: int | None) -> bool:
    """True when a phrase hangs on the meeting, or on someone whom it is with."""
    tree, at = scene.tree, scene.tree.head[preposition]
    someone = tree.ent[at] == "PERSON" or scene.is_actor(at) or in_class(scene, at, load_classes()["people"])
    if at not in (token, noun) and not someone:
        return False
    for _ in range(10):
        if at in (token, noun):
            return True
        if tree.dep[at] in _CLAUSES or tree.head[at] == at:
            return False
        at = tree.head[at]
    return False


def _put_off_to(article: Article, date: Date) -> bool:
    """True for a day behind "until", "to" or "for": the new one."""
    start = date.span.start if date.span is not None else 0
    return article.text[max(0, start - 12) : start].casefold().endswith(("until ", "till ", "to ", "for "))


def ahead(article: Article, meeting: Meeting) -> Meeting:
    """A planned meeting told by a bare weekday is on the next such day, not on the last one."""
    date, today = meeting.date, article.published.first_day
    first = date.first_day
    if meeting.status == "held" and first is not None and today is not None and first > today:
        return replace(meeting, status="planned")  # "the cabinet meets on Tuesday"
    to_come = meeting.status == "planned" or (meeting.status == "cancelled" and _put_off_to(article, date))
    if not to_come or date.span is None or first is None or today is None:
        return meeting
    if date.precision != "day" or first >= today or not _WEEKDAYS.fullmatch(article.words(date.span)):
        return meeting
    return replace(meeting, date=Date.day(first + dt.timedelta(days=7), basis=date.basis, span=date.span))


def that_day(views: Sequence[Scene], meeting: Meeting) -> Meeting:
    """ "Later that evening": the day that the words before it told."""
    span = meeting.date.span
    if span is None or not views or not _THAT_DAY.search(views[0].article.words(span)):
        return meeting
    told = [
        t.date for scene in views for t in scene.times if _tells_day(t.date) and _ends(t.date) <= span.start
    ]
    if not told or told[-1].from_[:10] == meeting.date.from_[:10]:
        return meeting
    day = told[-1].first_day
    return replace(meeting, date=Date.day(day, basis="resolved", span=span)) if day is not None else meeting


def _tells_day(date: Date) -> bool:
    return date.span is not None and date.known and date.precision in ("minute", "hour", "day")


def _ends(date: Date) -> int:
    return date.span.end if date.span is not None else 0


def is_pair(scene: Scene, noun: int) -> bool:
    """ "The pair", "the two", "both men": two persons told before."""
    tree = scene.tree
    if tree.lower[noun] in words("nouns", "pairs"):
        return not tree.deps(noun, "prep")
    before = {tree.lower[k] for k in tree.deps(noun, "det", "nummod", "predet")}
    return tree.lemma[noun] in words("nouns", "paired") and bool(before & {"two", "both"})


def pair_before(scene: Scene, token: int, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """The two persons named last before, where just two are; else the two of the nearest meeting."""
    index, tree = scene.actors.actors, scene.tree
    for back in (0, 1):  # the same sentence, the one before
        named = [
            a
            for head, mention in sorted(scene.heads.items())
            if head < token and tree.sent[head] == tree.sent[token] - back
            for a in mention.actors
            if a in index and index[a].type == "person"
        ]
        found = tuple(dict.fromkeys(named))
        if found:
            break
    if len(found) == 2:
        return found
    at = scene.offset(token)
    near = [m for m in meetings if m.evidence[0].start < at and at - m.evidence[0].start < 500]
    people = [m.participants for m in near if len(m.participants) == 2]
    return people[-1] if people else ()
