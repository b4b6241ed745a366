"""The public surface: few names, each there, each documented."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import detente

ROOT = Path(__file__).parent.parent


def test_the_names_are_those_listed():
    assert set(detente.__all__) == set(dir(detente))
    assert set(detente.__all__) - {"__version__"} == set(detente._PLACES)


def test_there_are_at_most_fifteen():
    assert len(detente.__all__) <= 15


@pytest.mark.parametrize("name", [n for n in detente.__all__ if n != "__version__"])
def test_each_is_importable_and_says_what_it_gives(name):
    assert getattr(detente, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such"):
        _ = detente.no_such


def test_the_version_is_the_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == detente.__version__


def test_importing_the_package_imports_no_layer():
    code = "import sys, detente; print(sorted(m for m in sys.modules if m.startswith('detente.')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stdout.strip() == "['detente.version']"
