"""What an HTTP response stored in a WARC record carries: status, headers, and the decoded payload.

Crawlers disagree on whether the stored payload is still chunked and compressed as its headers say, so
each layer is taken off only where the bytes are really so.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from detente.source.outcomes import Refused
from detente.source.streams import GZIP_MAGIC

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class Response:
    """A parsed response; header names in lower case, the last of a repeated header wins."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Like "text/html"; "" where nothing is said."""
        return media_type_of(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """The charset parameter of the content type, as written."""
        return charset_of(self.headers.get("content-type", ""))


def media_type_of(content_type: str) -> str:
    """The bare media type of a Content-Type header."""
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """The charset of a Content-Type header, as written."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def parse_headers(block: bytes) -> dict[str, str]:
    """Header lines as a mapping; a line that begins with white space goes on with the one before."""
    headers: dict[str, str] = {}
    name = ""
    for line in block.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and name:
            headers[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower() if colon else ""
        if name:
            headers[name] = value.strip()
    return headers


def parse_response(block: bytes, *, max_header_bytes: int) -> Response:
    """Split a stored response into status, headers and body.

    Raises:
        Refused: "broken-record" where it does not begin as a response does.
    """
    match = _STATUS.match(block)
    if match is None:
        raise Refused("broken-record", "The record says that it holds an HTTP response and does not.")
    ends = [
        (at, len(mark))
        for mark in (b"\r\n\r\n", b"\n\n")
        if (at := block.find(mark, 0, max_header_bytes)) >= 0
    ]
    if not ends:
        if len(block) > max_header_bytes:
            raise Refused("too-large", f"HTTP headers beyond max_header_bytes, {max_header_bytes:,}.")
        ends = [(len(block), 0)]
    end, width = min(ends)
    head = block[:end].partition(b"\n")[2]
    return Response(int(match[1]), parse_headers(head), block[end + width :])


def payload_of(response: Response, *, limit: int) -> bytes:
    """The body with transfer and content encodings taken off, at most ``limit`` bytes.

    Raises:
        Refused: "too-large" beyond the limit, "broken-record" for damaged data, "unsupported" for an
            encoding that is not read.
    """
    headers, body = response.headers, response.body
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed(
        [part.strip().lower() for part in headers.get("content-encoding", "").split(",")][:4]
    ):
        body = _uncoded(body, coding, limit)
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _too_large(limit: int) -> Refused:
    return Refused("too-large", f"The payload is larger than max_record_bytes, {limit:,}.")


def _unchunked(body: bytes) -> bytes:
    """The chunks joined; what is not chunked after all comes back as it is, a cut end is dropped."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    return b"".join(pieces) if pieces else body


def _uncoded(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("", "identity", "none", "utf-8"):
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(GZIP_MAGIC) else body
    if coding == "deflate":
        return _deflated(body, limit)
    if coding == "br":
        return _unbrotlied(body, limit)
    if body.lstrip()[:1] == b"<":  # stored as plain markup, whatever the header says
        return body
    raise Refused("unsupported", f"The payload has the content encoding {coding[:40]!r}, which is not read.")


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    inflate = zlib.decompressobj(window)
    try:
        data = inflate.decompress(body, limit + 1)
    except zlib.error as error:
        raise Refused("broken-record", f"The compressed payload is damaged ({error}).") from error
    if len(data) > limit:
        raise _too_large(limit)
    if not inflate.eof:
        raise Refused("broken-record", "The compressed payload breaks off.")
    return data


def _deflated(body: bytes, limit: int) -> bytes:
    """Deflate with its wrapper, without, or not compressed after all: servers send all three."""
    for window in (15, -15):
        try:
            return _inflated(body, window, limit)
        except Refused as refused:
            if refused.reason == "too-large":
                raise
    if body.lstrip()[:1] == b"<":
        return body
    raise Refused("broken-record", "The deflated payload is damaged.")


def _unbrotlied(body: bytes, limit: int) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError as error:
        raise Refused("unsupported", "The payload is Brotli; to read it: pip install brotli.") from error
    if body.lstrip()[:1] == b"<":
        return body
    inflate, pieces, size = brotli.Decompressor(), [], 0
    try:
        piece = inflate.process(body, output_buffer_limit=1 << 20)
        while piece:
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise _too_large(limit)
            piece = inflate.process(b"", output_buffer_limit=1 << 20)
    except brotli.error as error:
        raise Refused("broken-record", "The Brotli payload is damaged.") from error
    if not inflate.is_finished():
        raise Refused("broken-record", "The Brotli payload breaks off.")
    return b"".join(pieces)
