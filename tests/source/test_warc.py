"""WARC files: what is a page, what is passed over, what is broken, and how reading goes on."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

from detente.source import Limits
from tests.source.helpers import (
    done,
    http,
    page_record,
    pages,
    read,
    reasons,
    record,
    refusals,
    skipped,
    warc_gz,
)

INFO = record(b"software: test\r\n", kind="warcinfo", media="application/warc-fields")
BODY = b"<html><body><p>Talks begin tomorrow.</p></body></html>"


def numbers(outcomes):
    return [page.source.rpartition("/")[2] for page in pages(outcomes)]


def test_response_carries_url_and_time_of_fetching(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(INFO + page_record(1))
    (page,) = pages(read(path))
    assert (page.source, page.form) == (f"{path}#http://paper.example/1", "html")
    assert (page.url, page.fetched) == ("http://paper.example/1", "1962-10-24T10:00:00Z")


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "noname"])
def test_compressed_warc_is_told_by_content(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(warc_gz(INFO, page_record(1), page_record(2)))
    assert numbers(read(path)) == ["1", "2"]


def test_warc_in_one_gzip_member_is_read(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(INFO + page_record(1) + page_record(2)))
    assert numbers(read(path)) == ["1", "2"]


def test_resource_and_conversion_records_are_pages(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        record(BODY, kind="resource", media="text/html; charset=utf-8", url="http://x.example/r")
        + record(b"Plain text of a page.", kind="conversion", media="text/plain", url="http://x.example/c")
    )
    assert [(page.form, page.url[-1]) for page in pages(read(path))] == [("html", "r"), ("text", "c")]


def test_what_is_no_page_is_counted_by_kind_and_not_refused(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        page_record(1)
        + record(http(b"gone", status=404)) * 3
        + record(http(b"", status=301))
        + record(http(b"%PDF", headers="Content-Type: application/pdf\r\n"))
        + record(http(b""), kind="revisit")
        + record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
        + page_record(1)
    )
    outcomes = read(path)
    assert reasons(outcomes) == []
    assert [(item.reason, item.count) for item in skipped(outcomes)] == [
        ("duplicate", 1),
        ("http-status", 4),
        ("not-html", 1),
        ("revisit", 1),
    ]
    assert skipped(outcomes)[1].detail.endswith(": 404 3, 301 1")


def test_a_news_page_with_megabytes_of_scripts_is_read(tmp_path):
    path = tmp_path / "a.warc"
    body = b"<html><script>" + b"var a = 1;" * 280_000 + b"</script><body><p>Talks begin.</p></body></html>"
    path.write_bytes(record(http(body)))
    assert [page.form for page in pages(read(path))] == ["html"]


def test_two_versions_of_one_url_are_two_pages(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(page_record(1) + record(http(BODY), url="http://paper.example/1"))
    found = pages(read(path))
    assert found[0].source == found[1].source
    assert found[0].sha256 != found[1].sha256


def _chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(body[i : i + 7]), body[i : i + 7]) for i in range(0, len(body), 7))
        + b"0\r\n\r\n"
    )


def _raw_deflate(body: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    return deflate.compress(body) + deflate.flush()


@pytest.mark.parametrize(
    ("headers", "stored"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(BODY)),
        ("Content-Encoding: gzip\r\n", BODY),
        ("Content-Encoding: deflate\r\n", zlib.compress(BODY)),
        ("Content-Encoding: deflate\r\n", _raw_deflate(BODY)),
        ("Content-Encoding: deflate\r\n", BODY),
        ("Transfer-Encoding: chunked\r\n", _chunked(BODY)),
        ("Transfer-Encoding: chunked\r\n", BODY),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", _chunked(gzip.compress(BODY))),
        ("Content-Encoding: br\r\n", BODY),
        ("content-type: text/html\r\n", BODY),
    ],
)
def test_payload_is_decoded_as_stored_whatever_the_headers_say(tmp_path, headers, stored):
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(stored, headers=headers)))
    assert [page.content for page in pages(read(path))] == [BODY.decode()]


def test_brotli_payload_is_read_where_the_library_is_installed(tmp_path):
    brotli = pytest.importorskip("brotli", reason="the brotli package is not installed")
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(brotli.compress(BODY), headers="Content-Encoding: br\r\n")))
    assert [page.content for page in pages(read(path))] == [BODY.decode()]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_payload_that_unpacks_beyond_the_limit_is_refused(tmp_path, coding):
    bomb = b"<p>" + b"x" * 3_000_000
    if coding == "br":
        stored = pytest.importorskip("brotli", reason="the brotli package is not installed").compress(
            bomb, quality=1
        )
    else:
        stored = gzip.compress(bomb) if coding == "gzip" else zlib.compress(bomb)
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(stored, headers=f"Content-Encoding: {coding}\r\n")) + page_record(2))
    outcomes = read(path, limits=Limits(max_record_bytes=100_000))
    assert (reasons(outcomes), numbers(outcomes)) == (["too-large"], ["2"])


def test_charset_of_the_http_header_comes_before_the_pages_own(tmp_path):
    body = '<html><head><meta charset="utf-8"></head><body>Встреча</body></html>'.encode("cp1251")
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(body, headers="Content-Type: text/html; charset=windows-1251\r\n")))
    (page,) = pages(read(path))
    assert ("Встреча" in page.content, page.encoding) == (True, "cp1251")


@pytest.mark.parametrize(
    "broken",
    [
        page_record(9, length=5),
        page_record(9, length=160),
        page_record(9, length=400),
        page_record(9, length="many"),
        page_record(9, length=-4),
        page_record(9, length="1" * 30),
        page_record(9).replace(b"HTTP/1.1", b"XTTP/1.1"),
        b"garbage\r\nmore of it\r\n\r\n",
        record(http(b"\x1f\x8bdamaged", headers="Content-Encoding: gzip\r\n")),
        record(http(gzip.compress(BODY)[:-20], headers="Content-Encoding: gzip\r\n")),
        record(http(b"data", headers="Content-Type: text/html\r\nContent-Encoding: zstd\r\n")),
        record(http(b"a\0b")),
    ],
)
@pytest.mark.parametrize("pack", [b"".join, lambda records: warc_gz(*records)])
def test_broken_record_is_refused_and_its_neighbours_are_read(tmp_path, broken, pack):
    path = tmp_path / "a.warc"
    path.write_bytes(pack([page_record(1), broken, page_record(2)]))
    outcomes = read(path)
    assert numbers(outcomes) == ["1", "2"]
    assert len(reasons(outcomes)) == 1
    assert done(outcomes)


def test_damaged_gzip_member_costs_only_its_record(tmp_path):
    members = [gzip.compress(page_record(n), mtime=0) for n in (1, 2, 3)]
    members[1] = members[1][:40] + b"\xff\xff\xff\xff" + members[1][44:]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    outcomes = read(path)
    assert (numbers(outcomes), set(reasons(outcomes))) == (["1", "3"], {"broken-gzip"})


@pytest.mark.parametrize("cut", [10, 60, 150])
@pytest.mark.parametrize("packed", [True, False])
def test_truncated_warc_keeps_the_pages_before_the_break(tmp_path, packed, cut):
    path = tmp_path / "a.warc.gz"
    records = [page_record(1), page_record(2)]
    path.write_bytes((warc_gz(*records) if packed else b"".join(records))[:-cut])
    outcomes = read(path)
    assert (numbers(outcomes), reasons(outcomes), done(outcomes)) == (["1"], ["truncated"], [])


def test_record_over_the_limit_is_refused_without_being_held(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(page_record(1) + record(http(b"x" * 500_000)) + page_record(2))
    outcomes = read(path, limits=Limits(max_record_bytes=10_000))
    assert (numbers(outcomes), reasons(outcomes)) == (["1", "2"], ["too-large"])


def test_endless_headers_are_refused(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\n" + b"X-Header: yes\r\n" * 10_000 + b"\r\n" + page_record(2))
    outcomes = read(path)
    assert (numbers(outcomes), reasons(outcomes)) == (["2"], ["too-large"])


def test_refusal_names_where_the_record_begins(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(page_record(1) + page_record(9, length="many"))
    (refusal,) = refusals(read(path))
    assert refusal.detail.startswith(f"Record at byte {len(page_record(1)):,}: ")


def test_same_records_as_warcio(tmp_path):
    """Files that warcio writes are read to the same payloads as warcio reads."""
    pytest.importorskip("warcio", reason="warcio is not installed")
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for n in range(20):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = f"<p>Page {n} – “marks”.</p>".encode()
            writer.write_record(
                writer.create_warc_record(
                    f"http://x.example/{n}", "response", io.BytesIO(body), http_headers=headers
                )
            )
    with path.open("rb") as file:
        expected = [
            (item.rec_headers.get_header("WARC-Target-URI"), item.content_stream().read().decode())
            for item in ArchiveIterator(file)
        ]
    assert [(page.url, page.content) for page in pages(read(path))] == expected


def test_continued_header_without_a_header_before_it_is_passed_over():
    """Found by fuzzing."""
    from detente.source.http import parse_headers

    assert parse_headers(b"no colon\r\n goes on\r\nA: b\r\n c\r\n : x\r\n") == {"a": "b c : x"}
