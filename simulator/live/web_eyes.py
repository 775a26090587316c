"""A simulated person before the real web page's socket: sees what a browser would, says what it could."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from simulator.behaviour import Seen, may_say

PATIENCE_S = 15.0  # a booth restarts in about two seconds, after some failures in ten
RETRY_S = 0.2
OVER = Seen("ended", "gone")


class WebEyes:
    """simulator.citizen.Eyes over the screen's WebSocket; the end of the booth is the end of the visit."""

    def __init__(self, host: str, port: int) -> None:
        self._address = f"{host}:{port}"
        self._seen: Seen | None = None
        self._looked_at: Seen | None = None
        self._serial = 0
        self._changed = asyncio.Event()
        self._words: asyncio.Queue[str] = asyncio.Queue(8)

    async def watch(self) -> None:
        """Wait for a booth that serves, up to PATIENCE_S, then follow it until it ends."""
        try:
            async with asyncio.timeout(PATIENCE_S) as patience:
                while self._seen is None:
                    await self._meet(patience)
                    await asyncio.sleep(RETRY_S)
        except TimeoutError:
            return
        finally:
            self._see(OVER)

    async def look(self) -> Seen:
        """The newest view, once it differs from the one looked at before."""
        while self._seen is None or self._seen == self._looked_at:
            self._changed.clear()
            await self._changed.wait()
        self._looked_at = self._seen
        return self._seen

    def say(self, kind: str, value: str = "") -> None:
        """Press or type; what is not on the screen cannot be pressed."""
        if may_say(kind, self._looked_at, self._seen) and not self._words.full():
            word = {"serial": self._serial, "kind": kind, "value": value}
            self._words.put_nowait(json.dumps(word))

    async def _meet(self, patience: asyncio.Timeout) -> None:
        """Follow the booth that is there, if there is one."""
        origin: Any = f"http://{self._address}"
        with suppress(OSError, InvalidHandshake, ConnectionClosed):
            async with connect(f"ws://{self._address}/screen", origin=origin, max_size=None) as socket:
                talking = asyncio.create_task(self._talk(socket))
                try:
                    await self._follow(socket, patience)
                finally:
                    talking.cancel()

    async def _follow(self, socket: ClientConnection, patience: asyncio.Timeout) -> None:
        async for message in socket:
            told: dict[str, Any] = json.loads(message) if isinstance(message, str) else {"type": "picture"}
            if told["type"] == "view":
                self._read(told["serial"], told["view"], patience)

    async def _talk(self, socket: ClientConnection) -> None:
        while True:
            await socket.send(await self._words.get())

    def _read(self, serial: int, view: dict[str, Any], patience: asyncio.Timeout) -> None:
        """Take in a view; the good-bye to somebody else is none to a person who has just come."""
        seen = Seen(view["phase"], view["instruction"], view["hint"], view["target"], tuple(view["asks"]))
        if self._seen is None and seen.phase == OVER.phase:
            return
        patience.reschedule(None)
        self._serial = serial
        self._see(seen)

    def _see(self, seen: Seen) -> None:
        self._seen = seen
        self._changed.set()
