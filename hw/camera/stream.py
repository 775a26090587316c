"""A camera in another process, whose frames come over a Unix socket."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from hw.camera.frames import CameraSilent, Frame
from hw.camera.protocol import (
    HEAD_BYTES,
    HELD,
    WANTED,
    StreamBroken,
    decode_head,
    decode_metadata,
)

CONNECT_LIMIT_S = 2.0
BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)


class StreamCamera:
    """A FrameSource on a socket; it connects by itself again when the other process comes back.

    shape: (rows, columns) that the board file promises; other frames are the fault of the other process.
    """

    def __init__(self, name: str, address: Path, shape: tuple[int, int]) -> None:
        self._name = name
        self._address = address
        self._shape = shape
        self._reading: asyncio.Task[None] | None = None
        self._arrived = asyncio.Condition()
        self._wanted = asyncio.Event()
        self._newest: Frame | None = None
        self._holds = 0
        self._is_held = False

    async def open(self) -> None:
        """Connect; CameraSilent when nobody listens there."""
        if self._reading is not None:
            return
        line = await self._connected()
        self._reading = asyncio.create_task(self._read_for_ever(line))

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        try:
            async with asyncio.timeout(timeout_s), self._arrived:
                while self._newest is None or self._newest.exposed_s <= exposed_after_s:
                    self._wanted.set()
                    await self._arrived.wait()
                return self._newest
        except TimeoutError:
            raise CameraSilent(self._name) from None

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`; a stream has one size."""
        frame = await self.newest(exposed_after_s=exposed_after_s, timeout_s=timeout_s)
        return replace(frame, still=frame.pixels)

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Settings stay as they have settled, as the other process says of its frames."""
        self._holds += 1
        self._is_held = False
        try:
            is_held = await self._becomes_held(timeout_s)
        except BaseException:
            self._let_go()
            raise
        if not is_held:
            self._let_go()
            yield False
            return
        try:
            yield True
        finally:
            self._let_go()

    async def close(self) -> None:
        """Hang up; a frame that is under way is dropped."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
        self._newest = None

    async def _becomes_held(self, timeout_s: float) -> bool:
        begun_s = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(timeout_s), self._arrived:
                while not self._is_held:
                    self._wanted.set()
                    await self._arrived.wait()
        except TimeoutError:
            if self._newest is None or self._newest.exposed_s <= begun_s:
                raise CameraSilent(self._name) from None
            return False
        return True

    def _let_go(self) -> None:
        """The other process learns it from the next frame that is wanted, so one is."""
        self._holds -= 1
        self._wanted.set()

    async def _connected(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.setblocking(False)
        try:
            async with asyncio.timeout(CONNECT_LIMIT_S):
                await asyncio.get_running_loop().sock_connect(line, str(self._address))
        except OSError as error:  # TimeoutError is one
            line.close()
            raise CameraSilent(self._name) from error
        return line

    async def _read_for_ever(self, line: socket.socket) -> None:
        tries = 0
        while True:
            try:
                with line:
                    await self._read(line)
            except (OSError, StreamBroken):
                await asyncio.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
            tries += 1
            try:
                line = await self._connected()
            except CameraSilent:
                continue
            tries = 0

    async def _read(self, line: socket.socket) -> None:
        """Fetch a frame whenever one is wanted, until the line ends with an OSError."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await loop.sock_sendall(line, HELD if self._holds else WANTED)
            frame, is_held = await self._frame(line)
            async with self._arrived:
                self._newest, self._is_held = frame, is_held
                self._arrived.notify_all()

    async def _frame(self, line: socket.socket) -> tuple[Frame, bool]:
        """The next frame, and whether its settings are held."""
        head = decode_head(await _exactly(line, HEAD_BYTES))
        if (head.rows, head.columns) != self._shape:
            raise StreamBroken("a frame of another size than the board file says")
        metadata = decode_metadata(await _exactly(line, head.metadata_bytes))
        pixels = np.frombuffer(await _exactly(line, head.pixel_bytes), np.uint8).reshape(head.shape)
        pixels.setflags(write=False)
        return Frame(pixels, head.exposed_ns / 1e9, metadata), head.is_held


async def _exactly(line: socket.socket, size: int) -> bytearray:
    """So many bytes; ConnectionResetError when the line ends before."""
    loop = asyncio.get_running_loop()
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        received = await loop.sock_recv_into(line, rest)
        if not received:
            raise ConnectionResetError("the camera's process has gone")
        rest = rest[received:]
    return data
