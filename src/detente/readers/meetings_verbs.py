"""Meetings that verbs tell and no event codes: of a pair told before, in company, on a journey to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from detente.readers.events.coding import Coding
from detente.readers.events.lexicon import load_classes
from detente.readers.events.match import in_class, resolve, unite
from detente.readers.events.reader import clause_span
from detente.readers.events.scene import Scene
from detente.readers.events.status import verb_status
from detente.readers.meetings_about import topic
from detente.readers.meetings_people import is_pair, pair_before, where
from detente.readers.meetings_words import words
from detente.readers.names import MEETINGS as READER
from detente.record import Meeting, Span, make_id

_NEAR = 900  # characters: a paragraph or two back
_TWO = ("meet", "talk", "speak", "confer", "negotiate")


def from_pairs(scene: Scene, meetings: Sequence[Meeting]) -> list[Meeting]:
    """ "The pair met last week", "the two agreed to meet": with whom, the meeting told before says."""
    tree, found = scene.tree, []
    seen = [span for meeting in meetings for span in meeting.evidence]
    for verb in range(len(tree)):
        if tree.pos[verb] != "VERB" or tree.lemma[verb] not in _TWO:
            continue
        subject = tree.subject(verb)
        if subject is None or not (is_pair(scene, subject) or _is_they(scene, subject)):
            continue
        if any(span.covers(scene.span(verb, verb)) for span in seen):
            continue
        people, status = _those_told(scene, verb, subject, meetings), verb_status(scene, verb)
        if people and status in ("happened", "ongoing", "planned"):
            told = "planned" if status == "planned" else "held"
            found.append(_told(scene, verb, people, told, "meeting", where(scene, verb, None)))
    return found


def _is_they(scene: Scene, subject: int) -> bool:
    """ "They met", where nobody knows who they are."""
    return scene.tree.lower[subject] == "they" and not scene.refer(subject)


def _those_told(scene: Scene, verb: int, subject: int, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """The pair told before; "they" who meet again are those who met in the sentences before."""
    if is_pair(scene, subject):
        return pair_before(scene, verb, meetings)
    again = any(scene.tree.lower[k] == "again" for k in scene.tree.deps(verb, "advmod"))
    at = scene.offset(verb)
    near = [m for m in meetings if m.evidence[0].start < at and at - m.evidence[-1].end < _NEAR]
    return near[-1].participants if again and near and scene.date(verb).span is not None else ()


def from_others(scene: Scene, seen: Sequence[Span]) -> list[Meeting]:
    """Verbs that meet in company only: "briefed leaders", "told him by telephone", "spent an hour with"."""
    tree, found, company = scene.tree, [], _company()
    for verb in range(len(tree)):
        if tree.lemma[verb] not in company or tree.pos[verb] != "VERB" or tree.passive(verb):
            continue
        if any(span.covers(scene.span(verb, verb)) for span in seen):
            continue
        status, subject = verb_status(scene, verb), tree.subject(verb)
        met = _met(scene, verb) if status in ("happened", "planned") and subject is not None else None
        if met is None or subject is None:
            continue
        form, others = met
        people = unite([scene.refer(subject), *[scene.refer(n) for n in others]])
        if people and (others or form == "conference"):
            held = "held" if status == "happened" else "planned"
            found.append(_told(scene, verb, people, held, form, where(scene, verb, None)))
    return found


@cache
def _company() -> frozenset[str]:
    return (
        words("verbs", "telling")
        | words("verbs", "gathering")
        | {"meet"}
        | words("verbs", "eating")
        | {"brief", "spend", "see", "summon"}
    )


def _met(scene: Scene, verb: int) -> tuple[str, list[int]] | None:
    """The format and whom the verb's subject meets; None where it meets nobody."""
    tree, lemma = scene.tree, scene.tree.lemma[verb]
    objects = [n for n in tree.patients(verb) if _is_someone(scene, n)]
    if lemma == "brief" and objects:
        return "meeting", objects
    if lemma in words("verbs", "telling") and objects and _on_line(scene, verb):
        return "call", objects
    company = [n for p, n in tree.preps(verb) if p == "with" and _is_someone(scene, n)]
    if lemma == "spend" and company:
        return "meeting", company
    if lemma in words("verbs", "eating") and (at_table := _at_table(scene, verb)):
        return "meeting", at_table
    if lemma == "see" and any(scene.is_actor(n) for n in objects) and _somewhere(scene, verb):
        return "meeting", objects
    if lemma == "see" and tree.tag[verb] == "VBG" and any(_is_envoy(scene, n) for n in objects):
        return "meeting", objects
    if lemma == "summon" and any(_is_envoy(scene, n) for n in objects):
        return "meeting", objects
    if lemma in words("verbs", "gathering") and not tree.patients(verb) and where(scene, verb, None):
        return "conference", []
    if lemma == "meet" and not tree.patients(verb) and _is_group(scene, verb) and _placed(scene, verb):
        return "conference", []
    return None


def _is_group(scene: Scene, verb: int) -> bool:
    """ "The Union's foreign ministers, who met": many under one name."""
    subject = scene.tree.subject(verb)
    people = scene.refer(subject) if subject is not None else ()
    plural = subject is not None and scene.tree.tag[subject] in ("NNS", "NNPS")
    return plural and len(people) == 1 and not scene.tree.passive(verb)


