"""What every store offers: looking at a record, and taking one in. One suite of tests runs over all stores.

:class:`RecordView` is the looking half (an exported folder offers it too, so that ``check`` reads
both alike); :class:`Store` adds the writing half that ``pipeline.py`` uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from detente.record import Abstention, Article, Reading, Refusal, Span

if TYPE_CHECKING:
    from detente.compare import Judgement, Pile
    from detente.record.packed import PackedReading

INPUT_STATUSES = ("read", "duplicate", "refused", "skipped")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that came in, and what became of it: ``status`` is one of ``INPUT_STATUSES``.

    A ``duplicate`` is a page whose article another input holds as well; ``article`` names it.
    ``reason`` is a stable code and ``detail`` a sentence, for what was refused or skipped; ``number``
    says how many records of a file were skipped for that reason.
    """

    source: str
    sha256: str
    status: str
    reason: str = ""
    detail: str = ""
    article: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records of a layer are asked for; what is left out does not narrow.

    ``actors`` are ids, any of which must take part (for statements: speak; for positions: hold it).
    ``since`` and ``until`` are ISO days; a record whose range of days touches theirs is in, an undated
    one is out. ``known_since`` and ``known_until`` ask when the first report of it was published (undated
    reports: never). ``names`` are ids that the record names in any field, any of which will do;
    ``articles`` are those it rests on, any of which will do; ``text`` are words as for the search, found in
    an article's body, in the words that a record cites, or in the names of an actor, origin, issue or story.
    """

    kind: str | None = None
    status: str | None = None
    severity: str | None = None
    actors: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    known_since: str | None = None
    known_until: str | None = None
    names: tuple[str, ...] | None = None
    articles: tuple[str, ...] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place the search found: the words with some context, as offsets into the article's text.

    ``id`` is the article's or the statement's; ``span`` the sentence or so around the find, ``marks``
    the found words themselves.
    """

    id: str
    layer: str
    span: Span
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Resting:
    """A record that rests on words of an article, or names another record: ``field`` says how."""

    layer: str
    id: str
    field: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The run: what made the record and from which inputs."""

    record_version: str
    tool_version: str
    model: str
    readers: tuple[str, ...]
    inputs: tuple[Input, ...]
    counts: dict[str, int] = field(default_factory=dict)
    abstentions: dict[str, int] = field(default_factory=dict)
    pending: int = 0
    compared: bool = True


class RecordView(Protocol):
    """Looking at a record. Nothing here writes."""

    def manifest(self) -> Manifest:
        """The run."""
        ...

    def counts(self) -> dict[str, int]:
        """How many records each layer has."""
        ...

    def lines(self, layer: str) -> Iterator[str]:
        """A layer as JSON lines without their newline, in the order of the export."""
        ...

    def layer(self, name: str, *, where: Filter | None = None, limit: int | None = None) -> Iterator[Any]:
        """The records of a layer, in the order of the export."""
        ...

    def article(self, article_id: str) -> Article:
        """One article by its id."""
        ...

    def text_hashes(self) -> Iterator[tuple[str, str, str]]:
        """Each article's id, its text's SHA-256 as stored, and as it is now."""
        ...


class Store(RecordView, Protocol):
    """A place that keeps a record and what it was made from; also the ``ParseCache`` of the parser.

    ``path`` is what :func:`detente.store.look_at` opens it by, unless it is held in memory.
    """

    path: str

    def pile(self) -> Pile:
        """The articles as read and their readings: what the comparison reads, streaming."""
        ...

    def judgements(self) -> list[Judgement]:
        """What people decided, in the order of time."""
        ...

    def add_judgement(self, judgement: Judgement) -> str:
        """Keep what a person decided; the next comparison applies it. Gives the judgement's id."""
        ...

    # the parser's cache
    def load_parses(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The kept parses among ``keys``."""
        ...

    def save_parses(self, parses: dict[str, bytes]) -> None:
        """Keep new parses."""
        ...

    # what came in
    def seen(self, sha256: str, path: str | None = None) -> bool:
        """True when a file of this content was read to its end before (there, if a path is given)."""
        ...

    def has_input(self, source: str, sha256: str) -> bool:
        """True when this page came in before, with this content, whatever became of it."""
        ...

    def refused_in(self, path: str) -> list[Refusal]:
        """What was refused of a file or of what it holds."""
        ...

    def add_inputs(
        self, pages: Iterable[tuple[Input, Article | None]], *, files: Iterable[tuple[str, str]] = ()
    ) -> int:
        """Keep a batch of inputs with their articles, and the files now read to their end.

        Returns how many articles are new.
        """
        ...

    def inputs(self, *, status: str | None = None) -> Iterator[Input]:
        """What came in, by source."""
        ...

    # readings and the compared record
    def unread(self, readers: str, *, among: Sequence[str] | None = None) -> list[str]:
        """The articles, by id, that these readers have not read; of those named, if any are."""
        ...

    def add_readings(self, readings: Iterable[Reading | PackedReading], *, readers: str) -> None:
        """Keep a batch of readings made by ``readers``."""
        ...

    def abstentions(self) -> Iterator[Abstention]:
        """Every place where a reader was unsure."""
        ...

    def pile_fingerprint(self) -> str:
        """A hash of all that the comparison reads: unchanged means that there is nothing to compare."""
        ...

    def articles_fingerprint(self) -> str:
        """A hash of the articles as read: while it is the same, what follows from them alone still holds."""
        ...

    def compared(self) -> tuple[str, str]:
        """The pile's fingerprint when it was last compared, and what compared it; empty before."""
        ...

    def replace_records(self, records: Iterable[Any], *, fingerprint: str, made_by: dict[str, str]) -> bool:
        """Put the compared record in place of the last one: all of it or, on any failure, none.

        False, and nothing changed, when the pile is no longer the one of ``fingerprint``.
        """
        ...

    def close(self) -> None:
        """Let the store go."""
        ...
