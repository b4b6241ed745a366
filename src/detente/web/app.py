"""The app: routes, one way to answer them, and where faults end.

make_app("crisis.db")                      read-only
make_app("crisis.db", review=Reviewer(…))  with the review mode behind its token
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.errors import DetenteError, StoreError, StoreLocked, UsageError
from detente.web import api
from detente.web.ask import Ask, read_ask
from detente.web.guard import LOCAL, Guard
from detente.web.look import Looks
from detente.web.page import Page, Screen
from detente.web.pages.conflict import show_conflict
from detente.web.pages.review import Reviewer, show_review
from detente.web.pages.timeline import lanes_json
from detente.web.render import render, render_fault
from detente.web.replies import (
    FIXED_500,
    fault,
    json_reply,
    svg_reply,
    to_csv_reply,
    to_json_reply,
    wants_json,
)
from detente.web.screens import CHARTS, SCREENS
from detente.web.static import serve_static

LOG = logging.getLogger("detente.web")
WORKERS = 4  # SQLite and Python share the cores; more threads only queue elsewhere
COOKIE = "detente_review"
MOST_FORM = 10_000  # bytes


class Web:
    """What the routes share."""

    def __init__(self, db: str, *, review: Reviewer | None, model: str) -> None:
        self.looks = Looks(db)
        self.review = review
        self.model = model
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="look")

    async def run(self, work: Callable[[], Any]) -> Any:
        """Do blocking work in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    def close(self) -> None:
        """Let threads and connections go."""
        self.pool.shutdown(wait=True)
        self.looks.close()


def make_app(
    db: str, *, review: Reviewer | None = None, model: str = "", hosts: tuple[str, ...] = LOCAL
) -> Starlette:
    """The ASGI app over one store.

    Args:
        db: the store; it is opened for looking alone.
        review: who may judge; None leaves the review mode out.
        model: a model for the conflict screen: a file, or the name of one that ships.
        hosts: the names under which the app answers.

    Raises:
        StoreError: there is no store, or it is of an older schema.
    """
    web = Web(db, review=review, model=model)
    with web.looks.open():
        pass  # a store that cannot be read is told at the start, and the first reader does not wait

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        yield
        web.close()

    app = Starlette(
        routes=_routes(web),
        lifespan=lifespan,
        exception_handlers={HTTPException: _on_http, Exception: _on_fault, DetenteError: _on_error},
        middleware=[Middleware(Guard, hosts=hosts), Middleware(GZipMiddleware, minimum_size=800)],
    )
    app.state.web = web
    return app


def _routes(web: Web) -> list[Route]:
    routes = [Route("/static/{name:path}", serve_static, methods=["GET"]), Route("/healthz", _health)]
    routes += api.routes(web)
    routes += [Route("/", _answer(web, SCREENS[0], "html"), methods=["GET"])]
    routes += [Route("/timeline.lanes", _lanes(web), methods=["GET"])]
    for screen in SCREENS:
        if screen.path == "/conflict":
            screen = replace(screen, make=partial(show_conflict, model=web.model))
            routes.append(Route("/conflict.svg", _states(web), methods=["GET"]))
        for form in ("json", "csv"):
            routes.append(Route(f"{screen.path}.{form}", _answer(web, screen, form), methods=["GET"]))
        if screen.path in CHARTS:
            routes.append(Route(f"{screen.path}.svg", _chart(web, screen), methods=["GET"]))
        routes.append(Route(screen.path, _answer(web, screen, "html"), methods=["GET"]))
    routes += [
        Route("/review", _review(web), methods=["GET", "POST"]),
        Route("/review.json", _review(web)),
        Route("/review.csv", _review(web)),
    ]
    return routes


def _ask(request: Request, screen: Screen) -> Ask:
    path = request.url.path
    for suffix in (".json", ".csv", ".svg", ".lanes"):
        path = path.removesuffix(suffix)
    return read_ask(path, request.query_params.multi_items(), screen.params)


