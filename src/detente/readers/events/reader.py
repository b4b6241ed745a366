"""The events reader: every body paragraph coded, dated, given to who asserts it, and merged."""

from __future__ import annotations

from bisect import bisect_left

from detente.language.parse import ParsedArticle
from detente.readers.events.answers import settle_answers
from detente.readers.events.aspects import is_background
from detente.readers.events.coder import code_paragraph
from detente.readers.events.coding import Coding
from detente.readers.events.deeds import settle_deeds
from detente.readers.events.homes import settle_homes
from detente.readers.events.lexicon import load_codebook, load_contexts
from detente.readers.events.merge import merge_events
from detente.readers.events.scene import Scene
from detente.readers.events.scenes import scenes
from detente.readers.events.tree import Tree
from detente.readers.index import ActorIndex
from detente.readers.names import EVENTS as READER
from detente.record import Date, Event, Reading, Span, make_id

LEAD = 2
"""The last of the paragraphs that tell a report's news (the headline is the first)."""
_CUT = ("cc", "punct", "parataxis", "conj", "mark")


def read_events(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the events that an article's body tells.

    Headlines and furniture never code. An event inside what someone says carries that statement's id in
    ``asserted_by``; one that is planned, possible, denied or long past says so in ``status``. Clauses
    that name no actor at all are not coded (PLOVER's own rule).
    """
    coded = [(scene, c) for scene in scenes(parsed, reading, actors) for c in code_paragraph(scene)]
    coded = settle_answers(settle_deeds(coded))
    settle_homes(coded, reading, actors)
    reading.events.extend(
        merge_events([_event(scene, coding) for scene, coding in coded], parsed.article.text)
    )


def _event(scene: Scene, coding: Coding) -> Event:
    evidence = clause_span(scene, coding)
    trigger = scene.span(coding.trigger, coding.trigger)
    return Event(
        id=make_id("ev", scene.article.id, READER, coding.type, trigger.start, trigger.end),
        type=coding.type,
        mode=coding.mode,
        context=_contexts(scene, coding, evidence),
        cameo=coding.cameo,
        codebook=load_codebook()["name"],
        sources=coding.sources,
        recipients=coding.recipients,
        date=_date(scene, coding),
        place=scene.place(coding.trigger),
        status=coding.status,
        asserted_by=scene.asserted_by(coding.at),
        evidence=(evidence,),
        trigger=trigger,
        lemma=coding.lemma,
        reader=READER,
        confidence=coding.confidence,
    )


def _date(scene: Scene, coding: Coding) -> Date:
    """A verb takes its clause's date; a noun in passing only a date of its own words.

    What is told in passing as done before ("after its annexation of X") was done by the day of the report.
    """
    date = noun_date(scene, coding.trigger) if coding.nominal else scene.date(coding.trigger)
    borrowed = date.span is None and date.basis == "published"
    if not borrowed or coding.status not in ("happened", "historical") or coding.type == "CONSULT":
        return date
    lead = scene.paragraph.index <= LEAD
    if coding.nominal or is_background(scene.tree, coding.trigger, lead=lead):
        return Date.by(scene.reported.last_day, basis="published")
    return date


def noun_date(scene: Scene, noun: int) -> Date:
    """A noun's date by its own words or those right behind it, else the one told of what was done in it."""
    own = set(scene.tree.subtree(noun))
    behind = max(own) + 1  # "his call with X last Saturday", wherever the parse hangs the day
    for time in scene.times:
        if (time.start in own or time.start == behind) and time.kind in ("DATE", "TIME"):
            return time.date
    preposition = scene.tree.head[noun]
    verb = scene.tree.head[preposition]
    if scene.tree.lower[preposition] in ("in", "during") and scene.tree.pos[verb] == "VERB":
        told = scene.date(verb)  # "proposed on Friday, in a call to X, …"
        if told.span is not None and told.known:
            return told
    return Date.unknown()


def clause_span(scene: Scene, coding: Coding) -> Span:
    """The words of the clause: the trigger with what hangs on it, without coordinated clauses."""
    tree, head = scene.tree, coding.clause
    tokens = _clause_tokens(scene, head, asks=coding.type == "REQUEST")
    if not coding.nominal:
        subject = tree.subject(head)
        if subject is not None and tree.sent[subject] == tree.sent[head] and abs(head - subject) < 40:
            tokens.update(_clause_tokens(scene, subject, asks=False) if subject not in tokens else ())
    first, last = min(tokens), max(tokens)
    while first < last and (tree.pos[first] in ("PUNCT", "SPACE", "CCONJ") or _opens(tree, first)):
        first += 1
    while last > first and (
        tree.pos[last] in ("PUNCT", "SPACE", "CCONJ") and tree.lower[last] not in (")", "”", '"', "'")
    ):
        last -= 1
    return scene.span(first, last)


def _opens(tree: Tree, token: int) -> bool:
    return tree.lower[token] == "that" and tree.dep[token] == "mark"


def _clause_tokens(scene: Scene, head: int, *, asks: bool) -> set[int]:
    tree = scene.tree
    found = {head}
    for kid in tree.kids[head]:
        verbal = tree.pos[kid] in ("VERB", "AUX")
        if (tree.dep[kid] in ("parataxis", "ccomp") or (tree.dep[kid] == "dep" and verbal)) and kid < head:
            continue
        asked = asks and tree.dep[kid] == "advcl" and tree.tag[kid] == "VB"  # "is pushing for X to …"
        if (
            tree.dep[kid] in ("conj", "cc", "punct", "advcl")
            and not asked
            and (verbal or tree.dep[kid] != "conj")
        ):
            continue
        found.update(tree.subtree(kid))
    return found


def _contexts(scene: Scene, coding: Coding, span: Span) -> tuple[str, ...]:
    table, tree = load_contexts(), scene.tree
    found: dict[str, None] = {}
    first, last = span.start - scene.paragraph.start, span.end - scene.paragraph.start
    for token in range(bisect_left(tree.begin, first), bisect_left(tree.begin, last)):
        lemma = tree.lemma[token]
        pair = f"{tree.lemma[token - 1]} {lemma}" if token else lemma
        for key in (lemma, pair):
            found.update(dict.fromkeys(table.get(key, ())))
    if coding.mode in ("cyber", "misinformation"):
        found.setdefault(coding.mode)
    return tuple(found)
