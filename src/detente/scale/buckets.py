"""Objects of a bucket as inputs: found by prefix and opened as streams, through pyarrow's S3 client.

``s3://bucket/prefix`` is an object or all objects under a prefix. The address of another server than
Amazon's, the region and credentials come from the environment as for every S3 program
(``AWS_ENDPOINT_URL``, ``AWS_REGION``, ``AWS_ACCESS_KEY_ID``, a profile, the machine's role …); with
``AWS_SKIP_SIGNATURE=true`` a public bucket is read as anyone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from detente.errors import UsageError
from detente.record import Refusal

SCHEMES = ("s3://",)


def is_remote(path: str) -> bool:
    """True for an address of a bucket."""
    return path.startswith(SCHEMES)


def find_objects(address: str) -> Iterator[tuple[str, int, str] | Refusal]:
    """The objects at an address: their own address, size, and time of change, by name.

    One object of this name, or all under it as a folder.
    """
    from pyarrow.fs import FileSelector, FileType

    system, key = _at(address)
    try:
        found = [system.get_file_info(key)]
        if found[0].type == FileType.Directory:
            found = system.get_file_info(FileSelector(key, recursive=True))
    except OSError as error:
        yield Refusal(address, "unreadable", f"The server says: {str(error).splitlines()[0][:200]}.")
        return
    files = sorted((one.path, one.size, str(one.mtime_ns)) for one in found if one.type == FileType.File)
    if not files:
        yield Refusal(address, "missing", "There is no object of this name or under it.")
    for path, size, mark in files:
        if not path.rpartition("/")[2].startswith("."):
            yield f"s3://{path}", size, mark


def open_object(address: str) -> BinaryIO:
    """An object as a stream of bytes."""
    system, key = _at(address)
    stream: BinaryIO = system.open_input_stream(key, compression=None)
    return stream


def _at(address: str) -> tuple[Any, str]:
    parts = urlsplit(address)
    if not parts.netloc:
        raise UsageError(f"{address} names no bucket.", hint="Write: s3://BUCKET/PREFIX")
    return _system(), (parts.netloc + "/" + address.partition(parts.netloc)[2].lstrip("/")).rstrip("/")


def _system() -> Any:
    from pyarrow.fs import S3FileSystem

    how: dict[str, Any] = {"anonymous": os.environ.get("AWS_SKIP_SIGNATURE", "").lower() in ("1", "true")}
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        parts = urlsplit(endpoint)
        how |= {"endpoint_override": parts.netloc, "scheme": parts.scheme or "https"}
    if region := os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"):
        how["region"] = region
    return S3FileSystem(**how)
