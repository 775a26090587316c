"""One finger on the sensor: wait for it, image it, judge it, and wait until it has gone."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from firmware.capture.attempts import NobodyThere
from firmware.capture.guide import Guide
from firmware.capture.policy.fingers import FingerTiming
from firmware.clock import Clock
from firmware.quality.report import QualityReport
from firmware.records.samples import FingerPosition, Modality, Sample
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


Assess = Callable[[FingerImage, FingerPosition], QualityReport]


class FingerCapture:
    """Presentations on one sensor, which is opened when first needed and again after a fault."""

    def __init__(
        self,
        open_sensor: Callable[[], Awaitable[FingerSensor]],
        assess: Assess,
        workers: ImageWorkers,
        timing: FingerTiming,
        clock: Clock,
        device: str,
    ) -> None:
        self._open_sensor = open_sensor
        self._assess = assess
        self._workers = workers
        self._timing = timing
        self._clock = clock
        self._device = device
        self._sensor: FingerSensor | None = None

    async def reopen(self) -> None:
        """Let the sensor go and open it anew; DeviceFault when it does not answer."""
        self.close()
        self._sensor = await self._open_sensor()

    def close(self) -> None:
        """Give the sensor back."""
        if self._sensor is not None:
            self._sensor.close()
        self._sensor = None

    async def take(self, position: FingerPosition, guide: Guide, attempt: int) -> Sample | NobodyThere:
        """One presentation of the finger at `position`; DeviceFault when the sensor fails."""
        sensor = await self._opened()
        guide.instruct("finger_place")
        if not await self._finger_comes(sensor):
            return NobodyThere()
        guide.instruct("finger_reading")
        image = await sensor.read_image()
        if image is None:
            return NobodyThere()
        report = await self._workers.run(JobKind.FINGER, lambda: self._assess(image, position))
        guide.advise(report.advice)
        sample = Sample(
            Modality.FINGERPRINT, position, image.pixels, report, attempt, self._clock.now(), self._device
        )
        guide.instruct("finger_lift")
        await self._finger_leaves(sensor)
        return sample

    async def _opened(self) -> FingerSensor:
        if self._sensor is None:
            self._sensor = await self._open_sensor()
        return self._sensor

    async def _finger_comes(self, sensor: FingerSensor) -> bool:
        return await self._until(sensor, imaged=True, limit_s=self._timing.presence_limit_s)

    async def _finger_leaves(self, sensor: FingerSensor) -> None:
        """Wait until the plate is empty; dirt that looks like a finger must not hold the visit up."""
        await self._until(sensor, imaged=False, limit_s=self._timing.leave_limit_s)

    async def _until(self, sensor: FingerSensor, *, imaged: bool, limit_s: float) -> bool:
        end_s = self._clock.elapsed_s() + limit_s
        while self._clock.elapsed_s() < end_s:
            if await sensor.finger_is_imaged() is imaged:
                return True
            await self._clock.sleep(self._timing.poll_s)
        return False
