"""What the record says about options: each position, measure, threat and weighty event as one note.

A note says who speaks or acts, of whose option, of which kind, in what sense (wants it, refuses it), and
whether it shows the option taken now. What fits no kind of option is returned as a line for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from detente.conflict.draftparties import Sides
from detente.conflict.kinds import Kind, find_kind, kind_of_code
from detente.record import Date, Span

WANTS = frozenset({"demands", "proposes", "offers", "supports", "accepts", "open"})
REFUSES = frozenset({"rejects", "refuses", "denies", "wary"})
ASKS = frozenset({"demands", "proposes"})
ACTS = frozenset({"does", "threatens", "plans", "does not"})
_TIER = {
    "demands": 1, "rejects": 1, "refuses": 1, "denies": 2, "conditions": 2, "proposes": 2, "offers": 2,
    "accepts": 2, "supports": 2, "threatens": 2, "wary": 3, "open": 3, "does": 3, "does not": 3, "plans": 3,
}  # fmt: skip
_ACT_STANCE = {
    "demand": "demands", "propose": "proposes", "offer": "offers", "promise": "offers",
    "threaten": "threatens", "reject": "rejects", "accept": "accepts",
}  # fmt: skip
# To order one's own forces to do a thing is to do it.
_ORDERED = re.compile(r"order(?:ed|s|ing)?\b", re.I)
_NEGATED = re.compile(r"\b(?:no|not|never|without|nor)\b|n[’']t\b", re.I)
_SHOULD = re.compile(r"\b(?:should|must|ought to|needs? to|has to|have to)\b", re.I)
_ASIDE = re.compile(
    r"\b(?:which|who|whose|since|after|before|amid|while|that (?:has|had|have|is|was|were))\b"
    # "the territory it annexed": no word that opens a clause of its own stands before the pronoun
    r"|(?<=\w )(?<!\bthat )(?<!\bif )(?<!\band )(?<!\bbut )(?<!\bor )(?<!\bsaid )"
    r"(?<!\bsays )(?<!\bbecause )(?<!\bas )"
    r"(?:it|they|he|she)\s+(?:(?:has|had|have)\s+)?\w+ed\b",
    re.I,
)
_FORCES = re.compile(
    r"[\w.’'-]+\s+(?:\w+\s+)?(?:forces|troops|soldiers|army|units|missiles|rockets|weapons)\b", re.I
)
_OF = re.compile(r"\bof\W+(?:the\W+)?$")
_ASKED = re.compile(r"\b(?:to|should|must|will|would)\b", re.I)
_OF_OTHERS = frozenset({"demands", "proposes", "supports"})  # stances that may be about another's option
_AGENT = re.compile(r"\b(?:for|that|whether)\s*$|^\s*(?:to|should|would|must|will|could)\b", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing the record says about one option.

    ``party`` and ``owner`` are states; ``sense`` 1 wants it, -1 refuses it, 0 only does it; ``tier`` 1 for
    bottom lines, 3 for what acts show; ``taken`` whether it shows the option taken (None: says nothing);
    ``sayers`` the states that claim it, empty for the narrator.
    """

    party: str
    owner: str
    kind: Kind
    how: str
    sense: int
    tier: int
    span: Span
    words: str
    date: str
    origins: int
    record: str
    taken: bool | None = None
    condition: tuple[Kind, str] | None = None
    condition_sense: int = 1
    sayers: tuple[str, ...] = ()


def read_notes(sides: Sides, *, until: str = "") -> tuple[list[Note], list[str]]:
    """All notes of a record, and lines on positions and measures that no note could be made of.

    Each layer's in the order of telling.

    Args:
        sides: who acts for whom.
        until: an ISO day; later records are passed over.
    """
    sayers = {s.id: sides.keys_of(s.speakers) for s in sides.view.layer("statements")}
    notes: list[Note] = []
    unread: list[str] = []
    layers = (
        ("positions", _position),
        ("measures", _measure),
        ("events", _event),
        ("statements", _statement),
    )
    for layer, read in layers:
        for record in sorted(sides.view.layer(layer), key=lambda record: _place(sides, record)):
            if until and (record.date.from_ or "")[:10] > until:
                continue
            found = list(read(sides, record, sayers))
            notes += found
            if not found and layer in ("positions", "measures") and record.evidence:
                words = " ".join(_words(sides, record.evidence[0]).split())[:100]
                label = getattr(record, "stance", "") or record.kind
                unread.append(f"{label}: no known kind of option, or no state behind it: “{words}”")
    return notes, unread


