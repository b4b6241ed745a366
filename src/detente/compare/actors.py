"""One actor a pile, however the articles write it.

1. Actors with the same key are one (the reader already knows states, offices and organisations).
2. Persons with full names are one when first and last name are spellings of each other and their
   countries do not conflict; different first names stay two persons.
3. A person with a surname alone joins the one person of that surname, if there is just one that fits,
   else the one who leads a state.
4. "The French foreign minister" of an article that does not name him joins the one person whom the pile
   gives that office.

Other actors are one when type and name agree letter by letter. Unnamed actors are never merged: two
"senior officials" are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.compare.actor_map import ActorMap
from detente.compare.groups import Groups
from detente.compare.names import name_tokens, same_name, skeleton
from detente.compare.order import Order
from detente.compare.shelf import Sorter
from detente.record import Actor, Reading, Role, Span, make_id

# Offices whose holder a bare surname means.
_LEADING = frozenset(["president", "prime minister", "chancellor", "supreme leader", "general secretary"])
# Offices of one seat a country.
_SEATS = _LEADING | frozenset(
    ["foreign minister", "defence minister", "interior minister", "finance minister", "monarch"]
)


@dataclass(slots=True)
class Profile:
    """What is kept of the local actors that bear one name: enough to decide, without their mentions."""

    label: str
    type: str
    tokens: tuple[str, ...]
    country: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    titles: set[tuple[str, str | None]] = field(default_factory=set)
    reports: int = 0


def profile_label(actor: Actor) -> str:
    """What the reader holds to be one actor: its key, else type and name; unnamed ones stand alone."""
    if actor.type == "unnamed":
        return actor.id
    name = " ".join((*name_tokens(actor.name), f"({actor.country})"))
    return f"{actor.type}|{actor.key or name}"


def map_actors(
    readings: Iterable[Reading],
    *,
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> ActorMap:
    """Decide which local actors are one. ``same`` and ``apart`` are people's judgements on actor ids."""
    same = list(same)
    judged = {actor_id for pair in same for actor_id in pair}
    profiles: dict[str, Profile] = {}
    result = ActorMap()
    labels: dict[str, str] = {}
    for reading in readings:
        for actor in reading.actors:
            if actor.type == "unnamed" and actor.id not in judged:
                result.add_unnamed(actor)
                continue
            label = profile_label(actor)
            _enter(profiles, label, actor)
            result.add(actor.id, label)
            if actor.id in judged:
                labels[actor.id] = label
    groups: Groups[str] = Groups()
    _join_persons(profiles, groups, frozenset(frozenset(pair) for pair in apart))
    _join_offices(profiles, groups)
    _apply_same(groups, labels, profiles, same)
    for members in groups.members(sorted(profiles)).values():
        _name_group([profiles[m] for m in members], result)
    return result


def _apply_same(
    groups: Groups[str], local: dict[str, str], profiles: dict[str, Profile], same: list[tuple[str, str]]
) -> None:
    by_id = {_group_id([profiles[label]]): label for label in profiles} if same else {}
    for one, other in same:
        first, second = (local.get(i) or by_id.get(i) for i in (one, other))
        if first and second:
            groups.join(first, second)


def _enter(profiles: dict[str, Profile], label: str, actor: Actor) -> None:
    profile = profiles.get(label)
    if profile is None:
        profile = profiles[label] = Profile(label, actor.type, name_tokens(actor.name))
    tokens = name_tokens(actor.name)
    if len(tokens) > len(profile.tokens):
        profile.tokens = tokens
    profile.reports += 1
    profile.names[actor.name] += 1
    profile.titles.update((role.title, role.of) for role in actor.roles)
    if actor.country:
        profile.country[actor.country] += 1


def _join_persons(
    profiles: dict[str, Profile], groups: Groups[str], apart: frozenset[frozenset[str]]
) -> None:
    by_surname: dict[str, list[Profile]] = defaultdict(list)
    for label in sorted(profiles):
        profile = profiles[label]
        if profile.type == "person" and profile.tokens:
            by_surname[_block(profile.tokens[-1])].append(profile)
    for block in by_surname.values():
        full = [p for p in block if len(p.tokens) > 1]
        for i, one in enumerate(full):
            for other in full[i + 1 :]:
                if _same_person(one, other) and not _kept_apart(one, other, apart):
                    groups.join(one.label, other.label)
        for profile in block:
            if len(profile.tokens) == 1:
                _join_surname(profile, full, groups)
    _join_misread(profiles, by_surname, groups)


def _join_misread(
    profiles: dict[str, Profile], by_surname: dict[str, list[Profile]], groups: Groups[str]
) -> None:
    """A surname alone that one article took for an organisation is the person whom the pile names in full."""
    for label in sorted(profiles):
        profile = profiles[label]
        if profile.type == "organisation" and len(profile.tokens) == 1 and not profile.country:
            full = [p for p in by_surname.get(_block(profile.tokens[0]), ()) if len(p.tokens) > 1]
            exact = [p for p in full if p.tokens[-1] == profile.tokens[0]]
            if len({groups.find(p.label) for p in exact}) == 1:
                groups.join(profile.label, exact[0].label)


def _block(surname: str) -> str:
    """Surnames that may be one: the consonants of the skeleton's first half (edits keep to the block)."""
    return skeleton(surname)[:3]


def _kept_apart(one: Profile, other: Profile, apart: frozenset[frozenset[str]]) -> bool:
    return bool(apart) and frozenset((_group_id([one]), _group_id([other]))) in apart


def _fits(one: Profile, other: Profile) -> bool:
    """Countries do not conflict: one is unknown, or they share one."""
    return not one.country or not other.country or bool(set(one.country) & set(other.country))


