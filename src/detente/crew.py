"""A crew of processes that read articles: given batches when they are idle, heard when they have done.

Where it is safe the processes are forks of one that has loaded the model: they start at once and share its
memory. It is safe on Linux while this process has a single thread (threads and the locks they hold do not
survive a fork); elsewhere each process starts anew and loads a model of its own, some 450 MB.

A process never touches the store of its parent: it is given articles and the parses kept of their
paragraphs, and gives back readings and new parses. One that dies (killed, out of memory, a crash in compiled
code) or takes too long is replaced. What it was at is given out again article by article, and only an article
that a process dies of again is given up: an abstention with the reason. The other processes do not notice.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from detente.errors import DetenteError
from detente.forks import can_fork
from detente.record import Article, Reading
from detente.workers import GiveUp, Parses, Read, begin_work, read_batch

SECONDS = 120.0  # a batch may take so long,
SECONDS_A_CHARACTER = 0.002  # and so much longer for each character: forty times what a slow machine needs
_READY = "ready"


class CrewLost(DetenteError):
    """The processes that read cannot be started."""

    code = "E02"


@dataclass(slots=True)
class Done:
    """What became of a batch: its articles as they were given, their readings, and the new parses."""

    articles: Sequence[Article]
    readings: list[Reading]
    parses: Parses


@dataclass(slots=True)
class _Task:
    """Something to call; ``articles`` are those it reads, ``name`` what its answer is kept under."""

    call: Callable[..., Any]
    given: tuple[Any, ...]
    articles: Sequence[Article] = ()
    name: str = ""

    @property
    def seconds(self) -> float | None:
        """How long it may take; None: as long as it likes."""
        if not self.articles:
            return None
        return SECONDS + SECONDS_A_CHARACTER * sum(len(article.text) for article in self.articles)


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Any
    ready: bool = False
    task: _Task | None = None
    since: float = 0.0

    def left(self) -> float | None:
        """Seconds until its time is up; None where there is no limit."""
        limit = self.task.seconds if self.task is not None and self.ready else None
        return None if limit is None else max(0.0, self.since + limit - time.monotonic())

    def end(self) -> None:
        """Stop it, whatever it is at."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


