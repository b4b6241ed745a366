"""Work on several cores at once, in forks of this process: nothing is handed over but what comes of it.

A fork sees everything that this process has made so far and shares its memory. It is used on Linux alone,
and only while this process has a single thread: threads and the locks they hold do not survive a fork.
Elsewhere the same work is done here, one part after the other. A fork that dies, or fails, costs time alone:
its part is done again here, and what is wrong with it is told here.

What a fork must not do is use a database connection of its parent; :class:`Spread` says how it gets its own.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")
AT_ONCE = 200  # items that a fork hands over together


@dataclass(frozen=True, slots=True)
class Spread:
    """How far work may be spread.

    Attributes:
        jobs: over how many processes.
        reopen: gives a fork its own view of what its parent reads; None where nothing needs one.
    """

    jobs: int = 1
    reopen: Callable[[], Any] | None = None

    @property
    def wide(self) -> bool:
        """True where there is more than one process to spread over."""
        return self.jobs > 1 and can_fork()


def can_fork() -> bool:
    """True on Linux while this process has one thread."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What each call gives, in their order; all but the first are called in forks."""
    forks = [_Fork(_once(call)) for call in calls[1:]] if can_fork() else []
    try:
        found = [calls[0]()] if calls else []
        if not forks:
            return found + [call() for call in calls[1:]]
        for fork in forks:
            found += fork.rest()
        return found
    finally:
        for fork in forks:
            fork.end()


def as_they_come(calls: Sequence[Callable[[], Iterable[T]]], *, jobs: int) -> Iterator[T]:
    """The items of each call, in its own order but mixed with those of the others, each called in a fork.

    ``jobs`` forks are at work at a time, begun in the order of the calls: name the longest first.
    """
    if not can_fork():
        for call in calls:
            yield from call()
        return
    from multiprocessing import connection

    waiting = deque(calls)
    forks: dict[Any, _Fork] = {}
    try:
        while forks or waiting:
            while waiting and len(forks) < jobs:
                fork = _Fork(waiting.popleft())
                forks[fork.pipe] = fork
            for pipe in connection.wait(list(forks)):
                items = forks[pipe].some()
                if items is None:
                    forks.pop(pipe).end()
                else:
                    yield from items
    finally:
        for fork in forks.values():
            fork.end()


class _Fork:
    """A call in a fork of this process, and what it has given so far."""

    def __init__(self, call: Callable[[], Iterable[Any]]) -> None:
        from multiprocessing import get_context

        self._call, self._received, self._redone = call, 0, False
        context: Any = get_context("fork")
        self.pipe, theirs = context.Pipe(duplex=False)
        gc.freeze()  # what is shared stays shared: no search for garbage touches it
        self._process = context.Process(target=_give, args=(call, theirs, self.pipe), daemon=True)
        self._process.start()
        gc.unfreeze()
        theirs.close()

    def some(self) -> list[Any] | None:
        """The next items, waiting for them; None after the last."""
        if self._redone:
            return None
        try:
            items: list[Any] | None = self.pipe.recv()
        except (EOFError, OSError):  # it has died, or its call failed: the rest is worked out here
            self._redone = True
            return list(islice(self._call(), self._received, None))
        self._received += len(items or ())
        return items

    def rest(self) -> list[Any]:
        """All items that are left."""
        found: list[Any] = []
        while (items := self.some()) is not None:
            found += items
        return found

    def end(self) -> None:
        """Let it go."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _once(call: Callable[[], T]) -> Callable[[], Iterable[T]]:
    return lambda: (call() for _ in range(1))


def _give(call: Callable[[], Iterable[Any]], pipe: Any, theirs: Any) -> None:
    """A fork: give what the call gives, some at once, and None after the last."""
    theirs.close()
    with suppress(BaseException):  # told where it is done again
        items = iter(call())
        while some := list(islice(items, AT_ONCE)):
            pipe.send(some)
        pipe.send(None)
    os._exit(0)
