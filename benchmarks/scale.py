"""Reading on an engine as the pile grows: CPU seconds, memory and bytes of each step, and the slope.

    python -m benchmarks.scale                                   # 300 and 1,000 articles, all steps
    python -m benchmarks.scale --articles 1000 10000 --words 60  # how each step grows
    python -m benchmarks.scale --articles 1000 10000 100000 --without-reading   # all but the reading
    python -m benchmarks.scale --paths reports/ --articles 0     # your own reports
    python -m benchmarks.scale --articles 100000 --words 60 --folder DIR --load-alone   # the same command goes on

Everything runs in one process, so that CPU seconds are those of the work; ``slope`` is the exponent of the growth
between the smallest and the largest pile (1: linear). Each size has a process of its own, for its memory.
``--without-reading`` puts empty readings in place of the language stage and the readers, which are linear in
the articles by construction: each is read alone. ``--folder`` keeps what each size made and its figures, piece
by piece: a run that was stopped goes on, and its CPU seconds are those of all its parts.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.pile import make_pile

FILES = 1000  # rows in an input file
TOLD = 2.0  # CPU seconds after which figures are kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--copied", type=float, default=0.3)
    parser.add_argument("--paths", nargs="*", default=[])
    parser.add_argument("--without-reading", action="store_true")
    parser.add_argument("--no-load", action="store_true", help="leave the load and the whole comparison out")
    parser.add_argument("--load-alone", action="store_true", help="load, without comparing the whole")
    parser.add_argument("--folder", type=Path, help="keep what is made there, and go on with it")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(json.loads(args.one))))
        return
    rows = [_apart(args, count) for count in args.articles]
    show(rows)


def _apart(args: argparse.Namespace, count: int) -> dict[str, Any]:
    kept = str(args.folder.absolute() / f"{count}x{args.words}") if args.folder else None
    asked = json.dumps({**vars(args), "count": count, "folder": kept})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", "--one", asked],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(row), file=sys.stderr)
    return row


def measure(asked: dict[str, Any]) -> dict[str, Any]:
    """One size: CPU seconds of each step, peak memory after it, bytes and articles."""
    if asked["folder"]:
        return _measure(Path(asked["folder"]), asked)
    with tempfile.TemporaryDirectory() as name:
        return _measure(Path(name), asked)


def _measure(folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = asked["paths"] or [str(_write(folder / "in", asked))]
    if asked["without_reading"]:
        _without_reading()
    clock = _Clock(folder / "figures.json")
    _run(paths, folder / "out", clock)
    if not asked["no_load"]:
        _load(folder, clock, whole=not asked["load_alone"])
    clock.keep()
    return clock.row


def _write(folder: Path, asked: dict[str, Any]) -> Path:
    whole = folder.with_suffix(".whole")
    if whole.exists():  # written anew they would be new files, and read again
        return folder
    folder.mkdir(exist_ok=True)
    rows: Iterator[dict[str, Any]] = make_pile(asked["count"], words=asked["words"], copied=asked["copied"])
    file = None
    for n, row in enumerate(rows):
        if n % FILES == 0:
            file = (folder / f"{n // FILES:05}.jsonl").open("w", encoding="utf-8")
        assert file is not None
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    if file is not None:
        file.close()
    whole.touch()
    return folder


def _without_reading() -> None:
    from dataclasses import replace

    from detente.parts import our_parts
    from detente.record import Reading
    from detente.scale import stages

    ours = replace(our_parts(), read=lambda articles, store: (Reading(a.id) for a in articles))
    stages.parts = lambda: ours  # type: ignore[assignment]
    stages._parse = lambda articles, kept: None  # type: ignore[assignment]


class _Clock:
    """CPU seconds since the last look, by step: piece by piece, on disk as well, on top of an earlier part's."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.row: dict[str, Any] = {"cpu": {}, "peak_mb": {}}
        if path.is_file():
            self.row = json.loads(path.read_text(encoding="utf-8"))
        self.last = time.process_time()

    def __call__(self, tick: Any) -> None:
        if tick.ended or time.process_time() - self.last > TOLD:
            self.note(tick.step)

    def note(self, step: str) -> None:
        now = time.process_time()
        cpu, peak = self.row["cpu"], self.row["peak_mb"]
        cpu[step] = round(cpu.get(step, 0.0) + now - self.last, 3)
        peak[step] = max(peak.get(step, 0), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        self.last = now
        self.keep()

    def keep(self) -> None:
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.row), encoding="utf-8")
        part.replace(self.path)


