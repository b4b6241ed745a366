"""A run on an engine: restartable piece by piece, exactly once, and one article's failure costs itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed (make test-scale)")

from detente.errors import InputError, StoreLocked, UsageError
from detente.formats.jsonl import write_jsonl
from detente.pipeline import read_pile
from detente.record import Article
from detente.scale import LocalEngine, list_stories, load_folders, read_at_scale
from detente.scale.folder import Folder, read_rows
from detente.store import SqliteStore
from tests.scale import small

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def canned_steps(monkeypatch):
    small.put_in_place(monkeypatch.setattr)


@pytest.fixture
def source(tmp_path):
    return small.reports(tmp_path / "reports")


@pytest.fixture
def out(tmp_path, source):
    small.run(source, tmp_path / "out")
    return tmp_path / "out"


def exported(store, folder):
    write_jsonl(store, folder)
    store.close()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_loading_a_run_makes_the_record_that_reading_the_inputs_makes(tmp_path, source, out):
    loaded, plain = SqliteStore(":memory:"), SqliteStore(":memory:")
    load_folders([out], loaded)
    read_pile([str(source)], plain, parts=small.parts())
    assert exported(plain, tmp_path / "plain") == exported(loaded, tmp_path / "loaded")


@pytest.mark.parametrize("call", [1, 2, 5, 6, 11, 16, 23, 28])
def test_a_killed_run_goes_on_and_its_folder_is_that_of_one_never_killed(tmp_path, source, out, call):
    code = [sys.executable, "-m", "tests.scale.small", str(source), str(tmp_path / "killed"), str(call)]
    killed = subprocess.run(code, cwd=ROOT, env={"PYTHONPATH": "src:."}, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    small.run(source, tmp_path / "killed")
    assert small.files(out) == small.files(tmp_path / "killed")


def test_a_finished_run_makes_nothing_again(source, out):
    again = small.run(source, out)
    assert again.made == {"pages": 0, "shards": 0, "sorted": 0, "records": 0}


def test_a_lost_piece_alone_is_made_again_the_same_to_the_byte(source, out):
    before = small.files(out)
    lost = sorted((out / "shards").glob("*.json"))[0]
    lost.unlink()
    lost.with_suffix(".parquet").unlink()
    again = small.run(source, out)
    assert again.made == {"pages": 0, "shards": 1, "sorted": 0, "records": 0}
    assert before == small.files(out)


def test_an_article_that_says_more_of_itself_under_the_same_id_is_taken_anew(source, out, monkeypatch):
    path = source / "r00.txt"
    read = small.canned.read_article
    steps = small.parts()
    changed = replace(steps, article=lambda page: _signed(read(page)))
    monkeypatch.setattr("detente.scale.stages.parts", lambda: changed)
    os.utime(path, (1, 1))
    assert small.run(source, out).made["shards"] > 0
    store = SqliteStore(":memory:")
    load_folders([out], store)
    (byline,) = {a.byline for a in store.pile().articles() if a.source == str(path)}
    assert byline == "A. Writer"


def _signed(article):
    return replace(article, byline="A. Writer") if isinstance(article, Article) else article


def test_a_run_without_comparison_holds_no_stories(source, out):
    from detente.scale import LocalEngine

    read_at_scale([str(source)], out, LocalEngine(1), settings=small.settings(), compare=False)
    assert [*(out / "records").glob("*.json"), *(out / "stories").glob("*.json")] == []


def test_a_piece_cut_short_is_made_again(source, out):
    before = small.files(out)
    table = sorted((out / "shards").glob("*.parquet"))[0]
    table.write_bytes(table.read_bytes()[:-7])
    assert small.run(source, out).made["shards"] == 1
    assert before == small.files(out)


@pytest.mark.parametrize("step", ["pages", "shards"])
def test_a_flipped_byte_is_found_by_loading(out, step):
    table = sorted((out / step).glob("*.parquet"))[0]
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    with pytest.raises(InputError, match="is damaged"):
        load_folders([out], SqliteStore(":memory:"))


def test_a_new_file_costs_its_own_reading_alone(source, out):
    (source / "r99.txt").write_text("Herald | 1962-10-27 | New\nNorda met Kuba in Vienna once more.\n")
    again = small.run(source, out)
    assert (again.articles, again.read) == (14, 1)


def test_a_failing_article_is_told_in_the_manifest_and_costs_itself(out):
    manifest = json.loads((out / "manifest.json").read_text())
    (failure,) = manifest["failures"]
    assert failure["source"].endswith("y-boom.txt")
    assert failure["reason"] == "failed: ValueError: no such verb"
    assert manifest["articles"] == 13
    assert manifest["inputs"] == {"article": 13, "file": 14, "refused": 1}


def test_every_file_of_a_run_is_in_its_manifest_with_its_hash(out):
    from detente.scale.folder import digest

    told = json.loads((out / "manifest.json").read_text())["files"]
    steps = ("pages", "shards", "records")
    found = {f"{s}/{p.name}": digest(p) for s in steps for p in (out / s).glob("*.parquet")}
    assert found == {name: one["sha256"] for name, one in told.items()}


def test_an_article_is_in_one_shard_and_one_story(out):
    folder = Folder(out)
    ids = [i for name in folder.done("shards") for i in _ids(folder.table("shards", name))]
    assert len(ids) == 13
    assert sorted(ids) == sorted(_ids(folder.table("stories", "map")))


def _ids(path):
    return read_rows(path, ["id"]).column("id").to_pylist()


def test_a_story_is_loaded_with_the_record_that_reading_its_articles_makes(tmp_path, source, out):
    story = max(list_stories(out), key=lambda one: (one["articles"], one["story"]))["story"]
    loaded, plain = SqliteStore(":memory:"), SqliteStore(":memory:")
    summary = load_folders([out], loaded, story=story)
    paths = [article.source for article in loaded.pile().articles()]
    read_pile(paths, plain, parts=small.parts())
    assert summary.compared
    mine, theirs = exported(loaded, tmp_path / "mine"), exported(plain, tmp_path / "theirs")
    assert theirs == mine


def test_loading_twice_changes_nothing(tmp_path, out):
    store = SqliteStore(str(tmp_path / "twice.db"))
    load_folders([out], store)
    before = store.pile_fingerprint(), store.record_hash()
    summary = load_folders([out], store)
    assert before == (store.pile_fingerprint(), store.record_hash())
    assert (summary.new_articles, summary.read, summary.compared) == (0, 0, False)
    store.close()


def test_an_unfinished_run_is_not_loaded(tmp_path, out):
    (out / "manifest.json").unlink()
    with pytest.raises(InputError, match="not finished"):
        load_folders([out], SqliteStore(":memory:"))


def test_a_folder_of_something_else_is_not_loaded(tmp_path):
    with pytest.raises(InputError, match="no folder of a run"):
        load_folders([tmp_path], SqliteStore(":memory:"))


def test_a_folder_takes_the_paths_it_was_made_from_alone(tmp_path, out):
    with pytest.raises(UsageError, match="other paths"):
        small.run(tmp_path, out)


def test_standard_input_is_not_taken(tmp_path):
    with pytest.raises(UsageError, match="standard input"):
        read_at_scale(["-"], tmp_path / "out", LocalEngine(1))


def test_two_runs_do_not_work_in_one_folder(source, out):
    from detente.scale.run import _alone

    with _alone(Folder(out)), pytest.raises(StoreLocked, match="Another run"):
        small.run(source, out)
