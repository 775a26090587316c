"""What is remembered of one presentation before the portrait camera."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from firmware.quality.report import QualityReport
from hw.camera.frames import Frame


@dataclass(frozen=True, slots=True)
class PortraitTiming:
    """Limits of one presentation; policy/portrait.toml.

    take_limit_s: after this the best frame so far is the sample. presence_limit_s: without a face for so
    long nobody is there. frame_limit_s: a camera without a frame for so long is silent. frame_period_s:
    least time between frames that are judged. steady_s: how long everything must be right before the
    picture is taken from burst_frames frames. own_eye_*: a person's own open eye is this percentile of the
    openings in the window, once there are so many frames.
    """

    take_limit_s: float
    presence_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    hint_hold_s: float
    steady_s: float
    burst_frames: int
    own_eye_window_s: float
    own_eye_percentile: float
    own_eye_least_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A frame with what was found in it."""

    frame: Frame
    report: QualityReport

    @property
    def has_a_face(self) -> bool:
        """Whether anybody is in the frame."""
        return self.report.value("faces") > 0

    @property
    def rank(self) -> tuple[bool, int, float]:
        """The better of two frames has the higher rank: accepted, by its weakest part, then by sharpness."""
        blur = self.report.value("blur") if self.has_a_face else 1.0
        return self.report.accepted, self.report.score, -blur


class PortraitWatch:
    """Follows the judged frames of one presentation; all times are those of the exposures."""

    def __init__(self, timing: PortraitTiming, begun_s: float) -> None:
        self._timing = timing
        self._face_seen_s = begun_s
        self._right_since_s: float | None = None
        self._openings: deque[tuple[float, float]] = deque()
        self.best: Seen | None = None

    def note(self, seen: Seen) -> None:
        """Remember what `seen` tells; of the frames themselves only the best is kept."""
        at_s = seen.frame.exposed_s
        if not seen.report.accepted:
            self._right_since_s = None
        elif self._right_since_s is None:
            self._right_since_s = at_s
        if seen.has_a_face:
            self._face_seen_s = at_s
            self._openings.append((at_s, seen.report.value("eye_opening")))
            if self.best is None or seen.rank >= self.best.rank:
                self.best = seen
        while self._openings and self._openings[0][0] < at_s - self._timing.own_eye_window_s:
            self._openings.popleft()

    def begin_anew(self) -> None:
        """A picture was taken and did not pass: everything must be right for a while again."""
        self._right_since_s = None

    def nobody_is_there(self, now_s: float) -> bool:
        """Whether no face was seen for the presence limit."""
        return now_s - self._face_seen_s >= self._timing.presence_limit_s

    def is_steady(self, now_s: float) -> bool:
        """Whether everything has been right long enough to take the picture."""
        return self._right_since_s is not None and now_s - self._right_since_s >= self._timing.steady_s

    @property
    def own_open_eye(self) -> float | None:
        """The opening of this person's eyes when open; None until enough is known."""
        if len(self._openings) < self._timing.own_eye_least_frames:
            return None
        openings = [opening for _, opening in self._openings]
        return float(np.percentile(openings, self._timing.own_eye_percentile))
