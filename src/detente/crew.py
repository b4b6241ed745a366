"""A crew of processes that read articles: given batches when they are idle, heard when they have done.

Where it is safe the readers are forks of one process that loads the model (``nursery.py``): they share its
memory, and while it loads, other questions are worked out in forks of this process. It is safe on Linux
while this process has a single thread (threads and the locks they hold do not survive a fork); elsewhere
each process starts anew and loads a model of its own, some 450 MB.

A process never touches the store of its parent: it is given articles and the parses kept of their
paragraphs, and gives back readings and new parses, in the form in which they are stored. One that dies
(killed, out of memory, a crash in compiled code) or takes too long is replaced. What it was at is given out
again article by article, and only an article that a process dies of again is given up: an abstention with
the reason. The other processes do not notice.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import DetenteError
from detente.forks import can_fork
from detente.nursery import Nursery
from detente.record import Article, Reading
from detente.workers import GiveUp, Parses, Read, begin_work, read_packed

if TYPE_CHECKING:
    from detente.record.packed import PackedReading

SECONDS = 120.0  # a batch may take so long,
SECONDS_A_CHARACTER = 0.002  # and so much longer for each character: forty times what a slow machine needs


class CrewLost(DetenteError):
    """The processes that read cannot be started."""

    code = "E02"


@dataclass(slots=True)
class Done:
    """What became of a batch: its articles as they were given, their readings, and the new parses."""

    articles: Sequence[Article]
    readings: Sequence[Reading | PackedReading]
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
    """A process and our end of its pipe; ``reads`` is False of one that only answers questions."""

    pipe: Any
    process: Any = None  # None of a reader from the nursery, which ends it
    reads: bool = True
    pid: int | None = None  # once it is ready
    task: _Task | None = None
    since: float = 0.0

    def left(self) -> float | None:
        """Seconds until its time is up; None where there is no limit."""
        limit = self.task.seconds if self.task is not None and self.pid else None
        return None if limit is None else max(0.0, self.since + limit - time.monotonic())

    def may(self, task: _Task) -> bool:
        """Whether it can do that."""
        return self.reads or not task.articles

    def end(self, *, dead: bool = False) -> None:
        """Stop it, whatever it is at; ``dead``: it has ended by itself."""
        self.pipe.close()
        if self.process is not None:
            self.process.kill()
            self.process.join()
        elif self.pid and not dead:
            with suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)


@dataclass(slots=True)
class Crew:
    """Processes that read batches of articles, in no stated order, and answer other questions meanwhile.

    Args:
        jobs: how many processes; one more for a moment, where a question is still under way when they begin.
        read: articles and a cache of parses → readings; a function that a new process can import.
        give_up: the reading of an article that ended its process.
        prepare: loads what every reader needs, called once, in the process that they are forked from.
    """

    jobs: int
    read: Read
    give_up: GiveUp
    prepare: Callable[[], None] = lambda: None
    answers: dict[str, Any] = field(default_factory=dict)
    _waiting: deque[_Task] = field(default_factory=deque)
    _workers: list[_Worker] = field(default_factory=list)
    _method: str = ""
    _nursery: Nursery | None = None

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
        return not any(task.articles for task in self._waiting)

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
        if self._nursery is not None:
            self._nursery.end(loaded=any(w.pid for w in self._workers if w.process is None))
            self._nursery = None
        self._workers.clear()
        self._waiting.clear()

    def _reading(self, articles: Sequence[Article], known: Parses) -> _Task:
        return _Task(read_packed, (self.read, articles, known), articles)

    def _fill(self) -> None:
        """A task for every idle process; processes are started when there is first work for them."""
        self._let_go()
        for task in list(self._waiting):
            idle = next((w for w in self._workers if w.task is None and w.may(task)), None)
            if idle is None and self._room_for(task):
                self._workers.append(idle := self._start(task))
            if idle is not None:
                self._waiting.remove(task)
                idle.task, idle.since = task, time.monotonic()
                with suppress(OSError):  # it has died: heard when it is listened to
                    idle.pipe.send((task.call, task.given))

    def _room_for(self, task: _Task) -> bool:
        """Whether another process may be started: readers that wait for the nursery are no work yet."""
        if task.articles and sum(worker.reads for worker in self._workers) >= self.jobs:
            return False
        waiting = sum(worker.pid is None and worker.process is None for worker in self._workers)
        return len(self._workers) - max(0, waiting - 1) < self.jobs

    def _let_go(self) -> None:
        """End what only answers questions when there are none: it makes room for one that reads."""
        for worker in self._workers if all(task.articles for task in self._waiting) else ():
            if not worker.reads and worker.task is None:
                worker.end()
        self._workers = [worker for worker in self._workers if not worker.pipe.closed]

    def _start(self, task: _Task) -> _Worker:
        """A process that can do a task."""
        if not self._method:
            self._method = start_method()
        pipes = [worker.pipe for worker in self._workers]
        if self._method == "fork" and task.articles:
            return _Worker(self._from_nursery(pipes))
        ours, theirs = connection.Pipe()
        # A fork holds copies of our ends of all pipes; left open, they would hide that we have gone.
        control = [self._nursery.control] if self._nursery is not None else []
        strays = [ours, *pipes, *control] if self._method == "fork" else []
        context: Any = get_context(self._method)
        process = context.Process(target=_work, args=(theirs, None, strays), daemon=True)
        process.start()
        theirs.close()
        return _Worker(ours, process, reads=self._method != "fork")

    def _from_nursery(self, pipes: list[Any]) -> Any:
        if self._nursery is not None:
            with suppress(OSError):
                return self._nursery.fork()
            self._nursery.end(loaded=False)
        self._nursery = Nursery(self.prepare, _work, pipes)
        return self._nursery.fork()

    def _heard_of(self, *, wait: bool) -> list[_Worker]:
        lefts = [left for worker in self._workers if (left := worker.left()) is not None]
        listened = {worker.pipe: worker for worker in self._workers}
        ready = connection.wait(list(listened), timeout=(min(lefts) if lefts else None) if wait else 0)
        return [listened[pipe] for pipe in ready]

    def _hear(self, worker: _Worker) -> list[Done]:
        try:
            answer, error = worker.pipe.recv()
        except (EOFError, OSError):
            return self._lost(worker, dead=True)
        task = worker.task
        asked = worker.pid is not None and task is not None and not task.articles
        if error is not None and not asked:  # what fails on a question is worked out later, or told then
            raise error
        if worker.pid is None:
            worker.pid, worker.since = answer, time.monotonic()
            return []
        worker.task = None
        if task is None or not task.articles:
            self.answers[task.name if task else ""] = answer
            return []
        return [Done(task.articles, *answer)]

    def _stop_late(self) -> list[Done]:
        """Put an end to what takes too long, as if it had died by itself."""
        late = [worker for worker in self._workers if worker.left() == 0.0]
        return [done for worker in late for done in self._lost(worker)]

    def _lost(self, worker: _Worker, *, dead: bool = False) -> list[Done]:
        """A process has gone: find the article that ended it; the others are read."""
        self._workers.remove(worker)
        worker.end(dead=dead)
        task = worker.task
        if worker.pid is None:
            self._not_begun(worker)
            if task is not None:
                self._waiting.appendleft(task)
            return []
        if task is None:
            return []
        if len(task.articles) == 1:
            return [Done(task.articles, [self.give_up(task.articles[0])], {})]
        if task.name:
            self.answers[task.name] = None
        for article in reversed(task.articles):
            self._waiting.appendleft(self._reading([article], task.given[2]))
        return []

    def _not_begun(self, worker: _Worker) -> None:
        """A process has ended before it began: try the other way to start one, if there is one left."""
        if self._method == "fork":
            self._method = "spawn"
            return
        raise CrewLost(
            f"A reading process ended before it began (exit code {worker.process.exitcode}).",
            hint="Run: detente read --jobs 1   (a script needs: if __name__ == '__main__':)",
        )


def start_method() -> str:
    """How processes are started here: "fork" where that is safe, else "spawn"."""
    if any(os.environ.get(name) != "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")):
        return "spawn"  # numpy would start threads
    return "fork" if can_fork() else "spawn"


def _work(pipe: Any, error: Exception | None, strays: Sequence[Any] = ()) -> None:
    """A process of the crew: does what it is given until nobody gives it anything."""
    for stray in strays:
        stray.close()
    begin_work()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to a whole group, it means the parent, who ends us
    _first_to_go()
    try:
        pipe.send((os.getpid(), error))
        while error is None:
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
