"""Where each party stands on what: demands, proposals, offers, refusals, in cited words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from detente.language.parse import ParsedArticle
from detente.readers.events.contents import contents, doer
from detente.readers.events.lexicon import load_words, read_rows
from detente.readers.events.match import resolve
from detente.readers.events.requests import calls, is_bare
from detente.readers.events.scene import Scene, scenes
from detente.readers.events.status import is_duty, is_future, is_negated, verb_status
from detente.readers.index import ActorIndex
from detente.readers.issue_names import keywords, label
from detente.readers.measures import condition_near
from detente.record import Issue, Position, Reading, Span, Statement, make_id

READER = "positions.v1"
_BY_ACT = {
    "demand": "demands", "propose": "proposes", "offer": "offers", "reject": "rejects", "accept": "accepts",
    "promise": "offers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stance:
    particle: str
    stance: str
    negated: str
    content: tuple[str, ...]
    addressee: tuple[str, ...]


@cache
def _stances() -> dict[str, tuple[_Stance, ...]]:
    found: dict[str, list[_Stance]] = {}
    for row in read_rows("events", "stances.csv"):
        content = tuple(slot for slot in row["content"].split() if slot != "NONE")
        stance = _Stance(
            row["particle"], row["stance"], row["negated"], content, tuple(row["addressee"].split())
        )
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append(stance)
    return {verb: tuple(sorted(rows, key=lambda s: not s.particle)) for verb, rows in found.items()}


def read_positions(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append positions and their issues.

    A position is a stance word with a party as its subject and something it is about; each coordinated
    item of a demand is a position of its own. One that a third party reports stays with that third party
    (``asserted_by``). Statements whose act is a demand, offer or refusal give positions too, when no
    stance word of theirs already did.
    """
    issues: dict[str, Issue] = {i.id: i for i in reading.issues}
    found: list[Position] = []
    for scene in scenes(parsed, reading, actors):
        taken: list[Span] = []
        for token in range(len(scene.tree)):
            if scene.tree.lemma[token] in _stances() and scene.tree.pos[token] in ("VERB", "ADJ"):
                for position, issue in _positions(scene, token):
                    found.append(position)
                    issues.setdefault(issue.id, issue)
                    taken.extend(position.evidence)
        for _, _, statement in scene.statements:
            made = _from_statement(scene, statement, taken)
            if made is not None:
                found.append(made[0])
                issues.setdefault(made[1].id, made[1])
    reading.positions.extend(_merged(found))
    used = {p.issue for p in reading.positions}
    known = {i.id for i in reading.issues}
    reading.issues.extend(i for i in issues.values() if i.id in used and i.id not in known)


def _positions(scene: Scene, token: int) -> list[tuple[Position, Issue]]:
    tree = scene.tree
    subject = tree.agents(token)[:1] if tree.pos[token] == "VERB" else _adjective_subject(scene, token)
    parties = tuple(a for noun in subject for a in scene.refer(noun))
    if not parties and tree.pos[token] == "VERB":
        parties = doer(scene, token) or tuple(a for noun in subject for a in scene.collective(noun))
    if (
        not parties
        or _bare_item(scene, token)
        or (tree.passive(token) and tree.lemma[token] not in ("prepare",))
    ):
        return []
    for stance in _stances()[tree.lemma[token]]:
        if stance.particle and not any(
            tree.lower[k] == stance.particle for k in tree.deps(token, "prt", "prep", "advmod")
        ):
            continue
        if tree.lemma[token] == "call" and not calls(scene, token):
            continue
        name = _polarity(scene, token, stance)
        if name is None:
            continue
        heads = [h for h in contents(scene, token, stance.content) if _is_content(scene, h)]
        if tree.lemma[token] == "insist":  # plain insistence is speech
            verbal = ("VERB", "AUX")
            heads = [h for h in heads if tree.pos[h] not in verbal or is_duty(tree, h) or is_bare(scene, h)]
        if name == stance.stance and _denied(scene, heads):
            name = stance.negated
        if name in ("NONE", "open") and stance.stance not in ("open", "NONE"):
            continue
        heads += [h for h in _listed(scene, token) if h not in heads]
        addressees = _addressees(scene, token, stance, heads, parties)
        made = [_make(scene, token, name, parties, addressees, head, heads) for head in heads]
        found = [m for m in made if m is not None]
        if found:
            return found
    return []


