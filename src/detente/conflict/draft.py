"""A first model from the record: parties, options and what each party wants, every element with its words.

1. **Parties**: actors are led back to the states they act for; allies that act together are one party.
2. **Notes**: every position, measure, threat and weighty event is read as "this party wants (or does, or
   refuses) that kind of option of that party". Kinds come from ``data/conflict/kinds.toml``; what fits no
   kind is left out and listed.
3. **Options**: notes on one kind and owner are one option. The options that two parties want differently and
   that most origins carry come first; at most ten, of at most four parties.
4. **Preferences**: what a party demands or refuses comes before what it proposes or accepts, and that before
   what its acts show. Inside a step the order is open: the citations do not give it.
5. **Readings**: where a party is cited on both sides of an option, the two are sides of one claim; where
   independent accounts differ about a note's record, its elements are disputed.

Nothing is drafted without words of the record, except exclusions of opposites, which are tagged the
analyst's. A draft is a beginning: the person edits it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.conflict.draftnotes import ACTS, ASKS, REFUSES, Note, read_notes
from detente.conflict.draftparties import Group, RecordView, Sides, group_allies
from detente.conflict.graph import FORWARD, ModelError
from detente.conflict.kinds import Kind
from detente.conflict.model import Cite, Exclusion, Model, Move, Option, Party, Preference, Support
from detente.record import Span

MOST_OPTIONS, MOST_PARTIES, MOST_QUOTES = 10, 4, 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted model and what did not come into it, each with the reason."""

    model: Model
    left_out: tuple[str, ...]
    groups: tuple[Group, ...] = ()


@dataclass(slots=True)
class _Candidate:
    kind: Kind
    owner: str
    notes: list[Note] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.owner}-{self.kind.id}"


def draft_model(
    view: RecordView,
    *,
    options: int = MOST_OPTIONS,
    parties: int = MOST_PARTIES,
    title: str = "",
    date: str = "",
    told: Mapping[str, str] | None = None,
) -> Draft:
    """Propose a model from a record.

    Args:
        view: the record.
        options: at most so many options.
        parties: at most so many parties.
        title: the model's title.
        date: leave out what was reported of later days (ISO day); the draft is then the model of that day.
        told: what the record does not say: actors' names and the state code each acts for.

    Raises:
        ModelError: the record holds no two parties with options.
    """
    sides = Sides(view, told=told)
    notes, unread = read_notes(sides, until=date)
    groups = _groups(sides, notes)
    home = {key: group for group in groups for key in group.keys}
    candidates = _candidates(_of_doers(notes, home), home)
    kept, left_out = _choose(candidates, groups, options, parties)
    if not kept:
        raise ModelError(
            "The record holds no demand, offer, refusal or act that two parties could be modelled from.",
            hint="Look at: detente positions, detente measures.",
        )
    ids = _ids([g for g in groups if g in {home[c.owner] for c in kept}])
    model = _model(sides, kept, home, ids, title or "Draft from the record", date or _last_day(notes))
    return Draft(model, (*left_out, *unread), tuple(ids))


