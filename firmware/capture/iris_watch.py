"""What is remembered of one presentation before the iris camera."""

from collections import Counter, deque
from dataclasses import dataclass, field, replace

from firmware.capture.iris_judge import with_agreement
from firmware.capture.iris_light import TooClose
from firmware.matching.iris_code import IrisCode
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from hw.camera.frames import Frame


@dataclass(frozen=True, slots=True)
class IrisTiming:
    """Limits of one presentation; policy/iris.toml.

    prepare_s: how long people are told to take glasses off, once a visit. take_limit_s: after this the best
    frame so far is the sample. presence_limit_s: without an eye for so long nobody is there. frame_limit_s: a
    camera without a frame for so long is silent. frame_period_s: least time between frames that are judged.
    hint_after_s: what is wrong for less is a blink. accepted_frames: so many are kept at the most, and the
    sample is their best. agreeing_frames: so many of the best have to show one eye. gather_limit_s: after the
    first accepted frame, so many are enough. leave_limit_s: how long an eye may stay after it was taken.
    swap_limit_s: the same while the other one is asked for. pause_s: from its leaving to the next.
    """

    prepare_s: float
    take_limit_s: float
    presence_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    hint_after_s: float
    hint_hold_s: float
    accepted_frames: int
    agreeing_frames: int
    gather_limit_s: float
    leave_limit_s: float
    swap_limit_s: float
    pause_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SeenEye:
    """A frame with what was found in it. code: of an accepted frame."""

    frame: Frame
    report: QualityReport
    code: IrisCode | None = field(default=None, repr=False)

    @property
    def at_s(self) -> float:
        """When its exposure began."""
        return self.frame.exposed_s

    @property
    def has_an_eye(self) -> bool:
        """Whether anything in the frame may be an eye."""
        return self.report.value("confidence") > 0

    @property
    def rank(self) -> tuple[bool, int, float]:
        """The better of two frames has the higher rank: accepted, by its weakest part, then by sharpness."""
        sharpness = self.report.value("sharpness") if self.has_an_eye else 0.0
        return self.report.accepted, self.report.score, sharpness


class IrisWatch:
    """Follows the judged frames of one presentation; all times are those of the exposures."""

    def __init__(self, timing: IrisTiming, begun_s: float) -> None:
        self._timing = timing
        self._eye_seen_s = begun_s
        self._advised: deque[tuple[float, Advice]] = deque()
        self._wrong_since_s: float | None = None
        self._newest_s = begun_s
        self._kept: list[SeenEye] = []
        self._kept_since_s = begun_s
        self.best: SeenEye | None = None

    def note(self, seen: SeenEye | TooClose) -> None:
        """Remember what `seen` tells; of the frames themselves only the best are kept."""
        at_s = self._newest_s = seen.at_s
        if isinstance(seen, TooClose):
            self._eye_seen_s = at_s
            self._note_advice(Advice.EYE_BACK, at_s)
            return
        self._note_advice(seen.report.advice, at_s)
        if seen.report.accepted:
            self._kept_since_s = self._kept_since_s if self._kept else at_s
            self._kept = sorted((*self._kept, seen), key=_rank, reverse=True)[: self._timing.accepted_frames]
        if seen.has_an_eye:
            self._eye_seen_s = at_s
            if self.best is None or seen.rank >= self.best.rank:
                self.best = seen

    def lasting_advice(self, now_s: float) -> Advice | None:
        """What most of the last frames advise; None while a blink could be the cause of them all."""
        if self._wrong_since_s is None or now_s - self._wrong_since_s < self._timing.hint_after_s:
            return None
        counts = Counter(advice for _, advice in reversed(self._advised))
        return max(counts, key=lambda advice: counts[advice])

    def _note_advice(self, advice: Advice | None, at_s: float) -> None:
        """A frame that advises otherwise than those around it does not silence them."""
        if advice is None:
            self._wrong_since_s = None
            self._advised.clear()
            return
        self._wrong_since_s = at_s if self._wrong_since_s is None else self._wrong_since_s
        self._advised.append((at_s, advice))
        while self._advised[0][0] < at_s - self._timing.hint_after_s:
            self._advised.popleft()

    def nobody_is_there(self, now_s: float) -> bool:
        """Whether no eye was seen for the presence limit."""
        return now_s - self._eye_seen_s >= self._timing.presence_limit_s

    @property
    def is_enough(self) -> bool:
        """Whether the best of the accepted frames is the sample, if they agree."""
        has_gathered = self._newest_s - self._kept_since_s >= self._timing.gather_limit_s
        least = self._timing.agreeing_frames if has_gathered else self._timing.accepted_frames
        return len(self._kept) >= least

    @property
    def best_codes(self) -> tuple[IrisCode, ...]:
        """Of the accepted frames that have to agree."""
        best = self._kept[: self._timing.agreeing_frames]
        return tuple(seen.code for seen in best if seen.code is not None)

    def conclude(self, *, agrees: bool) -> None:
        """Say of the best frame whether the others agree; when they do not, begin to gather anew."""
        if self.best is not None:
            self.best = replace(self.best, report=with_agreement(self.best.report, agrees=agrees))
        if not agrees:
            self._kept = []


def _rank(seen: SeenEye) -> tuple[bool, int, float]:
    return seen.rank
