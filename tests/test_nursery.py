"""Readers forked from a process that loads what they need: they begin when it is loaded, and end with it."""

from __future__ import annotations

import os
import time

import pytest

from detente.errors import MissingPart
from detente.nursery import Nursery

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
loaded = []


def load():
    loaded.append("model")


def lack():
    raise MissingPart("The model is not installed.", hint="Install it.")


def tell(pipe, error):
    """A reader that says what it finds loaded, then what it is told."""
    pipe.send((os.getpid(), loaded, error))
    while True:
        pipe.send(pipe.recv())


def wait_for(gone):
    for _ in range(200):
        if gone():
            return True
        time.sleep(0.05)
    return False


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_readers_find_loaded_what_their_parent_never_loads():
    nursery = Nursery(load, tell)
    pipes = [nursery.fork(), nursery.fork()]
    told = [pipe.recv()[1:] for pipe in pipes]
    nursery.end(loaded=True)
    assert (told, loaded) == ([(["model"], None)] * 2, [])


def test_each_reader_answers_on_its_own_pipe():
    nursery = Nursery(load, tell)
    one, other = nursery.fork(), nursery.fork()
    pids = {one.recv()[0], other.recv()[0]}
    one.send("one")
    other.send("other")
    assert (one.recv(), other.recv(), len(pids)) == ("one", "other", 2)
    nursery.end(loaded=True)


def test_what_cannot_be_loaded_is_told_by_the_reader():
    nursery = Nursery(lack, tell)
    error = nursery.fork().recv()[2]
    nursery.end(loaded=True)
    assert (str(error), error.hint) == ("The model is not installed.", "Install it.")


def test_readers_end_with_the_process_they_came_from():
    nursery = Nursery(load, tell)
    pid = nursery.fork().recv()[0]
    nursery.end(loaded=True)
    assert is_gone(pid)


def test_readers_end_when_nobody_is_there_any_more():
    nursery = Nursery(load, tell)
    pid = nursery.fork().recv()[0]
    nursery.control.close()  # as the system does when the parent is killed
    assert wait_for(lambda: is_gone(pid))
    nursery._process.join()


def test_one_that_still_loads_is_not_waited_for():
    nursery = Nursery(lambda: time.sleep(600), tell)
    pipe = nursery.fork()
    nursery.end(loaded=False)
    with pytest.raises(EOFError):
        pipe.recv()