def _place(sides: Sides, record: Any) -> tuple[Any, ...]:
    """What orders records: where each is told, then what tells two of the same words apart."""
    cited = record.content if hasattr(record, "content") else record.evidence
    trigger = getattr(record, "trigger", None)
    kinds = (str(getattr(record, name, "")) for name in ("type", "kind", "stance", "act", "status"))
    sides_of = ("sources", "actors", "parties", "speakers", "recipients", "targets", "addressees")
    who = [sides.keys_of(getattr(record, name, ())) for name in sides_of]
    return [sides.told(s) for s in cited[:2]], trigger.start if trigger else 0, *kinds, who


def _position(sides: Sides, position: Any, sayers: dict[str, tuple[str, ...]]) -> Iterator[Note]:
    stance = position.stance
    how = "conditions" if stance == "conditions" else stance
    sense = 1 if stance in WANTS or stance == "conditions" else -1
    for span in position.evidence:
        words = _words(sides, span)
        found = find_kind(main_clause(words))
        if found is None:
            continue
        kind, place = found
        asked = sides.keys_of(position.addressees)
        for party in sides.keys_of(position.parties):
            if sense > 0 and _negated(words[:place]):
                how, sense = "rejects", -1
            owner = _owner(sides, span, place, party, stance, asked)
            own_order = bool(_ORDERED.match(words))
            if how == "demands" and owner == party and party in asked and not own_order and sense > 0:
                continue  # nobody demands of itself: the words have another speaker
            done = own_order and owner == party
            condition, turn = _condition(sides, position.condition, party)
            told = "does" if done else how
            yield Note(
                party, owner, kind, told, sense, _TIER[told], span, words, _day(position.date),
                position.count.origins, position.id, taken=True if done else None, condition=condition,
                condition_sense=turn, sayers=_sayers(position.asserted_by, sayers),
            )  # fmt: skip


def _statement(sides: Sides, statement: Any, sayers: dict[str, tuple[str, ...]]) -> Iterator[Note]:
    """Speech acts about an option, and assertions that something should be."""
    del sayers  # a statement is its speaker's own
    how = _ACT_STANCE.get(statement.act)
    for span in statement.content:
        words = _words(sides, span)
        found = find_kind(main_clause(words))
        if found is None or statement.polarity == "negative":
            continue
        kind, place = found
        should = _SHOULD.search(words[:place])
        if how is None and not (statement.act == "assert" and should):
            continue
        stance = how or "proposes"
        sense = -1 if stance in REFUSES or _negated(words[:place]) else 1
        asked = sides.keys_of(statement.addressees)
        for party in sides.keys_of(statement.speakers):
            owner = _owner(sides, span, place, party, stance, asked)
            done = (
                owner == party
                and statement.cue is not None
                and bool(_ORDERED.match(_words(sides, statement.cue)))
            )
            if stance == "demands" and owner == party and not done:
                continue
            told = "does" if done else stance if sense > 0 or stance in REFUSES else "rejects"
            yield Note(
                party, owner, kind, told, 0 if told == "threatens" else sense, _TIER[told], span, words,
                _day(statement.date), statement.count.origins, statement.id, taken=True if done else None,
                sayers=(party,),
            )  # fmt: skip


def _negated(before: str) -> bool:
    """Whether the words before an option deny it, in the same limb of the sentence."""
    return bool(_NEGATED.search(re.split(r"\b(?:and|but)\b|;", before)[-1]))


def main_clause(words: str) -> str:
    """The words up to the first clause that says something else (when, since when, which)."""
    match = _ASIDE.search(words)
    return words[: match.start()] if match and match.start() > 0 else words


def _measure(sides: Sides, measure: Any, sayers: dict[str, tuple[str, ...]]) -> Iterator[Note]:
    span = measure.evidence[0] if measure.evidence else None
    if span is None:
        return
    words = _words(sides, span)
    kind = kind_of_code(measure.kind) or next((k for k, _ in [find_kind(words) or (None, 0)] if k), None)
    if kind is None:
        return
    for party in sides.keys_of(measure.actors):
        condition, turn = _condition(sides, measure.condition, party)
        for evidence in measure.evidence:
            note = _act(sides, measure, kind, party, evidence, sayers)
            if condition:
                yield _with_condition(note, condition, turn)
            else:
                yield note


