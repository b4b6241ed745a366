"""What became of a meeting that is told by its noun: put off, moved, called off, or held after all.

"The talks were delayed until Monday", "the meeting did not take place", "the talks between X and Y took place
on Friday". A bare "the meeting" is the one that the article told last as planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.readers.events.coding import Coding
from detente.readers.events.contents import has_particle
from detente.readers.events.match import unite
from detente.readers.events.reader import clause_span
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_negated, verb_status
from detente.readers.meetings_about import form, topic
from detente.readers.meetings_nouns import noun_people
from detente.readers.meetings_people import where
from detente.readers.meetings_words import words
from detente.readers.names import MEETINGS as READER
from detente.record import Date, Meeting, Span, make_id

UNTIL = ("until", "till", "to", "for")


def with_changes(views: Sequence[Scene], meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings with what verbs beside their nouns tell of them: changed, called off, dated."""
    found = list(meetings)
    for scene in views:
        for verb in range(len(scene.tree)):
            if scene.tree.pos[verb] == "VERB" and (noun := _meeting_noun(scene, verb)) is not None:
                found = _told_of(scene, verb, noun, found)
    return found


def _meeting_noun(scene: Scene, verb: int) -> int | None:
    """The meeting that a verb of changing or of taking place is about, by its noun."""
    tree = scene.tree
    if not _changes(scene, verb) and not _takes_place(scene, verb):
        return None
    subject = tree.subject(verb)
    about = tree.patients(verb) if _changes(scene, verb) else [subject] if subject is not None else []
    heads = words("nouns", "heads")
    return next((n for n in about if tree.pos[n] == "NOUN" and tree.lemma[n] in heads), None)


def _changes(scene: Scene, verb: int) -> bool:
    """ "Delay", "push back", "bring forward"; "move" only to a day."""
    lemma, tree = scene.tree.lemma[verb], scene.tree
    if lemma in words("verbs", "changing") or any(
        f"{lemma} {particle}" in words("verbs", "changing") and has_particle(scene, verb, particle)
        for particle in ("off", "back", "forward", "up")
    ):
        return True
    return (
        lemma in words("verbs", "moved")
        and _new_day(scene, verb) is not None
        and not tree.deps(verb, "ccomp")
    )


def _takes_place(scene: Scene, verb: int) -> bool:
    tree, lemma = scene.tree, scene.tree.lemma[verb]
    if lemma == "take":
        return any(tree.lower[k] == "place" for k in tree.deps(verb, "dobj", "npadvmod", "oprd"))
    if lemma == "hold":
        return tree.passive(verb)
    return lemma in ("happen", "occur") or (lemma == "go" and has_particle(scene, verb, "ahead"))


def _new_day(scene: Scene, verb: int) -> Date | None:
    """The day behind "until", "to" or "for" in the verb's own words."""
    own = set(scene.tree.subtree(verb))
    times = [t for t in scene.times if t.start in own and t.start > verb and t.kind in ("DATE", "TIME")]
    return next((t.date for t in times if scene.tree.lower[t.start - 1] in UNTIL), None)


def _told_of(scene: Scene, verb: int, noun: int, found: list[Meeting]) -> list[Meeting]:
    place, at = scene.span(noun, noun), scene.span(verb, verb)
    told = [m for m in found if any(s.covers(place) for s in m.evidence)]
    if any(m.status == "cancelled" for m in told):
        return found
    status, changes = verb_status(scene, verb), _changes(scene, verb)
    if (changes and status in ("happened", "ongoing")) or (not changes and is_negated(scene.tree, verb)):
        gone = [m for m in told if m.status == "held"]
        changed = _changed(scene, verb, noun, told, _planned_before(found, at))
        return [m for m in found if m not in gone] + ([changed] if changed is not None else [])
    if not changes and status == "happened":
        return [_dated(scene, verb, m) if m in told else m for m in found]
    return found


def _planned_before(found: Sequence[Meeting], at: Span) -> Meeting | None:
    """The meeting that the article told last as planned, before some words."""
    before = [m for m in found if m.status == "planned" and m.participants and m.evidence[0].start < at.start]
    return max(before, key=lambda m: m.evidence[0].start, default=None)


def _changed(
    scene: Scene, verb: int, noun: int, told: Sequence[Meeting], planned: Meeting | None
) -> Meeting | None:
    tree = scene.tree
    doers = tree.agents(verb) if _changes(scene, verb) else []
    own = noun_people(scene, noun, told=False)
    people = unite([own, *(m.participants for m in told), *(scene.refer(n) for n in doers if own)])
    place = scene.place(noun) or next((m.place for m in told if m.place), None)
    if not people:
        definite = any(tree.lower[k] in ("the", "this", "that") for k in tree.deps(noun, "det"))
        if planned is None or not definite:
            return None
        people, place = planned.participants, place or planned.place
    span = clause_span(scene, Coding("REJECT", None, None, (), (), verb, verb, verb, "happened", ""))
    return Meeting(
        id=make_id("mt", scene.article.id, READER, span.start, span.end, "changed"),
        format=form(scene, noun, noun, "visit" if tree.lemma[noun] == "visit" else None),
        status="cancelled",
        participants=people,
        host=None,
        place=place or where(scene, verb, noun),
        date=_new_day(scene, verb) or scene.date(verb),
        topic=topic(scene, noun, noun),
        outcome=(),
        evidence=(span,),
        asserted_by=scene.asserted_by(verb),
        reader=READER,
        confidence=0.7,
    )


def _dated(scene: Scene, verb: int, meeting: Meeting) -> Meeting:
    """ "The meeting of X and Y took place in Geneva on Friday": its verb's day and place."""
    date = scene.date(verb)
    if meeting.date.known or meeting.date.span is not None or not date.known or date.span is None:
        return meeting
    return replace(meeting, date=date, place=meeting.place or where(scene, verb, None))
