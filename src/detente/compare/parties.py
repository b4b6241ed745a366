"""How the parties of two events stand to each other, and what two events cannot both be.

A conflict needs two sides that are resolved: a description ("officials", "the man"), an actor without a
country beside one of another kind, or an unknown day conflicts with nothing.
"""

from __future__ import annotations

from detente.compare.actor_map import ActorMap
from detente.compare.cluster import NO_DAY, Light
from detente.compare.same import dates_fit, places_fit, status_fits

RESOLVED = ("person", "state", "organisation")
SAME, NEAR, OPEN, OTHER = 1.0, 0.5, 0.0, -1.0
"""How two parties stand: one; of one house (a state and its navy) or one description; nobody knows; two."""
MUTUAL = frozenset(("CONSULT",))
"""Types of acts that the parties do together."""
Parties = frozenset[str]


def conflicts(a: Light, b: Light, actors: ActorMap) -> tuple[bool | None, ...]:
    """Whether two events agree in what one act has but one of: status, place, day, and its parties.

    None where one of the two leaves it open; True for a conflict. An act that two do together (a meeting) has
    one company; of other acts doers and done-to are looked at each by itself.
    """
    place = not places_fit(a, b) if a.place and b.place else None
    day = not dates_fit(a, b)
    unknown = NO_DAY in (a.first, b.first) and not day
    if a.kind in MUTUAL:
        company = _other_company(a.actors[0] | a.actors[1], b.actors[0] | b.actors[1], actors)
        return not status_fits(a, b), place, None if unknown else day, company, None
    doers, done_to = (_wholly_other(x, y, actors) for x, y in zip(a.actors, b.actors, strict=True))
    return not status_fits(a, b), place, None if unknown else day, doers, done_to


def _wholly_other(mine: Parties, theirs: Parties, actors: ActorMap) -> bool | None:
    """True when each of one side excludes each of the other; None where a description leaves that open."""
    found = {relate(x, y, actors) for x in mine for y in theirs}
    return None if not found or found == {OPEN} else found == {OTHER}


def _other_company(mine: Parties, theirs: Parties, actors: ActorMap) -> bool | None:
    """True when each of two companies has somebody whom the other excludes; None where one is not told."""

    def stranger(these: Parties, those: Parties) -> bool:
        return any(all(relate(x, y, actors) == OTHER for y in those) for x in these)

    if not mine or not theirs:
        return None
    return stranger(mine, theirs) and stranger(theirs, mine)


def nearest(mine: Parties, theirs: Parties, actors: ActorMap) -> float:
    """How the nearest two of two lists of parties stand."""
    return max((relate(x, y, actors) for x in mine for y in theirs), default=OPEN)


def relate(x: str, y: str, actors: ActorMap) -> float:
    """How two actors stand: ``OTHER`` only where both are resolved and exclude one another."""
    kinds = actors.types.get(x, ""), actors.types.get(y, "")
    if x == y:
        return SAME if kinds[0] in RESOLVED else NEAR
    first, second = _name_words(x, actors), _name_words(y, actors)
    if kinds == ("state", "state") or (kinds == ("person", "person") and len(first) > 1 < len(second)):
        return OTHER
    if first & second:
        return NEAR
    if kinds[0] not in RESOLVED or kinds[1] not in RESOLVED:
        return OPEN
    if kinds == ("person", "person"):
        return OTHER
    countries = actors.country.get(x), actors.country.get(y)
    if not all(countries):
        return OPEN
    return NEAR if countries[0] == countries[1] and kinds[0] != kinds[1] else OTHER


def _name_words(actor: str, actors: ActorMap) -> frozenset[str]:
    return frozenset(actors.names.get(actor, "").casefold().split())
