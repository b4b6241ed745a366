"""Looking again at an unchanged pile: nothing is loaded that only reading needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pile import make_pile
from detente.pipeline import read_pile
from detente.store import open_store
from tests import canned

# What only a page or an article needs: page extractors, parser, arrays, tables of data, packed readings, pools.
HEAVY = (
    "spacy", "numpy", "lxml", "trafilatura", "tomllib", "msgspec", "multiprocessing", "concurrent.futures",
    "detente.source.feed", "detente.source.rows", "detente.article", "detente.compare", "detente.language.packing",
)  # fmt: skip


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent / "src")}


@pytest.fixture
def read_once(tmp_path):
    """A pile that a store has read with our names of readers and comparison, and canned steps."""
    pile = tmp_path / "pile.jsonl"
    pile.write_text("".join(json.dumps(row) + "\n" for row in make_pile(3, words=60)))
    return pile, tmp_path / "x.db"


def test_a_second_run_loads_nothing_that_only_reading_needs(read_once):
    from detente.parts import our_parts

    pile, db = read_once
    ours, store = our_parts(), open_store(str(db))
    parts = canned.parts(readers=ours.readers, model=ours.model, compare_name=ours.compare_name)
    read_pile([str(pile)], store, parts=parts)
    store.close()
    code = "import sys; from detente.cli.main import run; run(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(pile), "--db", str(db)],
        capture_output=True, text=True, check=True, env=_env(),
    )  # fmt: skip
    assert "1 file unchanged" in done.stdout
    assert [name for name in HEAVY if name in done.stdout.splitlines()[-1].split()] == []
