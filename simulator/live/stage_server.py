"""The stage's page: buttons that are the scenario verbs, and what the world looks like now."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from firmware.screen import server
from simulator.world import WrongCommand

PAGE = Path(__file__).parent / "page"
LONGEST_COMMAND = 80
PUSH_S = 0.2

Json = dict[str, Any]


class StageServer:
    """Serves the page on loopback; commands go to `do`, the world's state comes from `state`."""

    def __init__(self, offer: Json, state: Callable[[], Json], do: Callable[[str], None]) -> None:
        self._offer = offer
        self._state = state
        self._do = do
        self._notice = ""

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncGenerator[str]:
        """The page's address, for as long as the block runs."""
        routes = [WebSocketRoute("/stage", self._talk), Mount("/", StaticFiles(directory=PAGE, html=True))]
        async with server.serving(Starlette(routes=routes), "127.0.0.1", port) as url:
            yield url

    async def _talk(self, socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(json.dumps({"offer": self._offer}))
        pushing = asyncio.create_task(self._push(socket))
        try:
            while True:
                self._obey(await socket.receive_text())
        except WebSocketDisconnect:
            return
        finally:
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)

    def _obey(self, command: str) -> None:
        try:
            self._do(command[:LONGEST_COMMAND])
            self._notice = ""
        except WrongCommand as wrong:
            self._notice = str(wrong)

    async def _push(self, socket: WebSocket) -> None:
        sent: Json | None = None
        while True:
            state = {**self._state(), "notice": self._notice}
            if state != sent:
                await socket.send_text(json.dumps({"state": state}))
                sent = state
            await asyncio.sleep(PUSH_S)
