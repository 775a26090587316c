"""A camera of the simulated world: takes its frames from a scene, and can stall or be unplugged."""

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hw.camera.frames import CameraSilent, Frame

GRID_TOLERANCE_S = 1e-6  # a timer may fire this much before the frame it waited for
CONTROLS_ACT_FRAMES = 3  # until a setting that was asked for is in a frame
LUX_OF_FULL_WHITE = 800.0  # what the simulated exposure turns into 255


class Scene(Protocol):
    """What stands before a camera."""

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        """The view at `at_s` of the loop's time: uint8, (rows, columns, 3) RGB or (rows, columns) grey."""
        ...


class Control(Protocol):
    """What decides how a camera exposes, frame after frame."""

    def begin(self, at_s: float) -> None:
        """The camera was opened: its first exposure begins."""
        ...

    def expose(self, at_s: float, period_s: float) -> tuple[NDArray[np.uint8], dict[str, float]]:
        """The frame exposed from `at_s` on, and its metadata."""
        ...

    @property
    def has_settled(self) -> bool:
        """Whether the newest frame says that nothing moves any more."""
        ...

    def hold(self) -> None:
        """Stay as the newest frame says."""
        ...

    def free(self) -> None:
        """Follow the light again."""
        ...


class SimulatedCamera:
    """A hw.camera.frames.FrameSource that looks at a scene.

    Exposures begin on a grid of 1 / frames_per_s from the moment of opening; a frame is delivered when the
    next exposure begins. A picture is made only when its frame is asked for, and shows the scene of that
    moment. control: exposes the frames instead; without one the exposure never changes.
    """

    def __init__(
        self,
        scene: Scene,
        *,
        name: str = "portrait",
        frames_per_s: float = 15.0,
        exposure_us: float = 8_000.0,
        analogue_gain: float = 2.0,
        control: Control | None = None,
    ) -> None:
        self.scene = scene
        self.name = name
        self._period_s = 1.0 / frames_per_s
        self._exposure_us = exposure_us
        self._analogue_gain = analogue_gain
        self._control = control
        self._begun_s: float | None = None
        self._stalled_s: float | None = None
        self._is_plugged = True
        self._last: Frame | None = None
        self._changed = asyncio.Event()

    async def open(self) -> None:
        """Start the grid of exposures; CameraSilent when the camera is unplugged."""
        if not self._is_plugged:
            raise CameraSilent(self.name)
        if self._begun_s is None:
            self._begun_s = _now_s()
            self._changed.set()
            if self._control is not None:
                self._control.begin(self._begun_s)

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        try:
            async with asyncio.timeout(timeout_s):
                return self._frame(await self._exposure_after(exposed_after_s))
        except TimeoutError:
            raise CameraSilent(self.name) from None

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`; this camera has one size."""
        frame = await self.newest(exposed_after_s=exposed_after_s, timeout_s=timeout_s)
        return replace(frame, still=frame.pixels)

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Settings stay from when they have settled until the end of the block; False when they did not."""
        control = self._control
        if control is None:
            yield True
            return
        is_held = await self._settled(control, timeout_s)
        try:
            yield is_held
        finally:
            control.free()

    async def _settled(self, control: Control, timeout_s: float) -> bool:
        """Wait for a frame that says so, hold, and wait until that acts; CameraSilent without frames."""
        until_s, after_s, frames = _now_s() + timeout_s, _now_s() - 2.0 * self._period_s, 0
        with contextlib.suppress(CameraSilent):
            while True:
                after_s = await self._next_exposure(after_s, until_s)
                frames += 1
                if control.has_settled:
                    break
            control.hold()
            for _ in range(CONTROLS_ACT_FRAMES):
                after_s = await self._next_exposure(after_s, until_s)
            return True
        control.free()
        if frames == 0:
            raise CameraSilent(self.name)
        return False

    async def _next_exposure(self, after_s: float, until_s: float) -> float:
        frame = await self.newest(exposed_after_s=after_s, timeout_s=until_s - _now_s())
        return frame.exposed_s

    async def close(self) -> None:
        """Stop; frames that were not asked for are gone."""
        self._begun_s = None
        self._last = None

    def stall(self) -> None:
        """Deliver nothing new from now on, without a word, as a camera with a bad cable does."""
        if self._stalled_s is None:
            self._stalled_s = _now_s()

    def resume(self) -> None:
        """Deliver again; exposures begin anew."""
        if self._stalled_s is not None and self._is_plugged:
            self._stalled_s = None
            self._begun_s = _now_s() if self._begun_s is not None else None
            self._changed.set()

    def unplug(self) -> None:
        """Pull the cable: frames end and the camera cannot be opened."""
        self._is_plugged = False
        self._last = None
        self.stall()

    def plug(self) -> None:
        """Put the cable back; an open camera delivers again."""
        self._is_plugged = True
        self.resume()

    async def _exposure_after(self, moment_s: float) -> float:
        """Begin of the newest delivered exposure after `moment_s`, waiting for it."""
        while True:
            exposed_s = self._newest_exposure_s()
            if exposed_s is not None and exposed_s > moment_s:
                return exposed_s
            await self._wait_for_frame_after(moment_s)

    def _newest_exposure_s(self) -> float | None:
        if self._begun_s is None or not self._is_plugged:
            return None
        until_s = _now_s() if self._stalled_s is None else self._stalled_s
        delivered = math.floor((until_s - self._begun_s + GRID_TOLERANCE_S) / self._period_s)
        return self._begun_s + (delivered - 1) * self._period_s if delivered > 0 else None

    async def _wait_for_frame_after(self, moment_s: float) -> None:
        """Sleep until that frame is due; without frames, until the camera is opened or delivers again."""
        if self._begun_s is None or self._stalled_s is not None:
            self._changed.clear()
            await self._changed.wait()
            return
        number = max(0, math.floor((moment_s - self._begun_s + GRID_TOLERANCE_S) / self._period_s) + 1)
        due_s = self._begun_s + (number + 1) * self._period_s
        await asyncio.sleep(max(due_s - _now_s(), 2 * GRID_TOLERANCE_S))

    def _frame(self, exposed_s: float) -> Frame:
        """The frame of one exposure; asked for twice it is the same."""
        if self._last is None or self._last.exposed_s != exposed_s:
            exposed, metadata = self._exposed(exposed_s)
            pixels = exposed.view()
            pixels.flags.writeable = False
            self._last = Frame(pixels, exposed_s, metadata)
        return self._last

    def _exposed(self, exposed_s: float) -> tuple[NDArray[np.uint8], dict[str, float]]:
        if self._control is not None:
            return self._control.expose(exposed_s, self._period_s)
        pixels = self.scene.picture(exposed_s)
        return pixels, self._metadata(exposed_s, pixels)

    def _metadata(self, exposed_s: float, pixels: NDArray[np.uint8]) -> dict[str, float]:
        return {
            "ExposureTime": self._exposure_us,
            "AnalogueGain": self._analogue_gain,
            "FrameDuration": self._period_s * 1e6,
            "SensorTimestamp": exposed_s * 1e9 + self._exposure_us * 1e3,
            "Lux": float(pixels[::16, ::16].mean()) / 255.0 * LUX_OF_FULL_WHITE,
        }


def _now_s() -> float:
    return asyncio.get_running_loop().time()
