"""Nothing lost: a read killed at random points, a power cut, a full disk – then resumed and compared.

    python -m benchmarks.faults [--kills 50] [--cuts 200] [--real] [--only kill power export disk bytes]

Each line says how often the record after the fault, once ``detente read`` went on, was equal to that of an
uninterrupted run, layer by layer. 1 is returned when one was not. The power cut needs ``strace``, the full
disk the right to mount a small file system; what is missing is named and passed over. The pile is made
here: reports in the little language of the tests, or with ``--real`` the sample through the real readers.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.powercut import cut_at, cut_point, record
from detente.errors import StoreError
from detente.formats.jsonl import JsonlRecord
from detente.record import LAYERS
from detente.store import look_at
from detente.store.check import check_record, check_store

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "src" / "detente" / "sample" / "october_1962" / "reports"
SEED = 1962


class Bench:
    """The pile, the program, and the record of a run that nothing disturbed."""

    def __init__(self, folder: Path, *, real: bool) -> None:
        self.folder = folder
        self.env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        self.program = [sys.executable, "-m", "detente" if real else "tests.canned_cli"]
        self.reports = SAMPLE if real else _made(folder / "reports")
        self.slow = {} if real else {"CANNED_SLOW": "0.02"}
        started = time.monotonic()
        self.run(folder / "whole.db", env=self.slow)
        self.seconds = time.monotonic() - started
        self.whole = _lines(folder / "whole.db")

    def command(self, db: Path) -> list[str]:
        return [*self.program, "read", str(self.reports), "--quiet", "--jobs", "1", "--db", str(db)]

    def run(self, db: Path, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(db), cwd=self.folder, env=self.env | (env or {}), capture_output=True, text=True
        )

    def resumed(self, db: Path) -> str:
        """What is wrong with the record after a run that went on; empty when it is the whole one."""
        done = self.run(db)
        if done.returncode:
            return f"exit {done.returncode}: {done.stderr.strip()[-200:]}"
        faults = _faults(db)
        return faults or ("" if _lines(db) == self.whole else "another record")


def killed(bench: Bench, kills: int, chance: random.Random) -> list[str]:
    """A read killed with SIGKILL at random points."""
    wrong, early = [], 0
    for number in range(kills):
        db = bench.folder / f"killed-{number}.db"
        running = subprocess.Popen(
            bench.command(db),
            cwd=bench.folder,
            env=bench.env | bench.slow,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.1, 0.98) * bench.seconds)
        early += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        if fault := bench.resumed(db):
            wrong.append(f"kill {number}: {fault}")
        _remove(db)
    print(f"kill -9      {kills - len(wrong)} of {kills} equal after going on ({early} were still running)")
    return wrong


def power_cut(bench: Bench, cuts: int, chance: random.Random) -> list[str]:
    """A read whose writes are lost, torn and reordered as a power cut may."""
    if _no_strace("power cut"):
        return []
    folder = bench.folder / "traced"
    folder.mkdir()
    ops = record(bench.command(folder / "x.db"), folder, bench.folder / "trace", env=bench.env)
    wrong, kept = [], 0
    for number in range(cuts):
        state = bench.folder / "cut"
        cut_at(ops, cut_point(ops, chance), state, folder, chance=chance)
        state.mkdir(exist_ok=True)
        db = state / "x.db"
        kept += _readings(db) > 0
        if fault := bench.resumed(db):
            wrong.append(f"cut {number}: {fault}")
        shutil.rmtree(state)
    syncs = sum(op.kind == "sync" for op in ops)
    print(
        f"power cut    {cuts - len(wrong)} of {cuts} equal after going on "
        f"({len(ops):,} operations, {syncs} syncs; {kept} cuts had kept readings)"
    )
    return wrong


def cut_export(bench: Bench, cuts: int, chance: random.Random) -> list[str]:
    """An export cut off: the folder is whole or not there."""
    if _no_strace("export"):
        return []
    folder = bench.folder / "exported"
    folder.mkdir()
    command = [*bench.program, "export", "jsonl", str(folder / "out"), "--db", str(bench.folder / "whole.db")]
    ops = record(command, folder, bench.folder / "trace", env=bench.env)
    wrong, whole = [], 0
    for number in range(cuts):
        state = bench.folder / "cut"
        state.mkdir()
        cut_at(ops, cut_point(ops, chance), state, folder, chance=chance)
        out = state / "out"
        if out.exists():
            faults = _export_faults(out)
            whole += not faults
            if faults:
                wrong.append(f"export cut {number}: {faults[0]}")
        shutil.rmtree(state)
    print(f"export       {cuts - len(wrong)} of {cuts} whole or absent ({whole} whole)")
    return wrong


def full_disk(bench: Bench, tries: int, chance: random.Random) -> list[str]:
    """A read onto a small file system that fills up, and on with more room."""
    disk = bench.folder / "disk"
    disk.mkdir()
    size = (bench.folder / "whole.db").stat().st_size
    wrong, filled = [], 0
    for number in range(tries):
        room = int(chance.uniform(0.05, 3) * size)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)], capture_output=True
        )
        if mounted.returncode:
            print("full disk    passed over: mounting a small file system is not allowed here")
            return []
        try:
            done = bench.run(disk / "x.db")
            for one in disk.iterdir():
                shutil.copy(one, bench.folder / one.name)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
        if done.returncode:
            filled += 1
            if "No space is left" not in done.stderr or "Traceback" in done.stderr:
                wrong.append(f"disk {number}: told as {done.stderr.strip()[-200:]!r}")
        if fault := bench.resumed(bench.folder / "x.db"):
            wrong.append(f"disk {number}: {fault}")
        _remove(bench.folder / "x.db")
    print(
        f"full disk    {tries - len(wrong)} of {tries} told clearly and equal after going on ({filled} filled up)"
    )
    return wrong


def flipped(bench: Bench, flips: int, chance: random.Random) -> list[str]:
    """Single bytes of stored texts and records changed in the file: ``check`` finds each."""
    wrong = []
    for number in range(flips):
        db = bench.folder / "flipped.db"
        shutil.copy(bench.folder / "whole.db", db)
        table, column = chance.choice([("articles", "text"), ("records", "json")])
        with sqlite3.connect(db) as raw:
            n, data = chance.choice(raw.execute(f"SELECT n, CAST({column} AS BLOB) FROM {table}").fetchall())
            at = chance.randrange(len(data))
            changed = data[:at] + bytes([data[at] ^ 1 << chance.randrange(7)]) + data[at + 1 :]
            raw.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE n = ?", (changed, n))
        try:
            found = _faults(db)
        except (StoreError, ValueError, KeyError) as error:  # what can no longer be read at all
            found = str(error)
        if not found:
            wrong.append(f"flip {number}: byte {at} of {table}.{column} {n} not found")
        db.unlink()
    print(
        f"bytes        {flips - len(wrong)} of {flips} single flipped bits of texts and records found by check"
    )
    return wrong


def _no_strace(part: str) -> bool:
    if missing := shutil.which("strace") is None:
        print(f"{part:<13}passed over: strace is not installed")
    return missing


def _made(folder: Path) -> Path:
    from tests import canned

    return canned.write_reports(
        folder,
        {
            f"{i:03}.txt": f"Outlet {i % 7} | 1962-10-{i % 28 + 1:02} | News {i}\nKuba attacked Norda {i}. {i} killed.\n"
            f"Norda said Kuba must stop number {i}.\n"
            for i in range(60)
        },
    )


def _lines(db: Path) -> dict[str, list[str]]:
    view = look_at(str(db))
    try:
        return {name: list(view.lines(name)) for name in LAYERS}
    finally:
        view.close()


def _faults(db: Path) -> str:
    view = look_at(str(db))
    try:
        return "; ".join(f"{f.code} {f.where}" for f in (*check_record(view), *check_store(view)))[:300]
    finally:
        view.close()


def _export_faults(out: Path) -> list[str]:
    if not (out / "manifest.json").exists():
        return ["no manifest"]
    exported = JsonlRecord(out)
    changed = [f"{name} is not what was written" for name, kept, now in exported.file_hashes() if kept != now]
    return changed + [f"{fault.code} {fault.where}" for fault in check_record(exported)]


def _readings(db: Path) -> int:
    if not db.exists():
        return 0
    copy = db.with_name("look.db")
    for end in ("", "-wal"):
        if Path(f"{db}{end}").exists():
            shutil.copy(f"{db}{end}", f"{copy}{end}")
    try:
        with sqlite3.connect(copy) as raw:
            return int(raw.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        _remove(copy)


def _remove(db: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{db}{end}").unlink(missing_ok=True)


PARTS: dict[str, Callable[[Bench, int, random.Random], list[str]]] = {
    "kill": killed,
    "power": power_cut,
    "export": cut_export,
    "disk": full_disk,
    "bytes": flipped,
}


def main() -> int:
    """Do harm, and see what is left."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--kills", type=int, default=50)
    reader.add_argument("--cuts", type=int, default=200)
    reader.add_argument("--real", action="store_true", help="the sample through the real readers")
    reader.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    asked = reader.parse_args()
    numbers = {"kill": asked.kills, "power": asked.cuts, "export": asked.cuts, "disk": 20, "bytes": 500}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), real=asked.real)
        print(
            f"{len(bench.whole['articles'])} articles, {sum(map(len, bench.whole.values())):,} records, {bench.seconds:.1f} s"
        )
        for name in asked.only:
            wrong += PARTS[name](bench, numbers[name], random.Random(SEED))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
