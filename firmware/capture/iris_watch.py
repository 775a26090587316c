"""What is remembered of one presentation before the iris camera."""

from dataclasses import dataclass

from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from hw.camera.frames import Frame


@dataclass(frozen=True, slots=True)
class IrisTiming:
    """Limits of one presentation; policy/iris.toml.

    take_limit_s: after this the best frame so far is the sample. presence_limit_s: without an eye for so long
    nobody is there. frame_limit_s: a camera without a frame for so long is silent. frame_period_s: least time
    between frames that are judged. hint_after_s: what is wrong for less is a blink. accepted_frames: the
    sample is the best of so many. leave_limit_s: how long an eye may stay after it was taken. pause_s: from
    its leaving to the next.
    """

    take_limit_s: float
    presence_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    hint_after_s: float
    hint_hold_s: float
    accepted_frames: int
    leave_limit_s: float
    pause_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SeenEye:
    """A frame with what was found in it."""

    frame: Frame
    report: QualityReport

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
        self._advice: Advice | None = None
        self._advised_since_s = begun_s
        self._accepted = 0
        self.best: SeenEye | None = None

    def note(self, seen: SeenEye) -> None:
        """Remember what `seen` tells; of the frames themselves only the best is kept."""
        at_s = seen.frame.exposed_s
        self._accepted += seen.report.accepted
        if seen.report.advice is not self._advice:
            self._advice, self._advised_since_s = seen.report.advice, at_s
        if seen.has_an_eye:
            self._eye_seen_s = at_s
            if self.best is None or seen.rank >= self.best.rank:
                self.best = seen

    def lasting_advice(self, now_s: float) -> Advice | None:
        """The advice of all frames for some time; None while a blink could be its cause."""
        return self._advice if now_s - self._advised_since_s >= self._timing.hint_after_s else None

    def nobody_is_there(self, now_s: float) -> bool:
        """Whether no eye was seen for the presence limit."""
        return now_s - self._eye_seen_s >= self._timing.presence_limit_s

    @property
    def is_enough(self) -> bool:
        """Whether so many frames were accepted that the best of them is the sample."""
        return self._accepted >= self._timing.accepted_frames
