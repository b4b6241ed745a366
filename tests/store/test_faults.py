"""Faults of the disk: what was synced is there, what fills up is told, and going on gives the whole record."""

from __future__ import annotations

import random
import shutil

import pytest

from benchmarks.faults import Bench, cut_export, killed, power_cut
from benchmarks.powercut import Op, cut_at
from detente.errors import StoreError
from detente.pipeline import read_pile
from detente.store import connect, look_at, open_store
from detente.store.check import check_record, check_store
from tests import canned


def _after(ops, tmp_path, seed):
    into = tmp_path / f"cut-{seed}"
    into.mkdir()
    cut_at(ops, len(ops), into, tmp_path, chance=random.Random(seed))
    return {path.name: path.read_bytes() for path in into.iterdir()}


def test_after_a_cut_what_was_synced_is_there_and_what_was_not_may_be(tmp_path):
    file = str(tmp_path / "f")
    ops = [
        Op("create", file),
        Op("write", file, b"a" * 1024),
        Op("sync", file),
        Op("write", file, b"b" * 1024),
    ]
    seen = {_after(ops, tmp_path, seed)["f"] for seed in range(30)}
    assert {b"a" * 1024, b"b" * 1024, b"b" * 512 + b"a" * 512} == seen


def test_after_a_cut_a_renamed_file_has_its_old_or_its_new_name(tmp_path):
    old, new = str(tmp_path / "old"), str(tmp_path / "new")
    ops = [Op("create", old), Op("write", old, b"x"), Op("sync", old), Op("rename", old, target=new)]
    assert {tuple(_after(ops, tmp_path, seed)) for seed in range(30)} == {("old",), ("new",)}
    assert {bytes(*_after(ops, tmp_path, seed).values()) for seed in range(30, 40)} == {b"x"}


def _read(reports, path):
    store = open_store(path)
    try:
        read_pile([str(reports)], store, parts=canned.parts())
    finally:
        store.close()


@pytest.mark.parametrize("pages", [2, 10, 20, 30])
def test_a_full_disk_is_told_and_more_room_gives_the_whole_record(tmp_path, reports, monkeypatch, pages):
    path = str(tmp_path / "x.db")
    with monkeypatch.context() as small:
        small.setattr(connect, "_WRITING", (*connect._WRITING, f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreError) as caught:
            _read(reports, path)
    assert "No space is left" in caught.value.message
    records = []
    for one in (path, str(tmp_path / "whole.db")):
        _read(reports, one)
        view = look_at(one)
        assert [*check_record(view), *check_store(view)] == []
        records.append(view.record_hash())
        view.close()
    assert records[0] == records[1]


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("faults"), real=False)


def test_a_run_killed_at_random_points_goes_on_to_the_same_record(bench):
    assert killed(bench, 3, random.Random(7)) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_power_cut_loses_no_record_and_no_export(bench):
    assert power_cut(bench, 8, random.Random(7)) == []
    assert cut_export(bench, 12, random.Random(7)) == []
