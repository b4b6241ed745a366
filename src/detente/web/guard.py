"""What stands before every request: which hosts are answered, how long a URL may be, which headers go out.

A page of a record shows text that strangers wrote, so nothing inline runs: scripts and styles come from this
app's own files alone. Requests that name another host are refused (DNS rebinding); nothing frames the app.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from detente.web.ask import MOST_URL
from detente.web.replies import fault, json_reply

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Wraps the app."""

    def __init__(self, app: App, *, hosts: Iterable[str] = LOCAL) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with the one shape of a fault."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((k, v) for k, v in HEADERS.items() if k not in given),
                ]
                if b"cache-control" not in given:
                    message["headers"].append((b"cache-control", b"no-cache"))
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, sent)

    def _refusal(self, scope: Scope) -> App | None:
        host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in self.hosts:
            body = fault(
                "This app answers only under its own address.",
                status=400,
                code="W01",
                hint="Open http://127.0.0.1",
            )
            return json_reply(body, status=400)
        if len(scope.get("query_string", b"")) + len(scope["path"]) > MOST_URL:
            body = fault(
                f"The address is longer than {MOST_URL} characters.",
                status=414,
                code="W02",
                hint="Ask for less.",
            )
            return json_reply(body, status=414)
        return None
