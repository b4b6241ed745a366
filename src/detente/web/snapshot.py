"""What every screen needs of a record at once: the articles' heads, names of actors, origins and issues.

Read once for each state of the store (a record is replaced as a whole), then shared by all readers.
Whatever is costly and the same for every reader is kept in ``memo``, bounded.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from detente.errors import UsageError
from detente.record import Actor, Date, Origin, Versions, from_json
from detente.store import SqlView
from detente.store.finding import find_actors

T = TypeVar("T")
MEMO = 400  # aggregates kept; the oldest goes first


@dataclass(frozen=True, slots=True)
class Head:
    """An article without its text. ``day`` is the day of publication, empty when unknown or vague."""

    id: str
    outlet: str
    title: str
    published: Date
    day: str
    origin: str
    source: str
    url: str
    notes: tuple[str, ...]
    language: str

    def known(self, day: str) -> bool:
        """True when it was out on a day; a report dated to a month counts from its first day."""
        return self.published.known and bool(self.published.from_) and self.published.from_[:10] <= day


@dataclass(frozen=True, slots=True)
class ActorHead:
    """An actor without its mentions."""

    id: str
    name: str
    names: tuple[str, ...]
    type: str
    country: str
    mentions: int


@dataclass
class Snapshot:
    """One state of a store, as shared by every request."""

    key: str
    heads: dict[str, Head]
    actors: dict[str, ActorHead]
    origins: dict[str, Origin]
    issues: dict[str, str]
    counts: dict[str, int]
    versions: dict[str, Versions] = field(default_factory=dict)  # by article
    words: dict[str, list[str]] = field(default_factory=dict)
    _memo: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def memo(self, key: Any, make: Callable[[], T]) -> T:
        """The value of ``make``, made once for this state of the store."""
        with self._lock:
            if key in self._memo:
                self._memo.move_to_end(key)
                return cast(T, self._memo[key])
        value = make()
        with self._lock:
            self._memo[key] = value
            while len(self._memo) > MEMO:
                self._memo.popitem(last=False)
        return value

    def find_actors(self, name: str) -> tuple[str, ...]:
        """Ids of the actors that a name, a part of one or an id stands for.

        Raises:
            UsageError: none; the hint names the nearest.
        """
        if name in self.actors:
            return (name,)
        return self.memo(("actors named", name), lambda: self._named(name))

    def _named(self, name: str) -> tuple[str, ...]:
        """Only actors with the rarest of the words are looked at; all when none has it, for the hint."""
        candidates = [self.words.get(part, []) for part in _fold(name).split()]
        near = [self.actors[i] for i in min(candidates, key=len, default=[])]
        return _ids(near or list(self.actors.values())[:5_000], name)

    def actors_of_words(self, text: str) -> tuple[str, ...]:
        """Ids of the actors with all these words, or words that begin so, in one of their names."""
        wanted = _fold(text.replace('"', " ").replace("*", " ")).split()
        found: set[str] | None = None
        for part in wanted:
            mine = {i for word, ids in self.words.items() if word.startswith(part) for i in ids}
            found = mine if found is None else found & mine
        return tuple(sorted(found or ()))

    def outlet_articles(self, outlet: str) -> tuple[str, ...]:
        """Ids of an outlet's articles.

        Raises:
            UsageError: no article is of that outlet.
        """
        wanted = _fold(outlet)
        found = tuple(h.id for h in self.heads.values() if _fold(h.outlet) == wanted)
        if not found:
            raise UsageError(
                f"No report is of the outlet {outlet!r}.", hint="See the coverage on the briefing."
            )
        return found

    @property
    def days(self) -> tuple[str, str]:
        """First and last day of publication; empty when no report is dated."""
        return self.memo("days", lambda: _ends(h.day for h in self.heads.values() if h.day))


def read_snapshot(view: SqlView, key: str) -> Snapshot:
    """Read what is shared. About 0.1 s for each 5,000 articles."""
    heads = {h.id: h for h in _heads(view)}
    actors = {a.id: a for a in _actors(view)}
    words: dict[str, list[str]] = defaultdict(list)
    for actor in actors.values():
        for word in sorted({w for n in (actor.name, *actor.names) for w in _fold(n).split()}):
            words[word].append(actor.id)
    return Snapshot(
        key,
        heads,
        actors,
        {o.id: o for o in view.layer("origins")},
        {i.id: i.label for i in view.layer("issues")},
        view.counts(),
        {a: versions for versions in view.layer("versions") for a in versions.articles},
        dict(words),
    )


def state_of(view: SqlView) -> str:
    """What tells one state of a store from another, cheaply."""
    rows = view.select("SELECT key, value FROM meta WHERE key IN ('records', 'compared') ORDER BY key")
    return "\0".join(value for _, value in rows)


def _heads(view: SqlView) -> Iterator[Head]:
    rows = view.select(
        "SELECT r.json, substr(a.text, CAST(json_extract(r.json, '$.headline.start') AS INTEGER) + 1,"
        " CAST(json_extract(r.json, '$.headline.end') AS INTEGER)"
        " - CAST(json_extract(r.json, '$.headline.start') AS INTEGER))"
        " FROM records AS r JOIN articles AS a ON a.id = r.id"
        " WHERE r.layer = 'articles' ORDER BY r.sort, r.id"
    )
    for line, headline in rows:
        data = json.loads(line)
        published = from_json(Date, data["published"])
        exact = published.known and published.precision in ("minute", "hour", "day")
        source = str(data["source"])
        yield Head(
            id=data["id"],
            outlet=data["outlet"] or data["host"] or source.rsplit("/", 1)[-1],
            title=" ".join((headline or data.get("title") or "(no headline)").split()),
            published=published,
            day=published.from_[:10] if exact else "",
            origin=data["origin"] or "",
            source=source,
            url=data.get("url") or "",
            notes=tuple(data.get("notes") or ()),
            language=data["language"],
        )


def _actors(view: SqlView) -> Iterator[ActorHead]:
    rows = view.select(
        "SELECT id, json_extract(json, '$.name'), json_extract(json, '$.names'), kind,"
        " json_extract(json, '$.country'), json_array_length(json, '$.mentions')"
        " FROM records WHERE layer = 'actors' ORDER BY sort, id"
    )
    for identity, name, names, kind, country, mentions in rows:
        yield ActorHead(identity, name, tuple(json.loads(names)), kind or "", country or "", mentions or 0)


def _ids(actors: list[ActorHead], name: str) -> tuple[str, ...]:
    return tuple(a.id for a in find_actors(cast(list[Actor], actors), name))


def _ends(days: Iterator[str]) -> tuple[str, str]:
    found = sorted(days)
    return (found[0], found[-1]) if found else ("", "")


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())
