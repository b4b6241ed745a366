"""The main job beside the bare parse: whole run, second run, copies, peak memory.

Everything runs on the same text in one call, each part in its own process, and is told in CPU time:
words per CPU second of ``detente read`` as a share of the bare spaCy pipeline's; the second run over the
unchanged pile as a share of the first; the gain on a pile with 40% copies; peak memory.

    python -m benchmarks.speed                      # 200 articles of 400 words
    python -m benchmarks.speed --pile reports.jsonl # the same on your own reports
    python -m benchmarks.speed --only cores         # two workers, on an idle machine
    python -m benchmarks.speed --articles 20000 --words 60 --only memory
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import detente
from benchmarks.pile import make_pile

_BARE = """
import json, sys, spacy
from detente.language.model import model_path
nlp = spacy.load(model_path())
texts = (p for line in open(sys.argv[1], encoding="utf-8") for p in json.loads(line)["text"].split("\\n\\n"))
for doc in nlp.pipe(texts, batch_size=64):
    pass
"""
_START = "import spacy; from detente.language.model import model_path; spacy.load(model_path())('Warm up.')"


def _run(*args: str) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of a child process and its children."""
    command = [sys.executable, *args]
    code = (
        "import resource,subprocess,sys;"
        "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE,text=True);"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "sys.stderr.write(r.stderr[-2000:] if r.returncode not in (0,3) else '');"
        "print(r.returncode,u.ru_utime+u.ru_stime,u.ru_maxrss/1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, env=_environment()
    )
    status, cpu, peak = done.stdout.split()
    if int(status) not in (0, 3):
        raise SystemExit(f"{' '.join(command)} failed ({status}):\n{done.stderr}")
    return float(cpu), float(peak)


@cache
def _environment() -> dict[str, str]:
    """One thread on both sides, and modules compiled before anything is counted, as once installed."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(Path(detente.__file__).parent)], env=env)
    return env


def _write(path: Path, articles: int, words: int, copied: float) -> int:
    """Write a made pile; the number of its words."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in make_pile(articles, words=words, copied=copied):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += len(row["text"].split())
    return count


def _words(pile: Path) -> int:
    with pile.open(encoding="utf-8") as lines:
        return sum(len(json.loads(line)["text"].split()) for line in lines)


def _read(pile: Path, db: Path, *, jobs: int = 1) -> tuple[float, float]:
    return _run("-m", "detente", "read", str(pile), "--db", str(db), "--jobs", str(jobs))


def speed(folder: Path, articles: int, words: int, *, given: Path | None = None) -> None:
    """Whole run and second run beside the bare parse, on text without repeats or on a given pile."""
    pile = given or folder / "plain.jsonl"
    total = _words(pile) if given else _write(pile, articles, words, 0.0)
    start, _ = _run("-c", _START)
    bare, _ = _run("-c", _BARE, str(pile))
    first, peak = _read(pile, folder / "plain.db")
    second, _ = _read(pile, folder / "plain.db")
    print(f"words {total:,}   model start {start:.2f} CPU s (not counted in the rates)")
    print(f"bare spaCy       {bare:8.2f} CPU s   {total / (bare - start):8,.0f} words per CPU s")
    print(
        f"detente read     {first:8.2f} CPU s   {total / (first - start):8,.0f} words per CPU s   peak {peak:,.0f} MB"
    )
    print(
        f"share of the bare parse   {(bare - start) / (first - start):.2f}   (start counted: {bare / first:.2f})"
    )
    print(f"second run       {second:8.2f} CPU s   1/{first / second:.0f} of the first")


def kinds_of_copies(pile: Path) -> tuple[int, int]:
    """How many articles of a made pile are another's body whole, and how many its first paragraphs."""
    bodies: set[str] = set()
    begun: set[str] = set()
    whole = cut = 0
    with pile.open(encoding="utf-8") as lines:
        for line in lines:
            body = json.loads(line)["text"]
            whole, cut = whole + (body in bodies), cut + (body not in bodies and body in begun)
            parts = body.split("\n\n")
            bodies.add(body)
            begun.update("\n\n".join(parts[:n]) for n in range(1, len(parts)))
    return whole, cut


def copies(folder: Path, articles: int, words: int) -> None:
    """The gain on a pile where 40% of the articles are copies."""
    pile = folder / "copied.jsonl"
    total = _write(pile, articles, words, 0.4)
    whole, cut = kinds_of_copies(pile)
    print(
        f"of {articles:,} articles {whole:,} are copies of a whole body, {cut:,} of one cut short, all of another day"
    )
    start, _ = _run("-c", _START)
    bare, _ = _run("-c", _BARE, str(pile))
    first, _ = _read(pile, folder / "copied.db")
    print(
        f"40% copies       {first:8.2f} CPU s   {total / (first - start):8,.0f} words per CPU s   {(bare - start) / (first - start):.2f} of the bare parse"
    )


def cores(folder: Path, articles: int, words: int) -> None:
    """Two workers beside one process: wall time (on an idle machine), and the path that CPU times add up to."""
    pile = folder / "cores.jsonl"
    _write(pile, articles, words, 0.0)
    walls, cpus = [], []
    for jobs in (1, 2):
        began = time.perf_counter()
        cpus.append(_read(pile, folder / f"cores{jobs}.db", jobs=jobs)[0])
        walls.append(time.perf_counter() - began)
    print(
        f"one process {walls[0]:.1f} s, two workers {walls[1]:.1f} s: {walls[0] / walls[1]:.2f} times as fast; "
        f"CPU {cpus[0]:.1f} and {cpus[1]:.1f} s"
    )
    command = [sys.executable, "-m", "benchmarks.cores", str(pile), str(folder / "path.db")]
    path = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(
        f"by CPU time: path of two workers {path['path']:.1f} s, {cpus[0] / path['path']:.2f} times as fast; "
        f"start {path['start'] + path['load']:.1f} s, {path['alone'] - path['start']:.1f} s in the end by one process"
    )


def memory(folder: Path, articles: int, words: int) -> None:
    """Peak memory of reading a large pile."""
    pile = folder / "large.jsonl"
    total = _write(pile, articles, words, 0.2)
    cpu, peak = _read(pile, folder / "large.db")
    print(
        f"{articles:,} articles, {total:,} words: {cpu:,.0f} CPU s, peak {peak:,.0f} MB, store {(folder / 'large.db').stat().st_size / 1e6:,.0f} MB"
    )


def main() -> None:
    parts: dict[str, Callable[[Path, int, int], None]] = {
        "speed": speed,
        "copies": copies,
        "cores": cores,
        "memory": memory,
    }
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--pile", type=Path, help="a .jsonl of reports (text) in place of made ones")
    parser.add_argument("--only", choices=parts, action="append")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        if args.pile:
            speed(Path(folder), 0, 0, given=args.pile)
            return
        for name in args.only or ("speed", "copies"):
            parts[name](Path(folder), args.articles, args.words)


if __name__ == "__main__":
    main()
