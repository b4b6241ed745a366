"""A stage run with care: in a process of its own, where a row that kills it costs itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any

from detente.scale.tables import Batch
from detente.workers import workers

Stage = Callable[..., Batch]


class Apart:
    """Runs stages here, or, when ``careful``, in another process that may die.

    Used for a piece whose process died before. A batch that kills the process is run again row by row,
    and the row that kills it once more is given up.
    """

    def __init__(self, careful: bool) -> None:
        self._careful = careful
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def each(self, stage: Stage, batch: Batch, give_up: Stage, **how: Any) -> list[Batch]:
        """What the stage makes of a batch: one batch, or where it killed its process one for each row.

        Args:
            stage: a function that another process can import.
            batch: its rows.
            give_up: what to put for a row that kills its process.
            how: the stage's options.
        """
        if not self._careful:
            return [stage(batch, **how)]
        try:
            return [self._run(stage, batch, how)]
        except BrokenProcessPool:
            self._end()
        return [self._one(stage, batch.slice(i, 1), give_up, how) for i in range(batch.num_rows)]

    def _one(self, stage: Stage, row: Batch, give_up: Stage, how: dict[str, Any]) -> Batch:
        try:
            return self._run(stage, row, how)
        except BrokenProcessPool:
            self._end()
            return give_up(row)

    def _run(self, stage: Stage, batch: Batch, how: dict[str, Any]) -> Batch:
        self._pool = self._pool or workers(1)
        return self._pool.submit(stage, batch, **how).result()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
