"""What kind of input a file is: by its name where the name says it, else by its first bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from detente.source.markup import looks_like_html, xml_root
from detente.source.outcomes import Refused

FEED_ROOTS = frozenset(("rss", "feed", "rdf"))
CONTAINERS = frozenset(("rows", "warc"))
"""Kinds that are streamed and may be of any size; the rest is read whole, within ``max_file_bytes``."""


@dataclass(frozen=True, slots=True)
class Tables:
    """``data/inputs.toml`` as it is used."""

    kind_of: dict[str, str]
    unsupported: dict[str, str]
    magic: tuple[tuple[bytes, str], ...]
    row: dict[str, tuple[str, ...]]


@cache
def load_tables() -> Tables:
    """The tables of extensions, first bytes and row fields."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads((files("detente") / "data" / "inputs.toml").read_text(encoding="utf-8"))
    return Tables(
        kind_of={extension: kind for kind, names in data["kinds"].items() for extension in names},
        unsupported=data["unsupported"],
        magic=tuple((bytes.fromhex(start), extension) for start, extension in data["magic"].items()),
        row={field: tuple(names) for field, names in data["row"].items()},
    )


def extension_of(name: str) -> str:
    """The extension that tells the kind, in lower case, without a final ``.gz``."""
    name = os.path.basename(name).lower()
    if name.endswith(".gz"):
        name = name[:-3]
    return os.path.splitext(name)[1]


def check_supported(name: str, head: bytes) -> None:
    """Refuse by name or first bytes what is known not to be text.

    Raises:
        Refused: "unsupported", saying what to do.
    """
    tables = load_tables()
    for start, extension in tables.magic:
        if head.startswith(start):
            raise Refused("unsupported", f"This is a {extension} file. {tables.unsupported[extension]}")
    extension = extension_of(name)
    if extension in tables.unsupported:
        raise Refused("unsupported", f"{extension} files are not read. {tables.unsupported[extension]}")


def kind_of(name: str, head: bytes) -> str:
    """The kind of an input from its name and first bytes: rows, json, warc, feed, html, xml or text.

    "xml" is XML that is neither a feed nor a page.
    """
    if head.startswith(b"WARC/"):
        return "warc"
    kind = load_tables().kind_of.get(extension_of(name), "text")
    if kind != "text":
        return kind
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"'):
        # A dump of text does not open with a JSON object; rows often come as .txt or on stdin.
        return "rows"
    return kind_of_text(_glimpse(head))


def _glimpse(head: bytes) -> str:
    """The first bytes as text, well enough to see tags."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    return head[2:].decode(wide, "replace") if wide else head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def kind_of_text(text: str) -> str:
    """The kind of a page from how its text opens: html, feed, xml (neither) or text."""
    root = xml_root(text)
    if root in FEED_ROOTS:
        return "feed"
    if looks_like_html(text):
        return "html"
    return "xml" if text.lstrip()[:5] == "<?xml" else "text"
