"""JSON Lines (and one-object or one-array JSON files) → pages, a row at a time.

A row's ``text`` stays exactly as given, so that its offsets are the caller's; only lone surrogates, which
cannot be stored, become U+FFFD one for one. A row without text but with ``html`` is a page of markup.
An id that comes again with other content gets ``~2``, ``~3``…; the same row again is passed over.
Remembering the ids costs about 100 bytes a row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from detente.record import Page, Refusal
from detente.source.decode import decode, without_surrogates
from detente.source.kinds import load_tables
from detente.source.limits import Limits
from detente.source.outcomes import Refused, Tally
from detente.source.pages import check_text, field, form_of, sha256_of
from detente.source.streams import Reader


class Names:
    """The names given so far in one file, so that no two pages of it share one."""

    def __init__(self) -> None:
        self._given: set[int] = set()

    def unique(self, name: str, sha256: str) -> str | None:
        """The name, or with ``~2`` and so on where it is taken; None for the same content again."""
        if not self._add(name + "\0" + sha256):
            return None
        number, candidate = 1, name
        while not self._add(candidate):
            number += 1
            candidate = f"{name}~{number}"
        return candidate

    def _add(self, text: str) -> bool:
        key = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
        before = len(self._given)
        self._given.add(key)
        return len(self._given) > before


def read_rows(reader: Reader, *, limits: Limits, tally: Tally) -> Iterator[Page | Refusal]:
    """The pages of a JSON Lines stream, and a refusal for every row that is none."""
    names, number = Names(), 0
    while line := reader.line(limits.max_row_bytes + 1):
        number += 1
        where = f"{tally.source}#{number}"
        if len(line) > limits.max_row_bytes and not line.endswith(b"\n"):
            detail = f"Line {number} is longer than max_row_bytes, {limits.max_row_bytes:,}."
            yield from tally.count(Refused("too-large", detail).at(where))
            if not reader.skip_line(limits.max_skip_bytes):
                raise Refused(
                    "too-large", f"Line {number} did not end within {limits.max_skip_bytes:,} bytes."
                )
        elif data := line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip():
            try:
                row, encoding, notes = _parse(data, number)
                yield from _counted(row, data, number, names, limits, tally, encoding, notes)
            except Refused as refused:
                yield from tally.count(refused.at(where, sha256=sha256_of(data)))
        if tally.pages >= limits.max_pages_in_file:
            raise Refused("too-many-pages", f"max_pages_in_file is {limits.max_pages_in_file:,}.")


def read_json(data: bytes, *, limits: Limits, tally: Tally) -> Iterator[Page | Refusal]:
    """The pages of a .json file: one object, an array of them, or after all one object a line."""
    try:
        value, encoding, notes = _parse(data.removeprefix(b"\xef\xbb\xbf").strip() or b"null", 1)
    except Refused as refused:
        if refused.reason == "deep-json" or b"\n" not in data.strip():
            raise
        yield from read_rows(_reader_of(data), limits=limits, tally=tally)
        return
    names = Names()
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        payload = data if row is value else json.dumps(row).encode("ascii")
        try:
            yield from _counted(row, payload, number, names, limits, tally, encoding, notes)
        except Refused as refused:
            yield from tally.count(refused.at(f"{tally.source}#{number}", sha256=sha256_of(payload)))


def _reader_of(data: bytes) -> Reader:
    pieces = iter((data,))
    return Reader(lambda _size: next(pieces, b""))


def _parse(data: bytes, number: int) -> tuple[Any, str, tuple[str, ...]]:
    decoded = decode(data)
    try:
        return json.loads(decoded.text), decoded.encoding, decoded.notes
    except RecursionError as error:
        raise Refused("deep-json", f"Line {number} nests arrays or objects too deeply.") from error
    except ValueError as error:
        raise Refused("bad-json", f"Line {number}: {str(error)[:200]}.") from error


def _counted(
    row: Any,
    data: bytes,
    number: int,
    names: Names,
    limits: Limits,
    tally: Tally,
    encoding: str,
    notes: tuple[str, ...],
) -> Iterator[Page | Refusal]:
    """The page of one row, counted; a row met before in the same words is passed over."""
    if not isinstance(row, dict):
        raise Refused("bad-row", f"Line {number} is {_json_type(row)}, not an object.")
    sha256 = sha256_of(data)
    ident = _value(row, "id", limits) or str(number)
    form, content, more = _content(row, number, limits)
    name = names.unique(ident, sha256)
    if name is None:
        tally.pass_over("duplicate")
        return
    if name != ident:
        more += (f"id {ident} stands more than once in the file",)
    fields = {
        key: _value(row, key, limits) for key in ("title", "date", "outlet", "url", "byline", "fetched")
    }
    yield from tally.count(
        Page(f"{tally.source}#{name}", form, content, sha256, encoding, **fields, notes=notes + more)
    )


def _json_type(value: Any) -> str:
    names = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _value(row: dict[str, Any], key: str, limits: Limits) -> str | None:
    for name in load_tables().row[key]:
        if name in row and (value := field(row[name], limits=limits)):
            return value
    return None


def _content(row: dict[str, Any], number: int, limits: Limits) -> tuple[str, str, tuple[str, ...]]:
    """The form and content of a row, with what was replaced in it."""
    found = [name for key in ("text", "html") for name in load_tables().row[key] if row.get(name) is not None]
    if not found:
        keys = ", ".join(sorted(str(key)[:40] for key in row)[:12]) or "none"
        raise Refused("missing-text", f"Line {number} has neither text nor html. Its keys: {_clean(keys)}.")
    # An empty text beside html is a row whose text was never extracted.
    name = next((name for name in found if row[name] != ""), found[0])
    if not isinstance(row[name], str):
        raise Refused("bad-row", f"Line {number}: {name!r} is {_json_type(row[name])}, not a string.")
    content, lone = without_surrogates(row[name])
    form = form_of(content, kind="html") if name in load_tables().row["html"] else "clean"
    check_text(content, form, limits=limits)
    return form, content, (f"{lone} lone surrogates became U+FFFD",) if lone else ()


def _clean(text: str) -> str:
    return without_surrogates(text)[0].replace("\0", " ")
