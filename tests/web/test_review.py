"""Review writes judgements and nothing else, for the holder of the token alone."""

from __future__ import annotations

import pytest

from detente.store import look_at
from tests.web.conftest import make_store

pytest.importorskip("starlette", reason="the web extra is not installed")

from starlette.testclient import TestClient

from detente.web.app import make_app
from detente.web.pages.review import Reviewer


@pytest.fixture
def path(tmp_path):
    return make_store(tmp_path)


@pytest.fixture
def judge(path):
    reviewer = Reviewer(str(path), who="Ada")
    with TestClient(make_app(str(path), review=reviewer), base_url="http://127.0.0.1") as client:
        client.token = reviewer.token
        yield client


def judgements(path):
    view = look_at(str(path))
    try:
        return [(j.kind, j.about, j.who, j.why) for j in view.judgements()]
    finally:
        view.close()


def test_review_is_off_unless_asked_for(client):
    assert client.get("/review").status_code == 404


def test_without_the_token_nobody_judges(judge, path):
    assert judge.get("/review").status_code == 403
    assert judge.get("/review?token=guess").status_code == 403
    assert judge.post("/review", data={"about": "x", "verdict": "wrong"}).status_code == 403
    assert judgements(path) == []


def test_a_verdict_is_kept_with_its_note_and_the_next_item_comes(judge, path):
    judge.get(f"/review?token={judge.token}")
    first = judge.get("/review.json").json()
    judge.post(
        "/review", data={"about": first["about"][0], "verdict": "settled", "why": "a correction was printed"}
    )
    assert [("settled", (first["about"][0],), "Ada", "a correction was printed")] == judgements(path)
    assert first["left"] - 1 == judge.get("/review.json").json()["left"]


def test_undo_takes_the_last_verdict_back(judge, path):
    judge.get(f"/review?token={judge.token}")
    about = judge.get("/review.json").json()["about"]
    judge.post("/review", data={"about": about[0], "verdict": "wrong"})
    judge.post("/review", data={"verdict": "undo"})
    assert judgements(path) == []
    assert about == judge.get("/review.json").json()["about"]


def test_a_verdict_from_another_page_is_refused(judge, path):
    judge.get(f"/review?token={judge.token}")
    about = judge.get("/review.json").json()["about"]
    reply = judge.post(
        "/review", data={"about": about[0], "verdict": "wrong"}, headers={"origin": "http://evil.example"}
    )
    assert reply.status_code == 403
    assert judgements(path) == []


@pytest.mark.parametrize(
    "values",
    [{"about": "", "verdict": "wrong"}, {"about": "di-nothing", "verdict": "wrong"}, {"verdict": "erase"}],
)
def test_a_verdict_about_nothing_known_is_refused(judge, path, values):
    judge.get(f"/review?token={judge.token}")
    assert judge.post("/review", data=values).status_code in (400, 404)
    assert judgements(path) == []


def test_the_cookie_is_kept_from_other_sites_and_scripts(judge):
    reply = judge.get(f"/review?token={judge.token}", follow_redirects=False)
    cookie = reply.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie


def test_judging_changes_no_record(judge, path):
    view = look_at(str(path))
    before = view.record_hash()
    view.close()
    judge.get(f"/review?token={judge.token}")
    judge.post("/review", data={"about": judge.get("/review.json").json()["about"][0], "verdict": "wrong"})
    view = look_at(str(path))
    assert before == view.record_hash()
    view.close()
