"""A page without a browser: the bytes of one tab on a real WebSocket."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from firmware.screen.view import Answer, AnswerKind
from firmware.screen.web import WebScreen

DEADLINE_S = 10.0


class Tab:
    """One open page. Everything it waits for comes within DEADLINE_S or fails."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    @asynccontextmanager
    async def on(cls, screen: WebScreen) -> AsyncGenerator["Tab"]:
        """Open the page of this screen and take its greeting."""
        origin = screen.url.rstrip("/")
        async with connect(
            origin.replace("http", "ws") + "/screen", additional_headers={"Origin": origin}
        ) as it:
            tab = cls(it)
            greeting = await tab.next_text()
            assert greeting["type"] == "messages"
            yield tab

    async def next(self) -> str | bytes:
        async with asyncio.timeout(DEADLINE_S):
            return await self._socket.recv()

    async def next_text(self) -> dict[str, Any]:
        heard = await self.next()
        assert isinstance(heard, str)
        return json.loads(heard)

    async def say(self, serial: int, kind: AnswerKind, value: str = "") -> None:
        await self.say_anything(json.dumps({"serial": serial, "kind": kind, "value": value}))

    async def say_anything(self, text: str | bytes) -> None:
        await self._socket.send(text)

    async def code_of_end(self) -> int:
        """Why the booth ends the talk."""
        async with asyncio.timeout(DEADLINE_S):
            await self._socket.wait_closed()
        assert self._socket.close_code is not None
        return self._socket.close_code


async def next_answer(screen: WebScreen) -> Answer:
    """The answer that reaches the visit, in time."""
    async with asyncio.timeout(DEADLINE_S):
        return await screen.answer()


async def until(claim: Callable[[], bool]) -> None:
    """Let the loop turn until the claim holds; the caller sets the deadline."""
    while not claim():
        await asyncio.sleep(0)
