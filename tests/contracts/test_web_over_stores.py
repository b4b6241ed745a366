"""Every screen of the web app says the same whichever database the record stands in."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from detente.pipeline import read_pile
from detente.store import look_at, open_store
from detente.web.app import SCREENS, make_app
from tests import canned


@pytest.fixture(scope="module")
def beside(tmp_path_factory, shared_reports):
    path = str(tmp_path_factory.mktemp("beside") / "beside.db")
    store = open_store(path)
    read_pile([str(shared_reports)], store, parts=canned.parts())
    store.close()
    return path


@pytest.mark.parametrize("path", [screen.path for screen in SCREENS])
@pytest.mark.parametrize("query", ["", "?q=norda", "?since=1962-10-24&actor=Kuba"])
def test_a_screen_says_the_same_over_every_database(shared_db, beside, path, query):
    view = look_at(beside)
    path = path.replace("{id}", next(iter(view.layer("events"))).id)
    view.close()
    answers = [
        TestClient(make_app(db), base_url="http://127.0.0.1").get(path + query) for db in (shared_db, beside)
    ]
    assert answers[0].status_code == answers[1].status_code < 500
    assert answers[0].text == answers[1].text
