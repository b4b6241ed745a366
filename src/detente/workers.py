"""What processes that read have in common: how many, how they begin, and reading with no store at hand.

``crew.py`` uses them for ``detente read``, ``scale/`` for its engines. What a paragraph is read as does not
hang on which process reads it, so the record is the one that a single process makes
(``tests/test_workers.py``).
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.record import Article, Reading

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from detente.record.packed import PackedReading

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


def read_packed(read: Read, articles: Sequence[Article], known: Parses) -> tuple[list[PackedReading], Parses]:
    """The same with each reading in its stored form: the process that keeps them has no more to do."""
    from detente.record.packed import packed

    readings, new = read_batch(read, articles, known)
    return [packed(reading) for reading in readings], new


def workers(jobs: int) -> ProcessPoolExecutor:
    """Processes to work in, each started anew and on one core; the caller ends them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=begin_work)


def begin_work() -> None:
    """An interruption is the main process's to deal with; one worker uses one core."""
    gc.set_threshold(GC_EVERY, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
