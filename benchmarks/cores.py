"""What two processes would take on two idle cores, from the CPU time of each step: the sum of the critical path.

A machine that others use makes wall times mean nothing, but not CPU times. This runs ``detente read --jobs N``
once, notes for each step what CPU time this process used alone, and beside its others, and adds up:

* alone (loading the model, the comparison's own steps, writing the record): as it is;
* reading, and the layers in forks: all CPU time of the step through N, or its longest process if that is more;
* the pairs of articles: the longest process.

    python -m benchmarks.cores pile.jsonl new.db --jobs 2
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Account:
    """CPU seconds by step: of this process, and of those that worked for it."""

    def __init__(self) -> None:
        self.own: dict[str, float] = {}
        self.others: dict[str, float] = {}

    def note(self, step: str, own: float, others: float) -> None:
        self.own[step] = self.own.get(step, 0.0) + own
        self.others[step] = self.others.get(step, 0.0) + others

    def around(self, step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **how: Any) -> Any:
            own, others = time.process_time(), _children()
            try:
                return call(*args, **how)
            finally:
                self.note(step, time.process_time() - own, _children() - others)

        return called

    def over(self, step: str, call: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same of an iterator: what its user does between two items is part of the step."""

        def called(*args: Any, **how: Any) -> Iterator[Any]:
            own, others = time.process_time(), _children()
            yield from call(*args, **how)
            self.note(step, time.process_time() - own, _children() - others)

        return called


def account(pile: str, db: str, jobs: int) -> dict[str, float]:
    """Read a pile into a new store with so many processes: CPU seconds by step, and the path they add up to."""
    from detente import forks, parts, pipeline, reading
    from detente.compare import passages
    from detente.store import SqlStore, open_store

    made = _Account()
    SqlStore.replace_records = made.around("kept", SqlStore.replace_records)  # type: ignore[method-assign]
    parts.prepare_readers = made.around("start", parts.prepare_readers)
    passages.at_once = made.around("pairs", forks.at_once)
    forks.as_they_come = made.over("layers", forks.as_they_come)  # type: ignore[assignment]
    reading.ReadingStep.__exit__ = made.around("ended", reading.ReadingStep.__exit__)  # type: ignore[method-assign]
    pipeline.take_in = made.around("taking in", pipeline.take_in)
    reading.ReadingStep.finish = made.around("finishing", reading.ReadingStep.finish)  # type: ignore[method-assign]
    store = open_store(db)
    began = time.process_time()
    pipeline.read_pile([pile], store, jobs=jobs)
    store.close()
    own = time.process_time()
    start = made.own.get("start", 0.0) + began
    beside = made.own["taking in"] + made.own["finishing"] - made.own.get("start", 0.0)
    read = made.others["ended"]
    pairs, layers = made.own.get("pairs", 0.0), made.own.get("layers", 0.0)
    alone = own - beside - pairs - layers
    path = (
        alone
        + (read + beside) / jobs
        + max(pairs, made.others.get("pairs", 0.0) / max(1, jobs - 1))
        + max(layers, (layers + made.others.get("layers", 0.0)) / jobs)
    )
    return {
        "start": start,
        "kept": made.own.get("kept", 0.0),
        "alone": alone,
        "reading": read + beside,
        "pairs": pairs + made.others.get("pairs", 0.0),
        "layers": layers + made.others.get("layers", 0.0),
        "all": own + _children(),
        "path": path,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pile", type=Path)
    parser.add_argument("db", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    print(json.dumps(account(str(args.pile), str(args.db), args.jobs)))


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    main()
