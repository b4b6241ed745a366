"""Work in forks: what comes of it is what one process makes, and a fork that dies costs time alone."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from benchmarks.pile import make_pile
from detente import forks
from detente.article import read_article
from detente.compare import LAYER_ORDER, CompareSettings, compare_pile
from detente.forks import Spread, as_they_come, at_once
from detente.parts import _APART, _APART_IN_TWO, compared_at_once
from detente.record import Article, Page, Reading
from detente.store import SqliteStore, look_at
from detente.store.protocol import Input
from detente.store.rows import entry_of

PARENT = os.getpid()


def die(after=0):
    """Gives some numbers and, in a fork, dies then."""
    for number in range(1000):
        if number == after and os.getpid() != PARENT:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number


@pytest.fixture(params=[True, False], ids=["forks", "one process"])
def forking(request, monkeypatch):
    if request.param and not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    monkeypatch.setattr(forks, "can_fork", lambda: request.param)


@pytest.mark.usefixtures("forking")
def test_calls_are_answered_in_their_order():
    assert at_once([partial(sum, (n, n)) for n in range(5)]) == [0, 2, 4, 6, 8]
    assert at_once([]) == []


@pytest.mark.usefixtures("forking")
def test_items_of_each_call_keep_their_order():
    found = list(as_they_come([partial(range, 0, 1000, 2), partial(range, 1, 1000, 2)], jobs=2))
    assert [n for n in found if n % 2 == 0] == list(range(0, 1000, 2))
    assert [n for n in found if n % 2] == list(range(1, 1000, 2))


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_every_call_is_answered_whatever_may_work_at_a_time(jobs):
    calls = [partial(range, n, n + 3) for n in range(0, 15, 3)]
    assert sorted(as_they_come(calls, jobs=jobs)) == list(range(15))


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("after", [0, 450, 1001])
def test_the_rest_of_a_fork_that_dies_is_worked_out_here(after):
    assert list(as_they_come([partial(die, after)], jobs=2)) == list(range(1000))


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("way", [at_once, lambda calls: list(as_they_come(calls, jobs=2))])
def test_what_is_wrong_is_told_here(way):
    with pytest.raises(ValueError, match="invalid literal"):
        way([partial(str, 1), partial(int, "no number")])


@pytest.mark.parametrize(
    ("remember", "jobs"), [(3000, 2), (3000, 4), (0, 2)], ids=["held in memory", "by four", "streamed"]
)
def test_a_comparison_in_forks_gives_every_record_of_one_process(tmp_path, monkeypatch, remember, jobs):
    monkeypatch.setattr(forks, "can_fork", lambda: hasattr(os, "fork"))
    store = SqliteStore(str(tmp_path / "x.db"))
    pages = [
        Page(f"p{n}", "clean", row["text"], str(n), title=row["title"], outlet=row["outlet"], date=row["date"] if n % 3 else None)
        for n, row in enumerate(make_pile(12, words=120, copied=0.5))
    ]  # fmt: skip
    articles = [one for one in map(read_article, pages) if isinstance(one, Article)]
    store.add_inputs([(Input(a.source, a.sha256 or "", "read", article=a.id), a) for a in articles])
    store.add_readings([Reading(a.id) for a in articles], readers="none")
    settings = CompareSettings(remember=remember)
    alone = compare_pile(store.pile(), settings=settings)
    spread = Spread(jobs, lambda: look_at(str(tmp_path / "x.db")).pile())
    mixed = list(compared_at_once(compare_pile(store.pile(), settings=settings, spread=spread)))
    expected = [record for layer, record in alone.records() if layer != "articles"]
    found = [one for one in mixed if not isinstance(one, Article)]
    assert [a for a in mixed if isinstance(a, Article)] == list(alone.placed_articles())
    for layer in {entry_of(record).row[0] for record in expected}:
        kept = [entry for entry in map(entry_of, expected) if entry.row[0] == layer]
        assert [entry for entry in found if entry.row[0] == layer] == kept
    assert len(found) == len(expected)
    store.close()


def test_every_layer_is_worked_out_by_one_process():
    for parts in (_APART, _APART_IN_TWO):
        assert sorted(layer for layers in parts for layer in layers) == sorted(LAYER_ORDER)
