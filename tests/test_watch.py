"""Following a folder: what changed is read once, what is still being written waits, a locked store is tried again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import detente
from detente.errors import StoreLocked, UsageError
from detente.pipeline import Summary, read_pile
from detente.store import look_at, open_store
from detente.watch import watch
from tests import canned

CHANGED = 1_000_000.0  # when the files of these tests last changed, in seconds


class Clock:
    """Time that passes only by waiting."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.rounds = 0

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.rounds += 1
        if self.rounds > 5:
            raise KeyboardInterrupt


def _write(folder, name, text="x", when=CHANGED):
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text)
    os.utime(path, (when, when))
    return str(path)


def _follow(paths, read, *, now=CHANGED + 100):
    clock = Clock(now)
    rounds = []
    try:
        for one in watch(paths, read, every=10, settle=2, wait=clock.wait, now=lambda: clock.now):
            rounds.append(one)
    except KeyboardInterrupt:
        pass
    return rounds


def test_each_file_is_read_once_and_again_only_when_it_changes(tmp_path):
    one = _write(tmp_path, "a.txt")
    asked = []

    def read(paths):
        asked.append(list(paths))
        if len(asked) == 1:
            _write(tmp_path, "sub/b.txt")
            _write(tmp_path, ".hidden.txt")
        if len(asked) == 2:
            _write(tmp_path, "a.txt", "longer")
        return Summary()

    _follow([str(tmp_path)], read)
    assert asked == [[one], [str(tmp_path / "sub" / "b.txt")], [one]]


def test_a_file_that_is_still_being_written_waits(tmp_path):
    _write(tmp_path, "a.txt", when=CHANGED)
    times = []
    clock = Clock(CHANGED - 5)

    def read(paths):
        times.append(clock.now)
        return Summary()

    with pytest.raises(KeyboardInterrupt):
        list(watch([str(tmp_path)], read, every=4, settle=2, wait=clock.wait, now=lambda: clock.now))
    assert times == [CHANGED + 3]


def test_what_a_locked_store_could_not_take_is_tried_again(tmp_path):
    _write(tmp_path, "a.txt")
    tries = []

    def read(paths):
        tries.append(paths)
        if len(tries) == 1:
            raise StoreLocked("locked")
        return Summary(new_articles=1)

    rounds = _follow([str(tmp_path)], read)
    assert [one.summary for one in rounds] == [None, Summary(new_articles=1)]


def test_a_path_that_is_not_there_is_a_usage_error_a_glob_may_match_later(tmp_path):
    with pytest.raises(UsageError, match="no file or folder"):
        _follow([str(tmp_path / "none")], lambda paths: Summary())
    assert _follow([str(tmp_path / "*.txt")], lambda paths: Summary()) == []


def test_following_gives_the_record_that_reading_gives(tmp_path, reports):
    followed, read_at_once = (open_store(str(tmp_path / name)) for name in ("followed.db", "read.db"))
    _follow(
        [str(reports)], lambda paths: read_pile(paths, followed, parts=canned.parts()), now=time.time() + 60
    )
    read_pile([str(reports)], read_at_once, parts=canned.parts())
    assert followed.record_hash() == read_at_once.record_hash()
    assert [i.source for i in followed.inputs()] == [i.source for i in read_at_once.inputs()]
    for store in (followed, read_at_once):
        store.close()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_follows_until_it_is_told_to_end_and_keeps_what_it_read(tmp_path, end):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    db = tmp_path / "x.db"
    command = [sys.executable, "-m", "detente", "watch", str(incoming), "--db", str(db), "--every", "0.2"]
    running = subprocess.Popen(
        [*command, "--settle", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(detente.__file__).parent.parent)},
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stderr.readline()
    (incoming / "rows.jsonl").write_text('{"text": ""}\n')
    told = running.stdout.readline()
    running.send_signal(end)
    assert running.wait(timeout=30) == 0
    assert told == "1 file: 0 new articles, 1 refused, compared\n"
    view = look_at(str(db))
    assert [i.reason for i in view.inputs()] != []
    view.close()
    running.stdout.close()
    running.stderr.close()
