"""The main job beside the bare parse: whole run, second run, copies, peak memory.

Everything runs on the same text in one call, each part in its own process, and is told in CPU time:
words per CPU second of ``detente read`` as a share of the bare spaCy pipeline's; the second run over the
unchanged pile as a share of the first; the same on a pile with 40% copies, beside the bare parse and
beside the pile without copies; peak memory.

    python -m benchmarks.speed                      # 200 articles of 400 words
    python -m benchmarks.speed --pile reports.jsonl.gz # the same on your own reports, 40% of them made copies
    python -m benchmarks.speed --only cores         # two workers, on an idle machine
    python -m benchmarks.speed --articles 20000 --words 60 --only memory
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import detente
from benchmarks.pile import make_pile, with_copies

_BARE = """
import json, sys, spacy
from detente.language.model import model_path
nlp = spacy.load(model_path())
texts = (p for line in open(sys.argv[1], encoding="utf-8") for p in json.loads(line)["text"].split("\\n\\n"))
for doc in nlp.pipe(texts, batch_size=64):
    pass
"""
_FIELDS = ("id", "title", "date", "outlet", "url", "text")
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


def _taken(given: Path, folder: Path) -> Path:
    """A given pile as plain JSON Lines, with the fields that reading uses."""
    opened = gzip.open if given.suffix == ".gz" else open
    with opened(given, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return _keep(folder / "plain.jsonl", [{k: row[k] for k in _FIELDS if row.get(k)} for row in rows])


def _keep(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _bare(pile: Path) -> tuple[float, float]:
    """CPU seconds of the model's start, and of the bare parse of a pile, start left out."""
    start, _ = _run("-c", _START)
    return start, _run("-c", _BARE, str(pile))[0] - start


def speed(folder: Path, articles: int, words: int, *, given: Path | None = None) -> float:
    """Whole run and second run beside the bare parse, on text without repeats or on a given pile.

    Returns:
        Words per CPU second of the first run.
    """
    pile = given or folder / "plain.jsonl"
    total = _words(pile) if given else _write(pile, articles, words, 0.0)
    start, bare = _bare(pile)
    first, peak = _read(pile, folder / "plain.db")
    second, _ = _read(pile, folder / "plain.db")
    rate = total / (first - start)
    print(f"words {total:,}   model start {start:.2f} CPU s (not counted in the rates)")
    print(f"bare spaCy       {bare + start:8.2f} CPU s   {total / bare:8,.0f} words per CPU s")
    print(f"detente read     {first:8.2f} CPU s   {rate:8,.0f} words per CPU s   peak {peak:,.0f} MB")
    shares = bare / (first - start), (bare + start) / first
    print(f"share of the bare parse   {shares[0]:.2f}   (start counted: {shares[1]:.2f})")
    print(f"second run       {second:8.2f} CPU s   1/{first / second:.0f} of the first", flush=True)
    return rate


def kinds_of_copies(pile: Path) -> tuple[int, int]:
    """How many articles of a pile are another's body whole, and how many its first paragraphs."""
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


def copies(
    folder: Path, articles: int, words: int, *, given: Path | None = None, plain: float | None = None
) -> None:
    """The gain on a pile where 40% of the articles are copies: beside the bare parse, and the pile without.

    ``plain`` is the words per CPU second on the pile without; None measures it.
    """
    pile = folder / "copied.jsonl"
    if given:
        with given.open(encoding="utf-8") as lines:
            _keep(pile, with_copies([json.loads(line) for line in lines]))
    else:
        _write(pile, articles, words, 0.4)
    total, (whole, cut) = _words(pile), kinds_of_copies(pile)
    start, bare = _bare(pile)
    if plain is None:
        without = given or folder / "plain.jsonl"
        count = _words(without) if given else _write(without, articles, words, 0.0)
        plain = count / (_read(without, folder / "without.db")[0] - start)
    first, _ = _read(pile, folder / "copied.db")
    rate = total / (first - start)
    print(f"40% copies: {whole:,} of a whole body, {cut:,} of one cut short; {total:,} words")
    print(f"bare spaCy       {bare + start:8.2f} CPU s   {total / bare:8,.0f} words per CPU s")
    print(f"detente read     {first:8.2f} CPU s   {rate:8,.0f} words per CPU s")
    print(
        f"beside the bare parse {rate * bare / total:.2f}, beside the pile without copies {rate / plain:.2f}"
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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--pile", type=Path, help="a .jsonl(.gz) of reports (text) in place of made ones")
    parser.add_argument("--only", choices=("speed", "copies", "cores", "memory"), action="append")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder, size, wanted = Path(name), (args.articles, args.words), args.only or ("speed", "copies")
        given = _taken(args.pile, folder) if args.pile else None
        plain = speed(folder, *size, given=given) if "speed" in wanted else None
        if "copies" in wanted:
            copies(folder, *size, given=given, plain=plain)
        if "cores" in wanted:
            cores(folder, *size)
        if "memory" in wanted:
            memory(folder, *size)


if __name__ == "__main__":
    main()
