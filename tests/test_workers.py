"""Reading on several cores: the same record, in order, and one bad article costs only itself."""

from __future__ import annotations

import json
import os
import signal

import pytest

from benchmarks.pile import make_pile
from detente import workers
from detente.article import read_article
from detente.formats.jsonl import write_jsonl
from detente.parts import our_parts
from detente.pipeline import read_pile
from detente.record import Abstention, Page, Reading
from detente.store import SqliteStore, look_at
from detente.workers import read_in_workers

KILLS = "KILL THE PROCESS"


def articles(*texts):
    pages = [Page(f"s{n}", "clean", text, f"{n}") for n, text in enumerate(texts)]
    return [read_article(page) for page in pages]


def die_or_read(batch, cache):
    """A reader that dies of one text, as a crash in compiled code would."""
    if any(KILLS in article.text for article in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Reading(article.id) for article in batch]


def given_up(article):
    return Reading(article.id, abstentions=[Abstention("worker", article.id, None, "killed")])


def exported(store, folder):
    write_jsonl(store, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def store():
    store = SqliteStore(":memory:")
    yield store
    store.close()


def test_two_processes_make_the_record_that_one_makes(tmp_path, monkeypatch):
    monkeypatch.setattr("detente.pipeline.WORKERS_PAY", 1)
    monkeypatch.setattr("detente.pipeline.BATCH", 4)
    pile = tmp_path / "pile.jsonl"
    pile.write_text("".join(json.dumps(row) + "\n" for row in make_pile(12, words=80, copied=0.3)))
    records = []
    for jobs in (1, 2):
        store = SqliteStore(str(tmp_path / f"{jobs}.db"))
        read_pile([str(pile)], store, jobs=jobs)
        store.close()
    for jobs in (1, 2):
        with_jobs = look_at(str(tmp_path / f"{jobs}.db"))
        records.append(exported(with_jobs, tmp_path / f"out{jobs}"))
    assert records[0] == records[1]


def test_few_articles_are_read_without_workers(store, monkeypatch):
    parts = our_parts()
    assert parts.read_apart is not None
    monkeypatch.setattr(workers, "read_in_workers", None)
    read_pile([], store, jobs=4, parts=parts)


def test_readings_come_in_the_order_given_and_a_killed_worker_costs_its_article_alone(store):
    bad = f"{KILLS} now and for ever, and then some more."
    given = articles(*(f"Report number {n} of the day is here." for n in range(7)), bad)
    batches = [given[0:2], [given[7], given[2]], given[3:5], given[5:7]]
    found = list(read_in_workers(iter(batches), store, read=die_or_read, give_up=given_up, jobs=2))
    assert [[a.id for a in batch] for batch in batches] == [[r.article for r in one] for one in found]
    told = {r.article: a.reason for one in found for r in one for a in r.abstentions}
    assert told == {given[7].id: "killed"}
