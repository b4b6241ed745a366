"""Where each party stands on what: demands, proposals, offers, refusals, in cited words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from detente.language.parse import ParsedArticle
from detente.readers.conditions import condition_near
from detente.readers.events.contents import doer
from detente.readers.events.match import resolve
from detente.readers.events.scene import Scene
from detente.readers.events.scenes import scenes
from detente.readers.events.status import is_negated
from detente.readers.index import ActorIndex
from detente.readers.issue_heads import is_claim, is_pointing, substance
from detente.readers.issue_names import affirmed, name_issue
from detente.readers.names import POSITIONS as READER
from detente.readers.positions_contents import is_bare_item, stance_heads
from detente.readers.positions_nouns import NounStance, noun_stance, stance_words
from detente.readers.positions_papers import Papers, note_paper, owner_of_paper
from detente.readers.positions_refusals import own_words, refusals
from detente.readers.positions_stances import (
    ANSWERS,
    Stance,
    denial,
    fitting,
    is_by_whom,
    is_of_anyone,
    is_to_convince,
    load_stances,
    polarity,
    rejected_as,
)
from detente.readers.positions_statements import statement_position
from detente.record import Issue, Position, Reading, Span, make_id

_NEAR = 250  # characters: a sentence or two back
_TABLED = ("proposes", "offers", "demands")


@dataclass(slots=True)
class _Found:
    """The positions of an article so far, and what "the proposal" last meant."""

    positions: list[Position]
    issues: dict[str, Issue]
    pointed: dict[str, str]
    papers: Papers = field(default_factory=dict)

    def add(self, made: tuple[Position, Issue], pointing: str = "") -> None:
        """Enter a position; ``pointing`` is the noun that stood for its issue ("plan"), if one did."""
        position, issue = made
        self.positions.append(position)
        known = self.issues.setdefault(issue.id, issue)
        if " " not in known.label and " " in issue.label:  # two words say more than one
            self.issues[issue.id] = issue
        if pointing:
            self.pointed[pointing] = issue.id

    def meant(self, noun: str, at: int) -> Issue | None:
        """The issue that "the plan" stands for: told by the same noun, or proposed just before the offset."""
        if noun in self.pointed:
            return self.issues[self.pointed[noun]]
        told = [p for p in self.positions if p.stance in _TABLED and at - p.evidence[-1].end < _NEAR]
        return self.issues[told[-1].issue] if told else None


def read_positions(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append positions and their issues.

    A position is a stance word with a party as its subject and something it is about; each coordinated
    item of a demand is a position of its own. One that a third party reports stays with that third party
    (``asserted_by``). Statements whose act is a demand, offer or refusal give positions too, when no
    stance word of theirs already did. What no issue can be named for gives no position.
    """
    found = _Found([], {i.id: i for i in reading.issues}, {})
    for scene in scenes(parsed, reading, actors):
        taken: list[Span] = []
        for token, lemma in enumerate(scene.tree.lemma):
            note_paper(scene, token, found.papers)
            made = _from_word(scene, token, found) if lemma in stance_words() else []
            taken.extend(span for position in made for span in position.evidence)
        for _, _, statement in scene.statements:
            told = statement_position(scene, statement, taken)
            if told is not None:
                found.add(told)
                taken.extend(told[0].evidence)
        _refuse(scene, taken, found)
    reading.positions.extend(_merged(found.positions))
    used = {p.issue for p in reading.positions}
    known = {i.id for i in reading.issues}
    reading.issues.extend(i for i in found.issues.values() if i.id in used and i.id not in known)


def _refuse(scene: Scene, taken: list[Span], found: _Found) -> None:
    """Enter the refusals that no stance word and no statement told already."""
    for negation, verb, parties in refusals(scene):
        place = scene.span(min(negation, verb), max(negation, verb))
        if any(span.overlaps(place) for span in taken):
            continue
        made = _make(scene, verb, "refuses", parties, (), verb, [verb])
        if made is not None:
            told = replace(made[0], evidence=(scene.span(*own_words(scene, verb)),))
            found.add((told, affirmed(made[1])))


