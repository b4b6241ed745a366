"""Whatever the bytes: pages and refusals only, the same every time, storable, and within the limits."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.record import Page
from detente.source import REASONS, Limits
from detente.source.decode import decode
from detente.source.markup import markup_depth
from detente.source.outcomes import Refused
from detente.source.streams import Gunzip, Reader
from tests.source.helpers import HTML, page_record, pages, read, reasons, refusals, rows, rss, warc_gz

FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SMALL = Limits(
    max_page_chars=5000, max_row_bytes=3000, max_record_bytes=3000, max_line_chars=2000, max_header_bytes=500
)
SEEDS = [
    rows({"id": "a", "text": "One."}, {"id": "b", "text": "Two.", "title": "T"}, {"text": "Three."}),
    page_record(1) + page_record(2) + page_record(3),
    warc_gz(page_record(1), page_record(2), page_record(3)),
    gzip.compress(rows({"id": "a", "text": "One."}) * 5),
    rss(*(f"<item><guid>{n}</guid><description>Item {n}</description></item>" for n in range(3))).encode(),
    HTML.encode(),
    "Café – “talks”.\r\n".encode("utf-16"),
]
NAMES = ["a.jsonl", "a.json", "a.warc", "a.rss", "a.html", "a.txt", "a", "a.txt.gz"]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "html", "title", "date", "url", "x"]), inner)
    ),
    max_leaves=10,
)


def decoded(data: bytes, *, declared: str | None = None) -> str | None:
    """The text, or None where the bytes are refused as binary (any other reason is an error)."""
    try:
        return decode(data, declared=declared).text
    except Refused as refused:
        if refused.reason != "binary":
            raise
        return None


@st.composite
def damaged(draw):
    """A seed cut, spliced and overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        how = draw(st.sampled_from(["cut", "set", "insert", "repeat"]))
        if how == "cut":
            del data[at : at + draw(st.integers(1, 50))]
        elif how == "set":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=2))
        elif how == "insert":
            data[at:at] = draw(
                st.binary(max_size=20) | st.sampled_from([b"\0", b"\r\n\r\n", b"<div>" * 50, b"WARC/1.0\r\n"])
            )
        else:
            data[at:at] = data[at : at + 40] * draw(st.integers(1, 5))
    return bytes(data)


@pytest.mark.parametrize("name", NAMES)
@FAST
@given(data=st.one_of(damaged(), st.binary(max_size=300)))
def test_any_bytes_end_as_pages_or_known_refusals(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    outcomes = read(path, limits=SMALL)
    assert outcomes == read(path, limits=SMALL)
    assert outcomes
    assert set(reasons(outcomes)) <= set(REASONS) - {"fault"}
    for page in pages(outcomes):
        assert page.content.strip()
        assert len(page.content) <= SMALL.max_page_chars
        for value in (
            page.content,
            page.source,
            page.title,
            page.url,
            page.date,
            page.outlet,
            page.byline,
            *page.notes,
        ):
            (value or "").encode("utf-8")
    for refusal in refusals(outcomes):
        (refusal.source + refusal.detail).encode("utf-8")


@FAST
@given(values=st.lists(json_values, max_size=5))
def test_any_json_rows_end_as_pages_or_refusals(tmp_path, values):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    outcomes = read(path, limits=SMALL)
    assert "fault" not in reasons(outcomes)
    names = [page.source for page in pages(outcomes)]
    assert len(names) == len(set(names))


@FAST
@given(text=st.text(min_size=1, max_size=200))
def test_row_text_comes_back_character_for_character(tmp_path, text):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8")
    for page in pages(read(path)):
        assert page.content == text


@FAST
@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_survives_decoding(text, encoding):
    found = decoded(text.encode(encoding))
    assert found is None or found == text.removeprefix("\ufeff")


@FAST
@given(
    data=st.binary(max_size=400),
    declared=st.none() | st.sampled_from(["koi8-r", "gb18030", "utf-8", "utf-16", "x"]),
)
def test_decoding_never_gives_what_cannot_be_stored(data, declared):
    (decoded(data, declared=declared) or "").encode("utf-8")


@FAST
@given(
    tags=st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<br>", "<!--", "-->", "<script>", "</script>", "<", ">", "x", "<b/>"]
        )
    )
)
def test_depth_is_never_more_than_the_tags(tags):
    assert (
        0
        <= markup_depth("".join(tags), stop=10**6)
        <= sum(tag in ("<div>", "<p>", "<script>", "<") for tag in tags)
    )


@FAST
@given(order=st.permutations(["a.txt", "b.jsonl", "c", "c/*.txt", "*.txt", "c/d.txt"]))
def test_order_of_inputs_does_not_change_the_pages(tmp_path, order):
    (tmp_path / "c").mkdir(exist_ok=True)
    (tmp_path / "a.txt").write_text("A page.")
    (tmp_path / "b.jsonl").write_bytes(SEEDS[0])
    (tmp_path / "c" / "d.txt").write_text("D page.")
    found = read(*(tmp_path / name for name in order))
    assert [item for item in found if isinstance(item, Page)] == pages(
        read(*(tmp_path / name for name in sorted(order)))
    )


@FAST
@given(
    data=st.binary(max_size=2000), sizes=st.lists(st.integers(1, 300), min_size=1), limit=st.integers(1, 50)
)
def test_lines_do_not_depend_on_how_the_bytes_arrive(data, sizes, limit):
    def arriving(pieces):
        at = 0
        for size in pieces:
            yield data[at : at + size]
            at += size
        while at < len(data):
            yield data[at : at + 100]
            at += 100

    def lines(pieces):
        source = arriving(pieces)
        reader = Reader(lambda _size: next((piece for piece in source if piece), b""))
        return list(iter(lambda: reader.line(limit), b""))

    assert lines(sizes) == lines([len(data)])
    assert b"".join(lines(sizes)) == data


@FAST
@given(parts=st.lists(st.binary(max_size=500), min_size=1, max_size=4), size=st.integers(1, 700))
def test_gunzip_gives_all_members_in_pieces_of_any_size(parts, size):
    import io

    gunzip = Gunzip(io.BytesIO(b"".join(gzip.compress(part) for part in parts) + b"\0" * 20).read)
    pieces = list(iter(lambda: gunzip.read(size), b""))
    assert b"".join(pieces) == b"".join(parts)
    assert max(map(len, pieces), default=0) <= size