def _answer(web: Web, screen: Screen, form: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a screen in one form."""

    async def endpoint(request: Request) -> Response:
        ask = _ask(request, screen)
        return await web.run(lambda: _made(web, screen, ask, form, request))  # type: ignore[no-any-return]

    return endpoint


def _made(web: Web, screen: Screen, ask: Ask, form: str, request: Request) -> Response:
    with web.looks.open() as look:
        page: Page = screen.make(look, ask, *request.path_params.values())
        if form == "json":
            return to_json_reply(page)
        if form == "csv":
            return to_csv_reply(page, name=page.template)
        part = request.headers.get("hx-request") == "true" and screen.path == "/cite/{id}"
        return render(page, look, ask, screen, part=part, review=web.review is not None)


def _chart(web: Web, screen: Screen) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        ask = _ask(request, screen)

        def draw() -> Response:
            with web.looks.open() as look:
                return svg_reply(CHARTS[screen.path](look, ask), name=screen.key)

        return await web.run(draw)  # type: ignore[no-any-return]

    return endpoint


def _lanes(web: Web) -> Callable[[Request], Awaitable[Response]]:
    timeline = next(s for s in SCREENS if s.path == "/timeline")

    async def endpoint(request: Request) -> Response:
        ask = _ask(request, timeline)

        def make() -> Response:
            with web.looks.open() as look:
                return json_reply({"ok": True, **lanes_json(look, ask)})

        return await web.run(make)  # type: ignore[no-any-return]

    return endpoint


def _states(web: Web) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not web.model:
            raise HTTPException(404, "There is no model; start with: detente serve --model FILE")
        from detente.web.model import picture_of

        return svg_reply(await web.run(lambda: picture_of(web.model)), name="conflict")

    return endpoint


async def _health(request: Request) -> Response:
    return json_reply({"ok": True})


# --- review


def _review(web: Web) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        reviewer = web.review
        if reviewer is None:
            raise HTTPException(404, "Review is off; start with: detente serve --review")
        token = request.query_params.get("token", "")
        if token and request.method == "GET" and reviewer.knows(token):
            reply = RedirectResponse("/review", 303)
            reply.set_cookie(COOKIE, reviewer.token, httponly=True, samesite="strict", path="/")
            return reply
        if not reviewer.knows(request.cookies.get(COOKIE, "")):
            raise HTTPException(
                403, "Review needs the token that `detente serve --review` printed: /review?token=…"
            )
        if request.method == "POST":
            return await _judge(web, reviewer, request)
        return await _show_review(web, reviewer, request)

    return endpoint


async def _show_review(web: Web, reviewer: Reviewer, request: Request) -> Response:
    ask = read_ask("/review", request.query_params.multi_items(), ("about",))
    form = request.url.path.rpartition(".")[2]

    def make() -> Response:
        with web.looks.open() as look:
            page = show_review(look, ask, done=len(reviewer.done))
            if form == "json":
                return to_json_reply(page)
            if form == "csv":
                return to_csv_reply(page, name="judgements")
            return render(
                page, look, ask, Screen("/review", show_review, ("about",), "Review", "review"), review=True
            )

    return await web.run(make)  # type: ignore[no-any-return]


async def _judge(web: Web, reviewer: Reviewer, request: Request) -> Response:
    """A verdict or an undo; then the next item."""
    origin = request.headers.get("origin")
    if origin is not None and origin.split("://", 1)[-1] != request.headers.get("host"):
        raise HTTPException(403, "A verdict must come from this app's own page.")
    values = await _form(request)
    if values.get("verdict") == "undo":
        about = await web.run(reviewer.undo)
        return RedirectResponse(f"/review?about={about[0]}" if about else "/review", 303)
    about = tuple(values.get("about", "").split())
    if not about or len(about) > 20:
        raise UsageError("A verdict is about one record or several.", hint="Send about=ID.")

    def keep() -> None:
        with web.looks.open() as look:
            known = tuple(look.get(i).id for i in about)
        reviewer.judge(values.get("verdict", ""), known, values.get("why", ""))

    await web.run(keep)
    return RedirectResponse("/review", 303)


async def _form(request: Request) -> dict[str, str]:
    """A small urlencoded form."""
    from urllib.parse import parse_qsl

    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(415, "Send a form.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM:
            raise HTTPException(413, "The form is too large.")
    try:
        return dict(parse_qsl(body.decode("utf-8"), max_num_fields=8))
    except ValueError:
        raise HTTPException(400, "The form cannot be read.") from None


# --- faults


async def _on_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else FIXED_500
    if status == 404 and detail == "Not Found":
        detail = "There is no such page."
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return _told(request, fault(detail, status=status, code=f"W{status}"), headers)


async def _on_error(request: Request, error: Exception) -> Response:
    """Our own errors: what the request got wrong is told; trouble with the store is told without its path."""
    if isinstance(error, UsageError):
        missing = error.message.startswith(("There is no record", "There is no article"))
        status = 404 if missing else 400
        return _told(request, fault(error.message, status=status, code=error.code, hint=_for_web(error.hint)))
    LOG.error("store", exc_info=error)
    if isinstance(error, StoreLocked):
        return _told(request, fault("The store is being written; try again.", status=503, code=error.code))
    code = error.code if isinstance(error, StoreError) else "D99"
    return _told(request, fault(FIXED_500, status=500, code=code))


def _for_web(hint: str) -> str:
    """Hints that name a command are of no use here."""
    return "" if "detente " in hint else hint


async def _on_fault(request: Request, error: Exception) -> Response:
    LOG.error("%s", request.url.path, exc_info=error)
    return _told(request, fault(FIXED_500, status=500, code="D99"))


def _told(request: Request, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    reply = json_reply(body, status=body["status"]) if wants_json(request) else render_fault(body)
    for name, value in (headers or {}).items():
        reply.headers[name] = value
    return reply
