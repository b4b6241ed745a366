"""The timeline's screen: what was planned beside what happened, as of a day, and the choice of what matters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from detente.pipeline import read_pile
from detente.record import Date, Event
from detente.store import look_at, open_store
from tests import canned

PLANNED = {"p.txt": "Post | 1962-10-22 | To come\nKuba plans Norda.\n"}


@pytest.fixture(scope="module")
def planned_db(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned")
    path = str(folder / "crisis.db")
    store = open_store(path)
    read_pile(
        [str(canned.write_reports(folder / "r", {**canned.REPORTS, **PLANNED}))], store, parts=canned.parts()
    )
    store.close()
    return path


@pytest.fixture(scope="module")
def planned(planned_db):
    pytest.importorskip("starlette", reason="the web extra is not installed")
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    with TestClient(make_app(planned_db), base_url="http://127.0.0.1") as opened:
        yield opened


def rows(client, path: str):
    return [row for day in client.get(path).json()["days"] for row in day["rows"]]


@pytest.mark.parametrize(
    ("path", "became"),
    [("/timeline.json", "happened"), ("/timeline.json?asof=1962-10-23", "unreported")],
)
def test_a_plan_says_what_became_of_it_as_far_as_was_known(planned, path, became) -> None:
    [plan] = [row["plan"] for row in rows(planned, path) if row.get("status") == "planned"]
    assert (plan["became"], bool(plan["outcome"])) == (became, became == "happened")


def test_the_mark_of_a_plan_opens_both_citations(planned, planned_db) -> None:
    view = look_at(planned_db)
    (plan,) = view.layer("plans")
    view.close()
    assert f'href="/cite/{plan.id}"' in planned.get("/timeline").text
    page = planned.get(f"/cite/{plan.id}").text
    assert "What was planned" in page
    assert "What became of it" in page


def test_a_plan_cited_as_of_an_earlier_day_has_no_outcome(planned, planned_db) -> None:
    view = look_at(planned_db)
    (plan,) = view.layer("plans")
    view.close()
    page = planned.get(f"/cite/{plan.id}?asof=1962-10-23").text
    assert "What became of it" not in page
    assert "no report of it" in page


@pytest.mark.parametrize(
    ("asof", "told"), [("", "happened, told of 24 October 1962"), ("?asof=1962-10-23", "no report of it")]
)
def test_the_lanes_bear_what_became_of_a_plan(planned, asof, told) -> None:
    items = planned.get(f"/timeline.lanes{asof}").json()["items"]
    assert [item["told"] for item in items if item["status"] == "planned"] == [told]


def test_top_shows_only_so_many_entries(planned) -> None:
    assert len(rows(planned, "/timeline.json?top=1")) == 1


def test_a_top_that_is_no_number_is_refused(planned) -> None:
    assert planned.get("/timeline?top=many").status_code == 400


def test_all_plans_are_listed_over_http(planned) -> None:
    assert [row["became"] for row in planned.get("/api/plans").json()["rows"]] == ["happened"]


def test_acts_told_as_done_by_a_day_stand_in_its_rows_and_not_on_the_chart(tmp_path) -> None:
    pytest.importorskip("starlette", reason="the web extra is not installed")
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    def compare(pile, *rest, **how):
        for record in canned.compare_pile(pile, *rest, **how):
            event = isinstance(record, Event)
            yield replace(record, date=Date.by(dt.date(1962, 10, 26), basis="published")) if event else record

    path = str(tmp_path / "crisis.db")
    store = open_store(path)
    read_pile([str(canned.write_reports(tmp_path / "r"))], store, parts=canned.parts(compare=compare))
    found = [event.id for event in store.layer("events")]
    store.close()
    assert found
    with TestClient(make_app(path), base_url="http://127.0.0.1") as opened:
        assert opened.get("/timeline").status_code == 200
        assert {row["id"] for row in rows(opened, "/timeline.json")} >= set(found)
