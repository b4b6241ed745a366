"""Answers: a page as JSON or CSV, a chart as SVG, and faults in their one shape."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from detente.web.page import Page

FIXED_500 = "The app failed on this request; the fault is in its log. Nothing was changed."
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json_reply(page: Page) -> Response:
    """The JSON twin: ``ok``, ``title``, ``query`` in words; ``total`` and ``next`` for a list; the rows."""
    body: dict[str, Any] = {"ok": True, "title": page.title, "query": page.echo}
    if page.total is not None:
        body |= {"total": page.total, "next": page.after}
    return json_reply({**body, **page.data})


def json_reply(body: Any, *, status: int = 200) -> Response:
    """Any JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "surrogatepass"), status, media_type="application/json")


def to_csv_reply(page: Page, *, name: str) -> Response:
    """Every row of the query, UTF-8 with a header; cells that a spreadsheet would run are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(page.columns)
    writer.writerows([[_cell(value) for value in row] for row in page.rows()])
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(
        out.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers
    )


def _cell(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe before it (OWASP's advice); numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def svg_reply(picture: str, *, name: str) -> Response:
    """A chart as a file."""
    headers = {"content-disposition": f'attachment; filename="{name}.svg"'}
    return Response(picture, media_type="image/svg+xml", headers=headers)


def fault(
    message: str, *, status: int, code: str, hint: str = "", errors: Iterable[str] = ()
) -> dict[str, Any]:
    """The one shape of a fault."""
    listed = [*errors] or [message, *([hint] if hint else [])]
    return {"ok": False, "error": message, "errors": listed, "status": status, "code": code}


def wants_json(request: Request) -> bool:
    """True when the answer should be JSON: ``.json``, ``/api`` or an Accept header that prefers it."""
    path = request.url.path
    if path.endswith((".json", ".csv", ".svg", ".lanes")) or path.startswith("/api"):
        return True
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept
