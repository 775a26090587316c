"""The newest frame of a camera, and those who wait for a newer one."""

import asyncio

from hw.camera.frames import CameraSilent, Frame


class NewestFrame:
    """A slot for one frame; what is not fetched before the next one comes is dropped."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._frame: Frame | None = None
        self._changed = asyncio.Event()

    def put(self, frame: Frame) -> None:
        """Replace the frame and wake everybody."""
        self._frame = frame
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def clear(self) -> None:
        """Forget the frame: its camera was closed."""
        self._frame = None

    async def after(self, exposed_s: float, timeout_s: float, *, with_still: bool = False) -> Frame:
        """The newest frame whose exposure began after `exposed_s`; CameraSilent when none comes."""
        try:
            async with asyncio.timeout(timeout_s):
                while (frame := self._fitting(exposed_s, with_still=with_still)) is None:
                    await self._changed.wait()
                return frame
        except TimeoutError:
            raise CameraSilent(self._name) from None

    def _fitting(self, exposed_s: float, *, with_still: bool) -> Frame | None:
        frame = self._frame
        if frame is None or frame.exposed_s <= exposed_s or (with_still and frame.still is None):
            return None
        return frame
