"""Meetings that no event codes: nouns in passing, "the two agreed to meet", a visit to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.readers.events.match import resolve
from detente.readers.events.reader import noun_date
from detente.readers.events.scene import Scene
from detente.readers.events.status import noun_status, verb_status
from detente.readers.meetings_about import form, host, topic
from detente.readers.meetings_words import words
from detente.readers.names import MEETINGS as READER
from detente.record import Date, Meeting, make_id

_SLOTS = ("op:between", "op:of", "oposs", "op:with")
_DURING = ("at", "during", "in", "after", "before", "for", "following", "to", "into")
_WHILE = ("at", "during", "in", "after", "before")
_TWO = ("meet", "talk", "speak", "confer", "negotiate")


def from_nouns(scene: Scene, meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings that a paragraph's nouns mention, but those in words of a meeting already found.

    A noun with a day of its own that is not that meeting's tells another one ("met in June, where he
    answered what she gave him at a meeting on 14 March").
    """
    tree, found = scene.tree, []
    for noun in range(len(tree)):
        if tree.pos[noun] != "NOUN" or tree.lemma[noun] not in words("nouns", "heads"):
            continue
        span = scene.span(noun, noun)
        if _is_press(scene, noun):
            continue
        around = [m for m in meetings if any(other.covers(span) for other in m.evidence)]
        if around and not _other_time(scene, noun, around[0]):
            continue
        meeting = _from_noun(scene, noun)
        if meeting is not None:
            found.append(_with_partner(scene, noun, meeting, around))
    return found


def _of_body(scene: Scene, noun: int) -> bool:
    """ "After an emergency summit of ECOWAS": a body's own meeting, told as held, is many meeting."""
    index, above = scene.actors.actors, scene.tree.head[noun]
    inside = [a for p, n in scene.tree.preps(noun) if p == "of" for a in scene.refer(n)]
    bodies = bool(inside) and all(a in index and index[a].type in ("organisation", "group") for a in inside)
    return bodies and scene.tree.dep[noun] == "pobj" and scene.tree.lower[above] in _WHILE


def _other_time(scene: Scene, noun: int, meeting: Meeting) -> bool:
    own = noun_date(scene, noun)
    if own.span is None or own.span == meeting.date.span:
        return False
    return not (own.known and meeting.date.known and own.overlaps(meeting.date))


def _with_partner(scene: Scene, noun: int, meeting: Meeting, around: Sequence[Meeting]) -> Meeting:
    """ "What she gave him at a meeting": the other of the two of whom the sentence tells."""
    verb = _verb_over(scene, noun)
    pronoun = verb is not None and any(
        scene.tree.tag[k] == "PRP" for k in scene.tree.deps(verb, "dobj", "dative")
    )
    pairs = [m.participants for m in around if len(m.participants) == 2]
    if not pronoun or not pairs or len(meeting.participants) != 1 or meeting.participants[0] not in pairs[0]:
        return meeting
    return replace(meeting, participants=pairs[0])


def _is_press(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] in words("nouns", "no_meeting") for k in tree.deps(noun, "compound", "amod"))


def _from_noun(scene: Scene, noun: int) -> Meeting | None:
    tree = scene.tree
    date = _own_date(scene, noun)
    place = scene.place(noun)
    people = noun_people(scene, noun, told=date.known or place is not None)
    status = _noun_status(scene, noun)
    led = bool(_leads(scene, noun)) and not tree.deps(noun, "poss")
    known = len(people) > 1 or date.known or (people and (place or led or _of_body(scene, noun)))
    if status in ("hypothetical", "denied") or not known:
        return None
    if not people and not _definite(scene, noun):
        return None
    inside = [i for i in tree.subtree(noun) if tree.sent[i] == tree.sent[noun]]
    evidence = scene.span(min(inside), max(i for i in inside if tree.pos[i] != "PUNCT"))
    return Meeting(
        id=make_id("mt", scene.article.id, READER, evidence.start, evidence.end),
        format=form(scene, noun, noun, "visit" if tree.lemma[noun] == "visit" else None),
        status="planned" if status == "planned" or _to_come(scene, noun, date) else "held",
        participants=people,
        host=host(scene, noun, noun),
        place=place,
        date=date,
        topic=topic(scene, noun, noun),
        outcome=(),
        evidence=(evidence,),
        asserted_by=scene.asserted_by(noun),
        reader=READER,
        confidence=0.6,
    )


def _own_date(scene: Scene, noun: int) -> Date:
    return no_beginning(scene, noun_date(scene, noun))


def no_beginning(scene: Scene, date: Date) -> Date:
    """The date of a meeting; "the 61st round since 2002" tells none."""
    if date.span is None:
        return date
    start = date.span.start
    since = scene.article.text[max(0, start - 7) : start].casefold().endswith("since ")
    return Date.unknown() if since else date


def _noun_status(scene: Scene, noun: int) -> str:
    """The noun's own status; what is done at a meeting to come is to come with it."""
    tree, status = scene.tree, noun_status(scene, noun)
    verb = _verb_over(scene, noun)
    above = tree.head[noun]
    if status == "happened" and is_due(scene, noun):
        return "planned"
    if status != "happened" or verb is None or tree.dep[noun] != "pobj":
        return status
    to_come = tree.lower[above] in _DURING and verb_status(scene, verb) == "planned"
    return "planned" if to_come else status


