"""The Python side: ``detente.read`` and ``detente.open`` give a :class:`Record` to iterate.

    >>> import detente
    >>> with detente.open("crisis.db") as record:              # doctest: +SKIP
    ...     for statement in record.statements(actor="Lavrov"):
    ...         print(statement.act, statement.citations[0].text)

Nothing prints and nothing is kept between calls. Records are frozen; looking never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from detente.errors import UsageError
from detente.record import (
    Actor,
    Article,
    Citation,
    Difference,
    Episode,
    Event,
    Figure,
    Issue,
    Measure,
    Meeting,
    Origin,
    Passage,
    Plan,
    Position,
    Span,
    Statement,
    TimelineDay,
    Versions,
    to_json,
)
from detente.store import Filter, Hit, Manifest, SqlStore, SqlView, look_at, open_store, text_hash
from detente.store.walk import cited_spans, is_id

if TYPE_CHECKING:
    from detente.pipeline import Progress

T = TypeVar("T")


class Cited(Generic[T]):
    """A record with its words at hand: every field of ``record``, plus ``citations`` and names.

    ``one.act`` is ``one.record.act``; use ``one.record`` where a type checker should know the fields.
    """

    __slots__ = ("__dict__", "_from", "record")

    def __init__(self, record: T, source: Record) -> None:
        self.record = record
        self._from = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The exact words the record rests on, the most telling first."""
        return tuple(self._from.cite(span) for span in cited_spans(self.record))

    def names_of(self, field: str) -> tuple[str, ...]:
        """The names of the actors that a field holds ids of: ``statement.names_of("speakers")``."""
        value = getattr(self.record, field)
        ids = (value,) if isinstance(value, str) else tuple(value or ())
        return tuple(self._from.name(one) for one in ids)

    def to_json(self) -> dict[str, Any]:
        """The record as the export writes it, with its citations beside."""
        cited = [{**to_json(c.span), "text": c.text} for c in self.citations]
        return {**to_json(self.record), "citations": cited}

    def __repr__(self) -> str:
        return f"Cited({self.record!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cited) and self.record == other.record

    def __hash__(self) -> int:
        return hash(self.record)