def _same_person(one: Profile, other: Profile) -> bool:
    return (
        _fits(one, other)
        and same_name(one.tokens[-1], other.tokens[-1])
        and same_name(one.tokens[0], other.tokens[0])
    )


def _join_surname(profile: Profile, full: list[Profile], groups: Groups[str]) -> None:
    fitting = [p for p in full if _fits(profile, p) and same_name(profile.tokens[0], p.tokens[-1])]
    if len({groups.find(p.label) for p in fitting}) > 1:
        fitting = _leaders(fitting)  # of two Kennedys, the bare surname is the president
    if len({groups.find(p.label) for p in fitting}) == 1:
        groups.join(profile.label, fitting[0].label)


def _leaders(profiles: list[Profile]) -> list[Profile]:
    return [p for p in profiles if any(title in _LEADING for title, _ in p.titles)]


def _join_offices(profiles: dict[str, Profile], groups: Groups[str]) -> None:
    """The holder whom one article leaves unnamed is the one person whom the pile gives that seat."""
    holders: dict[tuple[str, str | None], list[Profile]] = defaultdict(list)
    for label in sorted(profiles):
        profile = profiles[label]
        if profile.type == "person" and "|office:" not in label:
            for title in sorted((t for t in profile.titles if t[0] in _SEATS), key=str):
                holders[title].append(profile)
    for label in sorted(profiles):
        _, _, office = label.partition("|office:")
        country, _, seat = office.partition(":")
        found = holders.get((seat, country), []) if office else []
        if len({groups.find(p.label) for p in found}) == 1:
            groups.join(label, found[0].label)


def _by_name(members: list[Profile]) -> list[Profile]:
    """Those who have a name of their own; an office's description names nobody who has one."""
    return [p for p in members if "|office:" not in p.label] or members


def _group_id(members: list[Profile]) -> str:
    members = _by_name(members)
    longest = max(len(p.tokens) for p in members)
    best = min((p for p in members if len(p.tokens) == longest), key=lambda p: (-p.reports, p.label))
    return best.label if best.type == "unnamed" else make_id("ac", best.label)


def _name_group(members: list[Profile], result: ActorMap) -> None:
    group_id = _group_id(members)
    named = _by_name(members)
    full = [p for p in named if len(p.tokens) > 1] or named
    names: Counter[str] = Counter()
    country: Counter[str] = Counter()
    for profile in full:
        names.update(profile.names)
    for profile in members:
        country.update(profile.country)
    result.name(
        group_id,
        [profile.label for profile in members],
        name=min(names, key=lambda n: (-names[n], -len(n), n)),
        type=full[0].type,
        country=min(country, key=lambda c: (-country[c], c)) if country else None,
    )


@dataclass(slots=True)
class _Gathered:
    names: set[str] = field(default_factory=set)
    part_of: Counter[str] = field(default_factory=Counter)
    sector: Counter[str] = field(default_factory=Counter)
    roles: dict[tuple[object, ...], list[Span]] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    readers: Counter[str] = field(default_factory=Counter)
    confidence: float = 0.0


def merge_actors(
    readings: Iterable[Reading], actors: ActorMap, order: Order | None = None
) -> Iterator[Actor]:
    """The actors of the pile with all their names, roles and mentions, in the order of ids.

    Mentions, and the evidence of roles, stand in ``order``, that of telling; None: in that of ids.
    """
    order = order or Order()
    found: Sorter[str, Actor] = Sorter(Actor)
    for reading in readings:
        for actor in reading.actors:
            found.add(actors[actor.id], actor)
    for actor_id, local in found.streams():
        gathered = _Gathered()
        for actor in local:
            _gather(gathered, actor, actors)
        yield _actor(actor_id, gathered, actors, order)


def _gather(into: _Gathered, actor: Actor, actors: ActorMap) -> None:
    into.names.update(actor.names or (actor.name,))
    into.mentions.extend(actor.mentions)
    if actor.part_of in actors:  # a reader may name a whole that it did not enter
        into.part_of[actors[str(actor.part_of)]] += 1
    if actor.sector:
        into.sector[actor.sector] += 1
    for role in actor.roles:
        into.roles.setdefault((role.title, role.of, role.from_, role.to), []).extend(role.evidence)
    if actor.key and actor.type == actors.types[actors[actor.id]]:
        into.keys.add(actor.key)
    into.readers[actor.reader] += 1
    into.confidence = max(into.confidence, actor.confidence)


def _most(counter: Counter[str]) -> str | None:
    return min(counter, key=lambda k: (-counter[k], k)) if counter else None


def _actor(actor_id: str, found: _Gathered, actors: ActorMap, order: Order) -> Actor:
    roles = tuple(
        Role(str(title), of, from_, to, tuple(order.spans(spans)))  # type: ignore[arg-type]
        for (title, of, from_, to), spans in sorted(found.roles.items(), key=lambda item: str(item[0]))
    )
    wholes = found.part_of
    part_of = min(wholes, key=lambda k: (-wholes[k], actors.names.get(k) or "", k)) if wholes else None
    return Actor(
        id=actor_id,
        name=actors.names[actor_id],
        names=tuple(sorted(found.names)),
        type=actors.types[actor_id],
        country=actors.country[actor_id],
        part_of=part_of if part_of != actor_id else None,
        roles=roles,
        mentions=tuple(order.spans(found.mentions)),
        sector=_most(found.sector),
        key=min(found.keys, key=lambda key: (key.startswith("office:"), key), default=""),
        reader=_most(found.readers) or "",
        confidence=found.confidence,
    )
