"""The engines that make pieces: processes of this machine, or Daft – alone or on a Ray cluster.

An engine is given jobs and gives back what came of each, in any order; what a piece is does not hang on
where it is made. When a process dies, the pieces that are not told yet are made again, at most ``TRIES``
times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from detente.errors import DetenteError, UsageError
from detente.scale.pieces import Told, make
from detente.workers import default_jobs, workers

ENGINES = ("local", "daft")
TRIES = 3
_MOST = 100_000


class EngineFailed(DetenteError):
    """The engine stopped and the work could not be done otherwise."""

    code = "E01"


class Engine(Protocol):
    """What the run asks of an engine; ``trouble`` is the last thing that stopped it, in a line."""

    trouble: str

    def make(self, jobs: Sequence[str]) -> Iterator[str]:
        """Do jobs (:func:`detente.scale.pieces.make`); their answers as they come.

        May stop short of the last when a process dies: the caller asks again for what is missing.
        """
        ...

    def candidates(self, shards: Sequence[Path]) -> set[tuple[str, str]] | None:
        """Pairs of articles that may be near-duplicates, the lesser id first; None where it knows no way."""
        ...


class LocalEngine:
    """Processes of this machine. Needs nothing but pyarrow."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.trouble = ""

    def make(self, jobs: Sequence[str]) -> Iterator[str]:
        """Do jobs in processes, or here when one is enough."""
        if self.jobs == 1 or len(jobs) == 1:
            yield from map(make, jobs)
            return
        pool = workers(min(self.jobs, len(jobs)))
        try:
            for done in as_completed([pool.submit(make, job) for job in jobs]):
                yield done.result()
        except BrokenProcessPool:
            self.trouble = "A process died; perhaps the memory was full."
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def candidates(self, shards: Sequence[Path]) -> set[tuple[str, str]] | None:
        """None: the sketches find them all."""
        return None


def make_engine(name: str, *, jobs: int | None = None, cluster: str | None = None) -> Engine:
    """An engine by its name.

    Args:
        name: one of ``ENGINES``.
        jobs: processes, at most; None: as many as this machine has cores (at most four), or a cluster.
        cluster: the address of a Ray cluster for Daft; "auto" is the one this machine belongs to.

    Raises:
        MissingPart: its library is not installed.
    """
    most = jobs or (default_jobs() if cluster is None else _MOST)
    if name == "daft":
        from detente.scale.on_daft import DaftEngine

        return DaftEngine(most, cluster)
    if name != "local":
        raise UsageError(f"There is no engine {name!r}.", hint=f"Engines: {', '.join(ENGINES)}")
    if cluster is not None:
        raise UsageError("The local engine has no cluster.", hint="Add: --engine daft")
    return LocalEngine(most)


def make_all(engine: Engine, jobs: Sequence[dict[str, object]]) -> Iterator[tuple[str, Told]]:
    """Do jobs, again where a process died; each piece's name with what it holds.

    Raises:
        EngineFailed: pieces are missing after ``TRIES`` tries, or one could not be made; run again to go on.
    """
    waiting = {str(job["name"]): json.dumps(job) for job in jobs}
    for _ in range(TRIES):
        for answer in engine.make(list(waiting.values())) if waiting else ():
            told = json.loads(answer)
            if "error" in told:
                raise _stopped(told["error"])
            waiting.pop(told["name"], None)
            yield told["name"], told["told"]
    if waiting:
        raise EngineFailed(
            f"{len(waiting)} pieces could not be made in {TRIES} tries. {engine.trouble}".strip(),
            hint="Every worker needs detente, its memory and the folder. Run again: it goes on.",
        )


def _stopped(told: dict[str, str]) -> EngineFailed:
    return EngineFailed(f"{told['message']} ({told['code']})", hint=told["hint"])
