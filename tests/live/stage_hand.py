"""A hand on the page of a running stage."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.live.stage import START_S, Stage, staged


class StageHand:
    """A hand on the stage's page. Everything it waits for has a limit."""

    def __init__(self, stage: Stage, socket: ClientConnection) -> None:
        self.screen_url = stage.screen
        self._socket = socket
        self._state: Mapping[str, Any] = {}
        self._news = asyncio.Event()

    async def do(self, command: str) -> None:
        """One command of the stage's page."""
        await self._socket.send(command)

    async def listen(self) -> None:
        """Follow the stage's state until the stage ends."""
        with suppress(ConnectionClosed):
            async for message in self._socket:
                self._state = {**self._state, **json.loads(message).get("state", {})}
                self._news.set()

    async def until(self, holds: Callable[["StageHand"], bool], limit_s: float) -> None:
        """Wait until the stage tells what `holds`."""
        async with asyncio.timeout(limit_s):
            while not (self._state and holds(self)):
                self._news.clear()
                await self._news.wait()

    @property
    def booth_pid(self) -> int | None:
        """The process of the booth as last told; None between two booths."""
        return self._state["pid"]

    @property
    def visits(self) -> int:
        """How many booths have ended, as last told."""
        return self._state["visits"]

    @property
    def records(self) -> int:
        """How many records the centre holds, as last told."""
        return self._state["records"]

    @property
    def somebody_stands_there(self) -> bool:
        """Whether a person waits for hands, as last told."""
        return self._state["person"].startswith("somebody stands there")


@asynccontextmanager
async def hand_on_stage(root: Path, people: Path, *, online: bool = False) -> AsyncGenerator[StageHand]:
    """A hurried stage with these people, as `staged`."""
    words = ("--hurried", "--people", str(people))
    async with staged(root, *words, online=online) as stage, _page(stage) as socket:
        hand = StageHand(stage, socket)
        listening = asyncio.create_task(hand.listen())
        await hand.until(lambda it: it.booth_pid is not None, START_S)
        yield hand
        await socket.close()
        await listening


def _page(stage: Stage) -> connect:
    origin: Any = stage.stage.rstrip("/")
    return connect(f"{stage.stage.replace('http', 'ws')}stage", origin=origin)