def _run(paths: list[str], out: Path, clock: _Clock) -> None:
    from detente.scale import LocalEngine, read_at_scale

    row = clock.row
    if "records" not in row:
        summary = read_at_scale(paths, out, LocalEngine(1), progress=clock)
        clock.note("manifest")
        row |= {"articles": summary.articles, "stories": summary.stories, "failures": len(summary.failures)}
        row["words"], row["records"] = _words(out), summary.records
        row["bytes"] = {
            s: sum(f.stat().st_size for f in (out / s).iterdir()) for s in ("pages", "shards", "records")
        }
        clock.last = time.process_time()
    if "nothing to do" not in row["cpu"]:
        read_at_scale(paths, out, LocalEngine(1))
        clock.note("nothing to do")


def _words(out: Path) -> int:
    from detente.scale.folder import read_rows
    from detente.scale.tables import articles_in

    return sum(
        len(a.text[start:end].split())
        for path in sorted((out / "shards").glob("*.parquet"))
        for batch in read_rows(path, ["line", "text"]).to_batches()
        for a in articles_in(batch)
        for start, end in a.body
    )


def _load(folder: Path, clock: _Clock, *, whole: bool) -> None:
    from detente.scale import load, load_folders
    from detente.store import open_store

    store = open_store(str(folder / "x.db"))
    if not whole:
        load.compare = lambda *args, **how: None  # type: ignore[assignment]
    clock.last = time.process_time()

    def told(tick: Any) -> None:
        step = "load" if tick.step in ("pages", "loading") else "load, " + tick.step
        clock(SimpleNamespace(step=step, ended=tick.ended))

    load_folders([folder / "out"], store, progress=told)
    if whole:
        clock.row["alike"] = _alike(folder / "out", store)
    store.close()
    clock.row["bytes"]["store"] = (folder / "x.db").stat().st_size


def _alike(out: Path, store: Any) -> dict[str, tuple[int, int]]:
    """By layer: how many records of the whole comparison the stories, compared alone, gave to the letter."""
    from detente.record import LAYERS
    from detente.scale.folder import read_rows

    given = {
        line
        for path in (out / "records").glob("*.parquet")
        for line in read_rows(path, ["line"]).column("line").to_pylist()
    }
    found = {}
    for layer in LAYERS:
        lines = list(store.lines(layer)) if layer != "articles" else []
        found[layer] = (sum(line in given for line in lines), len(lines))
    return found


def show(rows: list[dict[str, Any]]) -> None:
    """A table of the sizes, and how each step grows."""
    steps = list(dict.fromkeys(step for row in rows for step in row["cpu"]))
    print(
        "| step, CPU seconds | " + " | ".join(f"{row['articles']:,} articles" for row in rows) + " | slope |"
    )
    print("| --- |" + " ---: |" * (len(rows) + 1))
    for step in steps:
        values = [row["cpu"].get(step, 0.0) for row in rows]
        print(f"| {step} | " + " | ".join(f"{v:,.1f}" for v in values) + f" | {_slope(rows, values)} |")
    peaks = [max(row["peak_mb"].values()) for row in rows]
    print("| peak memory, MB | " + " | ".join(f"{v:,}" for v in peaks) + f" | {_slope(rows, peaks)} |")
    for name in rows[0]["bytes"]:
        values = [row["bytes"].get(name, 0) / 1e6 for row in rows]
        print(f"| {name}, MB | " + " | ".join(f"{v:,.1f}" for v in values) + f" | {_slope(rows, values)} |")
    for layer, (same, of) in rows[-1].get("alike", {}).items():
        if of:
            print(f"| {layer} that stories alone give to the letter, of the last pile | {same:,} of {of:,} |")
    for name in ("words", "stories", "records", "failures"):
        print(f"| {name} | " + " | ".join(f"{row[name]:,}" for row in rows) + " | |")


def _slope(rows: list[dict[str, Any]], values: list[float]) -> str:
    """The exponent of the growth between the first and the last pile."""
    first, last = rows[0]["articles"], rows[-1]["articles"]
    if len(rows) < 2 or first == last or min(values[0], values[-1]) <= 0.05:
        return ""
    return f"{math.log(values[-1] / values[0]) / math.log(last / first):.2f}"


if __name__ == "__main__":
    main()
