"""Read one text with all readers: what the tests of the event readers share."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.events_gold import article
from detente.language import parse_articles
from detente.readers.index import ActorIndex
from detente.readers.registry import load_readers
from detente.record import Article, Event, Reading, Span


@dataclass
class Read:
    """An article, its reading, and names for ids."""

    article: Article
    reading: Reading
    actors: ActorIndex

    def names(self, ids: tuple[str, ...]) -> list[str]:
        return [self.actors.actors[i].name if i in self.actors.actors else i for i in ids]

    def countries(self, ids: tuple[str, ...]) -> set[str | None]:
        return {self.actors.actors[i].country for i in ids}

    def words(self, span: Span) -> str:
        return self.article.words(span)

    def event(self, kind: str) -> Event:
        found = [e for e in self.reading.events if e.type == kind]
        assert found, f"no {kind} in {[(e.type, e.lemma) for e in self.reading.events]}"
        return found[0]


def read(text: str, published: str | None = "2014-03-05") -> Read:
    """Read a text, one paragraph a line."""
    page = article("test", text, published)
    [parsed] = parse_articles([page])
    reading, actors = Reading(page.id), ActorIndex()
    for reader in load_readers():
        reader.read(parsed, reading, actors)
    return Read(page, reading, actors)
