"""Acts with weight, from events, verbs and figures: aid, sanctions, deployments, seizures, recognitions."""

from __future__ import annotations

from functools import cache

from detente.language.parse import ParsedArticle
from detente.readers.conditions import condition_near
from detente.readers.events.lexicon import read_rows
from detente.readers.events.scene import Scene
from detente.readers.events.scenes import scenes
from detente.readers.events.status import is_duty
from detente.readers.index import ActorIndex
from detente.readers.measures_verbs import (
    VerbMeasure,
    armed,
    measure_words,
    sends_home,
    undecided,
    verb_kind,
    verb_measures,
)
from detente.readers.names import MEASURES as READER
from detente.record import Event, Figure, Measure, Reading, Span, make_id

_AMOUNTS = {
    "aid": ("money", "count", "forces", "vehicles"),
    "deployment": ("forces", "vehicles", "people"),
    "mobilisation": ("forces", "people", "vehicles"),
    "withdrawal": ("forces", "vehicles"),
    "expulsion": ("people",),
    "release": ("people", "arrested"),
    "evacuation": ("people",),
    "detention": ("arrested", "people"),
    "seizure": ("vehicles", "count", "money"),
}  # fmt: skip
_PROMISED = ("AGREE", "CONCEDE")


@cache
def measure_kinds() -> tuple[str, ...]:
    """All kinds that an event may be read as."""
    return tuple(sorted({*_kinds().values()} - {""}))


@cache
def _kinds() -> dict[tuple[str, str, str], str]:
    """Measure kinds by event type, mode and CAMEO prefix; the longest prefix decides."""
    return {
        (row["type"], row["mode"], row["cameo"]): row["kind"] for row in read_rows("events", "measures.csv")
    }


def read_measures(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the measures that the reading's events and verbs tell, with amount and condition where cited.

    The amount is a figure of a fitting kind inside the event's own words; the condition the clause that
    opens with "if", "unless", "provided", "until" in the same sentence.
    """
    views = scenes(parsed, reading, actors)
    told: set[int] = set()
    for event in reading.events:
        scene, token = _trigger(views, event)
        kind = _kind(scene, token, event)
        if kind is None:
            continue
        if event.trigger is not None:
            told.add(event.trigger.start)
        amount = _amount(event.evidence, kind, reading.figures)
        reading.measures.append(
            Measure(
                id=measure_id(event.id, kind),
                kind=kind,
                actors=event.sources,
                targets=event.recipients,
                amount=amount.id if amount else None,
                condition=condition_near(scene, event.trigger) if scene and event.trigger else None,
                status=_status(event),
                date=event.date,
                evidence=event.evidence,
                asserted_by=event.asserted_by,
                reader=READER,
                confidence=round(event.confidence * 0.95, 2),
            )
        )
    for scene in views:
        for made in verb_measures(scene):
            if scene.offset(made.verb) not in told and not _told_again(made, reading.measures):
                reading.measures.append(_of_verb(scene, made, reading.figures))


def _told_again(made: VerbMeasure, measures: list[Measure]) -> bool:
    """True where a measure of the same kind by the same actors already cites the clause."""
    same = [m for m in measures if m.kind == made.kind and set(m.actors) == set(made.actors)]
    return any(span.covers(made.evidence) for m in same for span in m.evidence)


def _of_verb(scene: Scene, made: VerbMeasure, figures: list[Figure]) -> Measure:
    amount = _amount((made.evidence,), made.kind, figures)
    trigger = scene.span(made.verb, made.verb)
    return Measure(
        id=make_id("ms", scene.article.id, READER, made.kind, trigger.start),
        kind=made.kind,
        actors=made.actors,
        targets=made.targets,
        amount=amount.id if amount else None,
        condition=condition_near(scene, trigger),
        status=made.status,
        date=scene.date(made.verb),
        evidence=(made.evidence,),
        asserted_by=scene.asserted_by(made.verb),
        reader=READER,
        confidence=0.7,
    )


def _trigger(views: list[Scene], event: Event) -> tuple[Scene | None, int]:
    """The paragraph and the token that an event hangs on."""
    if event.trigger is None:
        return None, 0
    for scene in views:
        if scene.paragraph.start <= event.trigger.start < scene.paragraph.end:
            for token in range(len(scene.tree)):
                if scene.offset(token) == event.trigger.start:
                    return scene, token
    return None, 0


def _kind(scene: Scene | None, token: int, event: Event) -> str | None:
    """The event's kind of measure, mended by the words of its own clause; None for none."""
    kind = measure_kind(event)
    if kind is None or scene is None:
        return kind
    if undecided(scene, token) or is_duty(scene.tree, token):
        return None  # "must pay compensation" is a demand
    verbal = scene.tree.pos[token] == "VERB"
    if kind == "deployment" and verbal and sends_home(scene, token):
        return "withdrawal"
    sent = [token, *scene.tree.deps(token, "xcomp")]
    if kind == "aid" and any(verb_kind(scene, k) == "deployment" for k in sent):
        return "deployment"
    if kind == "seizure" and verbal and verb_kind(scene, token) == "sanction":
        return "sanction"  # frozen assets
    if kind == "downgrade" and verbal and verb_kind(scene, token) == "suspension":
        return "suspension"  # flights, not relations
    if kind == "withdrawal" and event.status == "hypothetical" and not event.sources:
        return None  # "insisted that the troops go home": asked for, of nobody named
    if event.type == "ASSAULT" and not (event.sources and event.recipients):
        return None
    if kind == "exercise" and not any(armed(scene, a) for a in event.sources):
        return None  # a school's drill
    if kind == "blockade" and event.recipients and _only_people(scene, event.recipients):
        return None  # an envoy besieged in a cafe
    if event.type == "THREATEN" and not _names(scene, token, "threats"):
        return None
    return kind


def measure_id(event_id: str, kind: str) -> str:
    """The id of the measure of a kind that an event is."""
    return make_id("ms", event_id, READER, kind)


def _only_people(scene: Scene, targets: tuple[str, ...]) -> bool:
    index = scene.actors.actors
    return all(a in index and index[a].type in measure_words("people") for a in targets)


def _names(scene: Scene, token: int, name: str) -> bool:
    tree = scene.tree
    return any(tree.lemma[i] in measure_words(name) for i in tree.subtree(token))


def measure_kind(event: Event) -> str | None:
    """What kind of measure an event is, or None when it is none."""
    table, cameo = _kinds(), event.cameo or ""
    for length in range(len(cameo), -1, -1):
        for mode in (event.mode or "", ""):
            kind = table.get((event.type, mode, cameo[:length]))
            if kind is not None:
                return kind or None
    return None


def _status(event: Event) -> str:
    if event.type == "THREATEN":
        return "hypothetical"
    return "planned" if event.type in _PROMISED and event.status in ("happened", "ongoing") else event.status


def _amount(evidence: tuple[Span, ...], kind: str, figures: list[Figure]) -> Figure | None:
    wanted = _AMOUNTS.get(kind, ())
    inside = [f for f in figures if f.kind in wanted and any(span.covers(f.span) for span in evidence)]
    return min(inside, key=lambda f: (wanted.index(f.kind), f.span.start), default=None)
