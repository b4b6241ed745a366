"""The folder of a run: what is done, told by what stands there; each piece whole or not there.

    DIR/plan.json                what is read: inputs, settings, number of shards
    DIR/pages/UNIT.parquet       what a few inputs came to: articles, refusals      (+ UNIT.json)
    DIR/shards/SHARD.parquet     a range of the articles with their readings        (+ SHARD.json)
    DIR/stories/…                the same, sorted by story, and the compared records (+ .json)
    DIR/manifest.json            the whole: counts, refusals, failures, the hash of every file

A piece is written beside its place, synced and renamed, first the table and then its manifest, which names
the table's SHA-256: a piece is done when its manifest stands. A killed run leaves at most unnamed parts,
and making a piece twice, or on two machines at once, gives the same bytes: exactly once, whatever happens.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.formats.atomic import new_file
from detente.scale.arrow import pq

PLAN, MANIFEST = "plan.json", "manifest.json"
ROWS = 64  # rows a group: what is read of a file to find a few rows of it


@dataclass(frozen=True, slots=True)
class Folder:
    """A run's folder; every path in it is made here."""

    path: Path

    def table(self, step: str, name: str) -> Path:
        """Where the table of a piece stands."""
        return self.path / step / f"{name}.parquet"

    def told(self, step: str, name: str) -> dict[str, Any] | None:
        """A piece's manifest; None while the piece is not done, or when its table is gone or cut short."""
        told = read_json(self.path / step / f"{name}.json")
        if told is None:
            return None
        table = self.table(step, name)
        whole = table.is_file() and table.stat().st_size == told["bytes"]
        return told if whole else None

    def proved(self, step: str, name: str) -> Path:
        """A finished piece's table, after its bytes were compared with the hash in its manifest.

        Raises:
            InputError: they are not what was written.
        """
        told, table = self.told(step, name), self.table(step, name)
        if told is None or digest(table) != told["sha256"]:
            raise InputError(
                f"{table} is damaged.", hint=f"Delete it and run its detente read again: rm {table}"
            )
        return table

    def done(self, step: str) -> list[str]:
        """The names of a step's finished pieces, sorted."""
        return sorted(path.stem for path in (self.path / step).glob("*.json"))

    def keep(
        self, step: str, name: str, tables: Iterable[Any], schema: Any, told: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Put a finished piece in its place: the table, then its manifest, which is asked for last."""
        path = self.table(step, name)
        rows = write_table(path, tables, schema)
        told_now = {**told(), "rows": rows, "bytes": path.stat().st_size, "sha256": digest(path)}
        write_json(path.with_suffix(".json"), told_now)
        self.attempt(step, name).unlink(missing_ok=True)
        return told_now

    def attempt(self, step: str, name: str) -> Path:
        """The mark that a piece was begun: where it stands without a manifest, its process was killed."""
        return self.path / step / f".{name}.begun"

    def begin(self, step: str, name: str) -> bool:
        """Mark a piece as begun; True when it was begun before and never finished."""
        mark = self.attempt(step, name)
        mark.parent.mkdir(parents=True, exist_ok=True)
        before = mark.exists()
        mark.touch()
        return before

    def drop(self, step: str, name: str) -> None:
        """Forget a piece that the plan no longer names: its manifest first."""
        self.table(step, name).with_suffix(".json").unlink(missing_ok=True)
        self.table(step, name).unlink(missing_ok=True)


def open_folder(path: str | Path) -> Folder:
    """The folder of an earlier run.

    Raises:
        InputError: there is none.
    """
    folder = Folder(Path(path))
    if not (folder.path / PLAN).is_file():
        raise InputError(
            f"{path} is no folder of a run.", hint="Make one: detente read PATH… --engine local --out DIR"
        )
    return folder


def read_rows(path: Path, columns: list[str] | None = None, where: Any = None) -> Any:
    """A table, or the rows and columns asked for; ``where`` as pyarrow takes filters."""
    return pq.read_table(path, columns=columns, filters=where)


def write_table(path: Path, tables: Iterable[Any], schema: Any) -> int:
    """Write a parquet file, whole or not at all; how many rows. The same rows give the same bytes."""
    rows = 0
    with new_file(path, apart=_apart()) as part, pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table, row_group_size=ROWS)
            rows += table.num_rows
    return rows


def write_json(path: Path, data: Any) -> None:
    """Write a manifest, whole or not at all."""
    with new_file(path, apart=_apart()) as part:
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8", "surrogateescape")


def read_json(path: Path) -> dict[str, Any] | None:
    """A manifest; None where there is none."""
    try:
        data = json.loads(path.read_text("utf-8", "surrogateescape"))
    except FileNotFoundError:
        return None
    return data if isinstance(data, dict) else None


def _apart() -> str:
    """Of this process alone, on all machines."""
    return f".{socket.gethostname()}-{os.getpid()}"


def digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