class Record:
    """A record to look at: iterate its layers, resolve its citations and names.

    Options of the iterators: ``actor`` (a name or id), ``since``/``until`` (ISO days), and what each
    layer has (``act``, ``type``, ``status``, ``kind``, ``stance``, ``severity``). Everything is lazy.
    """

    def __init__(self, view: SqlView) -> None:
        self.view = view
        self._labels: dict[str, str] = {}
        self._texts: dict[str, tuple[Article, str]] = {}

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the store go."""
        self.view.close()

    # ---- the layers

    def articles(self, *, limit: int | None = None) -> Iterator[Article]:
        """The articles, by source."""
        yield from self.view.layer("articles", limit=limit)

    def statements(self, *, act: str | None = None, **which: Any) -> Iterator[Cited[Statement]]:
        """Who said what, by day."""
        return self.layer("statements", kind=act, **which)

    def events(self, *, type: str | None = None, **which: Any) -> Iterator[Cited[Event]]:
        """Who did what to whom, by day; ``type`` is PLOVER's."""
        return self.layer("events", kind=type, **which)

    def meetings(self, *, format: str | None = None, **which: Any) -> Iterator[Cited[Meeting]]:
        """Who met whom, by day."""
        return self.layer("meetings", kind=format, **which)

    def positions(self, *, stance: str | None = None, **which: Any) -> Iterator[Cited[Position]]:
        """Who wants what, by day."""
        return self.layer("positions", kind=stance, **which)

    def measures(self, **which: Any) -> Iterator[Cited[Measure]]:
        """Acts with weight: aid, sanctions, deployments …, by day."""
        return self.layer("measures", **which)

    def figures(self, **which: Any) -> Iterator[Cited[Figure]]:
        """Quantities claimed, by day."""
        return self.layer("figures", **which)

    def differences(self, **which: Any) -> Iterator[Cited[Difference]]:
        """Where independent accounts do not agree, the gravest first."""
        return self.layer("differences", **which)

    def actors(self, *, type: str | None = None, **which: Any) -> Iterator[Cited[Actor]]:
        """Persons, states, organisations and groups, the most mentioned first."""
        return self.layer("actors", kind=type, **which)

    def origins(self, **which: Any) -> Iterator[Cited[Origin]]:
        """Who first wrote the texts, the most carried first."""
        return self.layer("origins", **which)

    def passages(self, **which: Any) -> Iterator[Cited[Passage]]:
        """Words that stand in several articles."""
        return self.layer("passages", **which)

    def episodes(self, **which: Any) -> Iterator[Cited[Episode]]:
        """Stories, by day."""
        return self.layer("episodes", **which)

    def versions(self, **which: Any) -> Iterator[Cited[Versions]]:
        """Pages read in more than one version and what changed, by address."""
        return self.layer("versions", **which)

    def issues(self) -> Iterator[Cited[Issue]]:
        """What the parties contend over."""
        return self.layer("issues")

    def plans(self, **which: Any) -> Iterator[Cited[Plan]]:
        """What was planned and what became of it, by the day planned."""
        return self.layer("plans", **which)

    def timeline(self, **which: Any) -> Iterator[Cited[TimelineDay]]:
        """The days, in order."""
        return self.layer("timeline", **which)

    def layer(
        self, name: str, *, actor: str | None = None, limit: int | None = None, **which: Any
    ) -> Iterator[Cited[Any]]:
        """Any layer by its name, narrowed by :class:`detente.store.Filter`'s fields and ``actor``."""
        for record in self.view.layer(name, where=self.filter(actor=actor, **which), limit=limit):
            yield Cited(record, self)

    def filter(self, *, actor: str | None = None, **which: Any) -> Filter:
        """A filter with the actor's name turned into ids."""
        actors = tuple(a.id for a in self.view.find_actors(actor)) if actor is not None else None
        return Filter(actors=actors, **which)

    # ---- one thing

    def article(self, article_id: str) -> Article:
        """One article by its id."""
        return self.view.article(article_id)

    def get(self, record_id: str) -> Cited[Any]:
        """The record with this id, or the only one whose id begins so."""
        return Cited(self.view.get(record_id), self)

    def cite(self, span: Span) -> Citation:
        """The exact words of a span, with the hash of the text they stand in."""
        if span.article not in self._texts:
            if len(self._texts) >= 64:  # lazily, and never the whole pile
                self._texts.pop(next(iter(self._texts)))
            article = self.view.article(span.article)
            self._texts[span.article] = article, text_hash(article.text)
        article, sha256 = self._texts[span.article]
        return Citation(span, article.words(span), sha256)

    def name(self, actor_id: str) -> str:
        """An actor's name; what is no actor's id ("narrator", a place) stands for itself."""
        return self.label(actor_id) if is_id(actor_id) else actor_id

    def label(self, record_id: str) -> str:
        """What to call a record: an actor's or origin's name, an issue's label, else its id."""
        if record_id not in self._labels:
            self._labels[record_id] = _label(self.view, record_id)
        return self._labels[record_id]

    # ---- the whole

    @property
    def counts(self) -> dict[str, int]:
        """How many records each layer has."""
        return self.view.counts()

    @property
    def manifest(self) -> Manifest:
        """The run: versions, inputs, refusals with their reasons, abstentions."""
        return self.view.manifest()

    def search(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Articles whose body or headline hold the words, best first."""
        return self.view.search(text, limit=limit)


def _label(view: SqlView, record_id: str) -> str:
    try:
        record = view.get(record_id)
    except UsageError:
        return record_id
    name = getattr(record, "name", None) or getattr(record, "label", None)
    return name or record_id


def open_record(path: str | Path) -> Record:
    """Open a record for looking; nothing is ever written.

    Raises:
        StoreError: there is no store at ``path``, or it cannot be read.
    """
    return Record(look_at(str(path)))


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    db: str | Path | None = None,
    again: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
    on_refused: Callable[[Any], None] | None = None,
    **how: Any,
) -> Record:
    """Read a pile of reports and give its record.

    Args:
        paths: files, folders, globs, or "-" with ``stdin=``.
        db: the store to read into, made when missing; None keeps the record in memory alone.
        again: read again what was read before.
        jobs: processes to read articles in. More than one starts Python anew, which a script must allow for
            with ``if __name__ == "__main__":``.
        progress: told of every step (:class:`detente.pipeline.Tick`).
        on_refused: told of every input that could not be read; they stand in ``record.manifest`` too.
        how: ``limits`` and ``stdin`` of the source layer.
    """
    from detente.pipeline import read_pile

    store: SqlStore = open_store(":memory:" if db is None else str(db))
    try:
        many = [paths] if isinstance(paths, str | Path) else paths
        told = progress or (lambda tick: None)
        summary = read_pile([str(p) for p in many], store, again=again, jobs=jobs, progress=told, **how)
    except BaseException:
        store.close()
        raise
    if on_refused is not None:
        for refusal in summary.refused:
            on_refused(refusal)
    if db is None:
        return Record(store)
    store.close()
    return open_record(db)
