"""What may go wrong between a terminal and its centre, as data, and the layer that makes it happen."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firmware.clock import Clock


class LinkDropped(Exception):
    """The connection is gone in the middle of an exchange."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong with every request whose path begins with `only`.

    refuse_with: a status, instead of an answer. delay_s: before the answer. drop_after: bytes of the request
    that arrive before the connection is gone. drop_answer: the request has its effect, and nobody is told.
    spoil_request, spoil_answer: one bit is flipped.
    """

    only: str = "/"
    refuse_with: int | None = None
    delay_s: float = 0.0
    drop_after: int | None = None
    drop_answer: bool = False
    spoil_request: bool = False
    spoil_answer: bool = False


NO_FAULTS = Faults()
REGISTER_DOWN = Faults(only="/look-ups", refuse_with=503)


class FaultyLink:
    """An ASGI app between the network and the centre's own."""

    def __init__(self, app: ASGIApp, clock: Clock, faults: Callable[[], Faults]) -> None:
        self._app = app
        self._clock = clock
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._faults()
        if scope["type"] != "http" or not str(scope["path"]).startswith(faults.only):
            faults = NO_FAULTS
        if faults.delay_s:
            await self._clock.sleep(faults.delay_s)
        if faults.refuse_with is not None:
            return await PlainTextResponse("refused", faults.refuse_with)(scope, receive, send)
        exchange = _Exchange(faults, receive, send)
        try:
            return await self._app(scope, exchange.receive, exchange.send)
        except LinkDropped:
            await _hang_up(send)
            raise


class _Exchange:
    """One request and its answer, through whatever is wrong with the link."""

    def __init__(self, faults: Faults, receive: Receive, send: Send) -> None:
        self._faults = faults
        self._receive = receive
        self._send = send
        self._arrived = 0
        self._is_dropped = faults.drop_answer

    async def receive(self) -> Message:
        message = await self._receive()
        body = message.get("body", b"")
        self._arrived += len(body)
        if self._faults.drop_after is not None and self._arrived > self._faults.drop_after:
            self._is_dropped = True
            raise LinkDropped
        return _flipped(message) if self._faults.spoil_request else message

    async def send(self, message: Message) -> None:
        if self._is_dropped:
            raise LinkDropped
        await self._send(_flipped(message) if self._faults.spoil_answer else message)


async def _hang_up(send: Send) -> None:
    """Promise a byte that never comes: the server then closes the connection, and no answer is whole."""
    headers = [(b"content-length", b"1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


def _flipped(message: Message) -> Message:
    """The message with one bit of its body the other way round."""
    body = bytearray(message.get("body", b""))
    if body:
        body[len(body) // 2] ^= 1
    return {**message, "body": bytes(body)} if body else message
