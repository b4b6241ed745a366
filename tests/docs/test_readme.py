"""The README's first screen is what the program prints, and its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.generate_docs import README, demo_of, demo_output

TEXT = README.read_text(encoding="utf-8")


def masked(output: str) -> list[str]:
    """Counts of the summary masked: another processor's arithmetic may tip a borderline sentence."""
    lines = output.splitlines()
    return [re.sub(r"\d+", "N", line) for line in lines[:3]] + lines[3:]


def test_the_demo_prints_what_the_readme_shows() -> None:
    assert masked(demo_output()) == masked(demo_of(TEXT)), "run: python -m scripts.generate_docs --demo"


def test_the_pythons_four_lines_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    (tmp_path / "reports").mkdir()
    for name, ships in (("a.txt", "14"), ("b.txt", "16")):
        page = f"Ships turn back\n\n{'Norda' if ships == '14' else 'Sarda'} said on 25 October 1962 that {ships} Soviet ships had turned back before the line that day, and no shot was fired.\n"
        (tmp_path / "reports" / name).write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    assert (tmp_path / "crisis.db").is_file()
    assert len(block.splitlines()) == 4


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)", TEXT))
def test_links_of_the_readme_lead_somewhere(target: str) -> None:
    assert (README.parent / target).exists()
