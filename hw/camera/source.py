"""A camera of the Pi behind the seam of frames; the only module that imports picamera2.

One video configuration from opening to closing: `main` is the still, `lores` the frame for analysis, both of
one exposure. There is no mode switch: it takes seconds and uses the camera memory up (picamera2 issue 1102).
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from hw.boards.camera import CameraBoard
from hw.camera.holding import Holding
from hw.camera.newest import NewestFrame
from hw.camera.picamera2_calls import Library
from hw.camera.picamera2_device import BUFFERS, STALL_S, Picamera2Device
from hw.camera.settings import held_controls
from hw.camera.thread import BACK_OFF_S, CLOSE_LIMIT_S, FrameThread
from hw.camera.threaded import ThreadedCamera
from hw.faults import DeviceFault


def installed_library() -> Library:
    """The picamera2 of this machine; DeviceFault when it is not installed."""
    try:
        import libcamera  # noqa: PLC0415 # pyright: ignore[reportMissingImports]
        import picamera2  # noqa: PLC0415 # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise DeviceFault("picamera2 is not installed: apt install python3-picamera2") from error
    colours: Any = libcamera
    found: Any = picamera2
    return Library(found.Picamera2, found.allocators.PersistentAllocator, colours.ColorSpace.Smpte170m())


class Picamera2Camera(ThreadedCamera):
    """A FrameSource on a camera that picamera2 drives.

    Only what the sensor began to expose after a moment counts as after it, so a lamp that was switched
    before has its light in the frame. One `held` at a time.
    """

    def __init__(
        self,
        name: str,
        board: CameraBoard,
        library: Callable[[], Library] = installed_library,
        *,
        stall_s: float = STALL_S,
        back_off_s: tuple[float, ...] = BACK_OFF_S,
        close_limit_s: float = CLOSE_LIMIT_S,
    ) -> None:
        if board.capture is None:
            raise DeviceFault(f"{name} camera: the board file does not say how it is run (capture)")
        self._capture = board.capture
        self._device = Picamera2Device(name, board, board.capture, library, stall_s=stall_s)
        newest = NewestFrame(name)
        thread = FrameThread(name, self._device, newest, back_off_s=back_off_s, close_limit_s=close_limit_s)
        super().__init__(newest, thread)

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Settled exposure, white balance and focus stay inside this context, and are automatic after it."""
        deadline_s = asyncio.get_running_loop().time() + timeout_s
        try:
            yield await self._is_held(deadline_s)
        finally:
            self._device.ask({})

    async def _is_held(self, deadline_s: float) -> bool:
        now_s = asyncio.get_running_loop().time()
        last = await self._newest.after(now_s, max(deadline_s - now_s, 0.0))
        holding = Holding(
            self._newest, self._device.offered, self._capture.lens_dioptres, BUFFERS, deadline_s
        )
        held = await holding.settled(last)
        if held is None:
            return False
        controls = held_controls(held)
        if await holding.is_in_force(held, last, partial(self._device.ask, controls)):
            return True
        self._device.ask({})
        return False
