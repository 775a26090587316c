"""Carries sealed look-ups from the booth's socket to the centre and back; it can read none of them.

A booth that asks too often is told so here, and the centre never hears of it.
"""

import asyncio
import logging
from functools import partial
from pathlib import Path

import httpx

from firmware.clock import Clock
from firmware.register.protocol import REQUEST_HEAD, FrameMalformed, Reply, Status, request_length
from firmware.sealing.look_up import ANSWER_BYTES
from firmware.uplink.link import Link, LinkLost

BURST = 6  # a guardian and two children, and each number mistyped once
REFILL_S = 20.0  # one more each; the quickest visit takes four minutes
ANSWER_LIMIT_S = 5.0  # the booth waits 6 s
SOCKET_LIMIT_S = 2.0  # some hundred bytes within this machine
SOCKET_MODE = 0o660  # the booth writes by its group

_HEADERS = {"Content-Type": "application/octet-stream"}
_OK, _TOO_MANY = 200, 429
_log = logging.getLogger(__name__)


class TokenBucket:
    """Gives up to `burst` tokens at once, and one more every `refill_s` seconds."""

    def __init__(self, burst: int, refill_s: float, clock: Clock) -> None:
        self._burst = burst
        self._refill_s = refill_s
        self._clock = clock
        self._full_at_s = float("-inf")

    def take(self) -> bool:
        """Whether there was a token; it is gone then."""
        now_s = self._clock.elapsed_s()
        full_at_s = max(self._full_at_s, now_s) + self._refill_s
        if full_at_s - now_s > self._burst * self._refill_s:
            return False
        self._full_at_s = full_at_s
        return True

    def give_back(self) -> None:
        """Put a token back that bought nothing."""
        self._full_at_s -= self._refill_s


class Forwarder:
    """One sealed request to the centre at a time, and what became of it."""

    def __init__(self, client: httpx.AsyncClient, clock: Clock) -> None:
        self._link = Link(client)
        self._bucket = TokenBucket(BURST, REFILL_S, clock)

    async def __call__(self, request: bytes) -> Reply:
        """The reply for the booth."""
        reply = await self._reply(request) if self._bucket.take() else Reply(Status.LIMITED)
        _log.info("look-up: %s", reply.status.name.lower())
        return reply

    async def _reply(self, request: bytes) -> Reply:
        try:
            answer = await self._link.answer_of("POST", "look-ups", _HEADERS, request, ANSWER_LIMIT_S)
        except LinkLost:
            self._bucket.give_back()  # nobody was asked, so nobody asked too often
            return Reply(Status.SILENT)
        if answer.status == _TOO_MANY:
            return Reply(Status.LIMITED)
        if answer.status != _OK or len(answer.body) != ANSWER_BYTES:
            return Reply(Status.REFUSED)
        return Reply(Status.ANSWERED, answer.body)


async def relay(socket: Path, client: httpx.AsyncClient, clock: Clock) -> None:
    """Serve the booth at `socket` until cancelled; OSError when the socket cannot be had."""
    converse = partial(_converse, Forwarder(client, clock))
    server = await asyncio.start_unix_server(converse, socket)
    async with server:
        socket.chmod(SOCKET_MODE)
        await server.serve_forever()


async def _converse(forward: Forwarder, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        async with asyncio.timeout(SOCKET_LIMIT_S):
            length = request_length(await reader.readexactly(REQUEST_HEAD.size))
            request = await reader.readexactly(length)
        reply = await forward(request)
        async with asyncio.timeout(SOCKET_LIMIT_S):
            writer.write(reply.encode())
            await writer.drain()
    except (OSError, TimeoutError, asyncio.IncompleteReadError, FrameMalformed) as error:
        _log.warning("a look-up broke off: %s", type(error).__name__)
    finally:
        writer.close()
