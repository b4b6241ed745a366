"""Every screen in its three forms; faults in one shape; the headers that keep hostile text harmless."""

from __future__ import annotations

import csv
import io
import json

import pytest

from detente.store import look_at

pytest.importorskip("starlette", reason="the web extra is not installed")

from detente.web.page import Screen
from detente.web.screens import CHARTS, SCREENS

PLAIN = [s.path for s in SCREENS if "{id}" not in s.path]
LISTS = [
    "statements",
    "events",
    "meetings",
    "positions",
    "figures",
    "differences",
    "actors",
    "origins",
    "articles",
]


def an_id(db, layer: str) -> str:
    view = look_at(str(db))
    try:
        return next(iter(view.layer(layer))).id
    finally:
        view.close()


@pytest.mark.parametrize(
    "path", ["/", *PLAIN, "/search?q=withdraw", "/timeline?lanes=actor", "/briefing?asof=1962-10-24"]
)
def test_a_screen_answers_with_html(client, path):
    reply = client.get(path)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", PLAIN)
def test_a_screen_has_a_json_twin_with_its_query_in_words(client, path):
    body = client.get(f"{path}.json").json()
    assert body["ok"] is True
    assert body["query"]


@pytest.mark.parametrize("path", PLAIN)
def test_a_screen_has_a_csv_whose_rows_fit_its_header(client, path):
    reply = client.get(f"{path}.csv")
    rows = list(csv.reader(io.StringIO(reply.text)))
    assert reply.headers["content-type"].startswith("text/csv")
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("/accounts/{}", "events"), ("/accounts/{}", "differences"), ("/reader/{}", "articles"), ("/actors/{}", "actors"),
        *(("/cite/{}", layer) for layer in ("statements", "events", "figures", "differences", "actors", "articles", "timeline")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_a_record_has_its_page_in_every_form(client, hostile_db, path, layer, form):
    identity = "tl-1962-10-23" if layer == "timeline" else an_id(hostile_db, layer)
    assert client.get(path.format(identity) + form).status_code == 200


@pytest.mark.parametrize("path", CHARTS)
def test_a_chart_is_saved_as_svg_with_its_sources(client, path):
    reply = client.get(f"{path}.svg")
    assert reply.headers["content-type"] == "image/svg+xml"
    assert reply.text.startswith("<svg") or reply.text == ""


# --- counts


@pytest.mark.parametrize("layer", LISTS)
def test_total_pages_and_csv_count_the_same_rows(client, layer):
    seen, after = [], ""
    while True:
        body = client.get(f"/{layer}.json?limit=2&after={after}").json()
        seen += [row["id"] for row in body["rows"]]
        if not body["next"]:
            break
        after = body["next"]
    assert body["total"] == len(seen) == len(set(seen))
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{layer}.csv").text)))
    assert set(seen) == {row["id"] for row in rows}


def test_a_count_opens_as_many_reports(client, hostile_db):
    for row in client.get("/statements.json?limit=500").json()["rows"]:
        body = client.get(f"/cite/{row['id']}.json").json()
        assert (
            row["count"]["reports"]
            == body["count"]["reports"]
            == sum(len(o["accounts"]) for o in body["origins"])
        )


def test_a_facet_opens_as_many_rows_as_it_says(client):
    kinds = {r["act"] for r in client.get("/statements.json?limit=500").json()["rows"]}
    totals = [client.get(f"/statements.json?type={kind}").json()["total"] for kind in kinds]
    assert client.get("/statements.json").json()["total"] == sum(totals)


# --- filters


@pytest.mark.parametrize(
    ("query", "total", "words"),
    [
        ("actor=Norda", 3, "Statements by Norda"),
        ("actor=Norda&type=demand", 2, "Demand statements by Norda"),
        ("q=naive", 1, "Statements on “naive”"),
        ("since=1962-10-24&until=1962-10-25", 2, "Statements, 24–25 October 1962"),
        ("asof=1962-10-23", 1, "Statements, as known on 23 October 1962"),
        ("fresh=1962-10-26", 2, "Statements, first reported from 26 October 1962"),
        ("outlet=herald", 1, "Statements, reports of herald only"),
    ],
)
def test_a_filter_narrows_and_is_told_in_words(client, query, total, words):
    body = client.get(f"/statements.json?{query}").json()
    assert (total, words) == (body["total"], body["query"])


def test_the_frame_is_kept_when_moving_between_screens(client):
    assert 'href="/timeline?asof=1962-10-24"' in client.get("/?asof=1962-10-24").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statements?since=yesterday", 400),
        ("/statements?since=1962-13-01", 400),
        ("/statements?since=1962-10-25&until=1962-10-24", 400),
        ("/statements?actr=Kuba", 400),
        ("/statements?actor=Kuba&actor=Norda", 400),
        ("/statements?actor=Nobody", 400),
        ("/statements?limit=0", 400),
        ("/statements?limit=999", 400),
        ("/statements?after=st-0000000000000000", 400),
        ("/statements?q=%00", 400),
        ("/statements?q=" + "x" * 300, 400),
        ("/statements?q=" + "x" * 3_000, 414),
        ("/differences?severity=huge", 400),
        ("/reader/a-0000000000000000", 404),
        ("/cite/st-0000000000000000", 404),
        ("/reader/..%2f..%2fetc%2fpasswd", 404),
        ("/static/../app.py", 404),
        ("/static/..%2fapp.py", 404),
        ("/nowhere", 404),
        ("/api/nowhere", 404),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_shape(client, path, status):
    reply = client.get(path, headers={"accept": "application/json"})
    body = reply.json()
    assert status == reply.status_code
    assert list(body) == ["ok", "error", "errors", "status", "code"]
    assert (False, status) == (body["ok"], body["status"])


def test_a_misspelt_parameter_is_answered_with_the_nearest(client):
    assert "actor" in client.get("/statements.json?actr=Kuba").json()["errors"][1]


def test_only_reading_is_allowed(client):
    assert {405} == {client.request(verb, "/statements").status_code for verb in ("POST", "PUT", "DELETE")}


def test_a_fault_tells_fixed_text_alone(hostile_db, monkeypatch):
    from starlette.testclient import TestClient

    from detente.web import pages
    from detente.web.app import make_app
    from detente.web.look import Look

    def broken(*args, **kwargs):
        raise ValueError("the secret path /home/somebody")

    monkeypatch.setattr(Look, "page", broken)
    with TestClient(
        make_app(str(hostile_db)), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as client:
        for path in ("/statements", "/statements.json"):
            reply = client.get(path)
            assert reply.status_code == 500
            assert "secret" not in reply.text
    assert pages


# --- safety


@pytest.mark.parametrize("path", ["/", "/statements.json", "/nowhere", "/timeline.svg"])
def test_every_answer_has_the_safety_headers(client, path):
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (
        policy["default-src"], policy["script-src"], policy["style-src"], policy["frame-ancestors"],
    ) == ("'none'", "'self'", "'self'", "'none'")  # fmt: skip
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_another_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/articles", "/timeline", "/statements", "/origins", "/search?q=must", "/briefing"]
)
def test_hostile_text_is_escaped(client, path):
    text = client.get(path).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "Evil<b>" not in text


def test_hostile_text_is_escaped_in_the_reader_and_its_citations(client, hostile_db):
    view = look_at(str(hostile_db))
    evil = next(a for a in view.layer("articles") if a.outlet.startswith("Evil"))
    said = next(s for s in view.layer("statements") if s.content[0].article == evil.id)
    view.close()
    for path in (f"/reader/{evil.id}", f"/cite/{said.id}", f"/accounts/{said.id}"):
        text = client.get(path).text
        assert "<img" not in text
        assert "&lt;img" in text


def test_no_page_holds_inline_script_or_style(client, hostile_db):
    for path in ("/", "/timeline", "/map", "/network", f"/reader/{an_id(hostile_db, 'articles')}"):
        text = client.get(path).text
        assert " style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=")