def is_due(scene: Scene, noun: int) -> bool:
    """ "Is due in Paris for talks"."""
    tree = scene.tree
    if tree.dep[noun] != "pobj" or tree.lower[tree.head[noun]] != "for":
        return False
    at = tree.head[tree.head[noun]]
    verb = at if tree.pos[at] in ("VERB", "AUX") else _verb_over(scene, at)
    near = [at, *(tree.deps(verb, "acomp") if verb is not None else [])]
    return any(tree.lemma[k] == "due" for k in near)


def noun_people(scene: Scene, noun: int, *, told: bool) -> tuple[str, ...]:
    """Who takes part, by the noun's own words; of one with a partner only, who holds it."""
    people: dict[str, None] = {}
    both = resolve(scene, ("op:between", "op:of"), noun, [noun])
    partner = resolve(scene, ("op:with",), noun, [noun])
    owner = () if both else (own_subject(scene, noun) or resolve(scene, ("oposs",), noun, [noun]))
    people.update(dict.fromkeys((*both, *owner, *_leads(scene, noun))))
    if partner and not people:
        people.update(dict.fromkeys(_holder(scene, noun)))
    people.update(dict.fromkeys(partner))
    if not people and told:
        people.update(dict.fromkeys(_around(scene, noun)))
    return tuple(people)


def _leads(scene: Scene, noun: int) -> tuple[str, ...]:
    """ "A session chaired by X", "the talks which X had led"."""
    tree = scene.tree
    found: dict[str, None] = {}
    for verb in tree.deps(noun, "acl", "relcl"):
        passive = tree.tag[verb] == "VBN" and tree.lemma[verb] in words("verbs", "hosting")
        active = tree.dep[verb] == "relcl" and tree.lemma[verb] in ("lead", "hold", "conduct", "have")
        if passive or active:
            doers = [n for p, n in tree.preps(verb) if p == "by"] if passive else tree.agents(verb)
            found.update(dict.fromkeys(a for n in doers if n != noun for a in scene.refer(n)))
    return tuple(found)


def own_subject(scene: Scene, noun: int) -> tuple[str, ...]:
    """ "X, in his call with Y, …": whose call it is, as the clause's own subject says."""
    tree = scene.tree
    if not any(tree.tag[k] == "PRP$" for k in tree.deps(noun, "poss")):
        return ()
    preposition = tree.head[noun]
    if tree.dep[noun] == "pobj":
        before = preposition - (2 if tree.lower[preposition - 1] == "," else 1)
        if before >= 0 and tree.ent[before] == "PERSON" and scene.refer(before):
            return scene.refer(before)
    verb = _verb_over(scene, noun)
    subject = tree.subject(verb) if verb is not None else None
    if subject is None or subject > noun or noun in tree.subtree(subject):
        return ()
    found = scene.refer(subject)
    known = scene.actors.actors.get(found[0]) if len(found) == 1 else None
    return found if known is not None and known.type == "person" else ()


def _verb_over(scene: Scene, noun: int) -> int | None:
    """The verb of the clause that a noun stands in."""
    tree, at = scene.tree, noun
    while tree.head[at] != at:
        at = tree.head[at]
        if tree.pos[at] in ("VERB", "AUX"):
            return at
    return None


def _holder(scene: Scene, noun: int) -> tuple[str, ...]:
    """Who holds talks "with Y", or travels for them: the subject of such a verb."""
    tree, verb = scene.tree, _verb_over(scene, noun)
    if verb is None:
        return ()
    while tree.dep[verb] == "xcomp" and tree.lemma[verb] not in words("verbs", "holding"):
        verb = tree.head[verb]
    during = tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] in _WHILE
    if tree.lemma[verb] not in words("verbs", "holding") and not during:
        return ()
    return tuple(a for n in tree.agents(verb) if n != noun for a in scene.refer(n))


def _to_come(scene: Scene, noun: int, date: Date) -> bool:
    """ "Before a meeting", "ahead of talks", or a day after publication."""
    tree, above = scene.tree, scene.tree.head[noun]
    if tree.dep[noun] == "pobj" and (
        tree.lower[above] == "before" or tree.lower[max(above - 1, 0)] == "ahead"
    ):
        return True
    first, today = date.first_day, scene.article.published.first_day
    return first is not None and today is not None and first > today


def _definite(scene: Scene, noun: int) -> bool:
    """ "Sunday's meeting", "the meeting": one that the reader is taken to know."""
    tree = scene.tree
    return any(tree.dep[k] == "poss" or tree.lower[k] in ("the", "this") for k in tree.kids[noun])


def _around(scene: Scene, noun: int) -> tuple[str, ...]:
    """Those who act in the clause that says "at a meeting": subject, object, and to whom."""
    tree, at = scene.tree, noun
    if tree.dep[noun] == "appos":  # "the ministers, meeting in Paris"
        return scene.refer(tree.head[noun])
    while tree.head[at] != at and tree.pos[at] not in ("VERB", "AUX"):
        if tree.dep[at] == "pobj" and tree.lower[tree.head[at]] not in _WHILE:
            return ()
        at = tree.head[at]
    if tree.pos[at] not in ("VERB", "AUX"):
        return ()
    people: dict[str, None] = {}
    for head in [*tree.agents(at), *tree.deps(at, "dative", "dobj")]:
        people.update(dict.fromkeys(scene.refer(head)))
    return tuple(people)