def _placed(scene: Scene, verb: int) -> bool:
    """With a place and a day of its own."""
    own = set(scene.tree.subtree(verb))
    return where(scene, verb, None) is not None and any(t.start in own for t in scene.times)


def _on_line(scene: Scene, verb: int) -> bool:
    """ "Told him by telephone", "told him in a telephone conversation"."""
    tree, lines = scene.tree, words("nouns", "lines")
    phrases = [found for at in (verb, *tree.patients(verb)) for found in tree.preps(at)]
    for preposition, noun in phrases:
        if preposition in ("by", "over", "on") and tree.lemma[noun] in lines:
            return True
        calls = tree.lemma[noun] == "call" or any(tree.lemma[k] in lines for k in tree.kids[noun])
        if calls and preposition in ("in", "during") and tree.lemma[noun] in words("formats", "call"):
            return True
    return False


def _at_table(scene: Scene, verb: int) -> list[int]:
    """ "Had breakfast with X": whom the meal was with."""
    tree, meals = scene.tree, words("nouns", "meals")
    eaten = [n for n in tree.deps(verb, "dobj") if tree.lemma[n] in meals]
    if not eaten and tree.lemma[verb] not in ("dine", "lunch", "breakfast"):
        return []
    company = [n for at in (verb, *eaten) for p, n in tree.preps(at) if p == "with"]
    return [n for n in company if _is_someone(scene, n)]


def _is_someone(scene: Scene, noun: int) -> bool:
    index = scene.actors.actors
    if any(index[a].type == "person" for a in scene.refer(noun) if a in index):
        return True
    return scene.tree.ent[noun] == "PERSON" or in_class(scene, noun, load_classes()["people"])


def _is_envoy(scene: Scene, noun: int) -> bool:
    """ "Summoned the ambassador": he comes to the ministry; people in general may be summoned to court."""
    return scene.tree.lemma[noun] in words("nouns", "envoys")


def _somewhere(scene: Scene, verb: int) -> bool:
    """ "Saw him in Sochi on Friday", "is to see him on May 20": where and when make seeing a meeting."""
    own = set(scene.tree.subtree(verb))
    told = where(scene, verb, None) is not None or verb_status(scene, verb) == "planned"
    return told and any(t.start in own for t in scene.times)


def to_see(scene: Scene, verb: int) -> tuple[str, ...]:
    """ "Flew to X to see Y": whom the journey is to."""
    tree = scene.tree
    aims = [
        k for k in tree.deps(verb, "advcl", "xcomp") if tree.lemma[k] in ("see", "meet", "visit", "brief")
    ]
    return unite(scene.refer(n) for k in aims for n in tree.patients(k))


def from_travel(scene: Scene, seen: Sequence[Span]) -> list[Meeting]:
    """A visit to come: who is to fly to a place, or is expected in one."""
    tree, found = scene.tree, []
    moves = words("verbs", "travel") | words("verbs", "expected") | {"due", "visit"}
    for verb in range(len(tree)):
        if tree.lemma[verb] not in moves:
            continue
        due = tree.lemma[verb] == "due" and tree.pos[verb] == "ADJ"
        if (tree.pos[verb] != "VERB" and not due) or any(
            span.covers(scene.span(verb, verb)) for span in seen
        ):
            continue
        expected = tree.lemma[verb] in words("verbs", "expected") and tree.passive(verb)
        travels = tree.lemma[verb] in (*words("verbs", "travel"), "visit")
        travels = travels and verb_status(scene, verb) == "planned"
        if not expected and not travels and not due:
            continue
        place = goal(scene, verb, ("to",) if travels else ("in", "at")) or _visited(scene, verb)
        subject = tree.subject(tree.head[verb] if due else verb)
        people = _persons(scene, scene.refer(subject)) if subject is not None else ()
        if place and people:
            people = unite([people, resolve(scene, ("pp:with",), verb, []), to_see(scene, verb)])
            found.append(_told(scene, verb, people, "planned", "visit", place))
    return found


def _persons(scene: Scene, people: tuple[str, ...]) -> tuple[str, ...]:
    index = scene.actors.actors
    return people if all(a in index and index[a].type == "person" for a in people) else ()


def goal(scene: Scene, verb: int, prepositions: tuple[str, ...]) -> str | None:
    """The town or country that a journey goes to."""
    tree = scene.tree
    for preposition, noun in tree.preps(verb):
        if preposition in prepositions and tree.ent[noun] == "GPE":
            return str(tree.doc[noun].text)
    return None


def _visited(scene: Scene, verb: int) -> str | None:
    """ "Plans to visit Doha": the town or country that is visited."""
    tree = scene.tree
    places = [n for n in tree.deps(verb, "dobj") if tree.ent[n] == "GPE"]
    return str(tree.doc[places[0]].text) if places and tree.lemma[verb] == "visit" else None


def _told(
    scene: Scene, verb: int, people: tuple[str, ...], status: str, kind: str, place: str | None
) -> Meeting:
    span = clause_span(scene, Coding("CONSULT", None, None, (), (), verb, verb, verb, "happened", ""))
    return Meeting(
        id=make_id("mt", scene.article.id, READER, span.start, span.end, kind),
        format=kind,
        status=status,
        participants=people,
        host=None,
        place=place,
        date=scene.date(verb),
        topic=topic(scene, verb, None),
        outcome=(),
        evidence=(span,),
        asserted_by=scene.asserted_by(verb),
        reader=READER,
        confidence=0.6,
    )
