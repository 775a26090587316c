"""One eye before the iris camera: hints until it is right, then the best of a few good frames.

Which eye it is follows from the order in which they are asked for: texture says nothing about the side, so an
eye has to leave before the other one is looked at.
"""

from functools import partial

from firmware.capture.attempts import NobodyThere
from firmware.capture.guide import Guide
from firmware.capture.iris_watch import IrisTiming, IrisWatch, SeenEye
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.records.samples import EyeSide, Modality, Sample
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource


class IrisCapture:
    """Takes eyes with one camera, which somebody else opens and closes.

    device: model of the camera, for the record.
    """

    def __init__(
        self,
        source: FrameSource,
        workers: ImageWorkers,
        limits: IrisLimits,
        timing: IrisTiming,
        clock: Clock,
        device: str,
    ) -> None:
        self._source = source
        self._workers = workers
        self._limits = limits
        self._timing = timing
        self._clock = clock
        self._device = device
        self._not_left: EyeSide | None = None

    async def take(self, side: EyeSide, guide: Guide, attempt: int) -> Sample | NobodyThere:
        """The best of some accepted frames, else the best of the time limit; DeviceFault without frames."""
        if self._not_left not in {None, side}:
            await self._eye_leaves(guide)
        guide.instruct("eye_look")
        watch = await self._watch(guide)
        if watch.best is None or watch.nobody_is_there(self._clock.elapsed_s()):
            return NobodyThere()
        self._not_left = side
        sample = self._sample(watch.best, side, attempt)
        if sample.report.accepted:
            guide.advise(None)
            guide.instruct("eye_done")
            await self._eye_leaves(guide)
        return sample

    async def _watch(self, guide: Guide) -> IrisWatch:
        """Judge frames until enough are accepted, nobody is there, or the time is up."""
        hint = SteadyHint(guide, self._clock, self._timing.hint_hold_s)
        begun_s = looked_s = self._clock.elapsed_s()
        watch = IrisWatch(self._timing, begun_s)
        while self._clock.elapsed_s() < begun_s + self._timing.take_limit_s:
            seen = await self._look(guide, looked_s)
            watch.note(seen)
            hint.suggest(watch.lasting_advice(seen.frame.exposed_s))
            if watch.is_enough or watch.nobody_is_there(seen.frame.exposed_s):
                break
            looked_s = seen.frame.exposed_s + self._timing.frame_period_s
        return watch

    async def _eye_leaves(self, guide: Guide) -> None:
        """Wait until no eye is seen, at most for the limit: dirt on the glass must not end a visit."""
        begun_s = looked_s = self._clock.elapsed_s()
        while self._clock.elapsed_s() < begun_s + self._timing.leave_limit_s:
            seen = await self._look(guide, looked_s)
            if not seen.has_an_eye:
                break
            looked_s = seen.frame.exposed_s + self._timing.frame_period_s
        self._not_left = None
        await self._clock.sleep(self._timing.pause_s)

    async def _look(self, guide: Guide, after_s: float) -> SeenEye:
        """Judge the newest frame that was exposed after `after_s`."""
        frame = await self._source.newest(exposed_after_s=after_s, timeout_s=self._timing.frame_limit_s)
        guide.show(frame)
        report = await self._workers.run(JobKind.IRIS, partial(assess_iris, frame.pixels, self._limits))
        return SeenEye(frame, report)

    def _sample(self, seen: SeenEye, side: EyeSide, attempt: int) -> Sample:
        return Sample(
            modality=Modality.IRIS,
            position=side,
            image=seen.frame.pixels,
            report=seen.report,
            attempt=attempt,
            taken_at=self._clock.now(),
            device=self._device,
        )
