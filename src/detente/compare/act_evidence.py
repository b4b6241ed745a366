"""What speaks for and against two events of one story being one act, weighed as log-odds.

The weights stand in ``data/compare/acts_joined.toml``.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.compare.actors import ActorMap
from detente.compare.cluster import Light
from detente.compare.same import dates_fit, places_fit, status_fits
from detente.compare.timeline import MATERIAL
from detente.compare.tolls.words import words as toll_words

STEM = 4
"""Letters that two forms of a word have in common (negotiate, negotiation)."""
RESOLVED = ("person", "state", "organisation")
SAME, NEAR, OPEN, OTHER = 1.0, 0.5, 0.0, -1.0
"""How two parties stand: one, of one house (a state and its navy), nobody knows, two."""
SHARED = 0.3
"""Share of the words, by rarity, that two tellings of one verbal act have in common."""
MUTUAL = frozenset(("CONSULT",))


@dataclass(frozen=True, slots=True)
class Weights:
    """``start`` and a weight a sign, in log-odds; ``margin``: by how much a rival must be weaker."""

    start: float
    margin: float
    signs: dict[str, float]


@cache
def load_weights() -> Weights:
    """The weights of ``data/compare/acts_joined.toml``."""
    text = files("detente").joinpath("data/compare/acts_joined.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Weights(data["start"], data["margin"], data["signs"])


class Scene:
    """One story's events: how rare each word is among them, and the signs of a pair."""

    def __init__(self, lights: Sequence[Light], actors: ActorMap) -> None:
        self.actors = actors
        held = Counter(word for light in lights for word in light.words)
        self._rarity = {word: math.log((len(lights) + 1) / count) for word, count in held.items()}
        self._weight = {x.id: sum(self._rarity[w] for w in sorted(x.words)) for x in lights}
        self._numbers = {light.id: _numbers(light.words) for light in lights}

    def keys(self, light: Light) -> Iterable[str]:
        """What two events must have one of in common to be compared."""
        yield f"{light.kind}|v|{light.lemma[:STEM]}"
        if light.kind:
            yield f"{light.kind}|c|{light.code}"
            for actor in sorted(light.actors[0] | light.actors[1]):
                yield f"{light.kind}|a|{actor}"

    def allows(self, a: Light, b: Light) -> bool:
        """False for what only ``same.event_fit`` may join.

        That is two tellings of one report, two verbs without a party in common, and what is said to somebody
        (a call, a charge) unless verb, doer, and hearer or words are one.
        """
        if a.article == b.article:
            return False
        verb = a.lemma[:STEM] == b.lemma[:STEM]
        doers, done_to = (_stand(x, y, self.actors) for x, y in zip(a.actors, b.actors, strict=True))
        if a.kind in MATERIAL or not a.kind:
            return verb or doers > 0 or done_to > 0
        return verb and doers > 0 and (done_to > 0 or self._shared(a, b) >= SHARED)

    def odds(self, a: Light, b: Light, weights: Weights) -> float:
        """The log-odds that two events are one act."""
        return weights.start + sum(weights.signs[name] * value for name, value in self.signs(a, b).items())

    def signs(self, a: Light, b: Light) -> dict[str, float]:
        """What the two have in common and what not, each between 0 and 1."""
        doers, done_to = (
            _stand(a.actors[0], b.actors[0], self.actors),
            _stand(a.actors[1], b.actors[1], self.actors),
        )
        crossed = max(
            _stand(a.actors[0], b.actors[1], self.actors), _stand(a.actors[1], b.actors[0], self.actors)
        )
        mine, theirs = self._numbers[a.id], self._numbers[b.id]
        return {
            "lemma": float(bool(a.lemma) and a.lemma == b.lemma),
            "stem": float(bool(a.lemma) and a.lemma[:STEM] == b.lemma[:STEM]),
            "code": float(bool(a.code) and a.code == b.code),
            "doers": max(doers, 0.0),
            "other_doers": float(doers < 0),
            "done_to": max(done_to, 0.0),
            "other_done_to": float(done_to < 0),
            "crossed": max(crossed, 0.0),
            "strangers": float(self._strangers(a.actors[1], b.actors[1])),
            "words": self._shared(a, b),
            "numbers": float(bool(mine & theirs)),
            "other_numbers": float(bool(mine and theirs and not mine & theirs)),
            "one_report": float(a.article == b.article),
            "no_parties": float(not any(a.actors) or not any(b.actors)),
        }

    def _strangers(self, mine: frozenset[str], theirs: frozenset[str]) -> bool:
        """True for two descriptions without a word in common (spies, sailors), or one beside a state."""
        persons = {self.actors.types.get(x) == "person" for x in (*mine, *theirs)}
        return (
            bool(mine) and bool(theirs) and True not in persons and _stand(mine, theirs, self.actors) == OPEN
        )

    def _shared(self, a: Light, b: Light) -> float:
        """The rarity of the words in common beside that of the shorter's words."""
        least = min(self._weight[a.id], self._weight[b.id])
        return sum(self._rarity[w] for w in sorted(a.words & b.words)) / least if least else 0.0


