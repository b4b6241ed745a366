"""The command line as a process of its own: broken pipes, interrupts, start-up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import canned

ROOT = Path(__file__).parent.parent.parent
CANNED = [sys.executable, "-m", "tests.canned_cli"]


def _env(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), **more}


def test_a_broken_pipe_ends_quietly(tmp_path):
    texts = {
        f"{i:03}.txt": f"Post | 1962-10-26 | News\nKuba said {'more and ' * 40}{i}.\n" for i in range(400)
    }
    canned.write_reports(tmp_path / "reports", texts)
    subprocess.run(
        [*CANNED, "read", "reports", "-q"], cwd=tmp_path, env=_env(), check=True, capture_output=True
    )
    command = f"{' '.join(CANNED)} statements --format jsonl | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=_env(), capture_output=True, text=True)
    assert [done.stdout.splitlines()[-1], done.stderr] == ["0", ""]


def test_an_interrupt_ends_with_130_and_keeps_the_work(tmp_path):
    canned.write_reports(
        tmp_path / "reports", {f"{i}.txt": f"Post | 1962-10-26 | News\nKuba said {i}.\n" for i in range(40)}
    )
    running = subprocess.Popen(
        [*CANNED, "read", "reports"],
        cwd=tmp_path,
        env=_env(CANNED_SLOW="0.1"),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "crisis.db").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in err
    done = subprocess.run([*CANNED, "read", "-q"], cwd=tmp_path, env=_env(), capture_output=True, text=True)
    assert "holds 40 articles" in done.stdout
    assert "40 articles read" not in done.stdout


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["statements", "--help"]])
def test_looking_imports_nothing_heavy(args):
    code = (
        "import sys\nfrom detente.cli.main import run\n"
        f"run({args!r})\n"
        "heavy = {'spacy', 'numpy', 'lxml', 'trafilatura', 'sklearn', 'jinja2', 'pandas'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=_env(), capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_help_starts_quickly():
    """Generous: 0.25 s is the aim on an idle machine; what counts here is CPU time."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'detente', '--help'], stdout=subprocess.DEVNULL, check=True);"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=_env(), capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 0.6


_ASKED = """
import os, sys
from detente.cli import main
sys.argv = ["detente", "--version"]
try:
    main()
except SystemExit:
    print(os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"])
"""


@pytest.mark.parametrize(("said", "then"), [({}, "1 1"), ({"OMP_NUM_THREADS": "3"}, "3 1")])
def test_the_command_keeps_numpy_to_one_thread_unless_told(said, then):
    env = {name: value for name, value in _env().items() if not name.endswith("_NUM_THREADS")}
    told = subprocess.run(
        [sys.executable, "-c", _ASKED], env={**env, **said}, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == then
