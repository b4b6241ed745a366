"""Step 3 of the main path: articles to readings, here or by a crew of processes, kept as they come.

With a crew the reading begins while pages still come in, as soon as enough articles are unread; and while
the last articles are read the crew works out what the comparison needs of the articles alone. What is kept
does not hang on any of that: an article that took another's place meanwhile is read again as it now stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from detente.parts import FAILED, Parts
from detente.record import Article, Reading, Refusal
from detente.store.protocol import Store

if TYPE_CHECKING:
    from detente.crew import Crew, Done
    from detente.record.packed import PackedReading

BATCH = 32  # articles read and kept at once: what a killed run does again at most, for each process
LEAST = 2  # articles of a crew's last batches, so that no process waits long for another
WORKERS_PAY = 50  # new articles; for fewer, starting processes costs more than they save


@dataclass(frozen=True, slots=True)
class Tick:
    """How far a step is: ``total`` is None where it cannot be known, ``ended`` True on its last tick."""

    step: str
    done: int
    total: int | None
    unit: str
    abstained: int = 0
    ended: bool = False


Progress = Callable[[Tick], None]
Found = dict[str, tuple[str, Any]]
"""What was worked out ahead of the comparison: by name, the articles' fingerprint then and the answer."""


@dataclass(slots=True)
class Summary:
    """What a run did."""

    pages: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: list[Refusal] = field(default_factory=list)
    new_articles: int = 0
    read: int = 0
    abstained: int = 0
    failed: int = 0
    compared: bool = False


class ReadingStep:
    """Reads what the present readers have not read; a context that lets its processes go in the end.

    Args:
        store: open for writing.
        parts: the steps.
        summary: counts what is read.
        progress: told of it.
        again: read every article of the store, not only the unread.
        jobs: processes that read, where enough is unread.
    """

    def __init__(
        self, store: Store, parts: Parts, summary: Summary, progress: Progress, *, again: bool, jobs: int
    ) -> None:
        self.found: Found = {}
        self._store, self._parts, self._summary, self._progress = store, parts, summary, progress
        self._again, self._jobs = again, jobs if parts.crew is not None else 1
        self._made_by = " ".join((*parts.readers, parts.model))
        self._unread: dict[str, None] = {}  # ids in the order they are read
        self._total = 0
        self._crew: Crew | None = None

    def __enter__(self) -> ReadingStep:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._crew is not None:
            self._crew.end()

    @property
    def jobs(self) -> int:
        """Over how many processes the comparison should be spread."""
        return self._jobs if len(self._store.pile().article_ids()) >= WORKERS_PAY else 1

    def offer(self, ids: Sequence[str]) -> None:
        """Articles that were just kept: a crew may begin with those that are unread."""
        if self._jobs == 1 or self._again:
            return
        self._unread.update(dict.fromkeys(self._store.unread(self._made_by, among=ids)))
        if len(self._unread) >= WORKERS_PAY:
            self._start()
        self.go_on()

    def go_on(self) -> None:
        """Give the crew what it can begin, and keep what it has done; waits for nothing."""
        if self._crew is not None:
            self._give(self._crew, BATCH // 2)
            self._keep_all(self._crew.done(wait=False))

    def finish(self) -> None:
        """Read all that is left."""
        store = self._store
        left = store.pile().article_ids() if self._again else store.unread(self._made_by)
        if self._jobs > 1 and len(left) >= WORKERS_PAY:
            self._start()
        in_hand = self._crew.in_hand() if self._crew is not None else set()
        self._unread = {one: None for one in left if one not in in_hand}
        self._total = self._summary.read + len(in_hand) + len(self._unread)
        if self._crew is None:
            self._read_here()
        else:
            self._wait_for(self._crew)
        if left:
            told = self._summary.read, self._total, "articles", self._summary.abstained
            self._progress(Tick("reading", *told, ended=True))

    # ---- with a crew

    def _start(self) -> None:
        if self._crew is None and self._parts.crew is not None:
            self._crew = self._parts.crew(self._jobs)

    def _wait_for(self, crew: Crew) -> None:
        path = self._store.path
        self._give(crew, BATCH // 2)  # a crew that has just been made begins to load its model
        self._parts.ready()
        for name, call in self._parts.ahead.items() if path != ":memory:" else ():
            crew.ask(name, call, path)
        while crew.busy or self._unread:
            self._give(crew, max(LEAST, min(BATCH, len(self._unread) // (3 * self._jobs))))
            self._keep_all(crew.done(wait=True))
            if not crew.busy and not self._unread and not self._again:  # articles replaced meanwhile
                self._unread = dict.fromkeys(self._store.unread(self._made_by))
        self.found = {name: answer for name, answer in crew.answers.items() if answer is not None}

    def _give(self, crew: Crew, size: int) -> None:
        while self._unread and crew.wants:
            ids = [one for one, _ in zip(self._unread, range(size), strict=False)]
            for one in ids:
                del self._unread[one]
            pile, in_hand = self._store.pile(), crew.in_hand()
            articles = [pile.article(one) for one in ids if one not in in_hand]
            if articles:
                crew.give(articles, _known(articles, self._store))

    def _keep_all(self, done: Iterable[Done]) -> None:
        for one in done:
            if one.parses:
                self._store.save_parses(one.parses)
            readings = [r for a, r in zip(one.articles, one.readings, strict=True) if self._stands(a)]
            for reading in readings:
                self._count(reading)
            self._store.add_readings(readings, readers=self._made_by)

    def _stands(self, article: Article) -> bool:
        """Whether the store still holds the article as it was read."""
        try:
            return self._store.pile().article(article.id) == article
        except KeyError:
            return False

    # ---- in this process

    def _read_here(self) -> None:
        ids, pile = list(self._unread), self._store.pile()
        for i in range(0, len(ids), BATCH):
            readings: list[Reading] = []
            try:
                for reading in self._parts.read(
                    [pile.article(one) for one in ids[i : i + BATCH]], self._store
                ):
                    readings.append(reading)
                    self._count(reading)
            finally:
                self._store.add_readings(readings, readers=self._made_by)

    def _count(self, reading: Reading | PackedReading) -> None:
        summary = self._summary
        summary.read += 1
        summary.abstained += len(reading.abstentions)
        summary.failed += any(a.reason.startswith(FAILED) for a in reading.abstentions)
        if self._total:  # not while pages come in: one step is told at a time
            self._progress(Tick("reading", summary.read, self._total, "articles", summary.abstained))


def read_unread(
    store: Store, parts: Parts, summary: Summary, progress: Progress, *, again: bool = False, jobs: int = 1
) -> None:
    """Read what the present readers have not read."""
    with ReadingStep(store, parts, summary, progress, again=again, jobs=jobs) as reading:
        reading.finish()


def _known(articles: Sequence[Article], store: Store) -> dict[str, bytes]:
    from detente.language.parse import keys_of

    return store.load_parses(keys_of(articles))
