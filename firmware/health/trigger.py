"""Does the iris camera follow the iris module's trigger, and are its pictures good while it does?"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

from firmware.health.camera import check_camera
from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.health.module_under_test import ModuleUnderTest, TestedModule
from hw.camera.frames import CameraSilent, FrameSource
from hw.faults import DeviceFault
from hw.iris.messages import Faults
from hw.iris.pairing import LEAD_S, Dropped, TimedStrobe, Window, pairing

FIRST_FRAME_S, NEXT_FRAME_S = 3.0, 1.0  # a camera of the Pi needs up to two seconds to its first picture
WATCHED_S = 1.0
TOLD_S = 0.3  # a strobe is told after its frame
DARK_S = 0.5  # how long the camera has to be silent once the module is dark
READ_OUT_S = 0.2  # until a frame of the session's end has come
PAIRED_AT_LEAST = 0.5  # of the frames; on a whole terminal it is all of them
LOST_AT_MOST = 0.05  # of the events, which the module numbers
_ANYWHERE = Window(0, 0xFFFF)
_ENDINGS = (
    (Faults.TRIGGER_LOST, FaultCode.MODULE_PULSES_LOST),
    (Faults.HOST_LOST, FaultCode.MODULE_GARBLED),
    (Faults.TOF_FAIL | Faults.TOF_STALE, FaultCode.MODULE_RANGER),
    (Faults.OVERTEMP, FaultCode.MODULE_HOT),
    (Faults.TOO_CLOSE, FaultCode.MODULE_TOO_CLOSE),
    (Faults.DOSE, FaultCode.MODULE_RESTS),
)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What came of a session. exposed_s: of each frame, None without a camera; the running loop's seconds.

    is_free: frames came without strobes too.
    """

    exposed_s: tuple[float, ...] | None
    strobes: tuple[TimedStrobe, ...]
    lost_events: int
    ended: Faults
    is_free: bool = False

    @property
    def paired(self) -> int:
        """How many frames came with a strobe of their moment."""
        found = pairing(self.exposed_s or (), self.strobes, _ANYWHERE)
        return len(found.lit) + len(found.dark) + list(found.dropped.values()).count(Dropped.DISTANCE_UNKNOWN)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Strobes, what was lost of them, and how well the frames go with them."""
        strobes = (Figure("strobes", len(self.strobes)), Figure("lost", self.lost_events, "events"))
        if not self.exposed_s or not self.strobes:
            return strobes
        paired = Figure("paired", f"{self.paired} of {len(self.exposed_s)}", "frames")
        return (*strobes, paired, Figure("apart", round(self._apart_s(self.exposed_s) * 1e3, 1), "ms"))

    @property
    def fault(self) -> tuple[FaultCode, str] | None:
        """The first cause of what is wrong."""
        ending = ending_code(self.ended)
        if ending is not None:
            return ending, f"the light went off: {self.ended.name}"
        if self.lost_events > LOST_AT_MOST * (len(self.strobes) + self.lost_events):
            return FaultCode.MODULE_GARBLED, f"{self.lost_events} events did not arrive"
        if not self.strobes:
            return FaultCode.MODULE_PULSES_LOST, "no strobe was told"
        unanswered = self._unanswered()
        return None if unanswered is None else (FaultCode.MODULE_UNANSWERED, unanswered)

    def _unanswered(self) -> str | None:
        if self.exposed_s is None:
            return None
        if not self.exposed_s:
            return f"{len(self.strobes)} strobes and no frame"
        if self.paired < PAIRED_AT_LEAST * len(self.exposed_s):
            return f"{self.paired} of {len(self.exposed_s)} frames with a strobe"
        return "frames came without strobes too" if self.is_free else None

    def _apart_s(self, exposed_s: tuple[float, ...]) -> float:
        """From a frame to the strobe nearest to it, in the middle of all frames."""
        begun_s = [strobe.at_s + LEAD_S for strobe in self.strobes]
        return median(min(abs(frame_s - each_s) for each_s in begun_s) for frame_s in exposed_s)


def ending_code(ended: Faults) -> FaultCode | None:
    """What ended a session before its time."""
    return next((code for fault, code in _ENDINGS if fault & ended), None)


async def follow(module: ModuleUnderTest, tested: TestedModule) -> Followed:
    """Arm it for about a second and collect frames and strobes; DeviceFault when the module fails."""
    camera = await _opened(module.camera)
    try:
        async with tested.armed(module.arming) as lit:
            exposed_s = await _frames(camera)
            await asyncio.sleep(TOLD_S)
            strobes, lost, ended = lit.strobes(), lit.lost_events, lit.ended()
        is_free = camera is not None and bool(exposed_s) and await _exposes_by_itself(camera)
        return Followed(exposed_s, strobes, lost, ended, is_free)
    finally:
        if camera is not None:
            await camera.close()


async def check_lit_camera(
    module: ModuleUnderTest, camera: FrameSource, shape: tuple[int, int]
) -> CheckResult:
    """`check_camera` of the iris camera while its module triggers it; a module that fails is told instead."""
    try:
        tested = await module.open_module(module.open_line)
    except DeviceFault as fault:
        return _unlit(fault)
    try:
        async with tested.armed(module.arming) as lit:
            result = await check_camera(Device.IRIS, camera, shape)
            ending = ending_code(lit.ended())
    except DeviceFault as fault:
        return _unlit(fault)
    finally:
        tested.close()
    if result.fault is None or ending is None:
        return result
    is_no_fault = ending in {FaultCode.MODULE_TOO_CLOSE, FaultCode.MODULE_RESTS}
    return CheckResult(Device.IRIS, result.figures, ending if is_no_fault else FaultCode.IRIS_UNLIT, ending)


def _unlit(fault: DeviceFault) -> CheckResult:
    return CheckResult(Device.IRIS, (), FaultCode.IRIS_UNLIT, str(fault))


async def _opened(camera: FrameSource | None) -> FrameSource | None:
    """The camera, or None when it cannot be opened, which its own check says."""
    if camera is not None:
        try:
            await camera.open()
        except DeviceFault:
            return None
    return camera


async def _frames(camera: FrameSource | None) -> tuple[float, ...] | None:
    """When the frames of about a second were exposed; none of a camera that is silent."""
    if camera is None:
        await asyncio.sleep(WATCHED_S)
        return None
    exposed_s: list[float] = []
    after_s, timeout_s = asyncio.get_running_loop().time(), FIRST_FRAME_S
    with suppress(CameraSilent):
        while not exposed_s or exposed_s[-1] < exposed_s[0] + WATCHED_S:
            frame = await camera.newest(exposed_after_s=after_s, timeout_s=timeout_s)
            after_s, timeout_s = frame.exposed_s, NEXT_FRAME_S
            exposed_s.append(frame.exposed_s)
    return tuple(exposed_s)


async def _exposes_by_itself(camera: FrameSource) -> bool:
    """Whether frames go on coming though the module is dark."""
    dark_s = asyncio.get_running_loop().time() + READ_OUT_S
    with suppress(CameraSilent):
        await camera.newest(exposed_after_s=dark_s, timeout_s=READ_OUT_S + DARK_S)
        return True
    return False
