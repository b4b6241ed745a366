"""Regenerate what the docs take from the program; ``--check`` only compares.

``--demo`` also runs the demo (a minute) and puts its output into the README.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from detente.cli import docs as cli_docs

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES: dict[str, Callable[[], str]] = {"cli.md": cli_docs.page}
_DEMO = re.compile(r"(<!-- demo: .*?-->\n```text\n)(.*?)(```\n<!-- /demo -->)", re.DOTALL)


def main() -> int:
    """Write or compare every page; 1 when --check finds a difference."""
    made = {DOCS / name: make() for name, make in PAGES.items()}
    if "--demo" in sys.argv:
        made[README] = with_demo(README.read_text(encoding="utf-8"), demo_output())
    stale = 0
    for path, text in made.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{'differs' if '--check' in sys.argv else 'written'}: {path.relative_to(ROOT)}")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in sys.argv else 0


def demo_output() -> str:
    """What ``detente demo`` prints to stdout, 110 columns wide, run in an empty folder."""
    environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "detente", "demo", "--quiet"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
    return done.stdout


def with_demo(readme: str, output: str) -> str:
    """The README with the demo's output in its place."""
    return _DEMO.sub(lambda match: match[1] + output + match[3], readme)


def demo_of(readme: str) -> str:
    """The demo's output as the README shows it."""
    match = _DEMO.search(readme)
    return match[2] if match else ""


if __name__ == "__main__":
    raise SystemExit(main())
