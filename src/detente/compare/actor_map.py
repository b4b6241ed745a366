"""Which actor of the pile each article's actors are, and what the pile's actors are called.

Memory: some 25 bytes an actor of an article, and the names of the pile's actors, each once.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from detente.compare.ids import Ids
from detente.record import Actor

V = TypeVar("V")
FEW = 8  # articles: what more have for an unnamed actor is worked out once


class ActorMap:
    """Local actor id → the id of the actor of the pile; ``names``, ``types`` and ``country`` of these by id.

    An unnamed actor is one of its own and keeps its id; the map does not contain it.
    """

    def __init__(self) -> None:
        self._ids = Ids()
        self._label = array("I")  # of each local actor, the number of its label; 0: unnamed
        self._labels: dict[str, int] = {"": 0}
        self._group: list[str] = [""]  # of each label, the actor of the pile
        self._words: dict[str | None, int] = {}
        self._texts: list[str | None] = []
        self._name = array("I")  # of each local actor that is unnamed, its name and its country
        self._country = array("I")
        self._often: dict[tuple[str, bool], str | None] = {}
        self.names: Told[str] = Told({}, lambda actor_id: self._unnamed(actor_id, self._name))
        self.types: Told[str] = Told(
            {}, lambda actor_id: "unnamed" if self._unnamed(actor_id, self._name) is not None else None
        )
        self.country: Told[str | None] = Told({}, lambda actor_id: self._unnamed(actor_id, self._country))

    def add(self, actor_id: str, label: str) -> None:
        """Enter a local actor under the label that it shares with others."""
        self._ids.add(actor_id)
        self._label.append(self._labels.setdefault(label, len(self._labels)))
        self._name.append(0)
        self._country.append(0)

    def add_unnamed(self, actor: Actor) -> None:
        """Enter a local actor that is no other's."""
        self._ids.add(actor.id)
        self._label.append(0)
        self._name.append(self._number(actor.name))
        self._country.append(self._number(actor.country or None))

    def name(
        self, group_id: str, labels: Iterable[str], *, name: str, type: str, country: str | None
    ) -> None:
        """Say which labels are one actor of the pile, and what it is called."""
        self._group += [""] * (len(self._labels) - len(self._group))
        for label in labels:
            self._group[self._labels[label]] = group_id
        self.names.by_id[group_id] = name
        self.types.by_id[group_id] = type
        self.country.by_id[group_id] = country

    def __contains__(self, actor_id: object) -> bool:
        number = self._ids.find(actor_id) if isinstance(actor_id, str) else None
        return number is not None and self._label[number] > 0

    def __getitem__(self, actor_id: str) -> str:
        number = self._ids.find(actor_id)
        return actor_id if number is None else self._group[self._label[number]] or actor_id

    def all(self, actor_ids: Iterable[str]) -> tuple[str, ...]:
        """Every id rewritten, each once, in order."""
        return tuple(dict.fromkeys(self[i] for i in actor_ids))

    def _number(self, text: str | None) -> int:
        number = self._words.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number

    def _unnamed(self, actor_id: str, texts: array[int]) -> str | None:
        """The most frequent text of those that articles have for an actor, of several the longest."""
        asked = (actor_id, texts is self._name)
        if asked in self._often:
            return self._often[asked]
        numbers = [n for n in self._ids.find_all(actor_id) if not self._label[n]]
        if len(numbers) == 1:
            return self._texts[texts[numbers[0]]]
        found = Counter(text for n in numbers if (text := self._texts[texts[n]]) is not None)
        text = min(found, key=lambda text: (-found[text], -len(text), text), default=None)
        if len(numbers) > FEW:
            self._often[asked] = text
        return text


class Told(Mapping[str, V], Generic[V]):
    """What is told of the actors of the pile, by id: of the named in ``by_id``, of the others asked for."""

    def __init__(self, by_id: dict[str, V], of_unnamed: Callable[[str], V | None]) -> None:
        self.by_id = by_id
        self._of_unnamed = of_unnamed

    def __getitem__(self, actor_id: str) -> V:
        if actor_id in self.by_id:
            return self.by_id[actor_id]
        return self._of_unnamed(actor_id)  # type: ignore[return-value]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)
