"""The main path: only what is new, in any order, with nothing lost when something fails or is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.errors import MissingPart
from detente.formats import format_named
from detente.parts import FAILED
from detente.pipeline import Tick, read_pile
from detente.record import Refusal
from detente.store import look_at, open_store
from detente.store.check import check_record
from tests import canned

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "x.db"))
    yield opened
    opened.close()


def _export(store, out: Path) -> dict[str, bytes]:
    format_named("jsonl").write(store, out)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def _never(*args, **kwargs):
    raise AssertionError("this had nothing to do")


def test_a_second_run_reads_and_compares_nothing(store, reports):
    read_pile([str(reports)], store, parts=canned.parts())
    summary = read_pile(
        [str(reports)], store, parts=canned.parts(article=_never, read=_never, compare=_never)
    )
    assert (summary.unchanged, summary.new_articles, summary.read, summary.compared) == (3, 0, 0, False)


def test_only_what_is_new_is_read(store, reports):
    read_pile([str(reports)], store, parts=canned.parts())
    canned.write_reports(reports, {"d.txt": "Post | 1962-10-26 | More\nKuba said more.\n"})
    summary = read_pile([str(reports)], store, parts=canned.parts())
    assert (summary.new_articles, summary.read, summary.compared) == (1, 1, True)


def test_the_order_of_the_inputs_changes_nothing(reports, tmp_path):
    exports = []
    for number, names in enumerate((["a.txt", "b.txt", "c.txt"], ["c.txt", "b.txt", "a.txt"])):
        store = open_store(str(tmp_path / f"{number}.db"))
        for name in names:
            read_pile([str(reports / name)], store, parts=canned.parts())
        exports.append(_export(store, tmp_path / f"out{number}"))
        store.close()
    assert exports[0] == exports[1]


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_copies_of_a_file_are_one_article_with_every_input(tmp_path, store, order):
    for name in order:
        canned.write_reports(tmp_path / name, {"r.txt": canned.REPORTS["a.txt"]})
        read_pile([str(tmp_path / name)], store, parts=canned.parts())
    states = [(Path(i.source).parent.name, i.status) for i in store.inputs()]
    assert states == [("one", "read"), ("two", "duplicate")]
    assert store.counts()["articles"] == 1


def test_a_new_version_of_a_reader_reads_everything_again(store, reports):
    read_pile([str(reports)], store, parts=canned.parts())
    summary = read_pile([str(reports)], store, parts=canned.parts(readers=("words.v2", "fragile.v1")))
    assert (summary.read, summary.compared) == (3, True)


def test_a_new_version_of_the_comparison_compares_again(store, reports):
    read_pile([str(reports)], store, parts=canned.parts())
    summary = read_pile([str(reports)], store, parts=canned.parts(read=_never, compare_name="compare.v2"))
    assert summary.compared


def test_again_reads_again_to_the_same_record(store, reports, tmp_path):
    read_pile([str(reports)], store, parts=canned.parts())
    before = _export(store, tmp_path / "before")
    summary = read_pile([str(reports)], store, parts=canned.parts(), again=True)
    assert summary.read == 3
    assert before == _export(store, tmp_path / "after")


def test_a_reader_that_fails_on_an_article_abstains_there_and_the_rest_goes_on(store, reports):
    canned.write_reports(reports, {"d.txt": "Post | 1962-10-26 | More\nKuba said BOOM now.\n"})
    summary = read_pile([str(reports)], store, parts=canned.parts())
    (failed,) = [a for a in store.abstentions() if a.reason.startswith(FAILED)]
    assert ("fragile.v1", f"{FAILED}ValueError: no such verb") == (failed.reader, failed.reason)
    assert (summary.failed, store.counts()["statements"]) == (1, 4)
    assert list(check_record(store)) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BAD page", "binary"),
        ("INDEX of links", "index-page"),
        ("no bars here", "fault"),
        ("Post | 1962-10-26 | Half\nKuba said \ud83d.\n", "not-unicode"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason_and_the_rest_is_read(store, reports, text, reason):
    canned.write_reports(reports, {"bad.txt": text})
    summary = read_pile([str(reports)], store, parts=canned.parts())
    assert [reason] == [r.reason for r in summary.refused]
    assert [reason] == [i.reason for i in store.inputs(status="refused")]
    assert summary.new_articles == 3


def test_what_was_refused_is_told_on_every_run(store, reports):
    canned.write_reports(reports, {"bad.txt": "INDEX of links"})
    first = read_pile([str(reports)], store, parts=canned.parts())
    second = read_pile([str(reports)], store, parts=canned.parts(article=_never))
    assert first.refused == second.refused
    assert [Refusal] == [type(r) for r in second.refused]


def test_a_missing_part_stops_the_run_and_keeps_what_came_in(store, reports):
    def without_model(articles, store):
        raise MissingPart("No model.", hint="Install it.")

    with pytest.raises(MissingPart):
        read_pile([str(reports)], store, parts=canned.parts(read=without_model))
    assert len(store.pile().article_ids()) == 3
    assert read_pile([], store, parts=canned.parts()).read == 3


def test_an_interruption_keeps_what_was_read_so_far(store, reports):
    def interrupted(articles, store):
        for number, reading in enumerate(canned.read_articles(articles, store)):
            if number == 2:
                raise KeyboardInterrupt
            yield reading

    with pytest.raises(KeyboardInterrupt):
        read_pile([str(reports)], store, parts=canned.parts(read=interrupted))
    summary = read_pile([], store, parts=canned.parts())
    assert (summary.read, summary.compared) == (1, True)


def test_progress_tells_each_step_to_its_end(store, reports):
    ticks: list[Tick] = []
    read_pile([str(reports)], store, parts=canned.parts(), progress=ticks.append)
    ended = [(t.step, t.done, t.total) for t in ticks if t.ended]
    assert ended == [("pages", 3, 3), ("reading", 3, 3), ("comparing", 3, 3)]


def test_nothing_is_imported_for_a_run_without_news(store, reports):
    """Our own steps import the parser, the extractors and the comparison only when there is work."""
    code = (
        "import sys, detente.parts; detente.parts.our_parts();"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'spacy', 'lxml', 'trafilatura', 'numpy'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=_env(), check=True
    )
    assert done.stdout.strip() == "[]"


def _env(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), **more}


def _many(folder: Path, number: int = 60) -> Path:
    texts = {
        f"{i:03}.txt": f"Outlet {i % 7} | 1962-10-{i % 28 + 1:02} | News {i}\nKuba attacked Norda {i}. {i} killed.\n"
        f"Norda said Kuba must stop number {i}.\n"
        for i in range(number)
    }
    return canned.write_reports(folder, texts)


def _readings(db: Path) -> int:
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=5) as raw:
            return raw.execute("SELECT count(*) FROM readings").fetchone()[0]
    except sqlite3.Error:
        return 0


def test_a_killed_run_resumes_without_loss_or_doubles(tmp_path):
    reports, db = _many(tmp_path / "reports"), tmp_path / "killed.db"
    command = [sys.executable, "-m", "tests.canned_cli", "read", "reports", "--quiet", "--db"]
    slow = subprocess.Popen([*command, str(db)], cwd=tmp_path, env=_env(CANNED_SLOW="0.05"))
    deadline = time.monotonic() + 30
    while _readings(db) < 8 and time.monotonic() < deadline and slow.poll() is None:
        time.sleep(0.02)
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    assert 0 < _readings(db) < 60
    for path in (db, tmp_path / "whole.db"):
        subprocess.run([*command, str(path)], cwd=tmp_path, env=_env(), check=True, capture_output=True)
    exports = []
    for path in (db, tmp_path / "whole.db"):
        view = look_at(str(path))
        assert list(check_record(view)) == []
        exports.append(_export(view, tmp_path / f"out-{path.stem}"))
        view.close()
    assert exports[0] == exports[1]
    assert reports.is_dir()


def test_another_run_meanwhile_makes_one_record_of_both(store, reports, tmp_path):
    """A pile that grew while it was compared is compared again before anything is kept."""
    grown = []

    def compare(pile_store):
        if not grown:
            grown.append(True)
            other = open_store(store.path)
            more = canned.write_reports(
                tmp_path / "more", {"d.txt": "Post | 1962-10-26 | More\nKuba said more.\n"}
            )
            read_pile([str(more)], other, parts=canned.parts())
            other.close()
        return canned.compare_pile(pile_store)

    read_pile([str(reports)], store, parts=canned.parts(compare=compare))
    assert store.counts()["statements"] == 4
