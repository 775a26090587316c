"""A camera of another program that writes JPEG pictures into a Unix socket or a FIFO, as ffmpeg does.

Such a stream carries no time. A picture counts as exposed `latency_s` (board file) before the last moment at
which nothing of it was there yet, so a reader that was late does not take an old picture for a new one. What
the other program keeps waiting has to be in that figure.
"""

import asyncio
import os
import socket
import stat
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from hw.boards.camera import CameraBoard, CaptureBoard
from hw.camera.frames import CameraSilent, Frame
from hw.camera.jpegs import Jpeg, JpegSplitter, shape_of
from hw.camera.picture import scaled_to, upright
from hw.faults import DeviceFault

CONNECT_LIMIT_S = 2.0
BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)
READ_AT_MOST_BYTES = 1 << 18


class MjpegCamera:
    """A FrameSource on such a stream; it connects by itself again when the other program comes back."""

    def __init__(self, name: str, board: CameraBoard) -> None:
        if board.capture is None or board.capture.latency_s is None:
            raise DeviceFault(
                f"{name} camera: the board file does not say how it is run (capture, latency_s)"
            )
        self._name = name
        self._address = Path(board.address)
        self._shape = board.shape
        self._capture = board.capture
        self._latency_s = board.capture.latency_s
        self._reading: asyncio.Task[None] | None = None
        self._newest: Jpeg | None = None
        self._changed = asyncio.Event()

    async def open(self) -> None:
        """Connect; CameraSilent when there is nothing at the address."""
        if self._reading is None:
            end = await self._connected()
            self._reading = asyncio.create_task(self._read_for_ever(end))

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        frame, _ = await self._frame(exposed_after_s, timeout_s)
        return frame

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`, with the picture as it came."""
        _, frame = await self._frame(exposed_after_s, timeout_s)
        return frame

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Nothing can be held: the other program rules its camera."""
        del timeout_s
        yield False

    async def close(self) -> None:
        """Hang up; closing twice is harmless."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
        self._newest = None

    async def _frame(self, exposed_after_s: float, timeout_s: float) -> tuple[Frame, Frame]:
        """Without and with its still; pictures that cannot be decoded are as if they had not come."""
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    jpeg = await self._jpeg_after(exposed_after_s)
                    job = partial(_frames_of, jpeg, self._shape, self._capture)
                    frames = await asyncio.to_thread(job)
                    if frames is not None:
                        return frames
                    exposed_after_s = jpeg.mark
        except TimeoutError:
            raise CameraSilent(self._name) from None

    async def _jpeg_after(self, exposed_after_s: float) -> Jpeg:
        while self._newest is None or self._newest.mark <= exposed_after_s:
            await self._changed.wait()
        return self._newest

    async def _connected(self) -> int:
        """A descriptor that does not block."""
        try:
            if stat.S_ISFIFO(self._address.stat().st_mode):
                return os.open(self._address, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            async with asyncio.timeout(CONNECT_LIMIT_S):
                return await _socket_at(self._address, self._capture.http_path)
        except OSError as error:  # TimeoutError is one
            raise CameraSilent(self._name) from error

    async def _read_for_ever(self, end: int) -> None:
        tries = 0
        while True:
            before = self._newest
            with suppress(OSError):
                await self._read(end)
            tries = 0 if self._newest is not before else tries + 1
            await asyncio.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
            try:
                end = await self._connected()
            except CameraSilent:
                end = -1

    async def _read(self, end: int) -> None:
        """Read until the stream ends with an OSError."""
        loop = asyncio.get_running_loop()
        splitter = JpegSplitter()
        with closing(_Readable(end)) as readable:
            empty_s = loop.time()
            while True:
                try:
                    data = os.read(end, READ_AT_MOST_BYTES)
                except BlockingIOError:
                    empty_s = loop.time()
                    await readable.wait()
                    continue
                if not data:
                    raise ConnectionResetError("the other program has gone")
                for jpeg in splitter.feed(data, empty_s - self._latency_s):
                    self._put(jpeg)
                await asyncio.sleep(0)  # whoever never stops talking shall not stop the loop

    def _put(self, jpeg: Jpeg) -> None:
        self._newest = jpeg
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class _Readable:
    """Waits until a descriptor can be read, and closes it."""

    def __init__(self, end: int) -> None:
        self._end = end

    async def wait(self) -> None:
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        loop.add_reader(self._end, _settle, ready)
        try:
            await ready
        finally:
            loop.remove_reader(self._end)

    def close(self) -> None:
        if self._end >= 0:
            os.close(self._end)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def _socket_at(address: Path, http_path: str | None) -> int:
    """Connected, and where it speaks HTTP asked for the stream; the head of its answer is skipped."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.setblocking(False)
        await loop.sock_connect(line, str(address))
        if http_path is not None:  # 1.0, so that the answer comes whole and not in chunks
            await loop.sock_sendall(line, f"GET {http_path} HTTP/1.0\r\nHost: camera\r\n\r\n".encode())
        return line.detach()


def _frames_of(jpeg: Jpeg, shape: tuple[int, int], capture: CaptureBoard) -> tuple[Frame, Frame] | None:
    """The frame without and with its still; None for a damaged picture or one of another size."""
    lying = capture.rotation_deg in {90, 270}
    if shape_of(jpeg.data) != (capture.still_shape[::-1] if lying else capture.still_shape):
        return None
    colours = cv2.IMREAD_GRAYSCALE if capture.is_mono else cv2.IMREAD_COLOR_RGB
    decoded = cv2.imdecode(np.frombuffer(jpeg.data, np.uint8), colours | cv2.IMREAD_IGNORE_ORIENTATION)
    if decoded is None:
        return None
    still = upright(np.asarray(decoded, np.uint8), capture.rotation_deg)
    pixels = scaled_to(still, shape)
    return Frame(pixels, jpeg.mark), Frame(pixels, jpeg.mark, still=still)
