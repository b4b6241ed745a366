"""The page on the conflict model cannot drift: its example model solves, its keys are those of the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.conflict import modelfile
from detente.conflict.analysis import CONCEPTS
from detente.conflict.model import STATUSES
from detente.conflict.modelfile import parse_model
from detente.conflict.shipped import shipped_models

PAGE = (Path(__file__).parents[2] / "docs" / "conflict.md").read_text(encoding="utf-8")


def test_the_example_model_reads():
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert example
    assert parse_model(example[1]).title == "A siege"


def test_the_python_example_runs(capsys):
    example = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert example
    exec(compile(example[1], "docs/conflict.md", "exec"), {})
    assert "not a forecast" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*CONCEPTS, *STATUSES, *shipped_models()])
def test_every_concept_status_and_model_is_documented(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("table", sorted(modelfile._KEYS))
def test_every_key_of_a_model_file_is_documented(table):
    row = re.search(rf"\| `\[\[{table}\]\]` \| (.*?) \|", PAGE)
    assert row
    for key in modelfile._KEYS[table] - {"preference"}:
        assert f"`{key}" in row[1]
