"""A simulated camera for another process: its frames over a Unix socket, in real time."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from hw.camera.frames import CameraSilent, Frame, FrameSource
from hw.camera.protocol import HELD, WANTED, FrameHead, encode_metadata

FRAME_LIMIT_S = 1.0  # a camera that stalls is asked again
HOLD_LIMIT_S, HOLD_AGAIN_S = 3.0, 0.1  # for one attempt to hold, and between two


@asynccontextmanager
async def serve_camera(camera: FrameSource, address: Path) -> AsyncGenerator[None]:
    """Serve `camera` at `address` for as long as the block runs."""
    address.unlink(missing_ok=True)
    await camera.open()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(address))
        door.listen()
        door.setblocking(False)
        serving = asyncio.create_task(_serve(camera, door))
        try:
            yield
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await camera.close()
            address.unlink(missing_ok=True)


async def _serve(camera: FrameSource, door: socket.socket) -> None:
    async with asyncio.TaskGroup() as talks:
        while True:
            line, _ = await asyncio.get_running_loop().sock_accept(door)
            talks.create_task(_talk(camera, line))


async def _talk(camera: FrameSource, line: socket.socket) -> None:
    """One frame for each that is wanted, until the reader hangs up."""
    loop = asyncio.get_running_loop()
    hold = _Hold(camera)
    try:
        with line, suppress(OSError):
            line.setblocking(False)
            while wish := await loop.sock_recv(line, len(WANTED)):
                await hold.follow(wish)
                was_held = hold.is_held
                frame = await _next_frame(camera)
                for part in _parts(frame, is_held=was_held and hold.is_held):
                    await loop.sock_sendall(line, part)
    finally:
        await hold.leave()


class _Hold:
    """Holds a camera's settings for one reader, from its first HELD to its next WANTED."""

    def __init__(self, camera: FrameSource) -> None:
        self._camera = camera
        self._holding: asyncio.Task[None] | None = None
        self.is_held = False

    async def follow(self, wish: bytes) -> None:
        """Do as the reader's byte says."""
        if wish != HELD:
            await self.leave()
        elif self._holding is None:
            self._holding = asyncio.create_task(self._hold())

    async def leave(self) -> None:
        """Let the camera be automatic again."""
        holding, self._holding = self._holding, None
        if holding is not None:
            holding.cancel()
            await asyncio.gather(holding, return_exceptions=True)

    async def _hold(self) -> None:
        """Try until it is held, and then for ever."""
        while True:
            with suppress(CameraSilent):
                async with self._camera.held(HOLD_LIMIT_S) as self.is_held:
                    if self.is_held:
                        await self._until_cancelled()
            await asyncio.sleep(HOLD_AGAIN_S)

    async def _until_cancelled(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.is_held = False


async def _next_frame(camera: FrameSource) -> Frame:
    """The next exposure; while the camera is silent, so is this."""
    while True:
        with suppress(CameraSilent):
            now_s = asyncio.get_running_loop().time()
            return await camera.newest(exposed_after_s=now_s, timeout_s=FRAME_LIMIT_S)


def _parts(frame: Frame, *, is_held: bool) -> tuple[bytes, bytes, memoryview]:
    rows, columns = frame.pixels.shape[:2]
    channels = 3 if frame.pixels.ndim == 3 else 1
    metadata = encode_metadata(frame.metadata)
    head = FrameHead(rows, columns, channels, round(frame.exposed_s * 1e9), len(metadata), is_held)
    return head.encode(), metadata, memoryview(frame.pixels.tobytes())