@cache
def _number_words() -> frozenset[str]:
    return frozenset(word[:6] for word, value in toll_words().numbers.items() if value > 1)


def _numbers(words: Iterable[str]) -> frozenset[str]:
    """The numbers among some words, but for years and long ones."""
    return frozenset(w for w in words if (w.isdigit() and len(w) < 4) or w in _number_words())


def exclude(a: Light, b: Light, actors: ActorMap) -> bool:
    """True when two events cannot be one act: other kind, status, place, day, or named counterparts."""
    if a.kind != b.kind or not status_fits(a, b) or not places_fit(a, b) or not dates_fit(a, b):
        return True
    if a.kind in MUTUAL:
        return _other_company(a.actors[0] | a.actors[1], b.actors[0] | b.actors[1], actors)
    return any(_wholly_other(mine, theirs, actors) for mine, theirs in zip(a.actors, b.actors, strict=True))


def _wholly_other(mine: frozenset[str], theirs: frozenset[str], actors: ActorMap) -> bool:
    return bool(mine) and bool(theirs) and all(relate(x, y, actors) == OTHER for x in mine for y in theirs)


def _other_company(mine: frozenset[str], theirs: frozenset[str], actors: ActorMap) -> bool:
    """True when each of two companies has somebody whom the other excludes."""

    def stranger(these: frozenset[str], those: frozenset[str]) -> bool:
        return any(all(relate(x, y, actors) == OTHER for y in those) for x in these)

    if not mine or not theirs:
        return False
    return stranger(mine, theirs) and stranger(theirs, mine)


def _stand(mine: frozenset[str], theirs: frozenset[str], actors: ActorMap) -> float:
    """How the nearest two of two lists of parties stand."""
    return max((relate(x, y, actors) for x in mine for y in theirs), default=OPEN)


def relate(x: str, y: str, actors: ActorMap) -> float:
    """How two actors stand: ``OTHER`` only where both are named, known and exclude one another."""
    if x == y:
        return SAME
    kinds = actors.types.get(x, ""), actors.types.get(y, "")
    if _name_words(x, actors) & _name_words(y, actors):
        return NEAR
    if kinds[0] not in RESOLVED or kinds[1] not in RESOLVED:
        return OPEN
    countries = actors.country.get(x), actors.country.get(y)
    if kinds[0] == kinds[1] and kinds[0] in ("person", "state"):
        return OTHER
    if not all(countries):
        return OPEN
    return NEAR if countries[0] == countries[1] and kinds[0] != kinds[1] else OTHER


def _name_words(actor: str, actors: ActorMap) -> frozenset[str]:
    return frozenset(actors.names.get(actor, "").casefold().split())
