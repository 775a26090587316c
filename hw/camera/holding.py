"""Wait until a camera has settled, then until its frames prove that what it found is held."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass

from hw.camera.convergence import Focus, Settling
from hw.camera.frames import CameraSilent, Frame
from hw.camera.newest import NewestFrame
from hw.camera.settings import Held, held_figures

SILENT_S = 1.5  # a camera whose newest frame is older than this has not merely taken long
FOCUS_LIMIT_S = (
    2.0  # then the lens goes where the board file says; without a limit it took 25 s (picamera2 issue 884)
)
ACTS_AFTER = 4  # frames, beside those in the queue, until a control shows (picamera2 issue 1278)


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """One attempt. offered: names of the camera's controls. lens: dioptres, where focus may fall back to.

    queued: frames that are under way with older settings.
    """

    frames: NewestFrame
    offered: Collection[str]
    lens: float | None
    queued: int
    deadline_s: float
    focus_limit_s: float = FOCUS_LIMIT_S

    async def settled(self, last: Frame) -> Held | None:
        """What shall stay, once exposure, white balance and focus have settled; None at the deadline."""
        begun_s, settling = _now_s(), Settling(self.offered)
        frame: Frame | None = last
        while frame is not None:
            settling.note(frame.metadata)
            if settling.light_has_settled:
                if settling.focus is Focus.SETTLED:
                    return held_figures(frame.metadata, self.offered, None)
                failed = settling.focus is Focus.FAILED or _now_s() >= begun_s + self.focus_limit_s
                if failed and self.lens is not None:
                    return held_figures(frame.metadata, self.offered, self.lens)
            frame = await self.next_frame(frame)
        return None

    async def is_in_force(self, held: Held, last: Frame, ask: Callable[[], None]) -> bool:
        """Ask, and ask again, until a frame that can know of it shows what was asked; False at the deadline.

        An automatic exposure that happens to stand still looks the same, so frames from before it count for
        nothing.
        """
        under_way = self.queued + ACTS_AFTER
        frame: Frame | None = last
        count = 0
        while frame is not None:
            if count >= under_way and held.is_in_force(frame.metadata):
                return True
            if count % under_way == 0:
                ask()
            frame = await self.next_frame(frame)
            count += 1
        return False

    async def next_frame(self, last: Frame) -> Frame | None:
        """The next frame; None at the deadline, CameraSilent when there are none."""
        try:
            return await self.frames.after(last.exposed_s, max(self.deadline_s - _now_s(), 0.0))
        except CameraSilent:
            if last.exposed_s < _now_s() - SILENT_S:
                raise
            return None


def _now_s() -> float:
    return asyncio.get_running_loop().time()