def _from_word(scene: Scene, token: int, found: _Found) -> list[Position]:
    """The positions that one stance verb, adjective or noun tells, entered as they are found."""
    tree, before = scene.tree, len(found.positions)
    verbal = tree.pos[token] in ("VERB", "ADJ") or tree.dep[token] == "relcl"
    if tree.lemma[token] in load_stances() and verbal:
        _positions(scene, token, found)
    elif tree.pos[token] == "NOUN" and (stand := noun_stance(scene, token)) is not None:
        _from_noun(scene, stand, found)
    return found.positions[before:]


def _from_noun(scene: Scene, stand: NounStance, found: _Found) -> None:
    heads = list(stand.heads)
    for head in heads:
        made = _make(scene, stand.noun, stand.stance, stand.parties, (), head, heads)
        if made is not None:
            found.add(made, scene.tree.lemma[stand.noun])


def _positions(scene: Scene, token: int, found: _Found) -> None:
    tree = scene.tree
    subject = tree.agents(token)[:1] if tree.pos[token] != "ADJ" else _adjective_subject(scene, token)
    parties = tuple(a for noun in subject for a in scene.refer(noun))
    if not parties:
        holder = token if tree.pos[token] == "VERB" else tree.head[token]
        parties = doer(scene, holder) or tuple(a for noun in subject for a in scene.collective(noun))
        parties = parties or _same_subject(scene, holder)
        parties = parties or tuple(a for n in subject for a in owner_of_paper(scene, n, found.papers))
    if (
        not parties
        or is_to_convince(scene, token, parties)
        or is_bare_item(scene, token)
        or is_of_anyone(scene, token)
        or (tree.passive(token) and tree.lemma[token] not in ("prepare",) and not is_by_whom(scene, token))
    ):
        return
    for stance in fitting(scene, token):
        name = polarity(scene, token, stance)
        if name is None:
            continue
        heads = stance_heads(scene, token, stance)
        if name == stance.stance and (_denied(scene, heads) or _of_none(scene, token, heads)):
            name = stance.negated
        if name in ("NONE", "open") and stance.stance not in ("open", "NONE"):
            continue
        addressees = _addressees(scene, token, stance, heads, parties)
        if _commands(scene, token, parties, addressees):
            return
        before = len(found.positions)
        for head in heads:
            _enter(scene, token, name, parties, addressees, head, heads, found)
        if len(found.positions) > before:
            return


def _same_subject(scene: Scene, verb: int) -> tuple[str, ...]:
    """ "Russia insists on X, and it opposes Y": a pronoun that only the clause beside it can explain."""
    tree = scene.tree
    own, above = tree.first(verb, "nsubj"), tree.head[verb]
    if own is None or tree.dep[verb] != "conj" or above == verb:
        return ()
    subject = tree.subject(above)
    found = scene.refer(subject) if subject is not None else ()
    index = scene.actors.actors
    kinds = {index[a].type for a in found if a in index}
    fits = {
        "it": len(found) == 1 and kinds <= {"state", "organisation", "group"},
        "he": len(found) == 1 and kinds == {"person"},
        "she": len(found) == 1 and kinds == {"person"},
        "they": len(found) > 1,
    }
    return found if fits.get(tree.lower[own], False) else ()


def _commands(scene: Scene, token: int, parties: tuple[str, ...], addressees: tuple[str, ...]) -> bool:
    """ "Ordered the navy to sail": a command to one's own people is no stand in the dispute."""
    if scene.tree.lemma[token] not in ("order", "instruct"):
        return False
    index = scene.actors.actors
    own = {index[a].country for a in parties if a in index}
    told = {index[a].country for a in addressees if a in index}
    return not told or bool(told & own)


