"""Paths → pages: opens each file, tells its kind, and hands it to the reader of that kind."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.record import Page, Refusal
from detente.source.kinds import CONTAINERS, check_supported, kind_of
from detente.source.limits import Limits
from detente.source.outcomes import FileDone, Outcome, Refused, Skipped, Tally
from detente.source.streams import GZIP_MAGIC, Gunzip, Hashing, Reader, as_utf8
from detente.source.walk import Found, find_files

DEFAULT_LIMITS = Limits()
_HEAD = 4096
# Files up to this size are read once into memory; larger ones are hashed first and then streamed.
_IN_MEMORY = 4_000_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_pages(
    paths: Sequence[str | Path],
    *,
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
    seen: Callable[[str], bool] | None = None,
) -> Iterator[Outcome]:
    """Everything the paths hold, one page at a time, with a refusal for whatever cannot be read.

    Args:
        paths: files, folders (read with all that is in them), globs, or ``-`` for standard input.
            Their order does not matter: they are read sorted, and a file reached twice is read once.
        limits: how much to take in.
        stdin: what ``-`` reads; the process's own standard input by default.
        seen: answers whether a whole file of this SHA-256 was read before; such a file is ``Skipped``.

    Yields:
        ``Page`` and ``Refusal`` as they come; ``Skipped`` for an unchanged file or for records of a file
        rightly passed over; ``FileDone`` after the last page of a file that was read to its end.

    Never raises for what an input holds. A fault of ours inside one file ends that file with the
    refusal "fault" and leaves the others alone.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    opened: set[int] = set()
    for item in find_files(paths, limits=limits):
        if isinstance(item, Refusal):
            yield item
        else:
            yield from _guarded(item, limits, stdin, seen, opened)


def read_found(
    found: Found, *, limits: Limits = DEFAULT_LIMITS, stream: BinaryIO | None = None
) -> Iterator[Outcome]:
    """What one file that was found before holds, as :func:`read_pages` gives it.

    ``stream``: what to read in its place (an object of a bucket); its path then tells the kind alone.
    """
    yield from _guarded(found, limits, stream, None, set(), streamed=stream is not None)


def _guarded(
    found: Found,
    limits: Limits,
    stdin: BinaryIO | None,
    seen: Callable[[str], bool] | None,
    opened: set[int],
    *,
    streamed: bool = False,
) -> Iterator[Outcome]:
    """One file, with everything that can go wrong with it turned into a refusal."""
    try:
        if streamed or found.path == "-":
            yield from _read_stream(found, limits, stdin)
        else:
            yield from _read_file(found, limits, seen, opened)
    except Refused as refused:
        yield refused.at(found.source)
    except FileNotFoundError:
        yield Refused("vanished", "It was there when its folder was listed and is gone.").at(found.source)
    except OSError as error:
        yield Refused("unreadable", f"The system says: {error.strerror or error}.").at(found.source)
    except Exception as error:
        detail = f"{type(error).__name__}: {str(error)[:200].encode('ascii', 'backslashreplace').decode()}"
        yield Refused("fault", detail).at(found.source)


@dataclass(slots=True)
class _Input:
    """An opened input: how to read it, what kind it is, its hash once read, whether it stayed the same."""

    source: str
    stream: Reader
    gunzip: Gunzip | None
    kind: str
    sha256: Callable[[], str]
    unchanged: Callable[[], bool]


