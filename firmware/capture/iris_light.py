"""Frames of the iris camera: as they come, or lit by an iris module while an eye is being taken."""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

from firmware.clock import Clock
from firmware.quality.advice import Advice
from hw.camera.frames import Frame, FrameSource
from hw.faults import DeviceFault
from hw.iris.ambient import without_ambient
from hw.iris.focus import Focus, FocusWindow, focus_at
from hw.iris.light import IrisLight, Lit
from hw.iris.messages import Arming, Faults, Pattern
from hw.iris.pairing import Dropped, Window, pairing

FRAMES_KEPT = 12  # 0.4 s at 30 a second: a strobe is told up to 0.15 s after its frame
DARK_USED = 2
SESSION_S = 60  # the module's own cap
SESSIONS = 1 << 32
ANYWHERE = Window(0, 0xFFFF)  # who stands wrong is told so, by distances with hysteresis
AGAIN_S = 0.5  # after somebody was too close
_ADVICE: Mapping[Focus, Advice] = {Focus.NEARER: Advice.EYE_CLOSER, Focus.FURTHER: Advice.EYE_BACK}


class FramesUnlit(DeviceFault):
    """Frames come, and none was lit by a strobe."""

    def __init__(self) -> None:
        super().__init__("no frame of the iris camera was lit by its module: check the wire of the trigger")


class LightEnded(DeviceFault):
    """The module went dark by itself, and not because somebody was too close."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(f"the iris module went dark: {faults.name}: run its self-test")


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame. is_placed: near the lens' focus, as far as that is known. advice: where to go, if known."""

    frame: Frame
    is_placed: bool = True
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class TooClose:
    """Somebody is or was so close that the light is off, and so no frame came. at_s: of the loop's time."""

    at_s: float


class EyeFrames(Protocol):
    """Where frames of an eye come from."""

    def lit(self) -> AbstractAsyncContextManager[None]:
        """Light inside this context, and never outside; DeviceFault when there is none."""
        ...

    async def newest(self, exposed_after_s: float, timeout_s: float) -> Shown | TooClose:
        """The newest frame that was exposed after that; DeviceFault when none comes for no such reason."""
        ...

    async def reopen(self) -> None:
        """Bring the devices back; DeviceFault while they are away."""
        ...

    def close(self) -> None:
        """Give the light back."""
        ...


class FreeRunning:
    """A camera whose light is always on, and of which nobody knows how far an eye is."""

    def __init__(self, camera: FrameSource) -> None:
        self._camera = camera

    def lit(self) -> AbstractAsyncContextManager[None]:
        """Nothing changes."""
        return nullcontext()

    async def newest(self, exposed_after_s: float, timeout_s: float) -> Shown:
        """The camera's."""
        return Shown(await self._camera.newest(exposed_after_s=exposed_after_s, timeout_s=timeout_s))

    async def reopen(self) -> None:
        """Close the camera and open it."""
        await self._camera.close()
        await self._camera.open()

    def close(self) -> None:
        """There is no light to give back."""


class ModuleLight(IrisLight, Protocol):
    """A light on a line of its own."""

    def close(self) -> None:
        """Give the line back."""
        ...


@dataclass(frozen=True, slots=True)
class LightDevice:
    """An iris module that a board file names. opened: a module that answers, else a DeviceFault."""

    opened: Callable[[], Awaitable[ModuleLight]]
    frames_per_s: int
    on_us: int
    window: FocusWindow


class Strobed:
    """A camera that a module lights frame by frame; it is armed while an eye is taken, else dark."""

    def __init__(self, camera: FrameSource, device: LightDevice, clock: Clock) -> None:
        self._camera = camera
        self._device = device
        self._clock = clock
        self._module: ModuleLight | None = None
        self._frames: deque[Frame] = deque(maxlen=FRAMES_KEPT)
        self._stack = AsyncExitStack()
        self._light: Lit | None = None
        self._session = 0
        self._focus = Focus.UNKNOWN

    @asynccontextmanager
    async def lit(self) -> AsyncGenerator[None]:
        """Armed inside."""
        self._frames.clear()
        self._focus = Focus.UNKNOWN
        async with AsyncExitStack() as self._stack:
            await self._arm()
            try:
                yield
            finally:
                self._light = None

    async def newest(self, exposed_after_s: float, timeout_s: float) -> Shown | TooClose:
        """The newest lit frame without the light of the room, and whether its eye was in focus."""
        end_s = self._clock.elapsed_s() + timeout_s
        after_s = exposed_after_s
        while self._clock.elapsed_s() < end_s:
            frame = await self._frame(after_s, timeout_s)
            if isinstance(frame, TooClose):
                return frame
            after_s = frame.exposed_s
            self._frames.append(frame)
            shown = self._shown(exposed_after_s)
            if shown is not None:
                return shown
        raise FramesUnlit

    async def _frame(self, after_s: float, timeout_s: float) -> Frame | TooClose:
        """The camera's next, which has none while the module is dark."""
        if await self._arms_again():
            return TooClose(self._clock.elapsed_s())
        try:
            return await self._camera.newest(exposed_after_s=after_s, timeout_s=timeout_s)
        except DeviceFault:
            if await self._arms_again():
                return TooClose(self._clock.elapsed_s())
            raise

    async def reopen(self) -> None:
        """Close both and open them."""
        self.close()
        await self._camera.close()
        await self._camera.open()
        self._module = await self._device.opened()

    def close(self) -> None:
        """Give the module's line back; it is dark without."""
        if self._module is not None:
            self._module.close()
        self._module = None

    async def _arm(self) -> None:
        if self._module is None:
            self._module = await self._device.opened()
        self._session = (self._session + 1) % SESSIONS
        frames, pattern = SESSION_S * self._device.frames_per_s, Pattern.EVERY_FOURTH_DARK
        arming = Arming(
            self._session, self._device.frames_per_s, self._device.on_us, frames, SESSION_S, pattern=pattern
        )
        self._light = await self._stack.enter_async_context(self._module.armed(arming))

    async def _arms_again(self) -> bool:
        """A session that somebody ended by leaning in begins anew; any other end is the module's fault."""
        ended = Faults.NONE if self._light is None else self._light.ended()
        if ended is Faults.NONE:
            return False
        if ended & ~Faults.TOO_CLOSE:
            raise LightEnded(ended)
        self._focus = Focus.FURTHER
        await self._stack.aclose()
        await self._clock.sleep(AGAIN_S)
        await self._arm()
        return True

    def _shown(self, exposed_after_s: float) -> Shown | None:
        """The newest frame whose strobe is known; what was not lit is not shown."""
        frames = tuple(self._frames)
        strobes = () if self._light is None else self._light.strobes()
        found = pairing([frame.exposed_s for frame in frames], strobes, ANYWHERE)
        dark = [frames[place].pixels for place in sorted(found.dark)[-DARK_USED:]]
        unknown = {place for place, why in found.dropped.items() if why is Dropped.DISTANCE_UNKNOWN}
        place = max(found.lit.keys() | unknown, default=None)
        if place is None or frames[place].exposed_s <= exposed_after_s:
            return None
        frame = replace(frames[place], pixels=without_ambient(frames[place].pixels, dark))
        strobe = found.lit.get(place)
        self._focus = focus_at(
            None if strobe is None else strobe.strobe.distance_mm, self._device.window, self._focus
        )
        return Shown(frame, self._focus is Focus.HOLD, _ADVICE.get(self._focus))
