"""What two processes would take on two idle cores, from the CPU time of each step: the sum of the critical path.

A machine that others use makes wall times mean nothing, but not CPU times. This runs ``detente read --jobs N``
once, has every process note what CPU time it used for what, and adds up:

* what the parent does alone, before the reading, between the steps of the comparison and in the end: as it is;
* loading the model: as it is, with as much of the questions worked out beside it as N - 1 processes can;
* reading, the rest of those questions, and what the parent does meanwhile: through N; and half of one of the
  last batches, for which the other process waits on average;
* what is worked out in a fork beside the parent: the longer of the two;
* the layers in forks: all through N, or the longest process if that is more.

    python -m benchmarks.cores pile.jsonl new.db --jobs 2
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class _Account:
    """CPU seconds by step: of this process, and of those that worked for it, who write them to a file."""

    def __init__(self, notes: Path) -> None:
        self.own: dict[str, float] = defaultdict(float)
        self._notes = notes

    def note(self, step: str, seconds: float) -> None:
        """Write a step of another process down."""
        with self._notes.open("a", encoding="utf-8") as out:
            out.write(f"{step} {seconds}\n")

    def others(self) -> dict[str, list[float]]:
        """What was written down, by step."""
        found: dict[str, list[float]] = defaultdict(list)
        for line in self._notes.read_text(encoding="utf-8").splitlines():
            step, seconds = line.rsplit(" ", 1)
            found[step].append(float(seconds))
        return found

    def around(self, step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call with what this process uses for it counted."""

        def called(*args: Any, **how: Any) -> Any:
            began = time.process_time()
            try:
                return call(*args, **how)
            finally:
                self.own[step] += time.process_time() - began

        return called

    def over(self, step: str, call: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same of an iterator: what its user does between two items is part of the step."""

        def called(*args: Any, **how: Any) -> Iterator[Any]:
            began = time.process_time()
            yield from call(*args, **how)
            self.own[step] += time.process_time() - began

        return called

    def elsewhere(self, name: Callable[..., str], call: Callable[..., Any]) -> Callable[..., Any]:
        """A call of another process with what it used written down, under a name that its arguments give."""

        def called(*args: Any, **how: Any) -> Any:
            began = time.process_time()
            try:
                return call(*args, **how)
            finally:
                self.note(name(*args), time.process_time() - began)

        return called


def account(pile: str, db: str, jobs: int) -> dict[str, float]:
    """Read a pile into a new store with so many processes: CPU seconds by step, and the path they add up to."""
    from detente import crew, forks, nursery, pipeline, reading
    from detente.store import open_store
    from detente.workers import GC_EVERY

    gc.set_threshold(GC_EVERY, 20, 20)  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        made = _Account(Path(folder) / "notes")
        made.note("none", 0.0)
        nursery._prepared = made.elsewhere(lambda *given: "load", nursery._prepared)
        crew._answer = made.elsewhere(_kind, crew._answer)
        forks.at_once = made.around("beside", _at_once(made, forks.at_once))
        forks.as_they_come = made.over("layers", _as_they_come(made, forks.as_they_come))
        pipeline.take_in = made.around("reading", pipeline.take_in)
        reading.ReadingStep.finish = made.around("reading", reading.ReadingStep.finish)  # type: ignore[method-assign]
        began = _before_reading(made, nursery)
        store = open_store(db)
        pipeline.read_pile([pile], store, jobs=jobs)
        store.close()
        return _path(made.own, made.others(), began(), time.process_time(), jobs)


def _kind(call: Callable[..., Any], given: tuple[Any, ...]) -> str:
    return "batch" if len(given) == 3 else "question"


def _before_reading(made: _Account, nursery: Any) -> Callable[[], float]:
    """Tells afterwards what this process had used when the first other one was started."""
    used: list[float] = []
    begin = nursery.Nursery.__init__

    def init(self: Any, *args: Any, **how: Any) -> None:
        used.append(time.process_time())
        begin(self, *args, **how)

    nursery.Nursery.__init__ = init
    return lambda: used[0] if used else 0.0


def _at_once(made: _Account, call: Callable[..., Any]) -> Callable[..., Any]:
    def called(calls: Any) -> Any:
        first, *rest = calls
        return call([first, *(made.elsewhere(lambda: "beside", one) for one in rest)])

    return called


def _as_they_come(made: _Account, call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(one: Callable[[], Any]) -> Callable[[], Iterator[Any]]:
        def called() -> Iterator[Any]:
            began = time.process_time()
            yield from one()
            made.note("layers", time.process_time() - began)

        return called

    return lambda calls, **how: call([counted(one) for one in calls], **how)


def _path(
    own: dict[str, float], others: dict[str, list[float]], began: float, all_own: float, jobs: int
) -> dict[str, float]:
    """The steps, and what they add up to (see above)."""
    load, batches = sum(others["load"]), others["batch"]
    questions, meanwhile = sum(others["question"]), max(0.0, own["reading"] - began)
    alone = all_own - meanwhile - own["beside"] - own["layers"]
    read = sum(batches) + meanwhile + max(0.0, questions - (jobs - 1) * load)
    waited = batches[-1] / 2 if batches else 0.0
    beside = max(own["beside"], *others["beside"], 0.0)
    layers = max((own["layers"] + sum(others["layers"])) / jobs, *others["layers"], 0.0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "start": began,
        "load": load,
        "questions": questions,
        "reading": sum(batches),
        "meanwhile": meanwhile,
        "waited": waited,
        "beside": beside,
        "beside, all": own["beside"] + sum(others["beside"]),
        "layers": layers,
        "layers, all": own["layers"] + sum(others["layers"]),
        "alone": alone,
        "all": all_own + used.ru_utime + used.ru_stime,
        "path": alone + load + read / jobs + waited + beside + layers,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pile", type=Path)
    parser.add_argument("db", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    made = account(str(args.pile), str(args.db), args.jobs)
    print(json.dumps({name: round(value, 2) for name, value in made.items()}))


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    main()
