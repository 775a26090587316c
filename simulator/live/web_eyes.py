"""A simulated person before the real web page's socket: sees what a browser would, says what it could."""

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from simulator.citizen import Seen

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
        """Follow the screen until the booth ends."""
        origin: Any = f"http://{self._address}"
        async with connect(f"ws://{self._address}/screen", origin=origin, max_size=None) as socket:
            talking = asyncio.create_task(self._talk(socket))
            try:
                await self._follow(socket)
            finally:
                talking.cancel()
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
        if self._seen is not None and kind in self._seen.asks and not self._words.full():
            word = {"serial": self._serial, "kind": kind, "value": value}
            self._words.put_nowait(json.dumps(word))

    async def _follow(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                if isinstance(message, str):
                    self._read(json.loads(message))
        except ConnectionClosed:
            return

    async def _talk(self, socket: ClientConnection) -> None:
        while True:
            await socket.send(await self._words.get())

    def _read(self, message: dict[str, Any]) -> None:
        if message["type"] != "view":
            return
        view = message["view"]
        self._serial = message["serial"]
        asks = tuple(view["asks"])
        self._see(Seen(view["phase"], view["instruction"], view["hint"], view["target"], asks))

    def _see(self, seen: Seen) -> None:
        self._seen = seen
        self._changed.set()
