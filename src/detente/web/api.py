"""The record over HTTP for programs: layers, one record, its citations, the search; described in OpenAPI.

``/api/openapi.json`` is made from the same parameters that requests are checked against.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.record import LAYERS, to_json
from detente.version import VERSION
from detente.web.ask import LIMITS, PARAMS, SHARED, Ask, read_ask
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING
from detente.web.pages.cite import show_citations
from detente.web.pages.search import show_search
from detente.web.replies import json_reply

if TYPE_CHECKING:
    from detente.web.app import Web

LISTED = (*FILTERS, *PAGING)
FOUND = ("q", "in")
_ID_PATTERN = "^[a-z]{1,3}-[0-9a-f-]{4,40}$"


def routes(web: Web) -> list[Route]:
    """The routes under ``/api``."""
    return [
        Route("/api", _index, methods=["GET"]),
        Route("/api/openapi.json", _openapi, methods=["GET"]),
        Route("/api/search", _endpoint(web, FOUND, _search), methods=["GET"]),
        Route("/api/records/{id}", _endpoint(web, (), _record), methods=["GET"]),
        Route("/api/citations/{id}", _endpoint(web, (), _citations), methods=["GET"]),
        *(
            Route(f"/api/{layer}", _endpoint(web, LISTED, _lister(layer)), methods=["GET"])
            for layer in LAYERS
        ),
    ]


async def _index(request: Request) -> Response:
    paths = [f"/api/{layer}" for layer in LAYERS]
    return json_reply({"ok": True, "version": VERSION, "openapi": "/api/openapi.json", "layers": paths})


async def _openapi(request: Request) -> Response:
    return json_reply(openapi())


Answer = Callable[[Look, Ask, str], dict[str, Any]]


def _endpoint(web: Web, allowed: tuple[str, ...], answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        ask = read_ask(request.url.path, request.query_params.multi_items(), allowed)
        identity = request.path_params.get("id", "")

        def make() -> Response:
            with web.looks.open() as look:
                return json_reply({"ok": True, **answer(look, ask, identity)})

        return await web.run(make)  # type: ignore[no-any-return]

    return endpoint


def _lister(layer: str) -> Answer:
    def answer(look: Look, ask: Ask, identity: str) -> dict[str, Any]:
        records, total, after = look.page(layer, ask)
        return {"total": total, "next": after, "rows": [to_json(r) for r in records]}

    return answer


def _record(look: Look, ask: Ask, identity: str) -> dict[str, Any]:
    record = look.get(identity)
    return {
        "record": to_json(record),
        "named_by": [
            {"layer": r.layer, "id": r.id, "field": r.field} for r in look.view.resting_on(identity)
        ][:500],
    }


def _citations(look: Look, ask: Ask, identity: str) -> dict[str, Any]:
    return show_citations(look, ask, identity).data


def _search(look: Look, ask: Ask, identity: str) -> dict[str, Any]:
    return show_search(look, ask).data


# --- OpenAPI


def openapi() -> dict[str, Any]:
    """The description of ``/api``."""
    paths: dict[str, Any] = {
        "/api": _path("The layers", (), {"type": "object"}),
        "/api/search": _path("Words in articles and statements", FOUND, {"type": "object"}),
        "/api/records/{id}": _path(
            "One record and what names it", (), _object(record={"type": "object"}), with_id=True
        ),
        "/api/citations/{id}": _path(
            "The words behind a record, by origin", (), {"type": "object"}, with_id=True
        ),
    }
    for layer in LAYERS:
        rows = {"type": "array", "items": {"type": "object"}}
        page = _object(total={"type": "integer", "minimum": 0}, next={"type": ["string", "null"]}, rows=rows)
        paths[f"/api/{layer}"] = _path(f"The {layer}, in the order of the export", LISTED, page)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "detente",
            "version": VERSION,
            "description": "A record of a crisis, read-only. The fields of the records: docs/record.md.",
        },
        "paths": paths,
        "components": {"schemas": {"Fault": FAULT}},
    }


FAULT: dict[str, Any] = {
    "type": "object",
    "required": ["ok", "error", "errors", "status", "code"],
    "properties": {
        "ok": {"const": False},
        "error": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "string"}},
        "status": {"type": "integer"},
        "code": {"type": "string"},
    },
}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["ok", *properties],
        "properties": {"ok": {"const": True}, **properties},
    }


def _path(
    text: str, names: tuple[str, ...], schema: dict[str, Any], *, with_id: bool = False
) -> dict[str, Any]:
    parameters = (
        [_parameter(name) for name in dict.fromkeys((*names, *SHARED))]
        if names
        else [_parameter(n) for n in SHARED]
    )
    if text == "The layers":
        parameters = []
    if with_id:
        parameters.insert(
            0,
            {
                "name": "id",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "pattern": _ID_PATTERN},
            },
        )
    fault = {
        "description": "A fault",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}},
    }
    codes = dict.fromkeys(("400", "404", "405", "414", "503"), fault)
    ok = {"description": text, "content": {"application/json": {"schema": schema}}}
    return {"get": {"summary": text, "parameters": parameters, "responses": {"200": ok, **codes}}}


_SCHEMAS: dict[str, dict[str, Any]] = {
    "day": {"type": "string", "format": "date"},
    "number": {"type": "integer", "minimum": LIMITS[0], "maximum": LIMITS[1]},
    "place": {"type": "string", "pattern": "^[0-9]+-[0-9]+$"},
    "id": {"type": "string", "pattern": _ID_PATTERN},
    "text": {"type": "string", "maxLength": 200},
}


def _parameter(name: str) -> dict[str, Any]:
    param = PARAMS[name]
    schema = {"type": "string", "enum": list(param.choices)} if param.choices else _SCHEMAS[param.form]
    return {"name": name, "in": "query", "required": False, "description": param.text, "schema": schema}
