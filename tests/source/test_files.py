"""Files, folders, globs and standard input: what is reached, in which order, and what is refused."""

from __future__ import annotations

import errno
import gzip
import io
import os

import pytest

from detente.record import Page
from detente.source import Limits, read_pages
from tests.source.helpers import (
    HTML,
    TEXT,
    done,
    page_record,
    pages,
    read,
    reasons,
    refusals,
    rows,
    rss,
    skipped,
    warc_gz,
)


def sources(outcomes):
    return [page.source for page in pages(outcomes)]


@pytest.fixture
def pile(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.html", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HTML if name.endswith("html") else f"{TEXT}{name}")
    return tmp_path / "pile"


ALL = ["pile/a.txt", "pile/b.txt", "pile/sub/c.txt", "pile/sub/deep/d.html"]


def test_folder_is_read_sorted_with_hidden_names_passed_over(pile):
    assert sources(read("pile")) == ALL


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("pile/*.txt", ALL[:2]),
        ("pile/*", ALL),
        ("pile/**/*.txt", ALL[:3]),
        ("pile/**", ALL),
        ("**/d.html", ALL[3:]),
        ("pile/sub/**/[cd].*", ALL[2:]),
        ("pile/?.txt", ALL[:2]),
    ],
)
def test_globs_are_expanded(pile, pattern, expected):
    assert sources(read(pattern)) == expected


def test_name_with_wildcards_that_exists_is_that_file(pile):
    (pile / "a[1].txt").write_text(TEXT)
    assert sources(read("pile/a[1].txt")) == ["pile/a[1].txt"]


def test_absolute_paths_stay_absolute(pile):
    assert sources(read(pile / "a.txt")) == [str(pile / "a.txt")]


def test_order_of_the_paths_changes_nothing(pile):
    paths = ["pile/sub", "pile", "pile/b.txt", "pile/*.txt", str(pile / "a.txt")]
    assert read(*paths) == read(*reversed(paths))


def test_file_reached_twice_is_read_once(pile):
    (pile / "link.txt").symlink_to(pile / "a.txt")
    (pile / "again").symlink_to(pile / "sub")
    found = read("pile", "pile/a.txt", str(pile))
    assert len(pages(found)) == 4
    assert reasons(found) == []


def test_link_back_to_its_folder_is_refused(pile):
    (pile / "sub" / "loop").symlink_to(pile)
    (pile / "sub" / "up").symlink_to(pile.parent)
    (pile / "self").symlink_to(pile / "self")
    found = read("pile")
    assert sources(found) == ALL
    assert {refusal.source: refusal.reason for refusal in refusals(found)} == {
        "pile/self": "symlink-loop",
        "pile/sub/loop": "symlink-loop",
        "pile/sub/up": "symlink-loop",
    }


def test_links_into_each_other_end(pile):
    (pile / "sub" / "x").symlink_to(pile / "other")
    (pile / "other").mkdir()
    (pile / "other" / "y").symlink_to(pile / "sub")
    found = read("pile")
    assert (sources(found), reasons(found)) == (ALL, [])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nothing", "missing"),
        ("no*thing", "missing"),
        ("", "missing"),
        ("a\0b", "missing"),
        ("**/x", "missing"),
    ],
)
def test_path_that_leads_nowhere_is_refused(pile, path, reason):
    assert reasons(read(path)) == [reason]


def test_dangling_link_and_special_files_are_refused(pile):
    (pile / "gone.txt").symlink_to(pile / "nowhere")
    os.mkfifo(pile / "pipe.txt")
    found = read("pile", "/dev/null", "pile/pipe.txt")
    assert sorted(reasons(found)) == ["dangling-link", "special-file", "special-file", "special-file"]
    assert sources(found) == ALL


def test_folder_nested_beyond_the_limit_is_refused(pile):
    found = read("pile", limits=Limits(max_folder_depth=1))
    assert (sources(found), reasons(found)) == (ALL[:3], ["too-deep"])


def test_names_beyond_the_limit_end_the_walk(pile):
    found = read("pile", limits=Limits(max_names=2))
    assert reasons(found) == ["too-many-names"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "unreadable"), (errno.EIO, "unreadable"), (errno.ENOENT, "vanished")],
)
def test_file_that_cannot_be_opened_is_refused_and_the_rest_is_read(pile, monkeypatch, number, reason):
    real = os.open

    def fake(path, *args, **options):
        if str(path).endswith("b.txt"):
            raise OSError(number, os.strerror(number))
        return real(path, *args, **options)

    monkeypatch.setattr(os, "open", fake)
    found = read("pile")
    assert sources(found) == [ALL[0], *ALL[2:]]
    assert [(item.source, item.reason) for item in refusals(found)] == [("pile/b.txt", reason)]


def test_folder_that_cannot_be_listed_is_refused(pile, monkeypatch):
    real = os.scandir

    def fake(path):
        if str(path).endswith("sub"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", fake)
    found = read("pile")
    assert [(item.source, item.reason) for item in refusals(found)] == [("pile/sub", "unreadable")]


def test_rows_file_that_grows_while_it_is_read_is_not_done(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"id": 1, "text": "One."}))
    outcomes = []
    for outcome in read_pages([path]):
        if isinstance(outcome, Page):
            with path.open("ab") as file:
                file.write(rows({"id": 2, "text": "Two."}))
        outcomes.append(outcome)
    assert (len(pages(outcomes)), reasons(outcomes), done(outcomes)) == (1, ["changed"], [])


