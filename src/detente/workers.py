"""Reading on several cores: whole batches of articles go to processes of their own, results come in order.

A worker is given articles and the parses the store holds of their paragraphs, and gives back readings and
new parses; it never touches the store. What a paragraph is read as does not hang on which process reads it,
so the record is the one that a single process makes (``tests/test_workers.py``).

A worker that dies (killed, out of memory, a crash in compiled code) takes down its pool. Its batch is then
read again one article at a time, in a process of its own, and only an article that kills its process again
is given up: an abstention with the reason. The batches that waited start again in a new pool.

Limits: each worker holds a model of its own (some 450 MB), and a paragraph that two batches under way have in
common is parsed in both.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.record import Article, Reading
from detente.store.protocol import Store

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# New objects between two searches for garbage cycles: Python's own 700 costs a tenth of the time, for parses
# and records hold hardly any cycles.
GC_EVERY = 100_000
MOST = 4  # workers that are started unasked

Parses = dict[str, bytes]
Given = tuple[list[Reading], Parses]
Read = Callable[[Sequence[Article], Any], Iterable[Reading]]
GiveUp = Callable[[Article], Reading]


def default_jobs() -> int:
    """How many workers are started when nobody says: one a core, at most ``MOST``."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST, cores)


@dataclass(slots=True)
class Kept:
    """The parser's cache inside a worker: what the store had, and what is new."""

    known: Parses
    new: Parses = field(default_factory=dict)

    def load_parses(self, keys: Sequence[str]) -> Parses:
        """The kept parses among ``keys``."""
        return {k: data for k in keys if (data := self.known.get(k) or self.new.get(k)) is not None}

    def save_parses(self, parses: Parses) -> None:
        """Keep new parses."""
        self.new.update(parses)


def read_batch(read: Read, articles: Sequence[Article], known: Parses) -> Given:
    """Read articles with no store at hand: their readings, and the parses that were not known."""
    kept: Any = Kept(known)
    return list(read(articles, kept)), kept.new


def read_in_workers(
    batches: Iterable[Sequence[Article]], store: Store, *, read: Read, give_up: GiveUp, jobs: int
) -> Iterator[list[Reading]]:
    """Read batches of articles in ``jobs`` processes; the readings of each batch, in the order given.

    Args:
        batches: asked for one at a time, little ahead of what is given back.
        store: its parses are given to the workers, and theirs are kept in it as they come.
        read: articles and a cache of parses → readings; a function that a new process can import.
        give_up: the reading of an article that killed its process.
        jobs: how many processes.
    """
    crew = _Crew(jobs, read, give_up)
    try:
        for batch in batches:
            crew.give(batch, _known(batch, store))
            if len(crew.waiting) > jobs + 1:
                yield _keep(crew.take(), store)
        while crew.waiting:
            yield _keep(crew.take(), store)
    finally:
        crew.end()


def _known(batch: Sequence[Article], store: Store) -> Parses:
    from detente.language.parse import keys_of

    return store.load_parses(keys_of(batch))


def _keep(given: Given, store: Store) -> list[Reading]:
    readings, parses = given
    if parses:
        store.save_parses(parses)
    return readings


@dataclass(slots=True)
class _Task:
    articles: Sequence[Article]
    known: Parses
    future: Future[Given]


class _Crew:
    """A pool of workers and the batches they were given, first in first out."""

    def __init__(self, jobs: int, read: Read, give_up: GiveUp) -> None:
        self.jobs, self.read, self.give_up = jobs, read, give_up
        self.waiting: deque[_Task] = deque()
        self.pool = workers(jobs)

    def give(self, articles: Sequence[Article], known: Parses) -> None:
        """Hand a batch to the workers."""
        from concurrent.futures import Future
        from concurrent.futures.process import BrokenProcessPool

        try:
            future = self.pool.submit(read_batch, self.read, articles, known)
        except BrokenProcessPool as error:  # told when its turn comes
            future = Future()
            future.set_exception(error)
        self.waiting.append(_Task(articles, known, future))

    def take(self) -> Given:
        """What became of the batch given first, waiting for it if need be."""
        from concurrent.futures.process import BrokenProcessPool

        task = self.waiting.popleft()
        try:
            return task.future.result()
        except BrokenProcessPool:
            self.end()
            given = self._read_one_by_one(task.articles, task.known)
            self.pool = workers(self.jobs)
            again, self.waiting = self.waiting, deque()
            for other in again:
                if other.future.done() and not other.future.cancelled() and not other.future.exception():
                    self.waiting.append(other)
                else:
                    self.give(other.articles, other.known)
            return given

    def _read_one_by_one(self, articles: Sequence[Article], known: Parses) -> Given:
        """Find the article that kills its process; the others are read."""
        from concurrent.futures.process import BrokenProcessPool

        readings: list[Reading] = []
        parses: Parses = {}
        pool = workers(1)
        try:
            for article in articles:
                try:
                    found, new = pool.submit(read_batch, self.read, [article], {**known, **parses}).result()
                except BrokenProcessPool:
                    pool.shutdown(wait=True)
                    pool = workers(1)
                    readings.append(self.give_up(article))
                else:
                    readings += found
                    parses.update(new)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return readings, parses

    def end(self) -> None:
        """Let the workers go; what they were at is lost."""
        self.pool.shutdown(wait=True, cancel_futures=True)


def workers(jobs: int) -> ProcessPoolExecutor:
    """Processes to work in, each on one core; the caller ends them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # "spawn": a forked copy of a process with open files, locks and threads is not safe to work in.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """An interruption is the main process's to deal with; one worker uses one core."""
    gc.set_threshold(GC_EVERY, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
