"""What stands before the iris camera: one eye of a person, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.eye_optics import FRAME, EyePose, EyeTruth, Grain, developed, expose, truth_of
from simulator.people.eye_traits import EyeTraits
from simulator.people.eye_view import EyeView, view
from simulator.people.eyes import EyeMaster

NOTHING_GREY = 18  # what the lamps bring back from an empty booth
BLINK_EVERY_S = 5.0  # of a real eye's picture, whose habits nobody knows
BLINK_S = 0.25
BEATS_PER_S = 4.0  # of a nystagmus; it is drawn in STEP_DEG
STEP_DEG = 1.0
VIEWS_KEPT = 12
DRIFT_MM = (0.5, 0.4, 1.5)  # right, down, nearer: how far a head on a rest sways


class EyeScene:
    """A simulator.cameras.Scene: frames of (480, 640) uint8 of whichever eye is presented.

    An eye sways a little, blinks as is its habit, and beats where it has a nystagmus; the same generator
    gives the same frames at the same times.
    """

    def __init__(self, rng: np.random.Generator, *, blinks: bool = True) -> None:
        self._seed = int(rng.integers(2**32))
        self._grain = Grain.drawn(rng)
        self._phases = rng.uniform(0, 2 * np.pi, 6)
        self._blinks = blinks
        self._look: Callable[[float, tuple[float, float]], EyeView] | None = None
        self._traits = EyeTraits(blink_every_s=BLINK_EVERY_S)
        self._views: dict[tuple[float, float, float], EyeView] = {}
        self.pose = EyePose()

    def present(self, eye: EyeMaster | NDArray[np.uint8], pose: EyePose | None = None) -> None:
        """Hold an eye before the camera: a generated one, or a real one's picture, (rows, columns) uint8."""
        self._views.clear()
        is_invented = isinstance(eye, EyeMaster)
        self._look = partial(view, eye) if is_invented else partial(photograph, eye)
        self._traits = eye.traits if is_invented else EyeTraits(blink_every_s=BLINK_EVERY_S)
        self.pose = pose or EyePose()

    def remove(self) -> None:
        """Take the eye away."""
        self._look = None
        self._views.clear()

    @property
    def is_presented(self) -> bool:
        """Whether an eye is held before the camera."""
        return self._look is not None

    def distance_mm(self, at_s: float) -> float | None:
        """How far the eye is at that moment; None without one."""
        return None if self._look is None else self._moving(at_s).distance_mm

    def picture(self, at_s: float, lamps: float = 1.0) -> NDArray[np.uint8]:
        """The frame exposed at `at_s`; lamps: their power, 1.0 as the pose says, 0.0 dark."""
        rng = np.random.default_rng((self._seed, round(at_s * 1e6)))
        seen, pose = self._seen(at_s)
        if seen is None:
            return developed(np.full(FRAME, NOTHING_GREY, np.uint8), lamps, pose.noise, self._grain.cut(rng))
        return expose(seen, replace(pose, light=pose.light * lamps), self._grain, rng)

    def truth(self, at_s: float) -> EyeTruth | None:
        """What is true of that frame; None without an eye, and for pictures of real ones."""
        seen, pose = self._seen(at_s)
        return None if seen is None else truth_of(seen, pose)

    def _seen(self, at_s: float) -> tuple[EyeView | None, EyePose]:
        pose = self._moving(at_s)
        if self._look is None:
            return None, pose
        key = (round(pose.openness, 1), *pose.gaze_deg)
        if key not in self._views:
            while len(self._views) >= VIEWS_KEPT:
                self._views.pop(next(iter(self._views)))
            self._views[key] = self._look(key[0], pose.gaze_deg)
        return self._views[key], pose

    def _moving(self, at_s: float) -> EyePose:
        """The pose at a moment: swaying, and with the lids shut in a blink."""
        slow, fast = np.sin(2 * np.pi * np.array((0.13, 0.31))[:, None] * at_s + self._phases.reshape(2, 3))
        right, down, nearer = (0.7 * slow + 0.3 * fast) * np.array(DRIFT_MM)
        return replace(
            self.pose,
            shift_mm=(self.pose.shift_mm[0] + float(right), self.pose.shift_mm[1] + float(down)),
            distance_mm=self.pose.distance_mm - float(nearer),
            openness=self.pose.openness * self._lids(at_s),
            gaze_deg=(self.pose.gaze_deg[0] + self._beat_deg(at_s), self.pose.gaze_deg[1]),
        )

    def _beat_deg(self, at_s: float) -> float:
        """How far a nystagmus has taken the eye to the right: slowly away, and back at once."""
        through = at_s * BEATS_PER_S % 1
        away = min(through / 0.8, (1 - through) / 0.2)
        return STEP_DEG * round(self._traits.nystagmus_deg * (2 * away - 1) / STEP_DEG)

    def _lids(self, at_s: float) -> float:
        """0 in the middle of a blink, else 1: one blink somewhere in every `blink_every_s`."""
        if not self._blinks:
            return 1.0
        every_s = self._traits.blink_every_s
        turn = int(at_s // every_s)
        begin_s = np.random.default_rng((self._seed, turn)).uniform(0, max(every_s - BLINK_S, 0))
        through = (at_s - turn * every_s - float(begin_s)) / BLINK_S
        return float(abs(2 * through - 1)) if 0 <= through <= 1 else 1.0


def photograph(image: NDArray[np.uint8], openness: float, gaze_deg: tuple[float, float]) -> EyeView:
    """A picture of a real eye, pixel for pixel at the best distance, smaller only where it does not fit.

    It can only be open or shut (shown as bare skin), and gazes as it was taken.
    """
    del gaze_deg
    rows, columns = image.shape
    if openness < 0.5:
        image = np.full_like(image, int(np.median(image)))
    fit = min(1.0, FRAME[0] / rows, FRAME[1] / columns)
    if fit < 1:
        image = cv2.resize(image, None, fx=fit, fy=fit, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return EyeView(image, ((image.shape[1] - 1) / 2, (image.shape[0] - 1) / 2))
