"""The iris camera on the trigger of its module: it exposes when the module says so, and never else."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hw.camera.frames import CameraSilent, Frame

READ_OUT_S = 0.025  # from the begin of an exposure to its frame
KEPT = 90


class TriggeredCamera:
    """A hw.camera.frames.FrameSource. picture: of that moment with that on-time of the lamps in us."""

    def __init__(self, picture: Callable[[float, int], NDArray[np.uint8]], name: str = "iris") -> None:
        self.name = name
        self._picture = picture
        self._exposures: deque[tuple[float, int]] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()
        self._is_plugged = True
        self._is_stalled = False

    def expose(self, at_s: float, on_us: int, lines: int) -> None:
        """The module triggers a frame, lit for that long."""
        if self._is_plugged and not self._is_stalled:
            self._exposures.append((at_s, on_us if lines else 0))
            self._changed.set()

    async def open(self) -> None:
        """CameraSilent when it is unplugged."""
        if not self._is_plugged:
            raise CameraSilent(self.name)
        self._exposures.clear()

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame that was triggered after that; CameraSilent when none is."""
        try:
            async with asyncio.timeout(timeout_s):
                at_s, on_us = await self._after(exposed_after_s)
        except TimeoutError:
            raise CameraSilent(self.name) from None
        pixels = self._picture(at_s, on_us)
        pixels.setflags(write=False)
        return Frame(pixels, at_s, {"ExposureTime": float(on_us)})

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`; this camera has one size."""
        frame = await self.newest(exposed_after_s=exposed_after_s, timeout_s=timeout_s)
        return replace(frame, still=frame.pixels)

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Its exposure never changes."""
        del timeout_s
        yield True

    async def close(self) -> None:
        """Forget what was exposed."""
        self._exposures.clear()

    def unplug(self) -> None:
        """Pull the cable."""
        self._is_plugged = False
        self._exposures.clear()

    def plug(self) -> None:
        """Put the cable back."""
        self._is_plugged = True

    def stall(self) -> None:
        """Deliver nothing new, without a word."""
        self._is_stalled = True

    def resume(self) -> None:
        """Deliver again."""
        self._is_stalled = False

    async def _after(self, exposed_after_s: float) -> tuple[float, int]:
        """The newest exposure after that moment, once it is read out."""
        while True:
            done_s = asyncio.get_running_loop().time() - READ_OUT_S
            done = [each for each in self._exposures if exposed_after_s < each[0] <= done_s]
            if done:
                return done[-1]
            coming = [each[0] for each in self._exposures if each[0] > max(exposed_after_s, done_s)]
            if coming:
                await asyncio.sleep(coming[0] - done_s + 1e-6)  # a timer may fire that much early
            else:
                self._changed.clear()
                await self._changed.wait()
