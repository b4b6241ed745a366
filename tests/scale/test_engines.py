"""One record whatever engine reads: processes, Daft, and Daft on a Ray cluster of two workers, with the real model."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed (make test-scale)")

from benchmarks.pile import make_pile
from tests.scale.small import files

ROOT = Path(__file__).parent.parent.parent
HTML = (
    "<html><head><title>Talks fail</title></head><body><article><h1>Talks fail</h1>{}</article></body></html>"
)


@pytest.fixture(scope="module")
def environment():
    path = os.pathsep.join(str(ROOT / part) for part in ("src", "."))
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "RAY_USAGE_STATS_ENABLED": "0"}


@pytest.fixture(scope="module")
def detente(environment):
    def run(*args):
        code = [sys.executable, "-m", "detente", *map(str, args)]
        done = subprocess.run(code, env=environment, capture_output=True, text=True)
        assert done.returncode in (0, 3), done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Rows in three files, one of them gzipped, one row twice in two files; a page; what must be refused."""
    folder = tmp_path_factory.mktemp("scale") / "reports"
    folder.mkdir()
    rows = [json.dumps(row) + "\n" for row in make_pile(21, words=60, copied=0.4)]
    (folder / "a.jsonl").write_text("".join(rows[:7]) + '{"no": 1}\n')
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("".join(rows[6:14]).encode(), mtime=0))
    (folder / "c.jsonl").write_text("".join(rows[14:]))
    paragraphs = "".join(f"<p>{text}</p>" for text in json.loads(rows[0])["text"].split("\n\n"))
    (folder / "d.html").write_text(HTML.format(paragraphs))
    (folder / "e.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def plain(detente, source, tmp_path_factory):
    """The record of ``detente read``."""
    folder = tmp_path_factory.mktemp("plain")
    detente("read", source, "--db", folder / "plain.db", "--jobs", 1)
    return exported(detente, folder / "plain.db")


@pytest.fixture(scope="module")
def local(detente, source, tmp_path_factory):
    """The folder of the local engine's run."""
    out = tmp_path_factory.mktemp("local") / "out"
    detente("read", source, "--engine", "local", "--jobs", 2, "--piece", 6, "--out", out)
    return out


def exported(detente, db):
    out = db.with_suffix(".out")
    detente("export", "jsonl", out, "--db", db)
    return files(out)


def loaded(detente, out):
    db = out.with_suffix(".db")
    detente("load", out, "--db", db)
    return exported(detente, db)


def test_the_local_engine_makes_the_record_of_a_plain_read(detente, plain, local):
    assert plain == loaded(detente, local)


def test_daft_makes_the_record_of_a_plain_read_and_the_folder_of_the_local_engine(
    detente, source, plain, local, tmp_path
):
    pytest.importorskip("daft")
    detente("read", source, "--engine", "daft", "--jobs", 2, "--piece", 6, "--out", tmp_path / "out")
    assert files(local) == files(tmp_path / "out")
    assert plain == loaded(detente, tmp_path / "out")


@pytest.fixture(scope="module")
def cluster(environment):
    """The address of a Ray cluster of two workers, each with one core, beside a head that has none."""
    pytest.importorskip("ray")
    code = [sys.executable, "-m", "tests.scale.cluster"]
    with subprocess.Popen(
        code, cwd=ROOT, env=environment, stdin=-1, stdout=-1, stderr=-3, text=True
    ) as running:
        yield running.stdout.readline().strip()
        running.stdin.close()
        running.wait(60)


def test_daft_on_a_ray_cluster_of_two_workers_makes_them_too(
    detente, source, plain, local, cluster, tmp_path
):
    how = ("--engine", "daft", "--cluster", cluster, "--piece", 6)
    detente("read", source, *how, "--out", tmp_path / "out")
    assert files(local) == files(tmp_path / "out")
    assert plain == loaded(detente, tmp_path / "out")


@pytest.mark.parametrize(("engine", "worker"), [("local", b"spawn_main"), ("daft", b"udf_worker")])
def test_a_killed_worker_costs_nothing(environment, source, local, tmp_path, engine, worker):
    how = ["--engine", engine, "--jobs", "2", "--piece", "6", "--out", str(tmp_path / "out")]
    code = [sys.executable, "-m", "detente", "read", str(source), *how]
    with subprocess.Popen(code, env=environment, stderr=-1) as running:
        for _ in range(600):
            if list((tmp_path / "out").glob("shards/.*.begun")):
                break
            time.sleep(0.1)
        os.kill(_workers_of(running.pid, worker)[-1], signal.SIGKILL)
        told = running.communicate()[1]
    assert running.returncode == 3, told
    assert files(local) == files(tmp_path / "out")


def _workers_of(pid, command):
    """The processes that a process started with a command that holds these words (Linux)."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    found = [one for task in tasks for one in task.read_text().split()]
    return [int(one) for one in found if command in Path(f"/proc/{one}/cmdline").read_bytes()]
