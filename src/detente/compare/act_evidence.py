"""What speaks for and against two events of one story being one act.

The signs of a pair are weighed by regression trees that were learnt (``data/compare/acts.npz``, see
``training/merging/MODEL_CARD.md``).
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from detente.compare.actor_map import ActorMap
from detente.compare.cluster import Light
from detente.compare.parties import OPEN, nearest
from detente.compare.same import SOLID, jaccard
from detente.compare.stories.scorer import Scorer
from detente.compare.timeline import MATERIAL
from detente.compare.tolls.words import words as toll_words

STEM = 4
"""Letters that two forms of a word have in common (negotiate, negotiation)."""
SHARED = 0.3
"""Share of the words, by rarity, from which two verbs may tell one demand."""
LEAD = 400
"""Characters of a text that are its lead."""
MOST_AGAIN = 3.0
SIGNS = (
    "verb", "stem", "synonyms", "other_verbs", "code", "material", "again_verb", "again_code", "told_by",
    "doers", "done_to", "crossed", "strangers", "no_parties",
    "rare_words", "words", "numbers", "other_numbers", "leads",
)  # fmt: skip
"""What a pair is weighed by: the act, how often a report tells its like again and how many reports of the
story do; the parties; the words. All are shares of 1 but ``again_…``."""


@cache
def load_scorer() -> Scorer:
    """The trees of ``data/compare/acts.npz``."""
    with files("detente").joinpath("data/compare/acts.npz").open("rb") as source:
        arrays = np.load(source)
        return Scorer({name: arrays[name] for name in arrays.files})


@cache
def _verb_classes() -> dict[str, frozenset[str]]:
    text = files("detente").joinpath("data/compare/verbs.toml").read_text(encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in tomllib.loads(text).items():
        for word in words:
            found[word].add(name)
    return {word: frozenset(names) for word, names in found.items()}


def verb_classes(lemma: str) -> frozenset[str]:
    """The acts that a word may tell (``data/compare/verbs.toml``); none for a word that no class holds."""
    return _verb_classes().get(lemma, frozenset())


@cache
def _number_words() -> frozenset[str]:
    return frozenset(word[:6] for word, value in toll_words().numbers.items() if value > 1)


def _numbers(words: Iterable[str]) -> frozenset[str]:
    """The numbers among some words, but for years and long ones."""
    return frozenset(w for w in words if (w.isdigit() and len(w) < 4) or w in _number_words())


class Scene:
    """One story's events: how rare each word is among them, how often an act comes back."""

    def __init__(self, lights: Sequence[Light], actors: ActorMap) -> None:
        self.actors = actors
        held = Counter(word for light in lights for word in light.words)
        self._rarity = {word: math.log((len(lights) + 1) / count) for word, count in held.items()}
        self._weight = {x.id: sum(self._rarity[w] for w in sorted(x.words)) for x in lights}
        self._numbers = {light.id: _numbers(light.words) for light in lights}
        told: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        reports: dict[str, set[str]] = defaultdict(set)
        for light in lights:
            for key in _acts(light):
                told[key].add((light.article, light.lemma, light.actors))
                reports[key].add(light.article)
        total = len({light.article for light in lights})
        self._again = {key: min(MOST_AGAIN, len(told[key]) / len(reports[key]) - 1) for key in told}
        self._share = {key: len(reports[key]) / total for key in told}

    def signs(self, a: Light, b: Light) -> tuple[float, ...]:
        """What the two have in common and what not, in the order of ``SIGNS``."""
        return (*self._act_signs(a, b), *self._party_signs(a, b), *self._word_signs(a, b))

    def _act_signs(self, a: Light, b: Light) -> tuple[float, ...]:
        one_verb = bool(a.lemma) and a.lemma == b.lemma
        mine, theirs = verb_classes(a.lemma), verb_classes(b.lemma)
        (verb, code), (other_verb, other_code) = _acts(a), _acts(b)
        return (
            one_verb,
            bool(a.lemma) and a.lemma[:STEM] == b.lemma[:STEM],
            not one_verb and bool(mine & theirs),
            not one_verb and bool(mine and theirs) and not mine & theirs,
            bool(a.code) and a.code == b.code,
            a.kind in MATERIAL,
            max(self._again[verb], self._again[other_verb]),
            max(self._again[code], self._again[other_code]),
            min(self._share[code], self._share[other_code]),
        )

    def _party_signs(self, a: Light, b: Light) -> tuple[float, ...]:
        (doers, done_to), (other_doers, other_done_to) = a.actors, b.actors
        crossed = max(
            nearest(doers, other_done_to, self.actors), nearest(done_to, other_doers, self.actors)
        )  # a reader may take the one arrested for the one who arrests
        return (
            max(nearest(doers, other_doers, self.actors), 0.0),
            max(nearest(done_to, other_done_to, self.actors), 0.0),
            max(crossed, 0.0),
            self.strangers(done_to, other_done_to),
            not any(a.actors) or not any(b.actors),
        )

    def strangers(self, mine: frozenset[str], theirs: frozenset[str]) -> bool:
        """True for two descriptions without a word in common (spies, sailors), or one beside a state."""
        if not mine or not theirs or any(self.actors.types.get(x) == "person" for x in mine | theirs):
            return False
        return nearest(mine, theirs, self.actors) == OPEN

    def other_victims(self, a: Light, b: Light) -> bool:
        """True for strangers who suffer, but not for "captured 23 pirates" and "captured 23 raiders"."""
        if not self.strangers(a.actors[1], b.actors[1]):
            return False
        one_verb = bool(a.lemma) and a.lemma == b.lemma
        return not (one_verb and self._numbers[a.id] & self._numbers[b.id])

    def other_words(self, a: Light, b: Light) -> bool:
        """True for two verbs of what is only thought of, or said where few rare words are shared."""
        if not a.kind or a.lemma[:STEM] == b.lemma[:STEM]:
            return False
        if a.status not in SOLID:
            return True
        return a.kind not in MATERIAL and self._shared(a, b) < SHARED

    def _word_signs(self, a: Light, b: Light) -> tuple[float, ...]:
        mine, theirs = self._numbers[a.id], self._numbers[b.id]
        return (
            self._shared(a, b),
            jaccard(a.words, b.words),
            bool(mine & theirs),
            bool(mine and theirs) and not mine & theirs,
            ((a.start < LEAD) + (b.start < LEAD)) / 2,
        )

    def _shared(self, a: Light, b: Light) -> float:
        """The rarity of the words in common beside that of the shorter's words."""
        least = min(self._weight[a.id], self._weight[b.id])
        return sum(self._rarity[w] for w in sorted(a.words & b.words)) / least if least else 0.0


def _acts(light: Light) -> tuple[str, str]:
    """What an event does, by verb and by code."""
    return f"{light.kind}|v|{light.lemma[:STEM]}", f"{light.kind}|c|{light.code}"


def keys_of(light: Light) -> Iterable[str]:
    """What two events must have one of in common to be compared."""
    verb, code = _acts(light)
    yield verb
    if light.kind:
        yield code
        for actor in sorted(light.actors[0] | light.actors[1]):
            yield f"{light.kind}|a|{actor}"
