"""Regenerate the generated pages of docs/; ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from detente.cli import docs as cli_docs

DOCS = Path(__file__).parent.parent / "docs"
PAGES: dict[str, Callable[[], str]] = {"cli.md": cli_docs.page}


def main() -> int:
    """Write or compare every page; 1 when --check finds a difference."""
    stale = 0
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{'differs' if '--check' in sys.argv else 'written'}: {path.relative_to(DOCS.parent)}")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
