"""The portrait: one hint at a time until everything is right, then the very frame that passed."""

from functools import partial

from firmware.capture.attempts import NobodyThere
from firmware.capture.guide import Guide
from firmware.capture.portrait_watch import PortraitTiming, PortraitWatch, Seen
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.records.samples import Modality, Sample
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource


class PortraitCapture:
    """Takes portraits with one camera, which somebody else opens and closes.

    device: model of the camera, for the record.
    """

    def __init__(
        self,
        source: FrameSource,
        model: FaceModel,
        workers: ImageWorkers,
        limits: PortraitLimits,
        timing: PortraitTiming,
        clock: Clock,
        device: str,
    ) -> None:
        self._source = source
        self._model = model
        self._workers = workers
        self._limits = limits
        self._timing = timing
        self._clock = clock
        self._device = device

    async def take(self, guide: Guide, attempt: int) -> Sample | NobodyThere:
        """The first frame that passes, else the best of the time limit; DeviceFault without frames."""
        guide.instruct("portrait_look")
        hint = SteadyHint(guide, self._clock, self._timing.hint_hold_s)
        begun_s = looked_s = self._clock.elapsed_s()
        watch = PortraitWatch(self._timing, begun_s)
        while self._clock.elapsed_s() < begun_s + self._timing.take_limit_s:
            seen = await self._look(guide, watch, looked_s)
            hint.suggest(seen.report.advice)
            if watch.nobody_is_there(seen.frame.exposed_s):
                return NobodyThere()
            if watch.is_steady(seen.frame.exposed_s):
                picture = await self._picture(guide, watch, seen)
                if picture.report.accepted:
                    guide.instruct("portrait_done")
                    return self._sample(picture, attempt)
            looked_s = seen.frame.exposed_s + self._timing.frame_period_s
        return NobodyThere() if watch.best is None else self._sample(watch.best, attempt)

    async def _picture(self, guide: Guide, watch: PortraitWatch, last: Seen) -> Seen:
        """The best of a burst, at the full rate of the camera."""
        guide.instruct("portrait_hold")
        burst: list[Seen] = []
        for _ in range(self._timing.burst_frames):
            last = await self._look(guide, watch, last.frame.exposed_s)
            burst.append(last)
        picture = max(burst, key=lambda seen: seen.rank)
        if not picture.report.accepted:
            watch.begin_anew()
            guide.instruct("portrait_look")
        return picture

    async def _look(self, guide: Guide, watch: PortraitWatch, after_s: float) -> Seen:
        """Judge the newest frame that was exposed after `after_s`.

        Frames are judged one after the other, so the model never works on two at once.
        """
        frame = await self._source.newest(exposed_after_s=after_s, timeout_s=self._timing.frame_limit_s)
        guide.show(frame)
        job = partial(assess_portrait, frame.pixels, self._model, self._limits, watch.own_open_eye)
        seen = Seen(frame, await self._workers.run(JobKind.PORTRAIT, job))
        watch.note(seen)
        return seen

    def _sample(self, seen: Seen, attempt: int) -> Sample:
        return Sample(
            modality=Modality.PORTRAIT,
            position=None,
            image=seen.frame.pixels,
            report=seen.report,
            attempt=attempt,
            taken_at=self._clock.now(),
            device=self._device,
        )
