"""Mutation fuzzing of every parser: seeds made here, damaged at random, read, and watched.

    python -m benchmarks.fuzz [TARGET …] [--seconds 600] [--seed 1] [--keep DIR]

One line a target: inputs read, what came of them, what broke. What breaks a rule is written to --keep.
Exit code 1 when anything broke. No coverage guidance: the seeds carry the structure, so that a damage
reaches deep. Inputs that once broke something stand as cases in the tests of their parser.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks.fuzz.mutation import mutate
from benchmarks.fuzz.targets import SLOW, TARGETS, Target


def fuzz(
    target: Target,
    *,
    seconds: float = math.inf,
    inputs: float = math.inf,
    chance: random.Random,
    keep: Path | None = None,
) -> tuple[int, Counter[str], Counter[str]]:
    """How many inputs were read, what came of them, and which rules broke how often."""
    corpus = target.seeds()
    names = sorted(corpus)
    runs, gave, broken = 0, Counter[str](), Counter[str]()
    end = time.monotonic() + seconds
    while runs < inputs and time.monotonic() < end:
        name = chance.choice(names)
        data = mutate(chance.choice(corpus[name]), chance)
        started = time.process_time()
        try:
            wrong, outcome = target.check(name, data)
        except Exception as error:
            wrong, outcome = f"raised {type(error).__name__}: {error}", "exception"
        took = time.process_time() - started
        if wrong is None and took > SLOW:
            wrong = f"took more than {SLOW:g} s"
        runs += 1
        gave[outcome] += 1
        if wrong:
            broken[f"{name}: {wrong}"[:90]] += 1
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{runs}-{name}").write_bytes(data)
    return runs, gave, broken


def main() -> int:
    """Fuzz the targets named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)} (all)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that broke a rule")
    options = parser.parse_args()
    unknown = [name for name in options.targets if name not in TARGETS]
    if unknown:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    failed = 0
    for name in options.targets or TARGETS:
        keep = options.keep / name if options.keep else None
        runs, gave, broken = fuzz(
            TARGETS[name], seconds=options.seconds, chance=random.Random(options.seed), keep=keep
        )
        told = ", ".join(f"{what} {n}" for what, n in gave.most_common(6))
        print(f"{name:<12}{runs:>8,} inputs   {told}", flush=True)
        for wrong, count in broken.most_common():
            print(f"  BROKEN {count} × {wrong}", flush=True)
        failed += bool(broken)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
