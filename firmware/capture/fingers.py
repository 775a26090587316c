"""Fingers on one sensor: wait for one, let the sensor hold its image, then read and judge it.

Two halves, because the sensor keeps its image: as soon as it is held the finger may go, and the next one
may come while the image is still under way. The line carries one thing at a time, so that no exposure is made
meanwhile.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from firmware.capture.attempts import NobodyThere
from firmware.capture.finger_judge import FingerJudge, Judgement
from firmware.capture.finger_tries import Look
from firmware.capture.guide import Guide
from firmware.capture.next_exposure import NextExposure
from firmware.capture.policy.fingers import FingerTiming
from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.unmoved import likeness
from firmware.quality.report import Verdict
from firmware.records.samples import (
    DeviceWarning,
    FingerPosition,
    Modality,
    Rejection,
    Resolution,
    Sample,
)
from firmware.workers import ImageWorkers, JobKind
from hw.fingerprint.image import Extraction, FingerImage, GoesOn, Progress, always, unwatched


class FingerSensor(Protocol):
    """What a capture needs of a fingerprint sensor."""

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        ...

    async def extract_features(self, buffer: int = 1) -> Extraction:
        """Whether the sensor itself finds features in the last exposure: an answer long before its upload."""
        ...

    async def read_image(
        self, progress: Progress = unwatched, goes_on: GoesOn = always
    ) -> FingerImage | None:
        """The image of the last exposure; None when `goes_on` gave its upload up."""
        ...

    def close(self) -> None:
        """Give the line back."""
        ...


class FirstLook(Protocol):
    """Watches the first rows of an upload."""

    @property
    def advice(self) -> Advice | None:
        """What to do better, once it wanted no more rows."""
        ...

    def __call__(self, rows: NDArray[np.uint8]) -> bool:
        """Whether the rest is worth waiting for; rows: (rows so far, columns) uint8."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """The sensor holds an image, and the finger may go. is_new: the plate was seen empty before it."""

    is_new: bool
    warnings: tuple[DeviceWarning, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A presentation and its judgement; without one the image was not read to its end."""

    look: Look
    judgement: Judgement | None = None


_REFUSALS = {
    Extraction.MESSY: Look(None, Rejection.SENSOR_MESSY, Advice.FINGER_WIPE),
    Extraction.TOO_FEW: Look(None, Rejection.SENSOR_TOO_FEW, Advice.FINGER_PRESS),
    Extraction.NO_IMAGE: Look(None, Rejection.SENSOR_EMPTY, Advice.FINGER_AGAIN),
}


