"""WARC files → pages: response, resource and conversion records that hold HTML or plain text.

A reader of its own instead of warcio's: warcio reads a truncated file without a word (its issue 138),
cannot go on after a broken record, sets no limits and writes to stderr. A test holds both to the same
records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detente.record import Page, Refusal
from detente.source.http import Response, charset_of, media_type_of, parse_headers, parse_response, payload_of
from detente.source.kinds import kind_of_text
from detente.source.limits import Limits
from detente.source.outcomes import Refused, Tally
from detente.source.pages import check_text, decode_page, field, form_of, sha256_of
from detente.source.rows import Names
from detente.source.streams import Gunzip, Reader

VERSIONS = (b"WARC/0.1", b"WARC/1.")
_PAGES = frozenset(("response", "resource", "conversion"))
_KIND_OF_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "", "": ""}
_INNER = re.compile(rb"(?:\r?\n){2}(?=WARC/[01]\.\d+\r?\n)")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers (names in lower case), its block, and where in the file it begins."""

    headers: dict[str, str]
    block: bytes
    offset: int

    @property
    def url(self) -> str:
        """The target, or the record's own id where it names none."""
        return self.headers.get("warc-target-uri", "").strip("<> ") or self.headers.get("warc-record-id", "")


def read_warc(
    reader: Reader, *, gunzip: Gunzip | None, limits: Limits, tally: Tally
) -> Iterator[Page | Refusal]:
    """The pages of a WARC stream; ``gunzip`` is the decompressor below the reader, to go on after damage."""
    names = Names()
    for item in _records(reader, gunzip, limits):
        if isinstance(item, Refused):
            yield from tally.count(item.at(tally.source))
            continue
        source = f"{tally.source}#{field(item.url, limits=limits) or item.offset}"
        try:
            page = _page_of(item, source, limits, tally)
        except Refused as refused:
            yield from tally.count(refused.at(source))
            continue
        if page is None:
            continue
        if names.unique(source, page.sha256) is None:
            tally.pass_over("duplicate")
            continue
        yield from tally.count(page)
        if tally.pages >= limits.max_pages_in_file:
            raise Refused("too-many-pages", f"max_pages_in_file is {limits.max_pages_in_file:,}.")


def _records(reader: Reader, gunzip: Gunzip | None, limits: Limits) -> Iterator[Record | Refused]:
    """Record after record; what is broken comes as ``Refused`` and reading goes on behind it."""
    broken: Refused | None = None
    while True:
        start = reader.offset
        try:
            if broken is not None and not _go_on(broken, reader, gunzip, limits):
                return
            broken = None
            start = _skip_blank(reader)
            record = _next_record(reader, limits)
            if record is None:
                return
            yield record
        except Refused as refused:
            yield Refused(refused.reason, f"Record at byte {start:,}: {refused.detail}")
            if refused.reason == "truncated":
                return
            broken = refused


def _skip_blank(reader: Reader) -> int:
    """Pass the line ends between records; where the next one begins."""
    while reader.peek(1) in (b"\r", b"\n"):
        reader.skip(1)
    return reader.offset


def _go_on(broken: Refused, reader: Reader, gunzip: Gunzip | None, limits: Limits) -> bool:
    """Go to the next record after a broken one; False where there is none to be found."""
    if broken.reason == "broken-gzip":
        reader.drop_buffer()
        return gunzip is not None and gunzip.resync(b"WARC/", limit=limits.max_skip_bytes)
    return reader.seek_to(VERSIONS, limit=limits.max_skip_bytes)


def _next_record(reader: Reader, limits: Limits) -> Record | None:
    """The next record, None at the end.

    Raises:
        Refused: the record is broken, or longer than a limit (it is then behind the reader).
    """
    offset = reader.offset
    line = reader.line(limits.max_header_bytes)
    if not line:
        return None
    if not line.startswith(VERSIONS):
        raise Refused("broken-record", "No WARC record begins where one should.")
    headers = _headers(reader, limits.max_header_bytes)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Refused("broken-record", f"Content-Length is {length[:40]!r}, not a number.")
    return Record(headers, _block(reader, int(length), headers, limits), offset)


def _headers(reader: Reader, limit: int) -> dict[str, str]:
    block = bytearray()
    while True:
        line = reader.line(limit)
        if not line:
            raise Refused("truncated", "The file breaks off inside a record's headers.")
        if not line.strip():
            return parse_headers(bytes(block))
        block += line
        if len(block) >= limit:
            raise Refused("too-large", f"Headers beyond max_header_bytes, {limit:,}.")


def _block(reader: Reader, length: int, headers: dict[str, str], limits: Limits) -> bytes:
    if length > limits.max_record_bytes or headers.get("warc-type") not in _PAGES:
        if reader.skip(length) < length:
            raise Refused("truncated", "The file breaks off inside a record.")
        if headers.get("warc-type") in _PAGES:
            raise Refused("too-large", f"{length:,} bytes; max_record_bytes is {limits.max_record_bytes:,}.")
        return b""
    block = reader.read(length)
    whole = len(block) == length
    if whole and (not (ahead := reader.peek(4)) or ahead[:1] in (b"\r", b"\n") or ahead == b"WARC"):
        return block
    # The length is wrong: give back what belongs to the next record, if the block ran into it.
    inner = _INNER.search(block)
    if inner:
        reader.push(block[inner.end() :])
    elif not whole:
        raise Refused(
            "truncated", f"The file breaks off {length - len(block):,} bytes before the record's end."
        )
    raise Refused("broken-record", "Content-Length does not fit: the record does not end where it says.")


def _page_of(record: Record, source: str, limits: Limits, tally: Tally) -> Page | None:
    """The page a record holds; None where it is passed over (and counted)."""
    kind = record.headers.get("warc-type", "")
    if kind == "revisit":
        tally.pass_over("revisit")
    if kind not in _PAGES:
        return None
    content_type = record.headers.get("content-type", "")
    if kind == "response" and media_type_of(content_type) in ("application/http", ""):
        response = parse_response(record.block, max_header_bytes=limits.max_header_bytes)
    else:
        response = Response(200, {"content-type": content_type}, record.block)
    return _page_of_response(response, record, source, limits, tally.pass_over)


def _page_of_response(
    response: Response, record: Record, source: str, limits: Limits, pass_over: Callable[[str, str], None]
) -> Page | None:
    if response.status != 200:
        pass_over("http-status", str(response.status))
        return None
    if response.media_type not in _KIND_OF_MEDIA:
        pass_over("not-html", (field(response.media_type, limits=limits) or "")[:60])
        return None
    payload = payload_of(response, limit=limits.max_record_bytes)
    decoded = decode_page(
        payload, limits=limits, declared=charset_of(response.headers.get("content-type", ""))
    )
    form = form_of(decoded.text, kind=_KIND_OF_MEDIA[response.media_type] or kind_of_text(decoded.text))
    check_text(decoded.text, form, limits=limits)
    return Page(
        source,
        form,
        decoded.text,
        sha256_of(payload),
        decoded.encoding,
        url=field(record.url, limits=limits),
        fetched=field(record.headers.get("warc-date"), limits=limits),
        notes=decoded.notes,
    )
