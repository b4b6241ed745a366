"""Peak memory of reading a large pile, with progress, and resumable: for runs of an hour and more.

The pile is made once; the store is read on from where a run before this one was stopped (``detente read``
does so by itself). Every half minute a line tells how far it is and what memory the processes take; the last
lines tell CPU time, the largest process, all of them together, and the store's size.

    python -m benchmarks.large 100000 --words 60 --folder /tmp/large      # the same command goes on
    python -m benchmarks.large 100000 --words 60 --folder /tmp/large --jobs 2
    python -m benchmarks.large 100000 --words 60 --folder /tmp/large --compare    # its store alone, layer by layer

Memory of all processes together is the sum of their proportional shares (Linux' PSS), looked at every two
seconds. A run that goes on tells the CPU time of its own part.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed import _write
from detente.compare import compare_pile
from detente.store import open_store

TOLD = 30.0  # seconds between two lines
LOOKED = 2.0  # seconds between two looks at memory


def run(folder: Path, articles: int, words: int, *, jobs: int) -> None:
    """Read a made pile and tell of it."""
    folder.mkdir(parents=True, exist_ok=True)
    pile, db = folder / f"{articles}x{words}.jsonl", folder / f"{articles}x{words}.db"
    if not pile.is_file():
        part = pile.with_suffix(".part")
        _write(part, articles, words, 0.2)
        part.rename(pile)
    command = [sys.executable, "-m", "detente", "read", str(pile), "--db", str(db), "--jobs", str(jobs)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment()) as process:
        largest, together = _watch(process, db, articles, began)
    if process.returncode not in (0, 3):
        raise SystemExit(f"detente read ended with {process.returncode}; run the same command to go on.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = max(largest, used.ru_maxrss / 1024)
    print(
        f"{articles:,} articles: {used.ru_utime + used.ru_stime:,.0f} CPU s, {time.perf_counter() - began:,.0f} s, "
        f"largest process {peak:,.0f} MB, all together {together:,.0f} MB, store {db.stat().st_size / 1e6:,.0f} MB"
    )


def compare(db: Path) -> None:
    """Compare the articles of a store that was read, write nothing, and tell what each layer took."""
    began, layer, count = time.process_time(), "", 0

    def tell() -> None:
        peak, now = _memory(os.getpid())
        told = f"{time.process_time() - began:7,.0f} CPU s  now {now:6,.0f} MB  most {peak:6,.0f} MB"
        print(f"{told}  {layer or 'what all layers rest on'} {count:,}", flush=True)

    for name, _ in compare_pile(open_store(str(db)).pile()).records():
        if name != layer:
            tell()
            layer, count = name, 0
        count += 1
    tell()


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _watch(process: subprocess.Popen[bytes], db: Path, articles: int, began: float) -> tuple[float, float]:
    """The most memory (MB) of one process and of all together; a line now and then."""
    largest = together = 0.0
    told = 0.0
    while process.poll() is None:
        memory = [_memory(pid) for pid in _family(process.pid)]
        largest = max([largest, *(peak for peak, _ in memory)])
        together = max(together, sum(now for _, now in memory))
        if time.perf_counter() - told >= TOLD:
            told = time.perf_counter()
            print(
                f"{told - began:7,.0f} s  {_done(db):9,} of {articles:,} read  {len(memory)} processes  "
                f"now {sum(now for _, now in memory):6,.0f} MB  most {together:6,.0f} MB  largest {largest:6,.0f} MB",
                flush=True,
            )
        time.sleep(LOOKED)
    return largest, together


def _family(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory(pid: int) -> tuple[float, float]:
    """A process's peak and its share now, in MB; nothing of one that is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0, 0.0
    return _kilobytes(status, "VmHWM:") / 1024, _kilobytes(rollup, "Pss:") / 1024


def _kilobytes(text: str, name: str) -> int:
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0)


def _done(db: Path) -> int:
    """How many articles of the store are read."""
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=1) as connection:
            return int(connection.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.Error:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--folder", type=Path, required=True, help="where pile and store are kept")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--compare", action="store_true", help="compare the store of a run before this one")
    args = parser.parse_args()
    if args.compare:
        compare(args.folder / f"{args.articles}x{args.words}.db")
        return
    run(args.folder, args.articles, args.words, jobs=args.jobs)


if __name__ == "__main__":
    main()
