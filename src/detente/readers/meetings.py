"""Who met whom, how, where and when: mentions of one meeting merged, two meetings kept apart."""

from __future__ import annotations

import re
from dataclasses import replace

from detente.language.parse import ParsedArticle
from detente.readers.events.contents import doer
from detente.readers.events.lexicon import load_words
from detente.readers.events.match import in_class, phrases, resolve
from detente.readers.events.merge import same_time
from detente.readers.events.reader import clause_span
from detente.readers.events.scene import Scene, scenes
from detente.readers.events.status import noun_status
from detente.readers.index import ActorIndex
from detente.record import Date, Event, Meeting, Reading, Span, make_id

READER = "meetings.v1"
_MEETING_CAMEO = ("036", "038", "039", "04", "125")
_OUTCOME = (
    "agree",
    "fail",
    "reach",
    "sign",
    "break",
    "produce",
    "end",
    "yield",
    "result",
    "conclude",
    "adopt",
)
_TALKS = ("talk", "negotiation", "discussion", "consultation", "dialogue", "negotiate", "confer", "consult")
_CONFERENCE = ("conference", "summit", "forum", "session", "gathering", "assembly")
_CALL = ("call", "telephone", "phone", "conversation")
_HEADS = frozenset({"meeting", "summit", "talk", "conference", "negotiation", "call", "visit", "session",
                    "conversation", "consultation", "discussion", "dialogue", "gathering"})  # fmt: skip
_NOT_MEETINGS = ("news", "press")
_SLOTS = ("op:between", "op:of", "oposs", "op:with")


_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|earlier|later|overnight")