class FingerCapture:
    """Presentations on one sensor, which is opened when first needed and again after a fault.

    first_look: made for each upload. unmoved_likeness: from which on a finger counts as never lifted.
    """

    def __init__(
        self,
        open_sensor: Callable[[], Awaitable[FingerSensor]],
        judge: FingerJudge,
        first_look: Callable[[FingerPosition], FirstLook],
        workers: ImageWorkers,
        timing: FingerTiming,
        unmoved_likeness: float,
        clock: Clock,
        device: str,
    ) -> None:
        self._open_sensor = open_sensor
        self._judge = judge
        self._first_look = first_look
        self._workers = workers
        self._timing = timing
        self._unmoved_likeness = unmoved_likeness
        self._clock = clock
        self._device = device
        self._sensor: FingerSensor | None = None
        self._last: FingerImage | None = None
        self._next = NextExposure()

    async def reopen(self) -> None:
        """Let the sensor go and open it anew; DeviceFault when it does not answer."""
        await self.rest()
        self.close()
        self._sensor = await self._open_sensor()

    def close(self) -> None:
        """Give the sensor back, and forget the last image."""
        if self._sensor is not None:
            self._sensor.close()
        self._sensor = self._last = None

    async def rest(self) -> None:
        """Ask nothing more of the sensor."""
        await self._next.stop()

    async def hold(
        self, guide: Guide, *, must_clear: bool, takes_anything: bool
    ) -> Held | Look | NobodyThere:
        """Wait for a finger until the sensor holds a usable image of it; DeviceFault when the sensor fails.

        must_clear: the plate has to be empty first, and whoever lies on it is asked to lift. takes_anything:
        an image that the sensor itself thinks little of is better than none. A Look says what was wrong.
        """
        sensor = await self._opened()
        clears = await self._clears(sensor, guide) if must_clear else None
        warnings = (DeviceWarning.PLATE_NOT_CLEAR,) if clears is False else ()
        came = await self._finger_comes(sensor)
        if came is None:
            return NobodyThere()
        extraction = await sensor.extract_features()
        if extraction is Extraction.FOUND or (takes_anything and extraction is not Extraction.NO_IMAGE):
            return Held(clears is True or came, warnings)
        return _REFUSALS[extraction]

    async def read(self, held: Held, position: FingerPosition, attempt: int, *, is_last_try: bool) -> Seen:
        """Read the image that the sensor holds, and judge it; DeviceFault when the sensor fails.

        On a last try the image is read to its end however poor its first rows are.
        """
        sensor = await self._opened()
        first_look = self._first_look(position)
        image = await sensor.read_image(goes_on=always if is_last_try else first_look)
        if image is None:
            return Seen(Look(None, Rejection.FIRST_ROWS, first_look.advice))
        self._next.begin(sensor)
        before = None if self._last is None else Before(self._last.pixels, held.is_new)
        judge = partial(self._judge.judge, image, position, before)
        judgement = await self._workers.run(JobKind.FINGER, judge)
        was_lifted = held.is_new or not await self._is_unmoved(image)
        self._last = image
        return Seen(self._look(image, judgement, held, position, attempt, was_lifted=was_lifted), judgement)

    def _look(
        self,
        image: FingerImage,
        judgement: Judgement,
        held: Held,
        position: FingerPosition,
        attempt: int,
        *,
        was_lifted: bool,
    ) -> Look:
        resolution = Resolution(image.pixels_per_inch, image.grey_levels)
        sample = Sample(
            Modality.FINGERPRINT,
            position,
            image.pixels,
            judgement.report,
            attempt,
            self._clock.now(),
            self._device,
            resolution,
            held.warnings,
        )
        if not was_lifted:
            return Look(sample, Rejection.NOT_LIFTED, Advice.FINGER_AGAIN)
        if judgement.seen_as is not None:
            return Look(sample, Rejection.SEEN_BEFORE, seen_as=judgement.seen_as)
        return Look(sample, _rejection(sample), judgement.report.advice)

    async def _is_unmoved(self, image: FingerImage) -> bool:
        """Whether the finger before is still lying there."""
        if self._last is None:
            return False
        compare = partial(likeness, self._last.pixels, image.pixels)
        return await self._workers.run(JobKind.FINGER, compare) >= self._unmoved_likeness

    async def _opened(self) -> FingerSensor:
        if self._sensor is None:
            self._sensor = await self._open_sensor()
        return self._sensor

    async def _clears(self, sensor: FingerSensor, guide: Guide) -> bool:
        """Wait until the plate is empty; dirt that looks like a finger must not hold the visit up."""
        if not await self._next.is_finger(sensor):
            return True
        guide.instruct("finger_lift")
        end_s = self._clock.elapsed_s() + self._timing.leave_limit_s
        is_clear = False
        while not is_clear and self._clock.elapsed_s() < end_s:
            await self._clock.sleep(self._timing.poll_s)
            is_clear = not await sensor.finger_is_imaged()
        guide.instruct("finger_place")
        return is_clear

    async def _finger_comes(self, sensor: FingerSensor) -> bool | None:
        """Whether the plate was seen empty before a finger came; None when none came in time."""
        was_empty = False
        end_s = self._clock.elapsed_s() + self._timing.presence_limit_s
        while self._clock.elapsed_s() < end_s:
            if await self._next.is_finger(sensor):
                return was_empty
            was_empty = True
            await self._clock.sleep(self._timing.poll_s)
        return None


def _rejection(sample: Sample) -> Rejection | None:
    """Why a sample is not good; None when it is."""
    if sample.report.accepted:
        return Rejection.DEVICE_WARNING if sample.warnings else None
    failed = any(part.verdict is Verdict.FAIL for part in sample.report.components)
    return Rejection.COMPONENT_FAILED if failed else Rejection.BELOW_THRESHOLD
