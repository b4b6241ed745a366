"""The docs cannot drift: generated pages are compared, fields are all named, examples are run."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from detente.cli.main import COMMANDS
from detente.record import LAYERS
from scripts.generate_docs import DOCS, PAGES

PYTHON = (DOCS / "python.md").read_text(encoding="utf-8")
RECORD = (DOCS / "record.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_program_says(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: python -m scripts.generate_docs"


@pytest.mark.parametrize("command", [name for name, _, _ in COMMANDS])
def test_every_command_has_its_heading(command):
    assert f"\n### detente {command}\n" in (DOCS / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_field_of_every_layer_is_documented(layer):
    section = re.search(rf"\n## `{layer}\.jsonl`\n(.*?)(?=\n## |\Z)", RECORD, re.DOTALL)
    assert section, f"docs/record.md has no heading for {layer}.jsonl"
    named = set(re.findall(r"`(\w+)`", section[1]))
    fields = {field.name.rstrip("_") for field in dataclasses.fields(LAYERS[layer].record)}
    assert fields - named == set()


def test_the_examples_of_the_python_page_run(db, monkeypatch):
    monkeypatch.chdir(db.parent)
    blocks = re.findall(r"```python\n(.*?)```", PYTHON, re.DOTALL)
    assert len(blocks) >= 5
    exec(compile("\n".join(blocks), "docs/python.md", "exec"), {"print": lambda *words: None})


@pytest.mark.parametrize("page", ["cli.md", "python.md", "record.md"])
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([\w/.-]+\.md)", (DOCS / page).read_text(encoding="utf-8")):
        assert (Path(DOCS) / target).is_file()