def _read_file(
    found: Found, limits: Limits, seen: Callable[[str], bool] | None, opened: set[int]
) -> Iterator[Outcome]:
    with open(os.open(found.path, _FLAGS), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise Refused("special-file", "It is no regular file any more.")
        identity = before.st_dev << 64 | before.st_ino
        if identity in opened:
            return
        opened.add(identity)
        whole = file.read(_IN_MEMORY + 1) if before.st_size <= _IN_MEMORY else None
        sha256 = hashlib.sha256(whole).hexdigest() if whole is not None else ""
        if sha256 and seen is not None and seen(sha256):  # first of all: looking again costs next to nothing
            yield Skipped(found.source, sha256)
            return
        body: BinaryIO = file if whole is None else io.BytesIO(whole)
        kind = _kind_of_file(found.path, body)
        if kind not in CONTAINERS and before.st_size > limits.max_file_bytes:
            raise _too_large(limits)
        if not sha256:
            sha256 = _digest(file)
            if seen is not None and seen(sha256):
                yield Skipped(found.source, sha256)
                return
        stream, gunzip = _readers(body)
        yield from _outcomes(
            _Input(
                found.source,
                stream,
                gunzip,
                kind,
                lambda: sha256,
                lambda: _same(before, os.fstat(file.fileno())),
            ),
            limits,
        )


def _too_large(limits: Limits) -> Refused:
    return Refused("too-large", f"Larger than max_file_bytes, {limits.max_file_bytes:,}.")


def _digest(file: io.BufferedReader) -> str:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _same(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


def _kind_of_file(path: str, body: BinaryIO) -> str:
    """The kind of a file from its name and first bytes; the body is back at its start afterwards."""
    head = body.read(_HEAD)
    body.seek(0)
    if not head:
        raise Refused("empty", "There are no bytes in it.")
    check_supported(path, head)
    if head.startswith(GZIP_MAGIC):
        stream, _ = _readers(body)
        head = stream.peek(_HEAD)
        body.seek(0)
        check_supported(path, head)
    return kind_of(path, head)


def _readers(body: BinaryIO) -> tuple[Reader, Gunzip | None]:
    """A reader over the content, with the decompressor below it where there is one."""
    head = body.read(2)
    body.seek(0)
    if head != GZIP_MAGIC:
        return Reader(body.read), None
    gunzip = Gunzip(body.read)
    return Reader(gunzip.read), gunzip


def _read_stream(found: Found, limits: Limits, stdin: BinaryIO | None) -> Iterator[Outcome]:
    """Standard input or an object of a bucket: read once, from first byte to last."""
    name = "" if found.path == "-" else found.path
    if stdin is None and sys.stdin is None:
        raise Refused("unreadable", "There is no standard input.")
    source = stdin if stdin is not None else sys.stdin.buffer
    hashing = Hashing(lambda size: source.read(size) or b"")
    stream, gunzip = Reader(hashing.read), None
    head = stream.peek(_HEAD)
    if not head:
        raise Refused("empty", "There are no bytes in it." if name else "Standard input held no bytes.")
    check_supported(name, head)
    if head.startswith(GZIP_MAGIC):
        gunzip = Gunzip(stream.read)
        stream = Reader(gunzip.read)
        head = stream.peek(_HEAD)
        check_supported(name, head)
    kind = kind_of(name, head)
    yield from _outcomes(_Input(found.source, stream, gunzip, kind, hashing.hexdigest, lambda: True), limits)


def _outcomes(item: _Input, limits: Limits) -> Iterator[Outcome]:
    """The pages of one opened input, and at the end how it went."""
    tally = Tally(item.source, max_refusals=limits.max_refusals_in_file)
    try:
        yield from _pages(item, limits, tally)
    except Refused as refused:
        tally.whole = False
        yield refused.at(item.source)
    yield from tally.summary()
    if not item.unchanged():
        yield _changed().at(item.source)
    elif tally.whole and not (tally.pages or tally.refused or tally.passed_over):
        yield Refused("no-pages", "It was read to its end.").at(item.source)
    elif tally.whole:
        yield FileDone(item.source, item.sha256(), tally.pages, tally.refused)


def _changed() -> Refused:
    return Refused("changed", "Its size or time of change is not what it was when it was opened.")


def _pages(item: _Input, limits: Limits, tally: Tally) -> Iterator[Page | Refusal]:
    # Each kind's reader is imported when a file of that kind is read: none where nothing is new.
    if item.kind == "warc":
        from detente.source.warc import read_warc

        yield from read_warc(item.stream, gunzip=item.gunzip, limits=limits, tally=tally)
    elif item.kind == "rows":
        from detente.source.rows import read_rows

        yield from read_rows(_utf8(item.stream), limits=limits, tally=tally)
    else:
        data = item.stream.read(limits.max_file_bytes + 1)
        if len(data) > limits.max_file_bytes:
            raise _too_large(limits)
        if not item.unchanged():
            raise _changed()
        yield from _pages_of(data, item, limits, tally)


def _pages_of(data: bytes, item: _Input, limits: Limits, tally: Tally) -> Iterator[Page | Refusal]:
    if item.kind == "feed":
        from detente.source.feed import read_feed

        yield from read_feed(data, limits=limits, tally=tally)
    elif item.kind == "json":
        from detente.source.rows import read_json

        yield from read_json(data, limits=limits, tally=tally)
    else:
        from detente.source.pages import read_page

        page = read_page(item.source, data, kind=item.kind, limits=limits, sha256=item.sha256())
        yield from tally.count(page)


def _utf8(stream: Reader) -> Reader:
    """Rows are split at LF bytes, so UTF-16 and UTF-32 are recoded first."""
    head = stream.peek(4)
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return Reader(as_utf8(stream.read, encoding))
    return stream
