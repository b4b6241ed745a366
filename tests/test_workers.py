"""Reading on several cores: the same record, and one bad article costs only itself."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from functools import partial

import pytest

from benchmarks.pile import make_pile
from detente import crew as crews
from detente import forks
from detente.article import language, read_article
from detente.crew import Crew, CrewLost
from detente.errors import MissingPart
from detente.formats.jsonl import write_jsonl
from detente.parts import FIRST_TEXT, our_parts
from detente.pipeline import read_pile
from detente.record import Abstention, Page, Reading
from detente.store import SqliteStore, look_at
from detente.workers import Kept
from tests import canned

KILLS, SLEEPS, LACKS = "KILL THE PROCESS", "SLEEP FOR EVER", "LACKS A PART"
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def articles(*texts):
    pages = [Page(f"s{n}", "clean", text, f"{n}") for n, text in enumerate(texts)]
    return [read_article(page) for page in pages]


def die_or_read(batch, cache):
    """A reader that dies of one text, as a crash in compiled code would, and sleeps over another."""
    for article in batch:
        if KILLS in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if SLEEPS in article.text:
            time.sleep(600)
        if LACKS in article.text:
            raise MissingPart("The model is not installed.", hint="Install it.")
    return [Reading(article.id) for article in batch]


def given_up(article):
    return Reading(article.id, abstentions=[Abstention("worker", article.id, None, "killed")])


def wait_for(file):
    """Loads for as long as the file is not there."""
    for _ in range(100):
        if file.exists():
            return
        time.sleep(0.05)
    raise MissingPart("Nobody answered.", hint="Answer while this loads.")


def fail(*given):
    raise ValueError(given)


def exported(store, folder):
    write_jsonl(store, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(params=["fork", "spawn"])
def crew(request, monkeypatch):
    """Two processes, started in either way."""
    if request.param == "fork" and not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    monkeypatch.setattr(crews, "start_method", lambda: request.param)
    crew = Crew(2, die_or_read, given_up)
    yield crew
    crew.end()


def all_done(crew):
    found = []
    while crew.busy:
        found += crew.done(wait=True)
    return found


def reasons(found):
    return {r.article: a.reason for one in found for r in one.readings for a in r.abstentions}


def pile_of(tmp_path, **how):
    pile = tmp_path / "pile.jsonl"
    pile.write_text("".join(json.dumps(row) + "\n" for row in make_pile(12, words=80, **how)))
    return str(pile)


def small_crews(monkeypatch):
    monkeypatch.setattr("detente.reading.WORKERS_PAY", 1)
    monkeypatch.setattr("detente.reading.BATCH", 4)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_two_processes_make_the_record_that_one_makes(tmp_path, monkeypatch, method):
    small_crews(monkeypatch)
    monkeypatch.setattr(crews, "start_method", lambda: method)
    pile = pile_of(tmp_path, copied=0.3)
    records = []
    for jobs in (1, 2):
        store = SqliteStore(str(tmp_path / f"{jobs}.db"))
        read_pile([pile], store, jobs=jobs)
        store.close()
    for jobs in (1, 2):
        with_jobs = look_at(str(tmp_path / f"{jobs}.db"))
        records.append(exported(with_jobs, tmp_path / f"out{jobs}"))
    assert records[0] == records[1]


def test_few_articles_are_read_without_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(crews, "Crew", None)
    store = SqliteStore(":memory:")
    read_pile([], store, jobs=4, parts=our_parts())
    store.close()


def test_a_killed_worker_costs_its_article_alone(crew):
    bad, *good = articles(f"{KILLS} now and for ever.", *(f"Report number {n} is here." for n in range(7)))
    for batch in (good[0:2], [bad, good[2]], good[3:5], good[5:7]):
        crew.give(batch, {})
    found = all_done(crew)
    assert sorted(r.article for one in found for r in one.readings) == sorted(a.id for a in (bad, *good))
    assert reasons(found) == {bad.id: "killed"}


@needs_fork
def test_an_article_that_takes_too_long_is_given_up_and_the_others_are_read(monkeypatch):
    monkeypatch.setattr(crews, "start_method", lambda: "fork")
    monkeypatch.setattr(crews, "SECONDS", 3.0)
    crew = Crew(2, die_or_read, given_up)
    slow, good = articles(f"{SLEEPS} and ever.", "Report number 1 is here.")
    crew.give([slow, good], {})
    found = all_done(crew)
    assert sorted(r.article for one in found for r in one.readings) == sorted((slow.id, good.id))
    assert reasons(found) == {slow.id: "killed"}
    crew.end()


def test_what_stops_every_article_alike_is_raised_with_its_hint(crew):
    crew.give(articles(f"{LACKS} indeed."), {})
    with pytest.raises(MissingPart, match="not installed") as caught:
        all_done(crew)
    assert caught.value.hint == "Install it."


def test_a_question_that_fails_has_no_answer_and_stops_nothing(crew):
    crew.give(articles("Report number 1 is here."), {})
    crew.ask("fails", fail, 1)
    crew.ask("sum", sum, (1, 2))
    assert len(all_done(crew)) == 1
    assert crew.answers == {"fails": None, "sum": 3}


@needs_fork
def test_questions_are_worked_out_while_the_readers_load_though_batches_were_given_first(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(crews, "start_method", lambda: "fork")
    answered = tmp_path / "answered"
    crew = Crew(2, die_or_read, given_up, partial(wait_for, answered))
    for one in articles("Report number 1 is here.", "Report number 2 is here."):
        crew.give([one], {})
    crew.ask("answered", answered.touch)
    try:
        assert len(all_done(crew)) == 2
    finally:
        crew.end()


def test_processes_that_cannot_begin_are_an_error_and_not_an_abstention(crew, monkeypatch):
    monkeypatch.setattr(crews, "_work", os.abort)
    crew.give(articles("Report number 1 is here."), {})
    with pytest.raises(CrewLost, match="before it began"):
        all_done(crew)


@needs_fork
def test_processes_are_forked_only_where_this_one_has_a_single_thread(monkeypatch):
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setattr(forks.sys, "platform", "linux")
    monkeypatch.setattr(forks.os, "listdir", lambda path: ["1"])
    assert crews.start_method() == "fork"
    monkeypatch.setattr(forks.os, "listdir", lambda path: ["1", "2"])
    assert crews.start_method() == "spawn"


def test_what_loads_the_readers_does_not_load_the_identifier_of_languages(monkeypatch):
    monkeypatch.setattr(language, "_identifier", None)
    assert read_article(Page("-", "clean", FIRST_TEXT, "")).language == "en"


def test_processes_end_with_the_crew(crew):
    crew.give(articles(f"{SLEEPS} now."), {})
    crew.done(wait=False)
    processes = [worker.process or crew._nursery._process for worker in crew._workers]
    crew.end()
    assert [process.is_alive() for process in processes] == [False]


class _Late:
    """A crew of one that reads nothing until it is waited for, as a slow process would."""

    def __init__(self, jobs):
        self.held, self.answers = [], {}

    wants = property(lambda self: len(self.held) < 2)
    busy = property(lambda self: bool(self.held))

    def give(self, given, known):
        self.held.append(given)

    def ask(self, name, call, *given):
        self.answers[name] = None

    def in_hand(self):
        return {article.id for batch in self.held for article in batch}

    def done(self, *, wait):
        if not wait or not self.held:
            return []
        batch = self.held.pop(0)
        return [crews.Done(batch, list(canned.read_articles(batch, Kept({}))), {})]

    def end(self):
        pass


def test_an_article_replaced_while_it_is_read_is_read_again_as_it_now_stands(tmp_path, monkeypatch):
    """Two pages are one article; the smaller source stands for it, whichever came first."""
    monkeypatch.setattr("detente.reading.WORKERS_PAY", 1)
    monkeypatch.setattr("detente.pipeline.BATCH", 1)
    monkeypatch.setattr("detente.reading._known", lambda given, store: {})
    seen = []

    def pages(paths, **how):
        return (Page(name, "text", canned.REPORTS["a.txt"], "same") for name in ("z.txt", "a.txt"))

    class Crew(_Late):
        def give(self, given, known):
            seen.extend(article.source for article in given)
            super().give(given, known)

    store = SqliteStore(str(tmp_path / "x.db"))
    parts = canned.parts(pages=pages, crew=Crew, compare=lambda store, **how: canned.compare_pile(store))
    read_pile(["any"], store, jobs=2, parts=parts)
    assert seen == ["z.txt", "a.txt"]
    (count,) = sqlite3.connect(tmp_path / "x.db").execute("SELECT count(*) FROM readings").fetchone()
    store.close()
    assert count == 1
