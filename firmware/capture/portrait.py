"""The portrait: one hint at a time until everything is right, then the very frame that passed."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from firmware.capture.attempts import NobodyThere
from firmware.capture.guide import Guide
from firmware.capture.portrait_judge import PortraitJudge, still_of
from firmware.capture.portrait_signals import PresentationWatch, SignalLimits
from firmware.capture.portrait_watch import PortraitTiming, PortraitWatch, Seen
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.records.samples import Modality, Sample
from hw.camera.frames import FrameSource
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Presentation:
    """One person before the camera: whom to guide, and what is remembered of the frames."""

    guide: Guide
    watch: PortraitWatch
    signs: PresentationWatch


class PortraitCapture:
    """Takes portraits with one camera, which somebody else opens and closes.

    device: model of the camera, for the record.
    """

    def __init__(
        self,
        source: FrameSource,
        judge: PortraitJudge,
        timing: PortraitTiming,
        signs: SignalLimits,
        clock: Clock,
        device: str,
    ) -> None:
        self._source = source
        self._judge = judge
        self._timing = timing
        self._signs = signs
        self._clock = clock
        self._device = device

    async def take(self, guide: Guide, attempt: int) -> Sample | NobodyThere:
        """The first picture that passes, else the best there was; DeviceFault without frames."""
        guide.instruct("portrait_look")
        watch = PortraitWatch(self._timing, self._clock.elapsed_s())
        presentation = _Presentation(guide, watch, PresentationWatch(self._signs))
        picture = await self._guided(presentation)
        if picture is None:
            return NobodyThere()
        if picture.report.accepted:
            await self._turn(presentation, picture)
        guide.instruct("portrait_done")
        return await self._sample(picture, attempt, presentation.signs)

    async def _guided(self, presentation: _Presentation) -> Seen | None:
        """A picture that passes, else the best of the time there was; None when nobody is there."""
        guide, watch = presentation.guide, presentation.watch
        begun_s = looked_s = self._clock.elapsed_s()
        with SteadyHint(guide, self._clock, self._timing.hint_hold_s) as hint:
            while self._clock.elapsed_s() < begun_s + self._timing.take_limit_s:
                seen = await self._look(presentation, looked_s)
                now_s = seen.frame.exposed_s
                hint.suggest(watch.lasting_advice)
                if watch.nobody_is_there(now_s):
                    return None
                if watch.is_steady(now_s):
                    hint.clear()
                    picture = await self._picture(presentation, now_s)
                    if picture.report.accepted:
                        return picture
                    guide.instruct("portrait_look")
                    hint.suggest(picture.report.advice)
                if watch.nobody_can_help(now_s):
                    _log.warning("the light at the portrait camera is not right")
                    break
                looked_s = now_s + self._timing.frame_period_s
        return watch.best and await self._judge.still(watch.best.frame, watch.own_open_eye)

    async def _picture(self, presentation: _Presentation, after_s: float) -> Seen:
        """The best of a burst of stills at the camera's full rate, its settings held meanwhile."""
        presentation.guide.instruct("portrait_hold")
        watch, burst = presentation.watch, list[Seen]()
        async with self._source.held(self._timing.hold_limit_s):
            after_s = max(after_s, self._clock.elapsed_s())
            for _ in range(self._timing.burst_frames):
                frame = await self._source.still(
                    exposed_after_s=after_s, timeout_s=self._timing.frame_limit_s
                )
                presentation.guide.show(frame)
                burst.append(await self._judge.still(frame, watch.own_open_eye))
                after_s = frame.exposed_s
        picture = max(burst, key=lambda seen: seen.rank)
        watch.took(picture)
        return picture

    async def _turn(self, presentation: _Presentation, picture: Seen) -> None:
        """Ask for a turn of the head and watch it; a camera that falls silent now costs no picture."""
        presentation.guide.instruct("portrait_turn")
        presentation.signs.turns_from(picture.report)
        end_s = self._clock.elapsed_s() + self._signs.turn_limit_s
        looked_s = picture.frame.exposed_s
        try:
            while self._clock.elapsed_s() < end_s and not presentation.signs.has_turned:
                seen = await self._look(presentation, looked_s)
                looked_s = seen.frame.exposed_s + self._timing.frame_period_s
        except DeviceFault as fault:
            _log.warning("no turn was seen: %s", fault)

    async def _look(self, presentation: _Presentation, after_s: float) -> Seen:
        """Judge the newest frame that was exposed after `after_s`."""
        frame = await self._source.newest(exposed_after_s=after_s, timeout_s=self._timing.frame_limit_s)
        presentation.guide.show(frame)
        seen = await self._judge.live(frame, presentation.watch.known)
        presentation.watch.note(seen)
        if seen.has_a_face:
            presentation.signs.note(frame.exposed_s, seen.report, presentation.watch.own_open_eye)
        return seen

    async def _sample(self, seen: Seen, attempt: int, signs: PresentationWatch) -> Sample:
        """The sample of a picture; its stamp and its exposure are those of the frame that was judged."""
        age = timedelta(seconds=self._clock.elapsed_s() - seen.frame.exposed_s)
        return Sample(
            modality=Modality.PORTRAIT,
            position=None,
            image=still_of(seen.frame),
            report=seen.report,
            attempt=attempt,
            taken_at=self._clock.now() - age,
            device=self._device,
            cropped=await self._judge.cropped(seen),
            exposure=seen.frame.metadata,
            signals=signs.signals(),
        )