def _groups(sides: Sides, notes: Sequence[Note]) -> list[Group]:
    weights: dict[str, float] = {}
    for note in notes:
        for key, weight in ((note.party, 1.0), (note.owner, 0.5)):
            weights[key] = weights.get(key, 0.0) + weight * note.origins
    days = sorted(note.date for note in notes if note.date)
    year = int(days[len(days) // 2][:4]) if days else 9999
    return group_allies(sides, weights, year=year)


def _candidates(notes: Iterable[Note], home: dict[str, Group]) -> list[_Candidate]:
    found: dict[tuple[Group, str], _Candidate] = {}
    for note in notes:
        group = home[note.owner]
        place = found.setdefault((group, note.kind.id), _Candidate(note.kind, group.keys[0]))
        place.notes.append(note)
    return list(found.values())


def _of_doers(notes: Sequence[Note], home: dict[str, Group]) -> Iterable[Note]:
    """Notes whose words name no owner, given to the party that they must be about.

    A refusal of what only one other party does is about its option ("condemned the annexation"). A demand or
    proposal without addressee is about the one other party with a stand on such an option of its own, else
    about the party that its maker asks most of; a demand that finds none is left out.
    """
    doers: dict[str, dict[Group, str]] = {}
    stands: dict[str, dict[Group, str]] = {}
    asks: dict[Group, Counter[str]] = {}
    for note in notes:
        if note.how in ACTS:
            doers.setdefault(note.kind.id, {}).setdefault(home[note.owner], note.owner)
        if home[note.owner] == home[note.party] and note.how in REFUSES | {"conditions", "accepts"}:
            stands.setdefault(note.kind.id, {}).setdefault(home[note.owner], note.owner)
        if note.how in ASKS and home[note.owner] != home[note.party]:
            asks.setdefault(home[note.party], Counter())[home[note.owner].keys[0]] += 1
    for note in notes:
        own = home[note.owner] == home[note.party]
        done_by = doers.get(note.kind.id, {})
        if own and note.how in REFUSES and len(done_by) == 1 and home[note.party] not in done_by:
            note = replace(note, owner=next(iter(done_by.values())))
        elif own and note.how in ASKS and not note.kind.routine:
            rivals = [key for g, key in stands.get(note.kind.id, {}).items() if g != home[note.party]]
            most = asks.get(home[note.party], Counter()).most_common(1)
            if len(rivals) == 1:
                note = replace(note, owner=rivals[0])
            elif most:
                note = replace(note, owner=most[0][0])
            elif note.how == "demands":
                continue
        yield note


def _score(candidate: _Candidate, home: dict[str, Group]) -> float:
    """What two parties want differently counts most, then what one asks of another, then how widely."""
    wants = {home[n.party] for n in candidate.notes if n.sense > 0}
    refuses = {home[n.party] for n in candidate.notes if n.sense < 0}
    owner = home[candidate.owner]
    contested = any(a != b for a in wants for b in refuses)
    asked = len((wants | refuses) - {owner})
    done = (1 if candidate.kind.routine else 2) * any(n.taken for n in candidate.notes)
    refused = not contested and any(n.how in REFUSES and home[n.party] == owner for n in candidate.notes)
    return 4 * contested + refused + 3 * asked + done + min(2.0, sum(n.origins for n in candidate.notes) / 3)


def _choose(
    candidates: list[_Candidate], groups: Sequence[Group], options: int, parties: int
) -> tuple[list[_Candidate], list[str]]:
    home = {key: group for group in groups for key in group.keys}
    by_id = {(home[c.owner], c.kind.id): c for c in candidates}
    left_out: list[str] = []
    kept: list[_Candidate] = []
    for candidate in candidates:
        opposite = (
            by_id.get((home[candidate.owner], candidate.kind.reverse)) if candidate.kind.reverse else None
        )
        if opposite:
            # Massed forces are the withdrawal not made: one option, the acts showing that it is not taken.
            candidate.notes += [_turned(note, candidate.kind) for note in opposite.notes]
    swallowed = {
        id(by_id[home[c.owner], c.kind.reverse])
        for c in candidates
        if c.kind.reverse and (home[c.owner], c.kind.reverse) in by_id
    }
    ranked = sorted(
        (c for c in candidates if id(c) not in swallowed),
        key=lambda c: (-_score(c, home), c.id),
    )
    weights: dict[Group, float] = {}
    for candidate in ranked:
        group = home[candidate.owner]
        weights[group] = weights.get(group, 0.0) + _score(candidate, home)
    chosen = sorted(weights, key=lambda g: (-weights[g], g.keys))[:parties]
    for candidate in ranked:
        label = f"{candidate.kind.label} ({home[candidate.owner].name})"
        words = " ".join(candidate.notes[0].words.split())[:90]
        if home[candidate.owner] not in chosen:
            left_out.append(f"{label}: its owner is not among the {parties} weightiest parties: “{words}”")
        elif len(kept) >= options:
            left_out.append(f"{label}: beyond the {options} weightiest options: “{words}”")
        else:
            kept.append(candidate)
    return kept, left_out


def _turned(note: Note, kind: Kind) -> Note:
    return replace(note, kind=kind, sense=-note.sense, taken=False if note.taken else None)


def _ids(groups: Sequence[Group]) -> dict[Group, str]:
    return {group: group.keys[0].lower() for group in groups}


def _model(
    sides: Sides,
    kept: Sequence[_Candidate],
    home: dict[str, Group],
    ids: dict[Group, str],
    title: str,
    date: str,
) -> Model:
    order = list(ids)
    kept = sorted(kept, key=lambda c: (order.index(home[c.owner]), c.kind.id))
    names = {id(c): f"{ids[home[c.owner]]}-{c.kind.id}" for c in kept}
    disputed = _disputed(sides)
    options = tuple(
        Option(
            names[id(c)], ids[home[c.owner]], c.kind.label,
            FORWARD if c.kind.undone == FORWARD and not _taken(c) else "both",
            _support(sides, _telling(c.notes), home, disputed, note=""),
        )
        for c in kept
    )  # fmt: skip
    now = "".join("Y" if _taken(c) else "N" for c in kept)
    return Model(
        title=title,
        parties=tuple(_party(sides, group, name) for group, name in ids.items()),
        options=options,
        exclusions=_exclusions(kept, names, now),
        preferences=tuple(_preferences(sides, kept, names, home, ids, disputed)),
        moves=tuple(_moves(sides, kept, names, home, ids)),
        now=now,
        date=date,
        note="A draft: options and preferences are read from reports; the order inside a rank is open.",
    )


def _party(sides: Sides, group: Group, name: str) -> Party:
    own = [a for a in sides.actors.values() if sides.key_of(a.id) in group.keys]
    own.sort(
        key=lambda a: (
            group.keys.index(sides.key_of(a.id) or ""), a.type != "state", -len(a.mentions),
            [sides.told(span) for span in a.mentions[:1]], a.name,
        )
    )  # fmt: skip
    cites = [cite(sides.view, span) for actor in own[:2] for span in actor.mentions[:1]]
    support = Support("reported", tuple(cites)) if cites else Support()
    return Party(name, group.name, tuple(a.id for a in own[:12]), support=support)


def _taken(candidate: _Candidate) -> bool:
    """Whether an option is taken now: the latest note that says so decides."""
    told = [n for n in candidate.notes if n.taken is not None]
    return bool(told) and bool(max(told, key=lambda n: (n.date, bool(n.taken))).taken)


def _telling(notes: Sequence[Note]) -> list[Note]:
    """The notes that say most about an option: acts and demands before the rest, then by origins.

    ``notes`` in the order of telling.
    """
    return sorted(notes, key=lambda n: (n.how not in ACTS, n.tier, -n.origins))


def _exclusions(kept: Sequence[_Candidate], names: dict[int, str], now: str) -> tuple[Exclusion, ...]:
    found = []
    for a, one in enumerate(kept):
        for b, other in enumerate(kept):
            opposed = other.kind.id in one.kind.against or (a < b and one.kind.id in other.kind.against)
            if one.owner == other.owner and opposed and not (now[a] == now[b] == "Y"):
                reason = f"who does one cannot do the other: {one.kind.label}, {other.kind.label}"
                pair = " and ".join(sorted((names[id(one)], names[id(other)])))
                found.append(Exclusion(pair, reason, Support(note="from data/conflict/kinds.toml")))
    return tuple({e.when: e for e in found}.values())


def _preferences(
    sides: Sides,
    kept: Sequence[_Candidate],
    names: dict[int, str],
    home: dict[str, Group],
    ids: dict[Group, str],
    disputed: set[str],
) -> Iterable[Preference]:
    by_kind = {(home[c.owner], c.kind.id): names[id(c)] for c in kept}
    for group, party in ids.items():
        rows: list[tuple[int, str, list[Note], str]] = []
        for candidate in kept:
            taken = _taken(candidate)
            own = [n for n in candidate.notes if home[n.party] == group and n.sense]
            # Acts show what their doer wants now; those that the present contradicts show nothing.
            own = [n for n in own if n.taken is None or n.taken == taken]
            for sense in (1, -1):
                same = [n for n in own if n.sense == sense]
                rows += _statements(same, names[id(candidate)], sense, by_kind, home)
            if not taken and home[candidate.owner] == group:
                rows += _held_back(rows, names[id(candidate)])
        holds_both = {
            h for _, h, _, _ in rows if any(o == f"not {h}" or h == f"not {o}" for _, o, _, _ in rows)
        }
        tiers = sorted({tier for tier, *_ in rows})
        # The better supported side of a claim comes first in its tier: the first reading takes it.
        for tier, holds, notes, why in sorted(rows, key=lambda r: (r[0], -len(r[2]), r[1])):
            claim = f"{party} and {holds.removeprefix('not ')}" if holds in holds_both else ""
            side = "no" if holds.startswith("not ") else "yes"
            support = _support(sides, notes, home, disputed, note=why, claim=claim, side=side)
            if "held back" in why:
                support = replace(support, status="inferred")
            yield Preference(party, holds, tiers.index(tier) + 1, support=support)


def _held_back(
    rows: Sequence[tuple[int, str, list[Note], str]], option: str
) -> list[tuple[int, str, list[Note], str]]:
    """The other side of an offer that is not carried out: perhaps it is held back for something."""
    offered = [row for row in rows if row[1] == option and row[0] > 1]
    refused = any(row[1] == f"not {option}" for row in rows)
    return [(3, f"not {option}", row[2], "offered, and held back so far") for row in offered if not refused]


def _statements(
    notes: list[Note], option: str, sense: int, by_kind: dict[tuple[Group, str], str], home: dict[str, Group]
) -> list[tuple[int, str, list[Note], str]]:
    """What one party says of one option in one sense: plain, and once for each condition it names."""
    rows: dict[str, list[Note]] = {}
    for note in notes:
        holds = option if sense > 0 else f"not {option}"
        condition = None
        if note.condition is not None:
            kind, owner = note.condition
            condition = by_kind.get((home[owner], kind.id)) if owner in home else None
        if condition and condition != option:
            holds = f"{holds} if {condition}" if note.condition_sense > 0 else f"{holds} if not {condition}"
        rows.setdefault(holds, []).append(note)
    return [
        (min(n.tier for n in group), holds, _telling(group), ", ".join(dict.fromkeys(n.how for n in group)))
        for holds, group in rows.items()
    ]


def _moves(
    sides: Sides,
    kept: Sequence[_Candidate],
    names: dict[int, str],
    home: dict[str, Group],
    ids: dict[Group, str],
) -> Iterable[Move]:
    for candidate in kept:
        acts = [
            n for n in candidate.notes if n.how in ACTS and n.taken and home[n.party] == home[candidate.owner]
        ]
        if acts and _taken(candidate):
            first = min(acts, key=lambda n: n.date)
            support = Support("reported", (cite(sides.view, first.span),))
            yield Move(ids[home[candidate.owner]], (names[id(candidate)],), date=first.date, support=support)


def _disputed(sides: Sides) -> set[str]:
    """Ids of records that independent accounts deny or know nothing of."""
    return {
        record
        for difference in sides.view.layer("differences")
        if difference.kind in ("denial", "existence") and difference.state == "open"
        for record in difference.about
    }


def _support(
    sides: Sides,
    notes: Sequence[Note],
    home: dict[str, Group],
    disputed: set[str],
    *,
    note: str,
    claim: str = "",
    side: str = "yes",
) -> Support:
    cites = tuple(dict.fromkeys(cite(sides.view, n.span) for n in notes))[:MOST_QUOTES]
    if not claim and notes and all(n.record in disputed for n in notes):
        status = "disputed"
    elif any(not n.sayers for n in notes):
        status = "reported"
    elif all(any(home.get(s) == home[n.party] for s in n.sayers) for n in notes):
        status = "claimed"
    else:
        status = "third-party"
    return Support(status, cites, claim, side, note)


def cite(view: RecordView, span: Span) -> Cite:
    """A span as a citation with its exact words."""
    return Cite(span.article, view.article(span.article).words(span), span.start, span.end)


def _last_day(notes: Sequence[Note]) -> str:
    return max((n.date for n in notes), default="")