def read_meetings(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the meetings, calls, visits and conferences of an article, one record each.

    They come from the events that code a meeting and from nouns that only mention one ("at a March 14
    meeting in London"). Two mentions are one meeting when format, participants, place and date agree;
    an untold date agrees with any, two told dates must overlap.
    """
    views = scenes(parsed, reading, actors)
    found = [m for event in reading.events if (m := _from_event(views, event)) is not None]
    seen = [span for meeting in found for span in meeting.evidence]
    for scene in views:
        found.extend(_from_nouns(scene, seen))
    found.sort(key=lambda m: m.evidence[0].start)
    reading.meetings.extend(merge_meetings(found, parsed.article.text))


def _from_event(views: list[Scene], event: Event) -> Meeting | None:
    cameo = event.cameo or ""
    about = event.type == "CONSULT" or (event.type in ("AGREE", "REJECT") and cameo in ("036", "125", "038"))
    if not about or event.trigger is None or event.status == "hypothetical":
        return None
    people = tuple(dict.fromkeys((*event.sources, *event.recipients)))
    stayed_away = event.status == "denied" and event.lemma in ("attend", "join")
    if event.type == "CONSULT" and event.status == "denied" and not stayed_away:
        return None
    if event.lemma in ("propose", "offer", "suggest") or (
        event.mode is None and event.lemma in load_words().tables["letters"]["verbs"]
    ):
        return None
    scene, token = _place_of(views, event.trigger)
    if scene is None:
        return None
    if stayed_away:  # it was held, without whoever did not attend
        people = tuple(a for a in people if a not in doer(scene, token))
        if len(people) < 2:
            return None
    if _often(scene, token):
        return None
    noun = _meeting_noun(scene, token)
    visit = event.mode == "visit"
    status = _status(event)
    return Meeting(
        id=make_id("mt", event.id),
        format=_format(scene, token, noun, event.mode),
        status=status,
        participants=people,
        host=event.recipients[0] if visit and event.recipients else _host(scene, token, noun),
        place=event.place or (scene.place(noun) if noun is not None else None),
        date=event.date,
        topic=_topic(scene, token, noun),
        outcome=_outcome(scene, token),
        evidence=event.evidence,
        asserted_by=event.asserted_by,
        reader=READER,
        confidence=event.confidence,
    )


def _often(scene: Scene, verb: int) -> bool:
    """ "have met several times", "speak almost daily": no one meeting."""
    tree = scene.tree
    words = {tree.lemma[k] for k in tree.deps(verb, "npadvmod", "advmod")}
    return bool(
        words & {"time", "daily", "regularly", "often", "repeatedly", "frequently", "weekly", "usually"}
    )


def _status(event: Event) -> str:
    if event.type == "REJECT":
        return "cancelled"
    return "planned" if event.type == "AGREE" or event.status == "planned" else "held"


def _place_of(views: list[Scene], trigger: Span) -> tuple[Scene | None, int]:
    for scene in views:
        if scene.paragraph.start <= trigger.start < scene.paragraph.end:
            for token in range(len(scene.tree)):
                if scene.offset(token) >= trigger.start:
                    return scene, token
    return None, 0


def _meeting_noun(scene: Scene, token: int) -> int | None:
    tree = scene.tree
    if tree.lemma[token] in _HEADS and tree.pos[token] == "NOUN":
        return token
    near = [*tree.patients(token), *(noun for _, noun in phrases(scene, token))]
    return next((scene.meaning(n) for n in near if in_class(scene, n, _HEADS)), None)


def _format(scene: Scene, token: int, noun: int | None, mode: str | None) -> str:
    tree = scene.tree
    if mode == "phone":
        return "call"
    if mode == "visit":
        return "visit"
    for lemma in (tree.lemma[noun] if noun is not None else "", tree.lemma[token]):
        if lemma in _TALKS:
            return "talks"
        if lemma in _CONFERENCE:
            return "conference"
        if lemma in _CALL:
            return "call"
    return "meeting"


def _host(scene: Scene, token: int, noun: int | None) -> str | None:
    tree = scene.tree
    for head in (token, noun):
        if head is None:
            continue
        for kid in [head, *tree.deps(head, "acl", "relcl", "amod", "conj")]:
            if tree.lemma[kid] in ("host", "broker", "convene") and tree.pos[kid] == "VERB":
                agents = [a for n in tree.agents(kid)[:1] for a in scene.refer(n)]
                if agents:
                    return agents[0]
    return None


def _topic(scene: Scene, token: int, noun: int | None) -> str | None:
    """The words after "on", "about", "over", or the object of "discuss", as written."""
    tree = scene.tree
    heads = [h for h in (noun, token) if h is not None]
    for head in heads:
        for preposition, topic in tree.preps(head):
            if (
                preposition in ("on", "about", "over", "regarding", "concerning")
                and tree.ent[topic] not in ("DATE", "TIME")
                and tree.lemma[topic] not in ("sideline", "eve", "margin", "day", "occasion", "behalf")
            ):
                return _words(scene, topic)
        for kid in tree.deps(head, "xcomp", "advcl", "conj", "acl"):
            if tree.lemma[kid] in ("discuss", "address", "explore", "debate", "review") and tree.patients(
                kid
            ):
                return _words(scene, tree.patients(kid)[0])
    return None


def _words(scene: Scene, noun: int) -> str | None:
    inside = [i for i in scene.tree.subtree(noun) if abs(i - noun) < 15]
    span = scene.span(min(inside), max(inside))
    return scene.article.words(span) if span.end - span.start < 160 else scene.tree.doc[noun].text


def _outcome(scene: Scene, token: int) -> tuple[Span, ...]:
    """Clauses of the same sentence that say how it ended."""
    tree = scene.tree
    found = []
    for i in range(len(tree)):
        if (
            tree.sent[i] != tree.sent[token]
            or tree.pos[i] != "VERB"
            or tree.lemma[i] not in _OUTCOME
            or i == token
        ):
            continue
        subject = tree.subject(i)
        if subject is not None and (subject == token or token in tree.subtree(subject)):
            found.append(_clause(scene, i))
    return tuple(found[:2])


def _clause(scene: Scene, verb: int) -> Span:
    from detente.readers.events.coding import Coding

    return clause_span(scene, Coding("CONSULT", None, None, (), (), verb, verb, verb, "happened", ""))


def _from_nouns(scene: Scene, seen: list[Span]) -> list[Meeting]:
    tree, found = scene.tree, []
    for noun in range(len(tree)):
        if tree.pos[noun] != "NOUN" or tree.lemma[noun] not in _HEADS or _is_press(scene, noun):
            continue
        span = scene.span(noun, noun)
        if any(other.covers(span) for other in seen):
            continue
        meeting = _from_noun(scene, noun)
        if meeting is not None:
            found.append(meeting)
    return found


def _is_press(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] in _NOT_MEETINGS for k in tree.deps(noun, "compound", "amod"))


def _from_noun(scene: Scene, noun: int) -> Meeting | None:
    tree = scene.tree
    people: dict[str, None] = {}
    for slot in _SLOTS:
        people.update(dict.fromkeys(resolve(scene, (slot,), noun, [noun])))
    date = _own_date(scene, noun)
    place = scene.place(noun)
    if not people and (date.known or place):
        people.update(dict.fromkeys(_around(scene, noun)))
    status = noun_status(scene, noun)
    if status in ("hypothetical", "denied") or not (len(people) > 1 or date.known or (people and place)):
        return None
    if not people and not _definite(scene, noun):
        return None
    inside = [i for i in tree.subtree(noun) if tree.sent[i] == tree.sent[noun]]
    evidence = scene.span(min(inside), max(i for i in inside if tree.pos[i] != "PUNCT"))
    return Meeting(
        id=make_id("mt", scene.article.id, READER, evidence.start, evidence.end),
        format=_format(scene, noun, noun, "visit" if tree.lemma[noun] == "visit" else None),
        status="planned" if status == "planned" or _to_come(scene, noun, date) else "held",
        participants=tuple(people),
        host=_host(scene, noun, noun),
        place=place,
        date=date,
        topic=_topic(scene, noun, noun),
        outcome=(),
        evidence=(evidence,),
        asserted_by=scene.asserted_by(noun),
        reader=READER,
        confidence=0.6,
    )


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


def _own_date(scene: Scene, noun: int) -> Date:
    own = set(scene.tree.subtree(noun))
    for time in scene.times:
        if time.start in own and time.kind in ("DATE", "TIME"):
            return time.date
    return Date.unknown()


def _around(scene: Scene, noun: int) -> tuple[str, ...]:
    """Those who act in the clause that says "at a meeting": subject, object, and to whom."""
    tree, at = scene.tree, noun
    while tree.head[at] != at and tree.pos[at] not in ("VERB", "AUX"):
        if tree.dep[at] == "pobj" and tree.lower[tree.head[at]] not in (
            "at",
            "during",
            "in",
            "after",
            "before",
        ):
            return ()
        at = tree.head[at]
    if tree.pos[at] not in ("VERB", "AUX"):
        return ()
    people: dict[str, None] = {}
    for head in [*tree.agents(at), *tree.deps(at, "dative", "dobj")]:
        people.update(dict.fromkeys(scene.refer(head)))
    return tuple(people)


def merge_meetings(meetings: list[Meeting], text: str = "") -> list[Meeting]:
    """Join the mentions that may be one meeting: those with a told date first, then the others.

    A mention without a date goes to the fitting meeting that is latest (news is about the latest);
    a meeting that never gets a participant is dropped.

    Args:
        meetings: the mentions of one article.
        text: the article's, to read the words of dates that could not be resolved.
    """
    merged: list[Meeting] = []
    for meeting in sorted(meetings, key=lambda m: (not _dated(m), not m.participants)):
        when = _other_day(meeting, text)
        fits = [
            i
            for i, other in enumerate(merged)
            if same_meeting(other, meeting) and _other_day(other, text) == when
        ]
        if fits:
            place = max(fits, key=lambda i: _closeness(merged[i], meeting))
            merged[place] = _join(merged[place], meeting)
        else:
            merged.append(meeting)
    return sorted((m for m in merged if m.participants), key=lambda m: m.evidence[0].start)


def _other_day(meeting: Meeting, text: str) -> str:
    """The words of a day that nothing resolves and that is not this week's ("March 14", "last month").

    On an undated page such a meeting is none of those that are told without a day, or by weekday alone.
    """
    span = meeting.date.span
    if meeting.date.known or span is None:
        return ""
    words = text[span.start : span.end].casefold()
    return "" if _WEEKDAY.search(words) else words


def _dated(meeting: Meeting) -> bool:
    return meeting.date.known and meeting.date.basis != "published"


def same_meeting(first: Meeting, second: Meeting) -> bool:
    """True when nothing told keeps two mentions apart and they share who took part."""
    if not _formats_agree(first.format, second.format) or (
        first.asserted_by != second.asserted_by and first.status != second.status
    ):
        return False
    if first.status != second.status and not (_dated(first) and _dated(second)):
        return False
    if first.place and second.place and first.place != second.place:
        return False
    if not same_time(first.date, second.date):
        return False
    mine, theirs = set(first.participants), set(second.participants)
    shared = mine & theirs
    if not mine or not theirs:
        return first.format == second.format or "meeting" in (first.format, second.format)
    return bool(shared) and (mine <= theirs or theirs <= mine or len(shared) > 1)


def _formats_agree(first: str, second: str) -> bool:
    apart = {"call", "visit"}
    return first == second or not ({first, second} & apart)


def _closeness(first: Meeting, second: Meeting) -> tuple[int, int, str]:
    shared = len(set(first.participants) & set(second.participants))
    told = int(first.date.known and second.date.known and first.date.overlaps(second.date))
    apart = len(set(first.participants) ^ set(second.participants)) if first.participants else 0
    return told, shared - apart, first.date.from_ if _dated(first) else ""


def _join(first: Meeting, second: Meeting) -> Meeting:
    told = [m.date for m in (first, second) if m.date.known and m.date.basis != "published"]
    return replace(
        first,
        format=first.format if first.format != "meeting" else second.format,
        status="held" if "held" in (first.status, second.status) else first.status,
        participants=tuple(dict.fromkeys((*first.participants, *second.participants))),
        host=first.host or second.host,
        place=first.place or second.place,
        date=told[0] if told else first.date,
        topic=first.topic or second.topic,
        outcome=tuple(dict.fromkeys((*first.outcome, *second.outcome))),
        evidence=tuple(sorted(dict.fromkeys((*first.evidence, *second.evidence)))),
        asserted_by=first.asserted_by if first.participants else second.asserted_by,
        confidence=max(first.confidence, second.confidence),
    )
