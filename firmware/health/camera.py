"""Does a camera deliver fresh pictures of the right size, neither black nor white nor frozen?"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.health.scene import LookAtScene
from hw.camera.frames import CameraSilent, Frame, FrameSource
from hw.faults import DeviceFault

WATCHED_S = 1.0
FIRST_FRAME_S, NEXT_FRAME_S = 3.0, 1.0  # a camera of the Pi needs up to two seconds to its first picture
FRAMES_AT_MOST = 200
EVERY = 4  # of the pixels in each direction is enough
BLACK_LEVEL, WHITE_LEVEL = 5.0, 250.0  # of 255; the empty booth under infrared light has 18
FEWEST_PER_S = 2.0  # with fewer nobody can be guided; the live loops look at 10 at most


class _Trouble(Enum):
    ABSENT = auto()
    SILENT = auto()
    STILL = auto()
    BLACK = auto()
    SIZE = auto()
    SLOW = auto()
    DAZZLED = auto()


def _codes(prefix: str) -> Mapping[_Trouble, FaultCode]:
    return MappingProxyType({trouble: FaultCode[f"{prefix}_{trouble.name}"] for trouble in _Trouble})


_CODES = MappingProxyType({Device.PORTRAIT: _codes("PORTRAIT"), Device.IRIS: _codes("IRIS")})


@dataclass(slots=True)
class _Seen:
    """What the frames of one look had in common; keeps the last picture, never more."""

    shape: tuple[int, ...] = ()
    exposed_s: list[float] = field(default_factory=list[float])
    changes: list[float] = field(default_factory=list[float])
    exposure_us: float | None = None
    last: NDArray[np.int16] | None = None
    picture: NDArray[np.uint8] | None = None

    def add(self, frame: Frame) -> None:
        small = frame.pixels[::EVERY, ::EVERY].astype(np.int16)
        if self.last is not None and small.shape == self.last.shape:
            self.changes.append(float(np.abs(small - self.last).mean()))
        self.last, self.shape, self.picture = small, frame.pixels.shape[:2], frame.pixels
        self.exposed_s.append(frame.exposed_s)
        self.exposure_us = frame.metadata.get("ExposureTime")

    @property
    def level(self) -> float:
        """Mean grey of the last frame, 0 to 255."""
        return 0.0 if self.last is None else float(self.last.mean())

    @property
    def frames_per_s(self) -> float:
        """By the times of exposure."""
        return (len(self.exposed_s) - 1) / (self.exposed_s[-1] - self.exposed_s[0])


async def check_camera(
    device: Device, camera: FrameSource, shape: tuple[int, int], look: LookAtScene | None = None
) -> CheckResult:
    """About a second of pictures, and of a camera that is well a look at its empty scene.

    shape: (rows, columns) as the board file says.
    """
    codes = _CODES[device]
    seen = _Seen()
    try:
        await camera.open()
    except DeviceFault as fault:
        return CheckResult(device, (), codes[_Trouble.ABSENT], str(fault))
    try:
        await _watch(camera, seen)
    except CameraSilent:
        detail = f"{len(seen.exposed_s)} pictures came"
        return CheckResult(device, (), codes[_Trouble.SILENT], detail)
    finally:
        await camera.close()
    trouble = _trouble(seen, shape)
    if trouble is not None or look is None or seen.picture is None:
        return CheckResult(device, _figures(seen), None if trouble is None else codes[trouble])
    scene = look(seen.picture)
    if scene is None:
        return CheckResult(device, (*_figures(seen), Figure("scene", "somebody stands there")))
    return CheckResult(device, (*_figures(seen), *scene.figures), scene.fault)


async def _watch(camera: FrameSource, seen: _Seen) -> None:
    """At least two frames, and for as long as it is watched."""
    now_s = asyncio.get_running_loop().time
    frame = await camera.newest(exposed_after_s=now_s(), timeout_s=FIRST_FRAME_S)
    until_s = frame.exposed_s + WATCHED_S
    seen.add(frame)
    while len(seen.exposed_s) < 2 or (frame.exposed_s < until_s and len(seen.exposed_s) < FRAMES_AT_MOST):
        frame = await camera.newest(exposed_after_s=frame.exposed_s, timeout_s=NEXT_FRAME_S)
        seen.add(frame)


def _trouble(seen: _Seen, shape: tuple[int, int]) -> _Trouble | None:
    """The first that holds; a black picture stands still too, so black comes first."""
    found = (
        (seen.shape != shape, _Trouble.SIZE),
        (seen.level < BLACK_LEVEL, _Trouble.BLACK),
        (seen.level > WHITE_LEVEL, _Trouble.DAZZLED),
        (not any(seen.changes), _Trouble.STILL),
        (seen.frames_per_s < FEWEST_PER_S, _Trouble.SLOW),
    )
    return next((trouble for holds, trouble in found if holds), None)


def _figures(seen: _Seen) -> tuple[Figure, ...]:
    figures = (
        Figure("pictures", round(seen.frames_per_s, 1), "a second"),
        Figure("size", "x".join(str(side) for side in reversed(seen.shape))),
        Figure("level", round(seen.level, 1), "of 255"),
        Figure("change", round(float(np.mean(seen.changes)), 2) if seen.changes else 0.0, "levels"),
    )
    if seen.exposure_us is None:
        return figures
    return (*figures, Figure("exposure", round(seen.exposure_us / 1e3, 1), "ms"))
