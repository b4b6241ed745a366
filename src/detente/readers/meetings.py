"""Who met whom, how, where and when: mentions of one meeting merged, two meetings kept apart."""

from __future__ import annotations

from dataclasses import replace

from detente.language.parse import ParsedArticle
from detente.readers.events.coding import Coding
from detente.readers.events.contents import doer
from detente.readers.events.lexicon import load_classes, load_words
from detente.readers.events.match import in_class, phrases, resolve, unite
from detente.readers.events.reader import clause_span
from detente.readers.events.scene import Scene
from detente.readers.events.scenes import scenes
from detente.readers.index import ActorIndex
from detente.readers.meetings_about import form, host, topic
from detente.readers.meetings_changes import with_changes
from detente.readers.meetings_merge import merge_meetings
from detente.readers.meetings_nouns import from_nouns, is_due, no_beginning, own_subject
from detente.readers.meetings_people import (
    ahead,
    behind_names,
    clause_above,
    taking_part,
    that_day,
    where,
)
from detente.readers.meetings_verbs import from_others, from_pairs, from_travel, goal, to_see
from detente.readers.meetings_words import words
from detente.readers.names import MEETINGS as READER
from detente.record import Event, Meeting, Reading, Span, make_id


def read_meetings(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the meetings, calls, visits and conferences of an article, one record each.

    They come from the events that code a meeting and from nouns that only mention one ("at a March 14
    meeting in London"). Two mentions are one meeting when format, participants, place and date agree;
    an untold date agrees with any, two told dates must overlap. Who only arrives or comes back meets
    nobody; what is refused or may be is no meeting.
    """
    views = scenes(parsed, reading, actors)
    told = [(event, m) for event in reading.events if (m := _from_event(views, event)) is not None]
    found = [one for event, meeting in told for one in _one_by_one(views, event, meeting)]
    for scene in views:
        found.sort(key=lambda m: m.evidence[0].start)
        found.extend(from_pairs(scene, found))
        found.extend(from_nouns(scene, found))
        seen = [span for meeting in found for span in meeting.evidence]
        found.extend([*from_others(scene, seen), *from_travel(scene, seen)])
    found = with_changes(views, found)
    found = [that_day(views, ahead(parsed.article, meeting)) for meeting in _absorbed(found)]
    found.sort(key=lambda m: m.evidence[0].start)
    reading.meetings.extend(merge_meetings(found, parsed.article.text))


def _from_event(views: list[Scene], event: Event) -> Meeting | None:
    if event.trigger is None or not _tells_meeting(event):
        return None
    places = [place for place in _triggers(views, event) if _one_meeting(event, place[0], place[1])]
    if not places:
        return None
    scene, token, _ = places[0]
    if scene.tree.pos[token] == "ADJ" or _only_setting(scene, token) or _only_asked(scene, token):
        return None  # "ready for talks"
    people = tuple(dict.fromkeys((*event.sources, *event.recipients)))
    if event.status == "denied" and event.type == "CONSULT":  # it was held, without whoever did not attend
        people = tuple(a for a in people if a not in doer(scene, token))
        if len(people) < 2:
            return None
    evidence = tuple(span for _, _, span in places)
    if event.mode == "visit":
        if _carries(scene, token):
            return None
        people = unite([people, resolve(scene, ("pp:with",), token, []), to_see(scene, token)])
    people = _not_his(scene, token, unite([people, behind_names(scene, token), clause_above(scene, token)]))
    people = taking_part(scene, people, evidence)
    noun = _meeting_noun(scene, token)
    place = event.place or (scene.place(noun) if noun is not None else None) or where(scene, token, noun)
    if place is None and event.mode == "visit":
        place = goal(scene, token, ("to", "in"))
    if not _enough(scene, event, token, people, place):
        return None
    first = places[0][2] == event.evidence[0]
    visit = event.mode == "visit"
    return Meeting(
        id=make_id("mt", event.id),
        format=form(scene, token, noun, event.mode),
        status="planned" if is_due(scene, token) else _status(event),
        participants=people,
        host=event.recipients[0] if visit and event.recipients else host(scene, token, noun),
        place=place,
        date=no_beginning(scene, event.date if first else scene.date(token)),
        topic=topic(scene, token, noun),
        outcome=_outcome(scene, token),
        evidence=evidence,
        asserted_by=event.asserted_by,
        reader=READER,
        confidence=event.confidence,
    )


def _one_by_one(views: list[Scene], event: Event, meeting: Meeting) -> list[Meeting]:
    """ "Spoke with X and, separately, with Y": a meeting with each."""
    scene, token = _token_at(views, event.trigger) if event.trigger is not None else (None, 0)
    if scene is None or len(meeting.participants) < 3:
        return [meeting]
    tree = scene.tree
    apart = any(tree.lower[k] in ("separately", "individually") for k in tree.deps(token, "advmod"))
    first = [a for a in doer(scene, token) if a in meeting.participants]
    if not apart or len(first) != 1:
        return [meeting]
    others = [a for a in meeting.participants if a not in first]
    return [replace(meeting, id=make_id("mt", meeting.id, a), participants=(*first, a)) for a in others]


def _only_setting(scene: Scene, verb: int) -> bool:
    """ "On the sidelines of a conference attended by X": where another meeting is, no report of this one."""
    tree, noun = scene.tree, scene.tree.head[verb]
    if tree.dep[verb] != "acl" or tree.lemma[noun] not in words("nouns", "heads"):
        return False
    dated = any(noun <= time.start <= max(tree.subtree(noun)) for time in scene.times)
    return tree.dep[noun] == "pobj" and not dated


def _only_asked(scene: Scene, token: int) -> bool:
    """ "Urged the parties to open negotiations": what another asks for."""
    tree, verb = scene.tree, token
    while tree.pos[verb] != "VERB" and tree.head[verb] != verb:
        verb = tree.head[verb]
    while tree.dep[verb] == "conj":
        verb = tree.head[verb]
    asked = tree.dep[verb] in ("xcomp", "ccomp", "advcl") and tree.tag[verb] == "VB"
    above = tree.head[verb]
    invited = (
        tree.lemma[above] == "invite" and verb != token and tree.lemma[verb] not in ("come", "visit", "meet")
    )
    return asked and (tree.lemma[above] in words("verbs", "asking") or invited)


def _absorbed(meetings: list[Meeting]) -> list[Meeting]:
    """Without those that only name again, in its own words, whom a visit is to: "flew there for talks"."""
    return [m for m in meetings if not any(m is not other and _inside(m, other) for other in meetings)]


def _inside(meeting: Meeting, other: Meeting) -> bool:
    elsewhere = meeting.place not in (None, other.place)
    if other.format != "visit" or elsewhere or meeting.status != other.status:
        return False
    inside = all(any(span.covers(s) and span != s for span in other.evidence) for s in meeting.evidence)
    return inside and set(meeting.participants) <= set(other.participants)


def _not_his(scene: Scene, token: int, people: tuple[str, ...]) -> tuple[str, ...]:
    """ "X, in his call with Y": not whoever "his" was taken for, but X."""
    own = own_subject(scene, token) if scene.tree.pos[token] == "NOUN" else ()
    if not own:
        return people
    his = {a for k in scene.tree.deps(token, "poss") for a in scene.refer(k)}
    return tuple(dict.fromkeys((*own, *(a for a in people if a not in his))))


def _carries(scene: Scene, verb: int) -> bool:
    """ "Flew two planeloads of medicine to X": goods travel, nobody visits."""
    tree = scene.tree
    things = tree.deps(verb, "dobj") if tree.lemma[verb] in words("verbs", "travel") else []
    return any(not scene.refer(n) and tree.ent[n] not in ("DATE", "TIME") for n in things)


def _tells_meeting(event: Event) -> bool:
    """True for an event that tells of a meeting held, planned or called off; letters and wishes are none."""
    cameo = event.cameo or ""
    consults = event.type == "CONSULT"
    if not consults and not (event.type in ("AGREE", "REJECT") and cameo in ("036", "125", "038")):
        return False
    if event.status == "hypothetical" or event.lemma in ("propose", "offer", "suggest"):
        return False
    if consults and event.status == "denied" and event.lemma not in ("attend", "join"):
        return False
    if event.mode == "visit" and event.lemma in words("verbs", "moving") | {"come"}:
        return event.status == "planned"
    return True


def _enough(scene: Scene, event: Event, token: int, people: tuple[str, ...], place: str | None) -> bool:
    """Two who meet; one who visits or speaks somewhere; a body that meets."""
    if len(people) != 1:
        return bool(people)
    if event.type == "REJECT":
        return event.lemma not in ("refuse", "decline")
    others = [] if scene.tree.passive(token) else scene.tree.patients(token)
    if any(in_class(scene, n, load_classes()["people"]) for n in others):
        return True  # "met his advisers"
    known = scene.actors.actors.get(people[0])
    if event.lemma in ("attend", "join") and event.date.span is not None:
        return True  # "a delegation led by X would attend the talks on Monday"
    single = known is None or known.type == "person" or event.lemma == "brief"
    return event.mode == "visit" or place is not None or not single or event.date.basis == "stated"


def _triggers(views: list[Scene], event: Event) -> list[tuple[Scene, int, Span]]:
    """Where each mention of a merged event has its verb or noun, with the mention's words."""
    found = []
    for n, span in enumerate(event.evidence):
        start = event.trigger if n == 0 and event.trigger is not None else span
        scene, token = _token_at(views, start)
        while scene is not None and n and not _same_word(scene, token, event):
            token += 1
            if token >= len(scene.tree) or scene.offset(token) >= span.end:
                scene = None
        if scene is not None:
            found.append((scene, token, span))
    return found


def _same_word(scene: Scene, token: int, event: Event) -> bool:
    lemma = scene.tree.lemma[token]
    verbal = scene.tree.pos[token] == "VERB" and lemma in words("verbs", "meeting")
    return (
        verbal
        or lemma == event.lemma
        or (scene.tree.pos[token] == "NOUN" and lemma in words("nouns", "heads"))
    )


def _one_meeting(event: Event, scene: Scene, token: int) -> bool:
    """False for a mention of many meetings ("have met several times") and for an exchange of letters."""
    if scene.tree.lemma[token] == "hand" and _in_person(scene, event):
        return not _often(scene, token)
    if event.mode is None and scene.tree.lemma[token] in load_words().tables["letters"]["verbs"]:
        return False
    if scene.tree.pos[token] == "VERB":
        subject = scene.tree.subject(token)
        passed = [*scene.tree.patients(token), *([subject] if subject is not None else [])]
        if any(scene.tree.lemma[n] in words("nouns", "letters") for n in passed):
            return False  # "a letter reached him"
    return not _often(scene, token)


def _in_person(scene: Scene, event: Event) -> bool:
    """ "Handed a note to the ambassador": from one person's hand to the other's."""
    index = scene.actors.actors
    both = (event.sources, event.recipients)
    return all(any(index[a].type == "person" for a in side if a in index) for side in both)


def _often(scene: Scene, verb: int) -> bool:
    """ "Have met several times", "speak almost daily": no one meeting ("three times on Saturday" may be)."""
    tree = scene.tree
    told = tree.deps(verb, "npadvmod", "advmod")
    if {tree.lemma[k] for k in told} & words("verbs", "often"):
        return True
    times = [k for k in told if tree.lemma[k] == "time"]
    return any(
        {tree.lower[i] for i in tree.kids[k]} & words("verbs", "many") or not tree.kids[k] for k in times
    )


def _status(event: Event) -> str:
    if event.type == "REJECT":
        return "cancelled"
    return "planned" if event.type == "AGREE" or event.status == "planned" else "held"


def _token_at(views: list[Scene], place: Span) -> tuple[Scene | None, int]:
    for scene in views:
        if scene.paragraph.start <= place.start < scene.paragraph.end:
            for token in range(len(scene.tree)):
                if scene.offset(token) >= place.start:
                    return scene, token
    return None, 0


def _meeting_noun(scene: Scene, token: int) -> int | None:
    tree, heads = scene.tree, words("nouns", "heads")
    if tree.lemma[token] in heads and tree.pos[token] == "NOUN":
        return token
    near = [*tree.patients(token), *(noun for _, noun in phrases(scene, token))]
    return next((scene.meaning(n) for n in near if in_class(scene, n, heads)), None)


def _outcome(scene: Scene, token: int) -> tuple[Span, ...]:
    """Clauses of the same sentence that say how it ended."""
    tree = scene.tree
    found = []
    for i in range(len(tree)):
        elsewhere = tree.sent[i] != tree.sent[token] or i == token
        if elsewhere or tree.pos[i] != "VERB" or tree.lemma[i] not in words("verbs", "outcome"):
            continue
        subject = tree.subject(i)
        if subject is not None and (subject == token or token in tree.subtree(subject)):
            found.append(_clause(scene, i))
    return tuple(found[:2])


def _clause(scene: Scene, verb: int) -> Span:
    return clause_span(scene, Coding("CONSULT", None, None, (), (), verb, verb, verb, "happened", ""))
