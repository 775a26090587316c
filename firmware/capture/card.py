"""The card's QR code before the portrait camera, from the prompt to a claim."""

from dataclasses import dataclass
from functools import partial

from firmware.capture.card_code import find_codes
from firmware.capture.card_watch import CardLimits, CardWatch
from firmware.capture.guide import Guide
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.records.claimed import ClaimedIdentity
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource


@dataclass(frozen=True, slots=True)
class CardTiming:
    """Limits of one presentation; policy/card.toml.

    read_limit_s: after this the number is typed. frame_limit_s: a camera without a frame for so long is
    silent. frame_period_s: least time between frames that are looked at. hint_hold_s: of each hint.
    """

    read_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    hint_hold_s: float
    code: CardLimits


class CardReader:
    """Reads cards with one camera, which somebody else opens and closes."""

    def __init__(self, source: FrameSource, workers: ImageWorkers, timing: CardTiming, clock: Clock) -> None:
        self._source = source
        self._workers = workers
        self._timing = timing
        self._clock = clock

    async def read(self, guide: Guide) -> ClaimedIdentity | None:
        """The claim of the card that is shown; None at the time limit; DeviceFault without frames."""
        hint = SteadyHint(guide, self._clock, self._timing.hint_hold_s)
        begun_s = looked_s = self._clock.elapsed_s()
        watch = CardWatch(self._timing.code, begun_s)
        while self._clock.elapsed_s() < begun_s + self._timing.read_limit_s:
            frame = await self._source.newest(exposed_after_s=looked_s, timeout_s=self._timing.frame_limit_s)
            guide.show(frame)
            codes = await self._workers.run(JobKind.CARD, partial(find_codes, frame.pixels))
            claim = watch.note(codes, frame.exposed_s)
            if claim is not None:
                return claim
            hint.suggest(watch.advice)
            looked_s = frame.exposed_s + self._timing.frame_period_s
        return None
