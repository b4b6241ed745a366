"""What reading inputs costs, without anything that comes after: time a file, and peak memory.

    PYTHONPATH=src python benchmarks/inputs.py

Prints one line a case: many small files, a second run over them, a folder of 100,000 names, 200 MB of one
line in four dresses, and a WARC of 300 MB. Makes and removes its own files (about 700 MB in the temporary folder).
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from detente.record import Refusal
from detente.source import FileDone, read_pages

TEXT = (
    "The envoy arrived on Tuesday – late.\n\nTalks begin tomorrow, the ministry said in a statement.\n" * 30
)
HTML = f"<!DOCTYPE html><html><body>{'<div><p>Talks begin tomorrow.</p></div>' * 200}</body></html>"


def measured(name: str, work: Callable[[], Counter[str]]) -> None:
    """Run the work in a process of its own; print time, peak memory and outcomes."""

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, cpu = time.perf_counter(), time.process_time()
        outcomes = work()
        took, cpu = time.perf_counter() - started, time.process_time() - cpu
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        pages = max(1, outcomes["Page"] + outcomes["Skipped"])
        print(
            f"{name:34} {took:7.2f} s  CPU {cpu:6.2f} s  {cpu / pages * 1e3:8.3f} ms a page  +{grown:5.0f} MB  {dict(outcomes)}"
        )

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()


def count(path: Path, known: frozenset[str] = frozenset()) -> Counter[str]:
    seen = known.__contains__ if known else None
    return Counter(
        outcome.reason if isinstance(outcome, Refusal) else type(outcome).__name__
        for outcome in read_pages([path], seen=seen)
    )


def small_files(folder: Path, number: int) -> None:
    for n in range(number):
        (folder / f"{n % 100:02}").mkdir(exist_ok=True)
        name = f"{n % 100:02}/{n}.{'html' if n % 2 else 'txt'}"
        (folder / name).write_text((HTML if n % 2 else TEXT) + str(n))


def one_line(path: Path, start: bytes, packed: bool = False) -> None:
    with gzip.open(path, "wb", 1) if packed else path.open("wb") as file:
        file.write(start)
        for _ in range(200):
            file.write(b"x" * 1_000_000)


def large_warc(path: Path, records: int) -> None:
    with path.open("wb") as file:
        for n in range(records):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + f"{HTML * 3}{n}".encode()
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://p.example/{n}\r\nContent-Type: application/http\r\n"
            file.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        pile = base / "pile"
        pile.mkdir()
        small_files(pile, 10_000)
        measured("10,000 small files", lambda: count(pile))
        known = frozenset(item.sha256 for item in read_pages([pile]) if isinstance(item, FileDone))
        measured("the same again, all seen", lambda: count(pile, known))
        names = base / "names"
        names.mkdir()
        for n in range(100_000):
            os.close(os.open(names / f"{n}.txt", os.O_CREAT | os.O_WRONLY))
        measured("100,000 names, all empty", lambda: count(names))
        for case, start in (
            ("a.txt", b""),
            ("a.html", b"<html>"),
            ("a.jsonl", b'{"text": "'),
            ("a.warc", b"WARC/1.0\r\n"),
        ):
            one_line(base / case, start)
            measured(f"200 MB of one line, {case}", lambda case=case: count(base / case))
            (base / case).unlink()
        one_line(base / "a.txt.gz", b"", packed=True)
        measured("200 MB of one line, a.txt.gz", lambda: count(base / "a.txt.gz"))
        rows = base / "rows.jsonl"
        with rows.open("w") as file:
            for n in range(100_000):
                file.write(json.dumps({"id": n, "text": TEXT[:1500] + str(n)}) + "\n")
        measured("100,000 rows", lambda: count(rows))
        large_warc(base / "big.warc", 12_000)
        measured("WARC of 300 MB, 12,000 pages", lambda: count(base / "big.warc"))


if __name__ == "__main__":
    main()