def test_names_that_are_no_utf8_can_be_stored(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write(TEXT)
    (page,) = pages(read(tmp_path))
    assert page.source == f"{tmp_path}/caf\\xe9.txt"


def test_unchanged_file_is_skipped_when_it_was_seen(pile):
    hashes = {item.sha256 for item in done(read("pile"))}
    (pile / "a.txt").write_text("Now another text.")
    found = read("pile", seen=hashes.__contains__)
    assert sources(found) == ["pile/a.txt"]
    assert [item.source for item in skipped(found)] == ALL[1:]


def test_page_of_a_whole_file_carries_the_hash_of_its_bytes(pile):
    found = read("pile/a.txt")
    assert pages(found)[0].sha256 == done(found)[0].sha256


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), [("-", "text")]),
        (HTML.encode(), [("-", "html")]),
        (
            rows({"id": "a", "text": "One."}, {"id": "b", "text": "Two."}),
            [("-#a", "clean"), ("-#b", "clean")],
        ),
        (page_record(1), [("-#http://paper.example/1", "html")]),
        (rss("<item><guid>g</guid><description>Some.</description></item>").encode(), [("-#g", "clean")]),
    ],
)
def test_standard_input_is_told_by_its_content(content, expected, pack):
    found = read("-", stdin=io.BytesIO(pack(content)))
    assert [(page.source, page.form) for page in pages(found)] == expected
    import hashlib

    assert [item.sha256 for item in done(found)] == [hashlib.sha256(pack(content)).hexdigest()]


def test_empty_standard_input_is_refused():
    assert reasons(read("-", stdin=io.BytesIO(b""))) == ["empty"]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", TEXT, "text"),
        ("a.txt.gz", TEXT, "text"),
        ("a", TEXT, "text"),
        ("a.md", TEXT, "text"),
        ("a.html", HTML, "html"),
        ("a.HTM", HTML, "html"),
        ("a.html.gz", HTML, "html"),
        ("a.xhtml", '<?xml version="1.0"?>' + HTML, "html"),
        ("a.xml", '<?xml version="1.0"?><!-- c --><html><p>x</p></html>', "html"),
        ("a.txt", f"\n <!-- saved -->{HTML}", "html"),
        ("a.html", "No markup at all.\n\nTwo paragraphs.", "text"),
        ("a.txt", "He wrote <b>bold</b> and 3 < 4.", "text"),
        ("a.php", HTML, "html"),
    ],
)
def test_form_follows_the_name_and_then_the_content(tmp_path, name, content, form):
    data = content.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert [(page.form, page.content) for page in pages(read(tmp_path))] == [(form, content)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt.gz", gzip.compress(b""), "empty"),
        ("a.txt", b" \r\n\t \n", "blank"),
        ("a.txt", b"abc\0def" * 10, "binary"),
        ("a.txt", bytes(range(1, 32)) * 100, "binary"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.zip", b"PK\x03\x04rest", "unsupported"),
        ("a.txt", b"PK\x03\x04rest", "unsupported"),
        ("a.txt", b"%PDF-1.7 rest", "unsupported"),
        ("a.docx", b"anything", "unsupported"),
        ("a.html", b"\xff\xd8\xff\xe0 picture", "unsupported"),
        ("a.csv", b"a,b\n1,2\n", "unsupported"),
        ("a.tar.gz", gzip.compress(b"anything"), "unsupported"),
        ("a.txt", b"x" * 250_000, "long-line"),
        ("a.txt", b"word\n" * 1_500_000, "too-large"),
        ("a.txt", b"word\n" * 6_000_000, "too-large"),
        ("a.txt.gz", gzip.compress(b"word\n" * 6_000_000), "too-large"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 50)[:-9], "truncated"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-8] + b"\xff" * 8, "broken-gzip"),
        ("a.html", b"<html><body>" + b"<div>" * 100_000, "deep-markup"),
        ("a.html", b"<b>" * 100_000, "deep-markup"),
        ("a.html", b'<!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>', "entities"),
        ("a.jsonl", b"\n \n", "no-pages"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "no-pages"),
    ],
)
def test_bad_file_is_refused_with_its_reason(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path)
    assert [(item.source, item.reason) for item in refusals(found)] == [(f"{tmp_path}/{name}", reason)]
    assert (pages(found), done(found)) == ([], [])


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.xml"])
def test_file_beyond_the_limit_is_not_read(tmp_path, name, monkeypatch):
    """A sparse file of 200 MB: refused by its size, without hashing or decoding."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(200_000_000)
        file.write(b"<html>start")
    monkeypatch.setattr("hashlib.file_digest", lambda *a: pytest.fail("the file was hashed"))
    assert reasons(read(tmp_path)) == ["too-large"]


def test_gzip_bomb_is_refused_at_the_limit(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"\n" * 100_000_000, 1))
    assert reasons(read(tmp_path, limits=Limits(max_file_bytes=1_000_000))) == ["too-large"]


def test_fault_in_one_file_costs_that_file_only(pile, monkeypatch):
    from detente.source import pages as module

    real = module.read_page

    def faulty(source, *args, **options):
        if source.endswith("b.txt"):
            raise KeyError("unforeseen")
        return real(source, *args, **options)

    monkeypatch.setattr(module, "read_page", faulty)
    found = read("pile")
    assert [(item.source, item.reason) for item in refusals(found)] == [("pile/b.txt", "fault")]
    assert len(pages(found)) == 3


def test_pages_come_before_the_whole_file_was_read(tmp_path):
    """Streaming: the first page of a large WARC comes after a few reads."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc_gz(*(page_record(n) for n in range(2000))))
    stream = io.BytesIO(path.read_bytes())
    assert isinstance(next(read_pages(["-"], stdin=stream)), Page)
    assert stream.tell() <= 70_000 < len(stream.getvalue())


def test_line_ends_are_kept(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"One.\r\n\r\nTwo.\rThree.\n")
    assert pages(read(tmp_path))[0].content == "One.\r\n\r\nTwo.\rThree.\n"
