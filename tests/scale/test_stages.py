"""The stages are functions from batch to batch; what kills a process costs its own row."""

from __future__ import annotations

import os
import signal

import pytest

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed (make test-scale)")

from detente.errors import DetenteError
from detente.record import Article, Page, Refusal
from detente.scale import stages, tables
from detente.scale.apart import Apart
from detente.scale.engines import TRIES, EngineFailed, make_all, make_engine
from tests import canned
from tests.scale import small

TEXT = "Herald | 1962-10-23 | Ships turn back\nKuba attacked Norda at dawn.\n"


def pages(*texts):
    rows = [tables.outcome_row(n, Page(f"s{n}", "text", text, f"{n}")) for n, text in enumerate(texts)]
    return tables.batch_of(rows, tables.PAGES)


def articles(*texts):
    made = [canned.read_article(Page(f"s{n}", "text", text, f"{n}")) for n, text in enumerate(texts)]
    rows = ({k: tables.article_row(a)[k] for k in ("id", "line", "text")} for a in made)
    return tables.batch_of(rows, tables.ARTICLES)


@pytest.fixture
def canned_steps(monkeypatch):
    small.put_in_place(monkeypatch.setattr)


def test_pages_to_articles_and_refusals(canned_steps):
    rows = stages.articles_of(pages(TEXT, "INDEX of pages", "no such form")).to_pylist()
    assert [row["kind"] for row in rows] == ["article", "refused", "refused"]
    assert [row["reason"] for row in rows[1:]] == ["index-page", "fault"]


def test_an_article_comes_back_from_its_row_as_it_went_in():
    batch = articles(TEXT, TEXT + "More.\n")
    (first, second) = tables.articles_in(batch)
    assert isinstance(first, Article)
    assert canned.read_article(Page("s0", "text", TEXT, "0")) == first
    assert second.text == TEXT + "More.\n"


@pytest.mark.parametrize("content", ["plain", "naïve – 🌍", "half \ud800 a pair", "back\\slash\nline"])
def test_a_page_comes_back_from_its_row_as_it_went_in(content):
    page = Page("s", "text", content, "1", title="T", notes=("a", "b"))
    (row,) = tables.batch_of([tables.outcome_row(0, page)], tables.PAGES).to_pylist()
    assert page == tables.page_in(row)


@pytest.mark.parametrize("reason", ["empty", "fault"])
def test_a_refusal_comes_back_from_its_row(reason):
    refusal = Refusal("s", reason, "why", None)
    (row,) = stages.articles_of(tables.batch_of([tables.outcome_row(0, refusal)], tables.PAGES)).to_pylist()
    assert refusal == tables.outcome_in(row)


def test_articles_to_readings_each_in_its_row(canned_steps):
    readings = tables.readings_in(stages.readings_of(articles(TEXT, TEXT.replace("attacked", "met"))))
    assert [len(one.events) for one in readings] == [1, 0]
    assert [len(one.meetings) for one in readings] == [0, 1]


def test_a_reader_that_fails_is_told_by_article(canned_steps):
    readings = tables.readings_in(stages.readings_of(articles(TEXT, TEXT + "BOOM.\n")))
    (failure,) = stages.failures(readings)
    assert (readings[1].article, "fragile.v1") == (failure["article"], failure["reader"])


def die_of_boom(batch):
    if any("BOOM" in text for text in batch.column("text").to_pylist()):
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def give_up(batch):
    return tables.batch_of([{"id": "given up"}], tables.ARTICLES)


def test_a_row_that_kills_its_process_costs_itself_when_care_is_taken():
    with Apart(True) as apart:
        batches = apart.each(die_of_boom, articles(TEXT, TEXT + "BOOM.\n", TEXT + "More.\n"), give_up)
    texts = [text for batch in batches for text in batch.column("text").to_pylist()]
    assert texts == [TEXT, None, TEXT + "More.\n"]


def test_without_care_a_stage_runs_here_on_the_whole_batch():
    with Apart(False) as apart:
        (batch,) = apart.each(lambda batch: batch.slice(0, 1), articles(TEXT, TEXT), give_up)
    assert batch.num_rows == 1


def test_a_killed_page_and_a_killed_article_are_told_of():
    (row,) = stages.killed_pages(pages(TEXT)).to_pylist()
    assert (row["kind"], row["reason"], row["source"]) == ("refused", "fault", "s0")
    (reading,) = tables.readings_in(stages.killed_articles(articles(TEXT)))
    assert [one.reason for one in reading.abstentions] == ["failed: the process that read it was killed"]


class Tired:
    """An engine whose processes die after some jobs."""

    trouble = "It fell asleep."

    def __init__(self, at_once):
        self.at_once = at_once

    def make(self, jobs):
        for job in jobs[: self.at_once]:
            name = job.split('"name": "')[1].split('"')[0]
            yield f'{{"name": "{name}", "told": {{}}}}'


def test_pieces_that_a_dead_process_left_are_made_again():
    jobs = [{"name": f"p{n}"} for n in range(5)]
    assert [f"p{n}" for n in range(5)] == [name for name, _ in make_all(Tired(2), jobs)]


def test_an_engine_that_goes_on_dying_is_told_with_its_own_words():
    with pytest.raises(EngineFailed, match=rf"2 pieces could not be made in {TRIES} tries. It fell asleep."):
        list(make_all(Tired(1), [{"name": f"p{n}"} for n in range(5)]))


def test_a_fault_in_a_piece_is_told_and_not_tried_again(tmp_path):
    job = {"name": "x", "step": "nonsense", "folder": str(tmp_path)}
    with pytest.raises(EngineFailed, match="fault of detente in nonsense/x"):
        list(make_all(make_engine("local", jobs=1), [job]))


@pytest.mark.parametrize(("name", "cluster"), [("spark", None), ("local", "auto")])
def test_an_engine_that_is_not_there_is_a_usage_error(name, cluster):
    with pytest.raises(DetenteError):
        make_engine(name, cluster=cluster)
