"""Versions of one page along the whole path: archive, rows and feed in; record, commands, dossier, screen out."""

from __future__ import annotations

import json

import pytest

from detente.cli.main import run
from detente.cli.options import opened
from detente.parts import our_parts
from detente.pipeline import read_pile
from detente.store import look_at, open_store
from detente.store.check import check_record
from tests import canned
from tests.source.helpers import http, record, rows, rss, warc_gz

URL = "https://paper.example/2014/boats.html"
LEAD = "Envoys of both coasts met at the lighthouse on Monday and agreed to count the boats again this year."
TOLL = "At least three sailors were hurt when a cutter rammed a trawler, the harbour master said on Monday."
TAIL = "Talks go on next week in the old customs house, where the last treaty was signed by both crews."
MORE = TOLL.replace("three", "five")
DATED = '<meta property="article:published_time" content="2014-03-05T08:00:00Z">'
NEW = "The northern fleet has since been ordered back to port until the inquiry has ended, an admiral said."


def page(*paragraphs: str, when: str) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    markup = f"<html><head><title>Boats collide off the cape</title>{DATED}</head><body><article><h1>Boats collide off the cape</h1>{body}</article></body></html>"
    block = record(http(markup.encode()), url=URL)
    return block.replace(b"1962-10-24T10:00:00Z", when.encode())


@pytest.fixture
def crisis(tmp_path):
    """A store over an archive with two captures of a page, a row and a feed item of the same URL."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "crawl.warc.gz").write_bytes(
        warc_gz(
            page(LEAD, TOLL, TAIL, when="2014-03-05T10:00:00Z"),
            page(LEAD, MORE, NEW, when="2014-03-06T10:00:00Z"),
        )
    )
    row = {
        "id": "r1",
        "url": URL + "?utm_source=list",
        "title": "Boats collide off the cape",
        "outlet": "Paper",
    }
    (reports / "rows.jsonl").write_bytes(
        rows(
            {
                **row,
                "text": f"{LEAD}\n\n{MORE}\n\n{TAIL}\n\n{NEW}",
                "crawled": "2014-03-07 08:00:00",
                "date": "2014-03-05",
            }
        )
    )
    (reports / "news.rss").write_text(
        rss(
            f"<item><title>Boats collide</title><link>{URL}</link><description>{LEAD}</description><pubDate>Wed, 05 Mar 2014 07:00:00 GMT</pubDate></item>"
        )
    )
    path = tmp_path / "crisis.db"
    store = open_store(str(path))
    ours = our_parts()
    read_pile(
        [str(reports)],
        store,
        parts=canned.parts(pages=ours.pages, article=ours.article, compare=ours.compare),
    )
    store.close()
    return path


@pytest.fixture
def view(crisis):
    opened = look_at(str(crisis))
    yield opened
    opened.close()


def test_captures_of_a_url_from_archive_rows_and_feed_are_versions_of_one_page(view):
    (versions,) = view.layer("versions")
    sources = [view.article(a).source.rpartition("/")[2] for a in versions.articles]
    assert len(sources) == 4
    assert versions.address == "paper.example/2014/boats.html"


def test_what_changed_is_told_with_places_that_hold_the_words(view):
    (versions,) = view.layer("versions")
    told = [
        (c.kind, view.article(c.after.article).words(c.after) if c.after else None)
        for c in versions.changes
        if c.part == "paragraph"
    ]
    assert ("changed", MORE) in told
    assert ("added", NEW) in told


def test_the_record_with_versions_is_proved(view):
    assert list(check_record(view)) == []


def test_they_are_one_report_in_the_dossier(crisis, tmp_path, capsys):
    assert run(["brief", str(tmp_path / "out"), "--db", str(crisis)]) == 0
    text = (tmp_path / "out" / "dossier.md").read_text(encoding="utf-8")
    assert "1 report · 1 origin" in text
    assert "What outlets changed in their own pages" in text


def test_the_listing_counts_them(crisis, capsys):
    assert run(["versions", "--db", str(crisis), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert len(row["articles"]) == 4


def test_show_tells_what_changed_in_words_and_an_article_which_version_it_is(crisis, view, capsys):
    (versions,) = view.layer("versions")
    assert run(["show", versions.id, "--db", str(crisis)]) == 0
    assert "[three → five]" in capsys.readouterr().out
    assert run(["show", versions.articles[-1], "--db", str(crisis)]) == 0
    assert "4 of 4 of paper.example/2014/boats.html" in capsys.readouterr().out


def test_the_export_holds_them_and_the_store_is_equal_to_it(crisis, tmp_path, capsys):
    assert run(["export", "jsonl", str(tmp_path / "out"), "--db", str(crisis)]) == 0
    (line,) = (tmp_path / "out" / "versions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["changes"]
    assert run(["check", "--export", str(tmp_path / "out"), "--db", str(crisis)]) == 0


def test_reading_the_same_again_changes_nothing(crisis, view, tmp_path):
    before = [(v.id, v.articles, v.changes) for v in view.layer("versions")]
    store = open_store(str(crisis))
    ours = our_parts()
    read_pile(
        [str(tmp_path / "reports")],
        store,
        again=True,
        parts=canned.parts(pages=ours.pages, article=ours.article, compare=ours.compare),
    )
    assert [(v.id, v.articles, v.changes) for v in store.layer("versions")] == before
    store.close()


def test_the_reader_on_the_web_shows_them(crisis, view):
    pytest.importorskip("starlette", reason="the web extra is not installed")
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    (versions,) = view.layer("versions")
    with TestClient(make_app(str(crisis)), base_url="http://127.0.0.1") as client:
        text = client.get(f"/reader/{versions.articles[-1]}").text
        assert "Versions of this page" in text
        assert f"<ins>{NEW}</ins>" in text
        assert 'class="copied' not in text
        assert client.get("/api/versions").json()["total"] == 1


def test_as_of_a_day_a_page_says_what_it_said_then(crisis, view):
    with opened(str(crisis), asof="2014-03-05") as record:
        texts = [article.text for article in record.articles()]
    assert any("three sailors" in text for text in texts)
    assert not any("five sailors" in text for text in texts)
