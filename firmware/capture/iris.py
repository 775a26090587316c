"""One eye before the iris camera: hints until it is right, then the best of a few good frames.

Which eye it is follows from the order in which they are asked for: texture says nothing about the side, so an
eye has to leave before the other one is looked at.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.guide import Guide
from firmware.capture.iris_judge import EyeJudge, with_place
from firmware.capture.iris_light import EyeFrames, TooClose
from firmware.capture.iris_watch import IrisTiming, IrisWatch, SeenEye
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.records.samples import EyeSide, Modality, PresentationSignals, Sample
from firmware.workers import ImageWorkers, JobKind
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

Signals = Callable[[], Awaitable[PresentationSignals | None]]


class IrisCapture:
    """Takes eyes with one camera, which somebody else opens and closes.

    device: model of the camera, for the record. signals: what else tells that a person is there.
    """

    def __init__(
        self,
        frames: EyeFrames,
        workers: ImageWorkers,
        judge: EyeJudge,
        timing: IrisTiming,
        clock: Clock,
        device: str,
        signals: Signals,
    ) -> None:
        self._frames = frames
        self._workers = workers
        self._judge = judge
        self._timing = timing
        self._clock = clock
        self._device = device
        self._signals = signals
        self._not_left: EyeSide | None = None
        self._is_prepared = False

    @property
    def instruction(self) -> str:
        """The message that asks for an eye: before the first one glasses come off."""
        return "eye_look" if self._is_prepared else "eye_prepare"

    async def take(self, side: EyeSide, guide: Guide, attempt: int) -> Sample | NobodyThere | SeenBefore:
        """The best of some accepted frames, else the best of the time limit; DeviceFault without frames.

        SeenBefore: this eye was already taken for the other side. What breaks after an eye was taken costs no
        eye.
        """
        await self._prepare(guide)
        taken: Sample | NobodyThere | SeenBefore | None = None
        try:
            async with self._frames.lit():
                taken = await self._taken(side, guide, attempt)
                if isinstance(taken, Sample) and taken.report.accepted:
                    guide.instruct("eye_done")
                    await self._eye_leaves(guide, self._timing.leave_limit_s)
        except DeviceFault as fault:
            if taken is None:
                raise
            _log.warning("after an eye was taken: %s", fault)
        return taken

    async def _taken(self, side: EyeSide, guide: Guide, attempt: int) -> Sample | NobodyThere | SeenBefore:
        if self._not_left not in {None, side}:
            await self._eye_leaves(guide, self._timing.swap_limit_s)
        guide.instruct(self.instruction)
        watch = await self._watch(guide)
        if watch.best is None or watch.nobody_is_there(self._clock.elapsed_s()):
            return NobodyThere()
        self._not_left = side
        best = watch.best
        if (other := self._judge.taken_as(side, best.code)) is not None:
            self._not_left = other
            return SeenBefore(other, best.report)
        return await self._sample(best, side, attempt)

    async def _prepare(self, guide: Guide) -> None:
        """Once a visit: glasses come off before anybody is told that they mirror."""
        if not self._is_prepared:
            guide.instruct(self.instruction)
            await self._clock.sleep(self._timing.prepare_s)
            self._is_prepared = True

    async def _watch(self, guide: Guide) -> IrisWatch:
        """Judge frames until enough are accepted and agree, nobody is there, or the time is up."""
        begun_s = looked_s = self._clock.elapsed_s()
        watch = IrisWatch(self._timing, begun_s)
        with SteadyHint(guide, self._clock, self._timing.hint_hold_s) as hint:
            while self._clock.elapsed_s() < begun_s + self._timing.take_limit_s:
                seen = await self._look(guide, looked_s)
                now_s = seen.at_s
                watch.note(seen)
                hint.suggest(watch.lasting_advice(now_s))
                if watch.nobody_is_there(now_s) or (watch.is_enough and self._concluded(watch)):
                    return watch
                looked_s = now_s + self._timing.frame_period_s
        self._concluded(watch)
        return watch

    def _concluded(self, watch: IrisWatch) -> bool:
        codes = watch.best_codes
        agrees = len(codes) >= self._timing.agreeing_frames and self._judge.agree(codes)
        watch.conclude(agrees=agrees)
        return agrees

    async def _eye_leaves(self, guide: Guide, limit_s: float) -> None:
        """Wait until no eye is seen for longer than a blink; at most for the limit: dirt ends no visit."""
        begun_s = looked_s = seen_s = self._clock.elapsed_s()
        while self._clock.elapsed_s() < begun_s + limit_s:
            seen = await self._look(guide, looked_s)
            seen_s = seen.at_s if isinstance(seen, TooClose) or seen.has_an_eye else seen_s
            if seen.at_s - seen_s >= self._timing.hint_after_s:
                break
            looked_s = seen.at_s + self._timing.frame_period_s
        self._not_left = None
        await self._clock.sleep(self._timing.pause_s)

    async def _look(self, guide: Guide, after_s: float) -> SeenEye | TooClose:
        """Judge the newest frame that was exposed after `after_s`."""
        shown = await self._frames.newest(after_s, self._timing.frame_limit_s)
        if isinstance(shown, TooClose):
            return shown
        guide.show(shown.frame)
        judged = await self._workers.run(JobKind.IRIS, partial(self._judge.judge, shown.frame.pixels))
        seen = SeenEye(shown.frame, judged.report, judged.code)
        if shown.is_placed or not seen.has_an_eye:
            return seen
        return SeenEye(shown.frame, with_place(judged.report, shown.advice))

    async def _sample(self, best: SeenEye, side: EyeSide, attempt: int) -> Sample:
        """The sample, stamped as its frame; an accepted eye is remembered."""
        signals = None
        age = timedelta(seconds=self._clock.elapsed_s() - best.frame.exposed_s)
        taken_at = self._clock.now() - age
        if best.report.accepted:
            self._judge.remember(side, best.code)
            signals = await self._signals()
        return Sample(
            modality=Modality.IRIS,
            position=side,
            image=best.frame.pixels,
            report=best.report,
            attempt=attempt,
            taken_at=taken_at,
            device=self._device,
            signals=signals,
        )
