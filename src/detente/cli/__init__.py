"""The command line: thin. It parses, calls and shows; results go to stdout, all else to stderr."""

from __future__ import annotations


def main() -> None:
    """Run the command line; ends the process with an exit code of ``docs/cli.md``."""
    from detente.cli.main import run

    raise SystemExit(run())
