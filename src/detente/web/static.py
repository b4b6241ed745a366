"""The app's own files, under names that carry their hash, so that they may be kept for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@cache
def read_files() -> dict[str, bytes]:
    """Every file that may be asked for, by name; the list is closed, so no path can lead elsewhere."""
    found = {}
    for folder in ("static", "static/vendor"):
        for entry in resources.files("detente.web").joinpath(folder).iterdir():
            if entry.name.rpartition(".")[2] in _TYPES:
                found[entry.name] = entry.read_bytes()
    return found


@cache
def hashed() -> dict[str, str]:
    """Name → the name with its hash: "app.css" → "app.3f9a1c02.css"."""
    names = {}
    for name, data in read_files().items():
        stem, _, kind = name.rpartition(".")
        names[name] = f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{kind}"
    return names


def static_url(name: str) -> str:
    """The address of a file."""
    return f"/static/{hashed()[name]}"


async def serve_static(request: Request) -> Response:
    """A file by its hashed name; anything else is not there."""
    wanted = request.path_params["name"]
    for name, known in hashed().items():
        if known == wanted:
            headers = {"cache-control": "public, max-age=31536000, immutable"}
            kind = _TYPES[name.rpartition(".")[2]]
            return Response(read_files()[name], media_type=kind, headers=headers)
    raise HTTPException(404)
