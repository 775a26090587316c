"""How a pose changes in time: where somebody moves to, and what a living head does by itself."""

import math
from dataclasses import dataclass, replace

import numpy as np

from simulator.people.pose import Pose

NOSE_M = 0.09  # in front of the axis that a head turns about
TURN_STEP_DEG = 5.0  # of a head that is turning: each step is a picture of its own
NOD_STEP_DEG = 2.5
SWAY_M = (0.0012, 0.0007)  # right, down: nobody stands quite still
SWAY_HZ = (0.23, 0.61)  # two slow waves on each axis
NEVER_S = math.inf
BLINK_S = (0.15, 0.30)  # shortest, longest
CLOSING, OPENING = 0.3, 0.7  # of a blink: half way before and after, shut between them
HALF = 0.6
FIRST_BLINK_S = 0.4  # of each interval


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of pose along a smooth path that begins and ends at rest."""

    start: Pose
    end: Pose
    begun_s: float = 0.0
    takes_s: float = 0.0

    def pose(self, at_s: float) -> Pose:
        """The pose at that moment; what is worn, eyes and mouth change at the beginning."""
        share = self._share(at_s)
        if share >= 1.0:
            return self.end
        return replace(
            self.end,
            yaw_deg=_step(_between(self.start.yaw_deg, self.end.yaw_deg, share), TURN_STEP_DEG),
            pitch_deg=_step(_between(self.start.pitch_deg, self.end.pitch_deg, share), NOD_STEP_DEG),
            roll_deg=_between(self.start.roll_deg, self.end.roll_deg, share),
            distance_m=_between(self.start.distance_m, self.end.distance_m, share),
            shift=(
                _between(self.start.shift[0], self.end.shift[0], share),
                _between(self.start.shift[1], self.end.shift[1], share),
            ),
        )

    def velocity(self, at_s: float) -> tuple[float, float]:
        """Of the face to the right and down, metres a second."""
        if not self.is_going_on(at_s):
            return 0.0, 0.0
        passed = (at_s - self.begun_s) / self.takes_s
        rate = 30.0 * (passed * (1.0 - passed)) ** 2 / self.takes_s
        turned = math.radians(self.end.yaw_deg - self.start.yaw_deg) * NOSE_M
        nodded = math.radians(self.start.pitch_deg - self.end.pitch_deg) * NOSE_M
        right = self.end.shift[0] - self.start.shift[0] + turned
        down = self.end.shift[1] - self.start.shift[1] + nodded
        return rate * right, rate * down

    def is_going_on(self, at_s: float) -> bool:
        """Whether the person moves at that moment."""
        return self.takes_s > 0.0 and 0.0 < at_s - self.begun_s < self.takes_s

    def _share(self, at_s: float) -> float:
        """Of the way, with the least jerk: (0..1)."""
        if self.takes_s <= 0.0:
            return 1.0
        passed = min(max((at_s - self.begun_s) / self.takes_s, 0.0), 1.0)
        return passed**3 * (10.0 - 15.0 * passed + 6.0 * passed**2)


@dataclass(frozen=True, slots=True)
class Life:
    """What a head does by itself: it blinks now and then and sways. The same seed does the same.

    blink_every_s: on average; infinite for somebody who does not. sway: 1.0 = as people do.
    """

    seed: int = 0
    blink_every_s: float = 4.0
    sway: float = 1.0

    def eyes_open(self, at_s: float) -> float:
        """1.0 open, HALF on the way, 0.0 shut."""
        if at_s < 0.0 or math.isinf(self.blink_every_s):
            return 1.0
        interval = int(at_s / self.blink_every_s)
        begun_s, takes_s = self._blink(interval)
        passed = (at_s - begun_s) / takes_s
        if not 0.0 <= passed <= 1.0:
            return 1.0
        return 0.0 if CLOSING < passed < OPENING else HALF

    def _blink(self, interval: int) -> tuple[float, float]:
        """Begin and length of the one blink in an interval."""
        early, late = np.random.default_rng((self.seed, interval)).random(2).tolist()
        takes_s = BLINK_S[0] + late * (BLINK_S[1] - BLINK_S[0])
        first_s = min(FIRST_BLINK_S, self.blink_every_s / 4.0)
        spare_s = max(0.0, self.blink_every_s - first_s - takes_s)
        return interval * self.blink_every_s + first_s + early * spare_s, takes_s

    def swayed(self, at_s: float) -> tuple[float, float]:
        """Metres to the right and down."""
        right, down = (
            self.sway * reach * sum(self._wave(at_s, axis, number) for number in (0, 1)) / 2.0
            for axis, reach in enumerate(SWAY_M)
        )
        return right, down

    def _wave(self, at_s: float, axis: int, number: int) -> float:
        phase = 2.4 * self.seed + 1.7 * axis
        return math.sin(2.0 * math.pi * SWAY_HZ[number] * at_s * (1.0 + 0.13 * axis) + phase * number)


STILL = Life(blink_every_s=NEVER_S, sway=0.0)


def _between(start: float, end: float, share: float) -> float:
    return start + share * (end - start)


def _step(value: float, step: float) -> float:
    return round(value / step) * step
