"""A process that loads what readers need and forks readers from itself, while its parent goes on.

The parent stays small: it never loads the model, and its own forks (``forks.py``) cost little. While the
model is loaded it takes in pages and has the articles compared as far as they can be. Linux alone; it is made
while this process has a single thread (:func:`detente.forks.can_fork`).

A reader is given one end of a pipe that its parent made and says at first that it is ready, and its process
id; if what it needs could not be loaded it gives that error instead.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import connection, get_context, reduction
from typing import Any

from detente.forks import can_fork
from detente.workers import begin_work

Work = Callable[[Any, Exception | None], None]
"""What a reader does with its end of the pipe: told of the error where nothing could be loaded."""


class Nursery:
    """The process that readers are forked from.

    Args:
        prepare: loads what every reader needs, in the new process.
        work: what a reader does; it never comes back.
        strays: our ends of pipes to other processes, which the new one must not hold open.
    """

    def __init__(self, prepare: Callable[[], None], work: Work, strays: Sequence[Any] = ()) -> None:
        self.control, theirs = connection.Pipe()
        context: Any = get_context("fork")
        given = (theirs, (self.control, *strays), prepare, work)
        self._process = context.Process(target=_tend, args=given, daemon=True)
        self._process.start()
        theirs.close()

    def fork(self) -> Any:
        """Our end of a pipe to a new reader, which begins as soon as everything is loaded.

        Raises:
            OSError: the process has died.
        """
        ours, theirs = connection.Pipe()
        try:
            self.control.send(None)
            reduction.send_handle(self.control, theirs.fileno(), self._process.pid)
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours

    def end(self, *, loaded: bool) -> None:
        """Let it go, and its readers with it; ``loaded``: it has forked one, so it hears us."""
        self.control.close()
        if not loaded:
            self._process.kill()
        self._process.join()


def _tend(control: Any, strays: Sequence[Any], prepare: Callable[[], None], work: Work) -> None:
    """The process: load, then fork a reader for every pipe that comes, until nobody is there any more."""
    for stray in strays:
        stray.close()
    begin_work()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to a whole group, it means the parent
    readers: set[int] = set()
    try:
        error = _prepared(prepare)
        while error is not None or can_fork():  # threads and the locks they hold do not survive a fork
            control.recv()
            handle = reduction.recv_handle(control)
            readers.add(_fork(handle, control, error, work))
            os.close(handle)
            readers = {one for one in readers if os.waitpid(one, os.WNOHANG) == (0, 0)}
    except (EOFError, OSError):
        pass
    finally:
        for one in readers:
            with suppress(OSError):
                os.kill(one, signal.SIGKILL)
                os.waitpid(one, 0)
        os._exit(0)  # not the way of the parent: its files and its store are none of ours


def _prepared(prepare: Callable[[], None]) -> Exception | None:
    try:
        prepare()
    except Exception as error:
        return error
    gc.collect()
    gc.freeze()  # what is shared stays shared: no search for garbage touches it
    return None


def _fork(handle: int, control: Any, error: Exception | None, work: Work) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            work(connection.Connection(handle), error)
        finally:
            os._exit(1)
    return pid
