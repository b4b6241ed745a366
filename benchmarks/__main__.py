"""Run the benchmarks: all of them, or those named (``python -m benchmarks statements events``).

Each is also a command of its own, ``python -m benchmarks.NAME``, with options of its own. Those that need
gold of others look for it beside the checkout (or in ``DETENTE_SHARED``) and say so when it is not there.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = {
    "speed": "the main job beside the bare parse: speed, second run, copies",
    "articles": "pages: body and metadata beside the extractors",
    "actors": "actor phrases to country and sector, pronouns",
    "times": "time expressions on TempEval and WikiWars",
    "statements": "attributed statements beside textacy",
    "events": "PLOVER events beside a TF-IDF classifier",
    "stories": "origins, stories, differences beside near-duplicate finders",
    "luck": "what of a record hangs on the luck of its ids",
    "conflict": "solvers: cost against options and parties",
    "web": "the web app: server time by page, fifty readers",
    "faults": "killed, power cut, disk full, flipped bytes: what is left",
    "inputs": "reading files, archives and hostile input",
}


ARGUMENTS = {"articles": (["html"], ["dumps"], ["metadata"])}


def main() -> int:
    """Run them one after the other; 1 when one fails."""
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        known = "\n".join(f"  {name:<12}{what}" for name, what in BENCHMARKS.items())
        print(f"No benchmark {', '.join(unknown)}. There are:\n{known}", file=sys.stderr)
        return 2
    failed = 0
    for name in names:
        print(f"\n=== {name}: {BENCHMARKS[name]}", flush=True)
        for arguments in ARGUMENTS.get(name, ([],)):
            command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
            failed += subprocess.run(command).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
