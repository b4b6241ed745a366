"""The command line: thin. It parses, calls and shows; results go to stdout, all else to stderr."""

from __future__ import annotations

import os

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main() -> None:
    """Run the command line; ends the process with an exit code of ``docs/cli.md``."""
    # Before numpy is loaded, which reads them once: its matrices here are small, and threads would only wait
    # for one another. Cores are for --jobs. What the caller set stands.
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    from detente.cli.main import run

    raise SystemExit(run())
