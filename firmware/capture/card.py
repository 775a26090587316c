"""The card's QR code before the portrait camera, from the prompt to a claim."""

from dataclasses import dataclass
from functools import partial

from firmware.capture.card_code import CodeSeen, find_code
from firmware.capture.guide import Guide
from firmware.capture.steady_hint import SteadyHint
from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.records.claimed import ClaimedIdentity
from firmware.visit.card_fields import NotACard
from firmware.visit.claim import claim_from_card
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource

_WITHOUT_A_CODE = (Advice.CARD_SHOW, Advice.CARD_CLOSER, Advice.CARD_STILL)


@dataclass(frozen=True, slots=True)
class CardTiming:
    """Limits of one presentation; policy/card.toml.

    read_limit_s: after this the number is typed. frame_limit_s: a camera without a frame for so long is
    silent. frame_period_s: least time between frames that are looked at. patience_s: without a code until a
    hint, and from each hint to the next. small_code_px: an unreadable code that is smaller is too far away.
    """

    read_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    patience_s: float
    hint_hold_s: float
    small_code_px: float


class CardReader:
    """Reads cards with one camera, which somebody else opens and closes."""

    def __init__(self, source: FrameSource, workers: ImageWorkers, timing: CardTiming, clock: Clock) -> None:
        self._source = source
        self._workers = workers
        self._timing = timing
        self._clock = clock

    async def read(self, guide: Guide) -> ClaimedIdentity | None:
        """The claim of the first card that is read; None at the time limit; DeviceFault without frames."""
        hint = SteadyHint(guide, self._clock, self._timing.hint_hold_s)
        begun_s = code_seen_s = looked_s = self._clock.elapsed_s()
        while self._clock.elapsed_s() < begun_s + self._timing.read_limit_s:
            frame = await self._source.newest(exposed_after_s=looked_s, timeout_s=self._timing.frame_limit_s)
            guide.show(frame)
            code = await self._workers.run(JobKind.CARD, partial(find_code, frame.pixels))
            claim = _claim(code)
            if claim is not None:
                return claim
            code_seen_s = frame.exposed_s if code else code_seen_s
            hint.suggest(self._advice(code, frame.exposed_s - code_seen_s))
            looked_s = frame.exposed_s + self._timing.frame_period_s
        return None

    def _advice(self, code: CodeSeen | None, without_code_s: float) -> Advice | None:
        """What to say of a frame without a claim."""
        if code is None:
            waited = int(without_code_s / self._timing.patience_s)
            return _WITHOUT_A_CODE[(waited - 1) % len(_WITHOUT_A_CODE)] if waited else None
        if code.text is not None:
            return Advice.CARD_SHOW
        return Advice.CARD_CLOSER if code.width_px < self._timing.small_code_px else Advice.CARD_STILL


def _claim(code: CodeSeen | None) -> ClaimedIdentity | None:
    """The claim, when the code is a card's."""
    if code is None or code.text is None:
        return None
    try:
        return claim_from_card(code.text)
    except NotACard:
        return None
