"""Byte streams that never hold more than asked: gzip with its breaks located, lines with a limit."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections.abc import Callable

from detente.source.outcomes import Refused

Read = Callable[[int], bytes]

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16
# Compressed bytes handed to zlib at once. On damaged data zlib loses what the failing call had already
# unpacked, so a small piece keeps more of the rows before the break.
_PIECE = 4096


class Gunzip:
    """Decompresses gzip members one after the other, in bounded pieces, and says where a break is.

    Python's own ``gzip`` cannot go on after a damaged member, and warcio reads a truncated file without
    a word; a crawl's file needs both. Zero bytes after the last member are padding.
    """

    def __init__(self, read: Read) -> None:
        self._read_raw = read
        self._raw = b""
        self._ended = False
        self._inflate = zlib.decompressobj(31)
        self._in_member = False
        self.offset = 0
        """Compressed bytes consumed so far."""

    def read(self, size: int) -> bytes:
        """Up to ``size`` decompressed bytes; none at the end.

        Raises:
            Refused: "truncated" where the file ends inside a member, "broken-gzip" where it is damaged.
        """
        while True:
            if not self._raw and not self._more():
                if self._in_member:
                    raise Refused("truncated", f"The gzip data breaks off after {self.offset:,} bytes.")
                return b""
            if not self._in_member:
                self._raw = self._raw.lstrip(b"\0") if self.offset else self._raw
                if not self._raw:
                    continue
                self._in_member = True
            data = self._unpack(min(size, _CHUNK))
            if data:
                return data

    def _more(self) -> bool:
        if not self._ended:
            self._raw = self._read_raw(_CHUNK)
            self._ended = not self._raw
        return bool(self._raw)

    def _unpack(self, size: int) -> bytes:
        piece, rest = self._raw[:_PIECE], self._raw[_PIECE:]
        try:
            data = self._inflate.decompress(piece, size)
        except zlib.error as error:
            raise Refused("broken-gzip", f"Damaged gzip data near byte {self.offset:,} ({error}).") from error
        left = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self.offset += len(piece) - len(left)
        self._raw = left + rest
        if self._inflate.eof:
            self._inflate = zlib.decompressobj(31)
            self._in_member = False
        return data

    def resync(self, start: bytes, *, limit: int) -> bool:
        """Go on at the next gzip member whose content begins with ``start``; False where there is none."""
        self._raw = self._raw[1:]
        self.offset += 1
        looked = 0
        while looked < limit:
            at = self._raw.find(b"\x1f\x8b\x08")
            if at >= 0 and len(self._raw) - at < _PIECE and not self._ended:
                self._append()
                continue
            if at < 0:
                keep = self._raw[-2:] if not self._ended else b""
                looked += len(self._raw) - len(keep)
                self.offset += len(self._raw) - len(keep)
                self._raw = keep
                if self._ended:
                    return False
                self._append()
                continue
            self._raw = self._raw[at:]
            self.offset += at
            if _begins(self._raw[:_PIECE], start):
                self._inflate, self._in_member = zlib.decompressobj(31), False
                return True
            looked += at + 1
            self._raw = self._raw[1:]
            self.offset += 1
        return False

    def _append(self) -> None:
        more = self._read_raw(_CHUNK)
        self._ended = not more
        self._raw += more


def _begins(member: bytes, start: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(member, len(start)) == start
    except zlib.error:
        return False


def as_utf8(read: Read, encoding: str) -> Read:
    """Recode a stream of UTF-16 or UTF-32 as UTF-8 on the fly; what is damaged becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read_utf8(size: int) -> bytes:
        while True:
            raw = read(size)
            text = decoder.decode(raw, not raw)
            if text or not raw:
                return text.encode("utf-8", "replace")

    return read_utf8


class Hashing:
    """Passes bytes through and keeps their SHA-256: for a stream that can be read only once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes of the stream."""
        data = self._read(size)
        self._digest.update(data)
        return data

    def hexdigest(self) -> str:
        """The SHA-256 of all that was read so far."""
        return self._digest.hexdigest()


class Reader:
    """Lines and blocks off a stream, each with a limit; what was read can be pushed back."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._buffer = bytearray()
        self.offset = 0
        """Bytes handed out so far."""

    def _fill(self, size: int) -> None:
        while len(self._buffer) < size:
            data = self._read(_CHUNK)
            if not data:
                return
            self._buffer += data

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.offset += len(data)
        return data

    def peek(self, size: int) -> bytes:
        """Up to ``size`` bytes ahead, not yet consumed; on a break, what came before it."""
        try:
            self._fill(size)
        except Refused:
            if not self._buffer:
                raise
        return bytes(self._buffer[:size])

    def read(self, size: int) -> bytes:
        """``size`` bytes, fewer only at the end of the stream."""
        self._fill(size)
        return self._take(size)

    def line(self, limit: int) -> bytes:
        """The next line with its LF; ``limit`` bytes without LF where it is longer; nothing at the end."""
        searched = 0
        while True:
            end = self._buffer.find(b"\n", searched, limit)
            if end >= 0:
                return self._take(end + 1)
            searched = len(self._buffer)
            if searched >= limit:
                return self._take(limit)
            data = self._read(_CHUNK)
            if not data:
                return self._take(limit)
            self._buffer += data

    def skip_line(self, limit: int) -> bool:
        """Drop the rest of a line; False where ``limit`` bytes held no line end."""
        skipped = 0
        while skipped < limit:
            piece = self.line(_CHUNK)
            if not piece or piece.endswith(b"\n"):
                return True
            skipped += len(piece)
        return False

    def skip(self, size: int) -> int:
        """Drop up to ``size`` bytes and say how many there were."""
        dropped = 0
        while dropped < size:
            self._fill(1)
            taken = len(self._take(min(size - dropped, len(self._buffer))))
            if not taken:
                break
            dropped += taken
        return dropped

    def push(self, data: bytes) -> None:
        """Put bytes back in front."""
        self._buffer[:0] = data
        self.offset -= len(data)

    def drop_buffer(self) -> None:
        """Forget what was read ahead: after a break, before the stream goes on elsewhere."""
        self._take(len(self._buffer))

    def seek_to(self, marks: tuple[bytes, ...], *, limit: int) -> bool:
        """Skip to the next line that begins with one of ``marks``; False where ``limit`` bytes hold none."""
        skipped = 0
        while skipped < limit:
            piece = self.line(_CHUNK)
            if not piece:
                return False
            if piece.startswith(marks):
                self.push(piece)
                return True
            skipped += len(piece)
        return False