@dataclass(slots=True)
class Crew:
    """Processes that read batches of articles, in no stated order, and answer other questions meanwhile.

    Args:
        jobs: how many processes.
        read: articles and a cache of parses → readings; a function that a new process can import.
        give_up: the reading of an article that ended its process.
        prepare: loads what every process needs, called once before they are forked.
    """

    jobs: int
    read: Read
    give_up: GiveUp
    prepare: Callable[[], None] = lambda: None
    answers: dict[str, Any] = field(default_factory=dict)
    _waiting: deque[_Task] = field(default_factory=deque)
    _workers: list[_Worker] = field(default_factory=list)
    _method: str = ""

    def give(self, articles: Sequence[Article], known: Parses) -> None:
        """Hand out a batch as soon as a process is idle."""
        self._waiting.append(self._reading(articles, known))
        self._fill()

    def ask(self, name: str, call: Callable[..., Any], *given: Any) -> None:
        """Have something else worked out next; ``answers[name]`` holds it then (None where it was lost)."""
        self._waiting.appendleft(_Task(call, given, name=name))
        self._fill()

    @property
    def wants(self) -> bool:
        """True while another batch would be begun at once, or next."""
        return not self._waiting

    @property
    def busy(self) -> bool:
        """True until everything given has been heard of."""
        return bool(self._waiting) or any(worker.task for worker in self._workers)

    def in_hand(self) -> set[str]:
        """The ids of the articles given that were not heard of yet."""
        tasks = [*self._waiting, *(worker.task for worker in self._workers if worker.task)]
        return {article.id for task in tasks for article in task.articles}

    def done(self, *, wait: bool) -> list[Done]:
        """What has been read since the last call.

        Args:
            wait: until there is something, or nothing is left to wait for.

        Raises:
            DetenteError: what stops every article alike: no model, no process that starts.
        """
        found: list[Done] = []
        while self.busy:
            for worker in self._heard_of(wait=wait and not found):
                found += self._hear(worker)
            found += self._stop_late()
            self._fill()
            if found or not wait:
                break
        return found

    def end(self) -> None:
        """Let the processes go; what they were at is lost."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._waiting.clear()
        if self._method == "fork":
            gc.unfreeze()

    def _reading(self, articles: Sequence[Article], known: Parses) -> _Task:
        return _Task(read_batch, (self.read, articles, known), articles)

    def _fill(self) -> None:
        """A task for every idle process; processes are started when there is first work for them."""
        while len(self._workers) < min(self.jobs, len(self._waiting) + self._at_work()):
            self._workers.append(self._start())
        for worker in self._workers:
            if worker.task is None and self._waiting:
                worker.task, worker.since = self._waiting.popleft(), time.monotonic()
                with suppress(OSError):  # it has died: heard when it is listened to
                    worker.pipe.send((worker.task.call, worker.task.given))

    def _at_work(self) -> int:
        return sum(worker.task is not None for worker in self._workers)

    def _start(self) -> _Worker:
        if not self._method:
            self._method = start_method(self.prepare)
        ours, theirs = connection.Pipe()
        # A fork holds copies of our ends of all pipes; left open, they would hide that we have gone.
        strays = [ours, *(worker.pipe for worker in self._workers)] if self._method == "fork" else []
        context: Any = get_context(self._method)
        process = context.Process(target=_work, args=(theirs, strays), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _heard_of(self, *, wait: bool) -> list[_Worker]:
        lefts = [left for worker in self._workers if (left := worker.left()) is not None]
        listened = {worker.pipe: worker for worker in self._workers}
        ready = connection.wait(list(listened), timeout=(min(lefts) if lefts else None) if wait else 0)
        return [listened[pipe] for pipe in ready]

    def _hear(self, worker: _Worker) -> list[Done]:
        try:
            answer, error = worker.pipe.recv()
        except (EOFError, OSError):
            return self._lost(worker)
        asked = worker.task is not None and not worker.task.articles
        if error is not None and not asked:  # what fails on a question is worked out later, or told then
            raise error
        if not worker.ready:
            worker.ready, worker.since = True, time.monotonic()
            return []
        task, worker.task = worker.task, None
        if task is None or not task.articles:
            self.answers[task.name if task else ""] = answer
            return []
        return [Done(task.articles, *answer)]

    def _stop_late(self) -> list[Done]:
        """Put an end to what takes too long, as if it had died by itself."""
        late = [worker for worker in self._workers if worker.left() == 0.0]
        return [done for worker in late for done in self._lost(worker)]

    def _lost(self, worker: _Worker) -> list[Done]:
        """A process has gone: find the article that ended it; the others are read."""
        self._workers.remove(worker)
        worker.end()
        if not worker.ready:
            raise CrewLost(
                f"A reading process ended before it began (exit code {worker.process.exitcode}).",
                hint="Run: detente read --jobs 1   (a script needs: if __name__ == '__main__':)",
            )
        task = worker.task
        if task is None:
            return []
        if len(task.articles) == 1:
            return [Done(task.articles, [self.give_up(task.articles[0])], {})]
        if task.name:
            self.answers[task.name] = None
        for article in reversed(task.articles):
            self._waiting.appendleft(self._reading([article], task.given[2]))
        return []


def start_method(prepare: Callable[[], None]) -> str:
    """How processes are started here: "fork" after ``prepare``, where that is safe, else "spawn"."""
    if not can_fork():
        return "spawn"
    if any(os.environ.get(name) != "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")):
        return "spawn"  # numpy would start threads
    prepare()
    gc.collect()
    gc.freeze()  # what is shared stays shared: no search for garbage touches it
    return "fork" if can_fork() else "spawn"


def _work(pipe: Any, strays: Sequence[Any]) -> None:
    """A process of the crew: does what it is given until nobody gives it anything."""
    for stray in strays:
        stray.close()
    begin_work()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to a whole group, it means the parent, who ends us
    _first_to_go()
    try:
        pipe.send((_READY, None))
        while True:
            call, given = pipe.recv()
            pipe.send(_answer(call, given))
    except (EOFError, OSError):
        pass  # nobody is there any more
    finally:
        os._exit(0)  # not the way of the parent: its files and its store are none of ours


def _answer(call: Callable[..., Any], given: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return call(*given), None
    except Exception as error:
        return None, error


def _first_to_go() -> None:
    """Where memory runs out, the system should take this process and not the one that keeps the record."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