def _denied(scene: Scene, heads: list[int]) -> bool:
    """ "Vowed that no inspector would enter": what is promised is that it will not be."""
    tree = scene.tree
    return any(
        tree.pos[h] in ("VERB", "AUX") and tree.dep[h] == "ccomp" and is_negated(tree, h) for h in heads
    )


def _listed(scene: Scene, token: int) -> list[int]:
    """ "Is pushing for Russia to return …, accept … and negotiate": bare verbs the parse hangs beside."""
    tree = scene.tree
    if tree.tag[token] == "VB":
        return []
    return [k for first in tree.deps(token, "conj") for k in tree.conjuncts(first) if _bare_item(scene, k)]


def _bare_item(scene: Scene, token: int) -> bool:
    """A bare verb in a list of what is asked: no stance of its own."""
    tree = scene.tree
    return (
        tree.tag[token] == "VB"
        and tree.dep[token] == "conj"
        and not tree.deps(token, "aux", "nsubj", "auxpass", "neg")
        and _top_tag(scene, token) != "VB"
    )


def _top_tag(scene: Scene, token: int) -> str:
    tree = scene.tree
    while tree.dep[token] == "conj" and tree.head[token] != token:
        token = tree.head[token]
    return tree.tag[token]


def _adjective_subject(scene: Scene, token: int) -> list[int]:
    tree = scene.tree
    if tree.dep[token] not in ("acomp", "conj", "ROOT", "relcl", "oprd"):
        return []
    subject = tree.subject(token if tree.first(token, "nsubj") is not None else tree.head[token])
    return [] if subject is None else [subject]


def _polarity(scene: Scene, token: int, stance: _Stance) -> str | None:
    """The stance word's stance, turned by a negation; None for what is only possible or past guessing."""
    tree = scene.tree
    negated = is_negated(tree, token) or (tree.pos[token] == "ADJ" and is_negated(tree, tree.head[token]))
    name = stance.negated if negated else stance.stance
    if name == "NONE":
        return None
    if negated and stance.negated == "open":
        return None
    would = any(tree.lower[k] in ("would", "'d") for k in tree.deps(token, "aux"))
    would_like = would and tree.lemma[token] in load_words().tables["keywords"]["wish"]
    told = negated or would_like or tree.pos[token] != "VERB"
    if not told and verb_status(scene, token) in ("hypothetical", "denied"):
        return None
    if not told and verb_status(scene, token) == "planned" and not is_future(tree, token):
        return None  # what another wants of it
    if tree.lemma[token] == "like" and "would" not in [tree.lower[k] for k in tree.deps(token, "aux")]:
        return None
    return name


def _is_content(scene: Scene, head: int) -> bool:
    tree = scene.tree
    if tree.pos[head] in ("VERB", "AUX"):
        return tree.lemma[head] not in ("say", "comment", "know")
    return tree.pos[head] in ("NOUN", "PROPN") and tree.ent[head] not in (
        "DATE",
        "TIME",
        "PERSON",
        "PERCENT",
        "MONEY",
    )


def _addressees(
    scene: Scene, token: int, stance: _Stance, heads: list[int], parties: tuple[str, ...]
) -> tuple[str, ...]:
    tree = scene.tree
    found = resolve(scene, stance.addressee, token, tree.patients(token))
    if not found:
        for head in heads:
            subject = tree.first(head, "nsubj") if tree.pos[head] in ("VERB", "AUX") else None
            if subject is not None:
                found = scene.refer(subject)
            elif tree.pos[head] == "NOUN" and stance.stance == "demands":
                found = resolve(scene, ("op:by", "op:from", "oposs"), token, [head])
            if found:
                break
    return tuple(a for a in found if a not in parties)


