"""Where a store stands: a file, or the address of a server."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

ADDRESSES = ("postgresql://", "postgres://")


def on_server(path: str) -> bool:
    """True for the address of a PostgreSQL server, False for a file."""
    return str(path).startswith(ADDRESSES)


def shown_path(path: str) -> str:
    """The path or address as it may be shown: without the password."""
    if not on_server(path):
        return path
    parts = urlsplit(path)
    if parts.password is None:
        return path
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}"))
