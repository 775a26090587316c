"""What cameras that are read by a thread have in common."""

from hw.camera.frames import Frame
from hw.camera.newest import NewestFrame
from hw.camera.thread import FrameThread


class ThreadedCamera:
    """The part of a FrameSource that a thread and its newest frame make; `held` is each camera's own."""

    def __init__(self, newest: NewestFrame, thread: FrameThread) -> None:
        self._newest = newest
        self._thread = thread

    async def open(self) -> None:
        """Start the camera; DeviceFault when it is absent, taken or refuses."""
        await self._thread.open()

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        return await self._newest.after(exposed_after_s, timeout_s)

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`, with the still of the same exposure; it is copied only while somebody asks."""
        self._thread.stills_wanted += 1
        try:
            return await self._newest.after(exposed_after_s, timeout_s, with_still=True)
        finally:
            self._thread.stills_wanted -= 1

    async def close(self) -> None:
        """Stop and release the camera within the limit; closing twice is harmless."""
        await self._thread.close()
