"""Every image that was judged in a visit, with what came of it, seen at the seams that a stage hands over."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.capture.finger_judge import Judgement
from firmware.capture.fingers import FingerSensor
from firmware.capture.iris_judge import EyeJudgement
from firmware.capture.portrait_watch import Seen
from firmware.quality.report import QualityReport
from firmware.records.images import to_png
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import Frame, FrameSource
from hw.fingerprint.image import Extraction, FingerImage, GoesOn, Progress, always, unwatched
from simulator.stopwatch import Stopwatch

T = TypeVar("T")

MOST_PICTURES = 2000  # a visit of two hours before a camera; about 20 kB each
MOST_ROWS = 480  # of a camera's picture; a finger's is kept as it is
JPEG = (cv2.IMWRITE_JPEG_QUALITY, 85)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One image and its report.

    exposed_s: when it was exposed, of a portrait. target: the part asked for. picture: PNG of a finger, else
    a small JPEG.
    """

    at_s: float
    exposed_s: float | None
    target: str | None
    report: QualityReport
    picture: bytes = field(repr=False)


class Album:
    """Looks on while images pass; of too many the oldest go.

    target: tells which part is asked for now. images: counts the time that pictures take.
    """

    def __init__(self, target: Callable[[], str | None], images: Stopwatch) -> None:
        self._target = target
        self._images = images
        self._delivered: dict[JobKind, NDArray[np.uint8]] = {}
        self._judged: deque[Judged] = deque(maxlen=MOST_PICTURES)

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Every judged image, in order."""
        return tuple(self._judged)

    def camera(self, kind: JobKind, camera: FrameSource) -> FrameSource:
        """The camera, looked at; its frames are judged by jobs of that kind."""
        return _WatchedCamera(camera, lambda pixels: self._deliver(kind, pixels))

    def sensor(self, opened: Callable[[], Awaitable[FingerSensor]]) -> Callable[[], Awaitable[FingerSensor]]:
        """Opens the sensor, looked at."""

        async def open_watched() -> FingerSensor:
            return _WatchedSensor(await opened(), lambda pixels: self._deliver(JobKind.FINGER, pixels))

        return open_watched

    def workers(self, workers: ImageWorkers) -> ImageWorkers:
        """The workers, whose reports belong to the images delivered last."""
        return _WatchedWorkers(workers, self._note)

    def _deliver(self, kind: JobKind, pixels: NDArray[np.uint8]) -> None:
        self._delivered[kind] = pixels

    def _note(self, kind: JobKind, result: object) -> None:
        report, target, exposed_s = result, self._target(), None
        if isinstance(result, Seen):
            report, exposed_s = result.report, result.frame.exposed_s
        elif isinstance(result, Judgement):
            report, target = result.report, f"finger_{result.position.value}"  # the next one may be asked for
        elif isinstance(result, EyeJudgement):
            report = result.report
        if isinstance(report, QualityReport) and kind in self._delivered:
            now_s = asyncio.get_running_loop().time()
            with self._images:
                picture = _picture(kind, self._delivered[kind])
            self._judged.append(Judged(now_s, exposed_s, target, report, picture))


class _WatchedCamera:
    def __init__(self, camera: FrameSource, deliver: Callable[[NDArray[np.uint8]], None]) -> None:
        self._camera = camera
        self._deliver = deliver

    async def open(self) -> None:
        await self._camera.open()

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        frame = await self._camera.newest(exposed_after_s=exposed_after_s, timeout_s=timeout_s)
        self._deliver(frame.pixels)
        return frame

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        frame = await self._camera.still(exposed_after_s=exposed_after_s, timeout_s=timeout_s)
        self._deliver(frame.pixels if frame.still is None else frame.still)
        return frame

    def held(self, timeout_s: float) -> AbstractAsyncContextManager[bool]:
        return self._camera.held(timeout_s)

    async def close(self) -> None:
        await self._camera.close()


class _WatchedSensor:
    def __init__(self, sensor: FingerSensor, deliver: Callable[[NDArray[np.uint8]], None]) -> None:
        self._sensor = sensor
        self._deliver = deliver

    async def finger_is_imaged(self) -> bool:
        return await self._sensor.finger_is_imaged()

    async def extract_features(self, buffer: int = 1) -> Extraction:
        return await self._sensor.extract_features(buffer)

    async def read_image(
        self, progress: Progress = unwatched, goes_on: GoesOn = always
    ) -> FingerImage | None:
        image = await self._sensor.read_image(progress, goes_on)
        if image is not None:
            self._deliver(image.pixels)
        return image

    def close(self) -> None:
        self._sensor.close()


class _WatchedWorkers:
    def __init__(self, workers: ImageWorkers, note: Callable[[JobKind, object], None]) -> None:
        self._workers = workers
        self._note = note

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        result = await self._workers.run(kind, job)
        self._note(kind, result)
        return result


def _picture(kind: JobKind, pixels: NDArray[np.uint8]) -> bytes:
    if kind is JobKind.FINGER:
        return to_png(pixels)
    scale = min(1.0, MOST_ROWS / pixels.shape[0])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if small.ndim == 3:
        small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", small, JPEG)[1].tobytes()
