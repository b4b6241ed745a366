"""Objects of a bucket are inputs: found by prefix and read to the same articles as files."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed (make test-scale)")

from detente.record import Refusal
from detente.scale.buckets import find_objects, open_object
from tests.scale import small

DAY = "Sat, 21 Nov 2026 00:00:00 GMT"


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as reading asks for: list, head, get with a range. ``objects``: key → bytes."""

    objects: dict[str, bytes] = {}  # noqa: RUF012

    def log_message(self, *args):
        pass

    def do_HEAD(self):
        self._object(body=False)

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._list(query.get("prefix", [""])[0])
        else:
            self._object(body=True)

    def _object(self, *, body):
        data = self.objects.get(urlsplit(self.path).path.strip("/").partition("/")[2])
        if data is None:
            self._answer(404, b"", "text/plain")
            return
        asked = self.headers.get("Range")
        if asked:
            first, last = asked.removeprefix("bytes=").split("-")
            data = data[int(first) : int(last or len(data)) + 1]
        self._answer(206 if asked else 200, data, "text/plain", body=body)

    def _list(self, prefix):
        one = "<Contents><Key>{}</Key><Size>{}</Size><LastModified>2026-11-21T00:00:00.000Z</LastModified></Contents>"
        keys = [key for key in sorted(self.objects) if key.startswith(prefix)]
        found = "".join(one.format(escape(key), len(self.objects[key])) for key in keys)
        told = f"<KeyCount>{len(keys)}</KeyCount><IsTruncated>false</IsTruncated>"
        text = f"<ListBucketResult>{told}{found}</ListBucketResult>"
        self._answer(200, text.encode(), "application/xml")

    def _answer(self, status, data, kind, *, body=True):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", DAY)
        self.send_header("ETag", '"x"')
        self.end_headers()
        if body:
            self.wfile.write(data)


@pytest.fixture
def bucket(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setattr(Bucket, "objects", {})
    yield Bucket.objects
    server.shutdown()
    server.server_close()


def test_a_prefix_gives_its_objects_by_name_without_the_hidden_ones(bucket):
    bucket.update({"day/b.txt": b"22", "day/a.txt": b"1", "day/.c": b"3", "else/d.txt": b"4"})
    assert [one[:2] for one in find_objects("s3://news/day/")] == [
        ("s3://news/day/a.txt", 1),
        ("s3://news/day/b.txt", 2),
    ]


def test_an_object_by_its_name(bucket):
    bucket["day/a.txt"] = b"some bytes"
    assert [one[0] for one in find_objects("s3://news/day/a.txt")] == ["s3://news/day/a.txt"]
    with open_object("s3://news/day/a.txt") as stream:
        assert stream.read() == b"some bytes"


def test_nothing_there_is_a_refusal(bucket):
    (refusal,) = find_objects("s3://news/nothing")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "missing"


def test_a_run_over_a_bucket_reads_what_the_same_files_hold(bucket, tmp_path, monkeypatch):
    from detente.scale import LocalEngine, load_folders, read_at_scale
    from detente.store import SqliteStore

    small.put_in_place(monkeypatch.setattr)
    folder = small.reports(tmp_path / "day")
    bucket.update({f"day/{path.name}": path.read_bytes() for path in folder.iterdir()})
    texts = []
    for n, path in enumerate(("s3://news/day/", str(folder))):
        read_at_scale([path], tmp_path / f"out{n}", LocalEngine(1), settings=small.settings())
        store = SqliteStore(":memory:")
        load_folders([tmp_path / f"out{n}"], store)
        found = [(a.source.rpartition("/")[2], a.text, a.sha256) for a in store.pile().articles()]
        texts.append(sorted(found))
        store.close()
    assert len(texts[0]) == 13
    assert texts[1] == texts[0]
