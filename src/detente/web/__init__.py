"""The web app: a record's screens over HTTP, read-only, on this machine. ``make_app`` gives the ASGI app."""

from __future__ import annotations

from typing import Any

__all__ = ["make_app"]


def __getattr__(name: str) -> Any:
    if name != "make_app":
        raise AttributeError(f"module 'detente.web' has no attribute {name!r}")
    from detente.web.app import make_app

    return make_app