def test_a_spreadsheet_runs_nothing(client):
    text = client.get("/articles.csv").text
    assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith("=")]


def test_the_files_of_the_app_may_be_kept_for_a_year(client):
    from detente.web.static import static_url

    reply = client.get(static_url("app.css"))
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"


# --- what is drawn from the record


def test_the_reader_shows_the_whole_body_word_for_word(client, hostile_db):
    view = look_at(str(hostile_db))
    article = next(iter(view.layer("articles")))
    view.close()
    body = client.get(f"/reader/{article.id}.json").json()
    assert article.text == body["text"]


def test_a_difference_puts_each_side_under_its_origin(client, hostile_db):
    body = client.get(f"/accounts/{an_id(hostile_db, 'differences')}.json").json()
    said = [cell["value"] for cell in body["rows"][0]["cells"] if cell["letter"] == "D"]
    assert {"12", "30", "99"} == set(said)


def test_the_lanes_hold_every_dated_record(client):
    body = client.get("/timeline.lanes").json()
    known = sum(client.get(f"/{layer}.json").json()["total"] for layer in ("events", "meetings", "measures"))
    assert known == len(body["items"]) + body["left_out"]


def test_citations_are_given_in_the_forms_that_people_paste(client, hostile_db):
    account = client.get(f"/cite/{an_id(hostile_db, 'statements')}.json").json()["origins"][0]["accounts"][0]
    selector = json.loads(account["annotation"])["target"]["selector"]
    assert account["words"] == selector[0]["exact"]
    assert [account["span"]["start"], account["span"]["end"]] == [selector[1]["start"], selector[1]["end"]]
    assert account["markdown"].startswith("[^")
    assert account["bibtex"].startswith("@article{")


def test_an_empty_store_has_every_screen(tmp_path):
    from starlette.testclient import TestClient

    from detente.store import open_store
    from detente.web.app import make_app

    path = tmp_path / "empty.db"
    open_store(str(path)).close()
    with TestClient(make_app(str(path)), base_url="http://127.0.0.1") as client:
        assert {200} == {client.get(p).status_code for p in ("/", *PLAIN)}


def test_a_record_read_meanwhile_is_seen(tmp_path):
    from starlette.testclient import TestClient

    from detente.pipeline import read_pile
    from detente.store import open_store
    from detente.web.app import make_app
    from tests import canned
    from tests.web.conftest import make_store

    path = make_store(tmp_path)
    with TestClient(make_app(str(path)), base_url="http://127.0.0.1") as client:
        before = client.get("/statements.json").json()["total"]
        canned.write_reports(
            tmp_path / "more", {"z.txt": "Post | 1962-10-28 | More\nKuba said more words.\n"}
        )
        store = open_store(str(path))
        read_pile([str(tmp_path / "more")], store, parts=canned.parts())
        store.close()
        assert before + 1 == client.get("/statements.json").json()["total"]


def test_every_screen_names_what_it_shows():
    assert all(isinstance(s, Screen) and s.text and s.key in ("", s.key) for s in SCREENS)


def test_the_conflict_screen_shows_a_model_that_ships(hostile_db):
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    app = make_app(str(hostile_db), model="prisoners-dilemma")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        body = client.get("/conflict.json").json()
        assert body["model"]["standing"][0]["verdicts"]
        assert "What would change this" in client.get("/conflict").text
        assert client.get("/conflict.svg").text.startswith("<svg")
