"""JSON Lines and JSON files."""

from __future__ import annotations

import gzip
import json

import pytest

from detente.source import Limits
from tests.source.helpers import TEXT, done, pages, read, reasons, refusals, rows, skipped


def test_row_text_stays_exactly_as_given(tmp_path):
    text = "  Two blanks.\r\nA tab\t and “marks” — and 😀.\n\n"
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"id": "x1", "text": text}))
    (page,) = pages(read(path))
    assert (page.content, page.form, page.source) == (text, "clean", f"{path}#x1")


def test_row_carries_its_fields_under_their_usual_names(tmp_path):
    row = {
        "uuid": 7,
        "body": TEXT,
        "headline": " A\n title ",
        "published_at": "1962-10-24",
        "source": {"name": "The Paper"},
    }
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({**row, "link": "http://x.example/", "authors": ["A. Bee", "C. Dee"]}))
    (page,) = pages(read(path))
    assert page.source.endswith("#7")
    assert (page.title, page.date, page.outlet) == ("A title", "1962-10-24", "The Paper")
    assert (page.url, page.byline) == ("http://x.example/", "A. Bee, C. Dee")


def test_row_with_html_only_is_markup(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        rows({"id": "h", "html": "<p>Hello</p>"}, {"id": "t", "text": "", "html": "<p>Again</p>"})
    )
    assert [page.form for page in pages(read(path))] == ["html", "html"]


def test_row_without_id_is_named_by_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n" + rows({"text": "One."}, {"text": "Two."}))
    assert [page.source for page in pages(read(path))] == [f"{path}#2", f"{path}#3"]


def test_id_that_comes_again_with_other_text_gets_a_number(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        rows({"id": "a", "text": "One."}, {"id": "a", "text": "Two."}, {"id": "a~2", "text": "Three."})
    )
    found = pages(read(path))
    assert [page.source.partition("#")[2] for page in found] == ["a", "a~2", "a~2~2"]
    assert found[1].notes == ("id a stands more than once in the file",)


def test_same_row_again_is_passed_over_and_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"id": "a", "text": "One."}) * 3)
    outcomes = read(path)
    assert len(pages(outcomes)) == 1
    assert [(item.reason, item.count) for item in skipped(outcomes)] == [("duplicate", 2)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 1, "text": "open', "bad-json"),
        (b"not json", "bad-json"),
        (b"[1, 2]", "bad-row"),
        (b"null", "bad-row"),
        (b"17", "bad-row"),
        (b'{"id": "a", "text": 5}', "bad-row"),
        (b'{"id": "a", "text": ["x"]}', "bad-row"),
        (b'{"id": "a"}', "missing-text"),
        (b'{"id": "a", "text": null}', "missing-text"),
        (b'{"id": "a", "text": ""}', "empty"),
        (b'{"id": "a", "text": " \\n "}', "blank"),
        (b'{"id": "a", "text": "x\\u0000y"}', "binary"),
        (b"[" * 100_000, "deep-json"),
        (b'{"id":"a","text":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, "deep-json"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "bad-json"),
        (b'{"id": "a", "html": "' + b"<div>" * 300 + b'"}', "deep-markup"),
        (b'{"id": "a", "text": "\xff\x00"}', "binary"),
    ],
)
def test_bad_row_is_refused_and_the_others_are_read(tmp_path, line, reason):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        rows({"id": "before", "text": "One."}) + line + b"\n" + rows({"id": "after", "text": "Two."})
    )
    outcomes = read(path)
    assert [page.source.partition("#")[2] for page in pages(outcomes)] == ["before", "after"]
    assert [(refusal.source, refusal.reason) for refusal in refusals(outcomes)] == [(f"{path}#2", reason)]
    assert [item.refused for item in done(outcomes)] == [1]


def test_row_longer_than_the_limit_is_refused_and_the_next_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"id": "long", "text": "x" * 300_000}, {"id": "short", "text": "One."}))
    outcomes = read(path, limits=Limits(max_row_bytes=1000))
    assert reasons(outcomes) == ["too-large"]
    assert [page.content for page in pages(outcomes)] == ["One."]


def test_row_whose_end_is_not_in_reach_ends_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 3_000_000)
    outcomes = read(path, limits=Limits(max_row_bytes=1000, max_skip_bytes=200_000))
    assert reasons(outcomes) == ["too-large", "too-large"]
    assert not done(outcomes)


def test_lone_surrogate_in_a_row_becomes_one_replacement_character(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "a\\ud800", "text": "a\\ud800b", "title": "\\udfff t"}\n')
    (page,) = pages(read(path))
    assert page.content == "a\ufffdb"
    assert page.notes == ("1 lone surrogates became U+FFFD",)
    (page.source + (page.title or "")).encode()


def test_many_bad_rows_are_listed_up_to_a_limit_and_then_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"bad\n" * 500 + b"[]\n" * 500 + rows({"text": "One."}))
    outcomes = read(path, limits=Limits(max_refusals_in_file=10))
    assert reasons(outcomes) == ["bad-json"] * 10 + ["more-refused"]
    assert refusals(outcomes)[-1].detail == "990 more refused in this file: bad-json 490, bad-row 500."
    assert done(outcomes)[0].refused == 1000


def test_pages_of_one_file_are_limited(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(rows({"text": f"Row {n}."}) for n in range(10)))
    outcomes = read(path, limits=Limits(max_pages_in_file=3))
    assert (len(pages(outcomes)), reasons(outcomes), done(outcomes)) == (3, ["too-many-pages"], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_rows_are_read_in_the_encodings_of_the_wild(tmp_path, encoding):
    path = tmp_path / "a.jsonl"
    line = json.dumps({"id": "é", "text": "Café talks – “soon”."}, ensure_ascii=False)
    path.write_bytes(f"{line}\r\n{line.replace('soon', 'now')}\r\n".encode(encoding))
    assert [page.content for page in pages(read(path))] == ["Café talks – “soon”.", "Café talks – “now”."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"id": "one", "text": "One."}, ["#one"]),
        ([{"id": "one", "text": "One."}, {"id": "two", "text": "Two."}], ["#one", "#two"]),
    ],
)
def test_json_file_holds_one_row_or_an_array_of_them(tmp_path, content, expected):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content, indent=2))
    assert [page.source for page in pages(read(path))] == [f"{path}{name}" for name in expected]


def test_json_file_of_lines_is_read_as_lines(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(rows({"id": "a", "text": "One."}, {"id": "b", "text": "Two."}))
    assert len(pages(read(path))) == 2


def test_rows_before_a_break_in_gzip_are_kept(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(rows({"id": n, "text": f"Row {n} says {n * n}."}) for n in range(3000))
    path.write_bytes(gzip.compress(lines)[:-2000])
    outcomes = read(path)
    assert len(pages(outcomes)) > 1000
    assert (reasons(outcomes), done(outcomes)) == (["truncated"], [])
    assert "breaks off after" in refusals(outcomes)[0].detail


def test_rows_are_told_by_content_where_the_name_does_not_say(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_bytes(rows({"id": "a", "text": "One."}))
    assert [page.source for page in pages(read(path))] == [f"{path}#a"]
