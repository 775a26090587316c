"""What is remembered of one presentation before the portrait camera."""

from collections import Counter, deque
from dataclasses import dataclass

import numpy as np

from firmware.quality.advice import Advice
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.live import Known
from firmware.quality.portrait.model import Face
from firmware.quality.report import QualityReport, Verdict
from hw.camera.frames import Frame

_UNSAID = 100  # frames; of more than any restless time


@dataclass(frozen=True, slots=True)
class PortraitTiming:
    """Limits of one presentation; policy/portrait.toml.

    take_limit_s: after this the best picture so far is the sample. presence_limit_s: without a face for so
    long nobody is there. machine_limit_s: after so long with bad light alone it ends too: no person mends a
    lamp. frame_limit_s: a camera without a frame for so long is silent. frame_period_s: least time between
    frames that are judged. steady_s: how long everything must be right, and the head move less than
    speed_most of the eye distance from frame to frame, before the picture is taken from burst_frames stills.
    hold_limit_s: how long the camera may take to settle. restless_s: who is right and wrong by turns for so
    long is told what is wrong most often. own_eye_*: a person's own open eye is this
    percentile of the openings in the window, once there are so many frames.
    """

    take_limit_s: float
    presence_limit_s: float
    machine_limit_s: float
    frame_limit_s: float
    frame_period_s: float
    hint_after_s: float
    hint_hold_s: float
    steady_s: float
    speed_most: float
    hold_limit_s: float
    restless_s: float
    burst_frames: int
    own_eye_window_s: float
    own_eye_percentile: float
    own_eye_least_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A frame with what was found in it; of a still, the face lies in the still."""

    frame: Frame
    report: QualityReport
    face: Face | None = None

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
    """Follows the judged frames of one presentation; all times are those of the exposures.

    Of the frames themselves only the best is kept. lasting_advice: what was wrong for long enough to be said.
    """

    def __init__(self, timing: PortraitTiming, begun_s: float) -> None:
        self._timing = timing
        self._face_seen_s = begun_s
        self._right_since_s: float | None = None
        self._dark_since_s: float | None = None
        self._openings: deque[tuple[float, float]] = deque()
        self._advice: Advice | None = None
        self._advised_since_s = begun_s
        self._unsaid: deque[Advice | None] = deque(maxlen=_UNSAID)
        self._silent_since_s = begun_s
        self.lasting_advice: Advice | None = None
        self._last: Seen | None = None
        self.best: Seen | None = None

    @property
    def known(self) -> Known:
        """What the next frame can be judged by."""
        if self._last is None:
            return Known()
        components = self._last.report.components
        passed = frozenset(each.name for each in components if each.verdict is Verdict.PASS)
        return Known(self.own_open_eye, self._last.face, passed)

    def note(self, seen: Seen) -> None:
        """Remember what `seen` tells."""
        at_s = seen.frame.exposed_s
        is_still = self._is_still(seen)
        is_right = seen.report.accepted and is_still
        self._note_advice(seen.report.advice or (None if is_still else Advice.FACE_STILL), at_s)
        self._right_since_s = _since(self._right_since_s, at_s, holds=is_right)
        self._dark_since_s = _since(self._dark_since_s, at_s, holds=seen.report.advice is Advice.FACE_LIGHT)
        self._last = seen
        if seen.has_a_face:
            self._face_seen_s = at_s
            self._openings.append((at_s, seen.report.value("eye_opening")))
            self._keep_better(seen)
        while self._openings and self._openings[0][0] < at_s - self._timing.own_eye_window_s:
            self._openings.popleft()

    def took(self, picture: Seen) -> None:
        """A picture was taken; if it did not pass, everything must be right for a while again."""
        self._right_since_s = None
        self._begin_silence(picture.frame.exposed_s)
        if picture.has_a_face:
            self._keep_better(picture)

    def nobody_is_there(self, now_s: float) -> bool:
        """Whether no face was seen for the presence limit."""
        return now_s - self._face_seen_s >= self._timing.presence_limit_s

    def nobody_can_help(self, now_s: float) -> bool:
        """Whether nothing but the light has been wrong for so long that it is the machine's fault."""
        return self._dark_since_s is not None and now_s - self._dark_since_s >= self._timing.machine_limit_s

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

    def _note_advice(self, advice: Advice | None, at_s: float) -> None:
        """What is wrong for a moment only may be a blink or a step; what is right is right at once."""
        if advice is not self._advice:
            self._advice, self._advised_since_s = advice, at_s
        if advice is None or at_s - self._advised_since_s >= self._timing.hint_after_s:
            self.lasting_advice = advice
        if self.lasting_advice is None:
            self._note_unsaid(advice, at_s)
        else:
            self._begin_silence(at_s)

    def _note_unsaid(self, advice: Advice | None, at_s: float) -> None:
        """Somebody who trembles is right at every other frame, and would be told nothing until the end."""
        self._unsaid.append(advice)
        wrong = Counter(each for each in self._unsaid if each is not None)
        if wrong and at_s - self._silent_since_s >= self._timing.restless_s:
            ((self.lasting_advice, _),) = wrong.most_common(1)
            self._begin_silence(at_s)

    def _begin_silence(self, at_s: float) -> None:
        self._silent_since_s = at_s
        self._unsaid.clear()

    def _keep_better(self, seen: Seen) -> None:
        if self.best is None or seen.rank >= self.best.rank:
            self.best = seen

    def _is_still(self, seen: Seen) -> bool:
        """Whether the eyes lie where they lay a frame ago."""
        if self._last is None or self._last.face is None or seen.face is None:
            return False
        before, now = features_of(self._last.face.landmarks), features_of(seen.face.landmarks)
        moved = float(np.linalg.norm(now.middle - before.middle))
        return moved <= self._timing.speed_most * now.eye_distance


def _since(since_s: float | None, at_s: float, *, holds: bool) -> float | None:
    """From when on something has held without a break."""
    if not holds:
        return None
    return at_s if since_s is None else since_s
