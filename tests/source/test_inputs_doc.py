"""docs/inputs.md says what the code says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from detente.source import PASSED_OVER, REASONS, Limits
from detente.source.kinds import load_tables

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "meaning"), [*REASONS.items(), *PASSED_OVER.items()])
def test_every_reason_stands_in_the_docs_with_its_meaning(code, meaning):
    assert f"| `{code}` | {meaning} |" in DOC


def test_every_reason_used_in_the_code_is_known():
    """Refusals by literal reason, wherever they are raised or compared."""
    code = "".join(path.read_text() for path in (ROOT / "src/detente/source").glob("*.py"))
    assert set(re.findall(r'Refused\(\s*"([\w-]+)"', code)) <= set(REASONS)
    assert set(re.findall(r'pass_over\(\s*"([\w-]+)"', code)) <= set(PASSED_OVER)


def test_every_reason_is_used():
    code = "".join(path.read_text() for path in (ROOT / "src/detente/source").glob("*.py"))
    assert [reason for reason in [*REASONS, *PASSED_OVER] if code.count(f'"{reason}"') < 2] == []


@pytest.mark.parametrize("limit", dataclasses.fields(Limits), ids=lambda limit: limit.name)
def test_every_limit_stands_in_the_docs_with_its_default(limit):
    assert f"| `{limit.name}` | {limit.default:,} |" in DOC


def test_every_name_of_a_row_field_stands_in_the_docs():
    for field, names in load_tables().row.items():
        assert f"| {field} | {', '.join(f'`{name}`' for name in names)} |" in DOC


def test_every_extension_stands_in_the_docs():
    assert [name for name in load_tables().kind_of if f"`{name}`" not in DOC] == []