def _make(
    scene: Scene, token: int, name: str, parties: tuple[str, ...], addressees: tuple[str, ...], head: int,
    heads: list[int],
) -> tuple[Position, Issue] | None:  # fmt: skip
    words = keywords(scene, head, heads)
    if not words:
        return None
    if scene.tree.pos[head] in ("NOUN", "PROPN") and scene.is_actor(head) and len(words) < 2:
        return None
    issue = _issue(words, label(scene, head, heads))
    evidence = _evidence(scene, token, head, heads)
    trigger = scene.span(token, token)
    position = Position(
        id=make_id("ps", scene.article.id, READER, name, trigger.start, scene.offset(head)),
        issue=issue.id,
        parties=parties,
        stance=name,
        evidence=(evidence,),
        date=scene.date(token),
        asserted_by=scene.asserted_by(token),
        condition=condition_near(scene, trigger),
        addressees=addressees,
        reader=READER,
        confidence=0.75,
    )
    return position, issue


def _issue(words: list[str], label: str) -> Issue:
    """An issue known by its first keywords, however it is worded."""
    return Issue(make_id("is", *sorted(words[:4])), label or " ".join(words[:4]), tuple(words))


def _evidence(scene: Scene, token: int, head: int, heads: list[int]) -> Span:
    """From the party's stance word to the end of this item."""
    tree = scene.tree
    own = set(tree.subtree(head))
    for other in heads:
        if other != head and other in own:
            own -= set(tree.subtree(other))
    first = min(token, min(own)) if head == heads[0] else min(own)
    last = max(i for i in own if tree.pos[i] not in ("PUNCT", "SPACE", "CCONJ") or i == head)
    while first < last and tree.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    return scene.span(min(first, last), max(first, last))


def _from_statement(scene: Scene, statement: Statement, taken: list[Span]) -> tuple[Position, Issue] | None:
    stance = _BY_ACT.get(statement.act)
    if stance is None or not statement.speakers or statement.polarity == "negative":
        return None
    content = statement.content[0]
    if any(span.overlaps(content) for span in taken):
        return None
    if statement.cue is not None and any(span.covers(statement.cue) for span in taken):
        return None
    tree = scene.tree
    inside = [i for i in range(len(tree)) if content.start <= scene.offset(i) < content.end]
    roots = [i for i in inside if tree.head[i] not in inside or tree.head[i] == i]
    verbs = [i for i in roots if tree.pos[i] in ("VERB", "AUX")]
    if not verbs:
        return None
    head = verbs[0]
    if tree.lemma[head] in load_words().saying and tree.first(head, "ccomp") is not None:
        return None  # what another is said to have said
    words = keywords(scene, head, [head])
    if len(words) < 2:
        return None
    issue = _issue(words, label(scene, head, [head]))
    subject = tree.subject(head)
    asked = scene.refer(subject) if subject is not None and is_duty(tree, head) else statement.addressees
    position = Position(
        id=make_id("ps", statement.id, READER),
        issue=issue.id,
        parties=statement.speakers,
        stance=stance,
        evidence=(content,),
        date=statement.date,
        asserted_by=(statement.via,) if statement.via else ("narrator",),
        condition=condition_near(scene, scene.span(head, head)),
        addressees=tuple(a for a in asked if a not in statement.speakers),
        reader=READER,
        confidence=0.6,
    )
    return position, issue


def _merged(positions: list[Position]) -> list[Position]:
    """One position a party, issue and stance; its evidence gathered."""
    found: dict[tuple[object, ...], Position] = {}
    for position in positions:
        key = (position.issue, position.parties, position.stance, position.asserted_by)
        other = found.get(key)
        if other is None:
            found[key] = position
        else:
            spans = tuple(dict.fromkeys((*other.evidence, *position.evidence)))
            found[key] = replace(other, evidence=spans, addressees=other.addressees or position.addressees)
    return list(found.values())
