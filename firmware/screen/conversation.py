"""The talk with one page, from its connection to its end: newest view, newest picture, answers."""

import asyncio
import math
from collections.abc import Callable

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from firmware.screen.dialogue import Drawn, Said, Unintelligible, read
from firmware.screen.preview import preview_jpeg
from hw.camera.frames import Frame

NOT_UNDERSTOOD = 1008
SILENT = 1011
SEND_TIMEOUT_S = 5.0  # loopback takes milliseconds; a page that does not read this long hangs
PREVIEW_INTERVAL_S = 1 / 15


class _Over(Exception):
    """The talk ends; code is what the page is told, None when it left by itself."""

    def __init__(self, code: int | None) -> None:
        self.code = code


class Conversation:
    """One connected page. Views and frames wait in a slot each, where a newer one replaces them."""

    def __init__(self, socket: WebSocket, greeting: str, hear: Callable[[Said], None]) -> None:
        self._socket = socket
        self._hear = hear
        self._texts: dict[str, str] = {"greeting": greeting}
        self._frame: Frame | None = None
        self._exposed_s = -math.inf
        self._drawn = True
        self._news = asyncio.Event()
        self._news.set()

    def show(self, text: str, *, with_preview: bool) -> None:
        """Send this view next."""
        self._texts["view"] = text
        if not with_preview:
            self._frame = None
        self._news.set()

    def preview(self, frame: Frame) -> None:
        """Send this frame when the page has drawn the one before; drop it when exposed too soon."""
        if frame.exposed_s - self._exposed_s < PREVIEW_INTERVAL_S:
            return
        self._exposed_s = frame.exposed_s
        self._frame = frame
        self._news.set()

    async def run(self) -> None:
        """Talk until one side ends it; every end is a normal one."""
        codes: list[int | None] = []
        try:
            async with asyncio.TaskGroup() as both_ways:
                both_ways.create_task(self._speak())
                both_ways.create_task(self._listen())
        except* _Over as ends:
            codes = [end.code for end in ends.exceptions if isinstance(end, _Over)]
        if codes[0] is not None and self._socket.application_state is WebSocketState.CONNECTED:
            await self._close(codes[0])

    async def _listen(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise _Over(None)
            self._take(message.get("text"))

    def _take(self, text: str | None) -> None:
        try:
            word = read(text or "")
        except Unintelligible as error:
            raise _Over(NOT_UNDERSTOOD) from error
        if isinstance(word, Drawn):
            self._drawn = True
            self._news.set()
        else:
            self._hear(word)

    async def _speak(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            await self._send_texts()
            await self._send_frame()

    async def _send_texts(self) -> None:
        while self._texts:
            text = self._texts.pop(next(iter(self._texts)))
            await self._send({"type": "websocket.send", "text": text})

    async def _send_frame(self) -> None:
        frame = self._frame
        if frame is None or not self._drawn:
            return
        self._frame, self._drawn = None, False
        jpeg = await asyncio.to_thread(preview_jpeg, frame.pixels)
        await self._send({"type": "websocket.send", "bytes": jpeg})

    async def _send(self, message: dict[str, object]) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._socket.send(message)
        except TimeoutError as error:
            raise _Over(SILENT) from error
        except WebSocketDisconnect as error:
            raise _Over(None) from error

    async def _close(self, code: int) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._socket.close(code)
        except (TimeoutError, WebSocketDisconnect):
            return