def _event(sides: Sides, event: Any, sayers: dict[str, tuple[str, ...]]) -> Iterator[Note]:
    if not event.evidence or event.status == "historical":
        return
    words = _words(sides, event.evidence[0])
    parties = sides.keys_of((*event.sources, *event.recipients))
    if event.type == "CONSULT" and len(parties) < 2:
        return
    if event.type in ("AGREE", "COOPERATE") and event.status == "denied" and len(parties) > 1:
        return  # "reached no agreement on the annexation" tells nobody's stand on it
    found = find_kind(main_clause(words))
    if event.type in ("THREATEN", "AGREE", "CONCEDE", "COOPERATE"):
        kind = found[0] if found else None
    elif event.type == "ASSAULT" and event.mode is None and found is None:
        return  # delegates clash too
    else:
        kind = kind_of_code(event.mode, event.type)
        forceful = event.type in ("ASSAULT", "COERCE", "MOBILIZE")
        if kind is not None and found is not None and (forceful or found[0].codes == kind.codes):
            kind = found[0]
    if kind is None:
        return
    # Talks are an act of both sides; any other event only of its source.
    both = event.type == "CONSULT" and event.status != "denied"
    # Of talks that were not held, only the one named first is told to have stayed away.
    stayed = event.type == "CONSULT" and event.status == "denied"
    doers = (*event.sources, *event.recipients) if both else event.sources[:1] if stayed else event.sources
    for party in sides.keys_of(doers):
        for span in event.evidence[:2]:
            yield _act(sides, event, kind, party, span, sayers, threat=event.type == "THREATEN")


def _act(
    sides: Sides,
    record: Any,
    kind: Kind,
    party: str,
    span: Span,
    sayers: dict[str, tuple[str, ...]],
    *,
    threat: bool = False,
) -> Note:
    status = record.status
    how = (
        "threatens"
        if threat
        else {"denied": "does not", "planned": "plans", "hypothetical": "plans"}.get(status, "does")
    )
    if getattr(record, "type", "") in ("AGREE", "CONCEDE", "COOPERATE"):
        how = {"does": "offers", "does not": "rejects"}.get(how, how)
    # A threat is no wish: what it is for stands in its condition, if anywhere.
    sense = {"does": 1, "offers": 1, "does not": -1, "rejects": -1}.get(how, 0)
    taken = True if how == "does" else False if how == "does not" else None
    return Note(
        party, party, kind, how, sense, _TIER[how], span, _words(sides, span), _day(record.date),
        record.count.origins, record.id, taken=taken, sayers=_sayers(record.asserted_by, sayers),
    )  # fmt: skip


def _with_condition(note: Note, condition: tuple[Kind, str], turn: int) -> Note:
    from dataclasses import replace

    return replace(
        note, sense=1, how="threatens", tier=_TIER["threatens"], condition=condition, condition_sense=turn
    )


def _owner(sides: Sides, span: Span, place: int, party: str, stance: str, addressees: Sequence[str]) -> str:
    """Whose option a position is about.

    "for X to do", "that X should do" and "urged X to do" name the owner in the words; else a demand is about
    those it is addressed to; else about the last other state named before the option; else the party's own.
    """
    article = sides.view.article(span.article)
    before = [(at, key) for at, key in sides.mentioned(span) if at <= span.start + place]
    for at, key in reversed(before):
        left = article.text[max(span.start, at - 12) : at]
        right = article.text[at : span.start + place + 1]
        after_name = re.sub(r"^\W*[\w.’'-]+(?:\s+[A-Z][\w.’'-]*)*", "", right)
        if key != party and (_AGENT.search(left) or _AGENT.match(after_name)):
            return key
    if stance in _OF_OTHERS and party in addressees and set(addressees) == {party}:
        return party
    if stance in _OF_OTHERS:
        # "put Cuba under quarantine" asks nothing of Cuba: what is named must be asked "to" do something.
        asked = [
            key
            for at, key in reversed(before)
            if key != party and _ASKED.search(article.text[at : span.start + place])
        ]
        others = [k for k in addressees if k != party] or asked
        if others:
            return others[0]
        # "a pullback of Russian forces": whose forces they are says who would do it.
        after = article.text[span.start + place : span.end]
        for at, key in sides.mentioned(span):
            theirs = at > span.start + place and _FORCES.match(article.text[at : span.end])
            if key != party and theirs and _OF.search(after[: at - span.start - place]):
                return key
    return party


def _condition(sides: Sides, span: Span | None, party: str) -> tuple[tuple[Kind, str] | None, int]:
    """The option that a condition names and whose it is; -1 for "unless"."""
    if span is None:
        return None, 1
    words = _words(sides, span)
    found = find_kind(words)
    if found is None:
        return None, 1
    others = [key for _, key in sides.mentioned(span) if key != party]
    return (found[0], others[0] if others else party), -1 if words.lower().startswith("unless") else 1


def _sayers(asserted_by: Sequence[str], sayers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if "narrator" in asserted_by:
        return ()
    return tuple(dict.fromkeys(key for a in asserted_by for key in sayers.get(a, ("",))))


def _words(sides: Sides, span: Span) -> str:
    return sides.view.article(span.article).words(span)


def _day(date: Date) -> str:
    return (date.from_ or "")[:10]
