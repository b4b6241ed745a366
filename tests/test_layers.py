"""Layers point one way: the imports under src/detente are read, and a breach fails."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "detente"

# Each layer may import those named before it; a row's layers stand side by side and may not import each other.
ORDER = (
    {"errors", "version", "data", "sample", "forks"},
    {"record"},
    {"source"},
    {"article"},
    {"language"},
    {"readers"},
    {"compare"},
    {"store"},
    {"conflict", "formats", "report", "workers"},
    {"nursery"},
    {"crew"},
    {"parts"},
    {"reading"},
    {"pipeline"},
    {"api", "scale", "watch"},
    {"__init__"},
    {"web"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, row in enumerate(ORDER) for name in row}
FILES = sorted(SOURCE.rglob("*.py"))


def _layer(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def _imports(path: Path) -> set[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] if node.module != "detente" else [f"detente.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {(name, node.lineno) for name in names if name.split(".")[0] == "detente"}
    return found


@pytest.mark.parametrize("layer", sorted({_layer(path) for path in FILES}))
def test_every_layer_has_its_place_in_the_order(layer):
    assert layer in RANK


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_layer_imports_only_what_stands_before_it(path):
    mine = _layer(path)
    breaches = []
    for name, line in sorted(_imports(path)):
        other = [*name.split("."), "__init__"][1]
        if other != mine and RANK.get(other, -1) >= RANK[mine]:
            breaches.append(f"{path.relative_to(SOURCE)}:{line} imports {name}")
    assert breaches == []


def test_a_breach_is_seen(tmp_path):
    (tmp_path / "x.py").write_text("def f():\n    from detente.store import look_at\n")
    assert _imports(tmp_path / "x.py") == {("detente.store", 2)}
