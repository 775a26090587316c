"""What a portrait must keep to; the numbers are in firmware/capture/policy/portrait.toml."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """Least and most allowed, and the best value between them; infinite where there is no limit.

    enter: how much of the way from best to a limit is allowed to a value that was not within the limits
    before, so that a value at a limit does not come and go with every frame; None: all of it.
    """

    least: float
    best: float
    most: float
    enter: float | None = None

    def allows(self, value: float) -> bool:
        """Whether `value` lies within the limits."""
        return self.least <= value <= self.most

    def admits(self, value: float) -> bool:
        """Whether `value` lies within the tighter limits of one that comes in from outside."""
        share = 1.0 if self.enter is None else self.enter
        return _part_way(self.best, self.least, share) <= value <= _part_way(self.best, self.most, share)

    def scaled(self, factor: float) -> "Band":
        """The same band of a frame that is larger by `factor`."""
        return Band(self.least * factor, self.best * factor, self.most * factor, self.enter)

    def grade(self, value: float) -> float:
        """1 at the best value, 0.5 at a limit, 0 as far beyond it again; 1 towards no limit."""
        limit = self.least if value < self.best else self.most
        if value == self.best or math.isinf(limit):
            return 1.0
        if limit == self.best:
            return 0.0
        return max(0.0, 1.0 - 0.5 * (value - self.best) / (limit - self.best))


def _part_way(best: float, limit: float, share: float) -> float:
    return limit if math.isinf(limit) else best + share * (limit - best)


@dataclass(frozen=True, slots=True)
class PortraitLimits:
    """One band for each measured component of the same name, and what is known of an open eye.

    own_eye_least: what counts at least as a person's own open eye, so that sleepy eyes are not learned.
    detect_every: frames after which a followed face is looked for anew, and a second person with it.
    expression_every: frames of a followed face after which its expression is read again.
    """

    faces: Band
    rival: Band
    eye_distance_px: Band
    head_share: Band
    centre_x: Band
    eye_line: Band
    roll_deg: Band
    yaw_deg: Band
    pitch_deg: Band
    scene_white: Band
    cheek_difference: Band
    clipped: Band
    eye_opening: Band
    eye_blink: Band
    eye_opening_of_own: Band
    lips_opening: Band
    jaw_open: Band
    smile: Band
    blur: Band
    own_eye_least: float
    detect_every: int
    expression_every: int
