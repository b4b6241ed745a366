"""The command line over the canned language, in this process."""

from __future__ import annotations

import pytest

from detente.cli.main import run
from tests import canned


@pytest.fixture
def detente(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder; gives its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_DB", raising=False)
    monkeypatch.setattr("detente.pipeline.our_parts", canned.parts)

    def call(*args: str) -> tuple[int, str, str]:
        code = run([str(a) for a in args])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def crisis(detente, reports):
    """The same, with the canned pile read into crisis.db."""
    assert detente("read", "reports")[0] == 0
    return detente
