"""Lets only the terminal's own page talk to the booth, and tells the browser to keep and load nothing."""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=()",
}
_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_MISDIRECTED = 421
_POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page lives, by every name this machine has for itself."""

    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """What a Host header may say; a foreign name that resolves to loopback is not among them."""
        return frozenset(f"{name}:{self.port}" for name in (LOOPBACK, "localhost"))

    def admits(self, scope: Scope) -> bool:
        """Whether a request names this machine, and a WebSocket comes from the page itself."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return False
        return scope["type"] == "http" or origins == [f"http://{hosts[0]}"]


class LoopbackOnly:
    """ASGI middleware in front of everything that the screen serves."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_ENCODED]
            await send(message)

        if self._address.admits(scope):
            await self._app(scope, receive, send_guarded)
        else:
            await _refuse(scope, send_guarded)


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})
        return
    await send({"type": "http.response.start", "status": _MISDIRECTED, "headers": []})
    await send({"type": "http.response.body", "body": b""})