def _enter(
    scene: Scene, token: int, name: str, parties: tuple[str, ...], addressees: tuple[str, ...], head: int,
    heads: list[int], found: _Found,
) -> None:  # fmt: skip
    """Enter the position on one item; "the plan" alone takes the issue that was told before it."""
    tree = scene.tree
    noun = tree.lemma[head] if tree.pos[head] == "NOUN" and is_pointing(scene, head) else ""
    if name == "rejects" and tree.pos[head] == "NOUN" and is_claim(scene, head):
        name = "denies"
    issue = None
    if noun and substance(scene, head) is None:
        issue = (
            found.meant(noun, scene.offset(head))
            if name in ANSWERS and _points_back(scene, token, head)
            else None
        )
        if issue is None:
            return
    made = _make(scene, token, name, parties, addressees, head, heads, issue)
    if made is not None:
        found.add(made, noun)


def _points_back(scene: Scene, token: int, noun: int) -> bool:
    """ "The plan", "that offer", "…, a suggestion that X rejected": told before."""
    tree = scene.tree
    if tree.dep[noun] == "appos" or tree.head[token] == noun:
        return True
    return any(
        tree.dep[k] == "poss" or tree.lower[k] in ("the", "this", "that", "these", "those", "such", "both")
        for k in tree.kids[noun]
    )


def _denied(scene: Scene, heads: list[int]) -> bool:
    """ "Vowed that no inspector would enter": what is promised is that it will not be."""
    tree = scene.tree
    return any(
        tree.pos[h] in ("VERB", "AUX") and tree.dep[h] == "ccomp" and is_negated(tree, h) for h in heads
    )


def _of_none(scene: Scene, token: int, heads: list[int]) -> bool:
    """ "Will agree to no extension", "demands the withdrawal of neither side": the no stands on a noun."""
    tree = scene.tree
    if any(tree.lower[i] == "neither" for h in heads if tree.pos[h] == "NOUN" for i in tree.subtree(h)):
        return True
    own = [h for h in heads if tree.head[tree.head[h]] == token and tree.dep[h] == "pobj"]
    return any(tree.lower[k] == "no" for h in own for k in tree.deps(h, "det"))


def _adjective_subject(scene: Scene, token: int) -> list[int]:
    tree = scene.tree
    if tree.dep[token] not in ("acomp", "conj", "ROOT", "relcl", "oprd"):
        return []
    subject = tree.subject(token if tree.first(token, "nsubj") is not None else tree.head[token])
    return [] if subject is None else [subject]


def _addressees(
    scene: Scene, token: int, stance: Stance, heads: list[int], parties: tuple[str, ...]
) -> tuple[str, ...]:
    tree = scene.tree
    own = [n for n in tree.patients(token) if tree.head[n] == token or tree.passive(token)]
    named = [n for first in own for n in tree.conjuncts(first) if scene.is_actor(n) or scene.owner(n)]
    found = resolve(scene, stance.addressee, token, named)
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
    heads: list[int], issue: Issue | None = None,
) -> tuple[Position, Issue] | None:  # fmt: skip
    issue = issue or name_issue(scene, head, heads)
    if issue is None:
        return None
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


def _evidence(scene: Scene, token: int, head: int, heads: list[int]) -> Span:
    """From the party's stance word to the end of this item."""
    tree = scene.tree
    own = set(tree.subtree(head))
    for other in heads:
        if other != head and other in own:
            own -= set(tree.subtree(other))
    first = min(token, min(own), *denial(tree, token)) if head == heads[0] else min(own)
    last = max(i for i in own if tree.pos[i] not in ("PUNCT", "SPACE", "CCONJ") or i == head)
    while first < last and tree.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    last = max([last, *rejected_as(scene, token)])
    if tree.passive(token) and head == heads[0]:  # "The request was declined"
        last = max(last, token)
    return scene.span(min(first, last), max(first, last))


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
