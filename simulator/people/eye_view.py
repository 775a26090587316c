"""One eye as it looks for a moment: how far the lids are open and where it gazes."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from simulator.people.eyes import CANVAS, CENTRE, EYEBALL, IRIS_PX, RADIUS_PX, EyeMaster, Lash, grid
from simulator.people.iris_texture import Floats

LASH_GREY = 38.0
LENS_PX = 2.4
HANG = 0.22  # how far a lash falls over the eye before it turns away, in its lengths
SHADOW = 0.10  # how far the upper lid's shadow falls, in iris radii


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse: centre, semi-axes, and the direction of the first axis in degrees from +x to +y."""

    x: float
    y: float
    along: float
    across: float
    tilt_deg: float

    def mask(self, shape: tuple[int, int]) -> Floats:
        """1 inside and 0 outside, for images of this shape, to a 16th of a pixel."""
        canvas = np.zeros(shape, np.float32)
        centre = round(self.x * 16), round(self.y * 16)
        axes = round(self.along * 16), round(self.across * 16)
        cv2.ellipse(canvas, centre, axes, self.tilt_deg, 0, 360, (1.0,), -1, cv2.LINE_8, 4)
        return canvas


@dataclass(frozen=True, slots=True, eq=False)
class EyeView:
    """A canvas of an eye, with what is true of it in pixels of the canvas; None where nobody knows.

    image: (rows, columns) uint8. focus: the point that the camera is pointed at. magnification: from the
    canvas to a frame from the best distance. lens_px: blur disc that the lens adds at best focus.
    usable: share of the iris that lids and lashes leave free.
    """

    image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = field(repr=False)
    focus: tuple[float, float]
    magnification: float = 1.0
    lens_px: float = 0.0
    pupil: Oval | None = None
    iris: Oval | None = None
    usable: float | None = None


def view(eye: EyeMaster, openness: float = 1.0, gaze_deg: tuple[float, float] = (0.0, 0.0)) -> EyeView:
    """The eye with its lids `openness` (0..1) apart, gazing right and down by two angles."""
    x, y = grid()
    pupil, iris, turn = _gaze(eye, gaze_deg)
    ball = cv2.warpAffine(
        eye.eyeball, turn, CANVAS[::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    (upper, upper_bend), (lower, lower_bend) = eye.lids.curves(openness)
    below_upper = (y - (upper + eye.lids.tilt * x + upper_bend * x**2)).astype(np.float32)
    above_lower = (lower + eye.lids.tilt * x + lower_bend * x**2) - y
    gap = np.minimum(below_upper, above_lower)
    shadow = 0.45 * np.exp(-np.maximum(below_upper, 0) / SHADOW)
    image = (ball * (1 - shadow)).astype(np.float32)
    _shine(image, eye)
    image += (_skin(eye, below_upper) - image) * np.clip(0.5 - gap * RADIUS_PX / 2, 0, 1)
    hidden = _draw_lashes(image, eye, openness)
    ring = iris.mask(CANVAS) * (1 - pupil.mask(CANVAS))
    usable = float((ring * (gap > 0) * (1 - hidden)).sum() / ring.sum())
    grey = np.clip(image, 0, 255).astype(np.uint8)
    return EyeView(grey, CENTRE, IRIS_PX / RADIUS_PX, LENS_PX, pupil, iris, usable)


def _gaze(eye: EyeMaster, gaze_deg: tuple[float, float]) -> tuple[Oval, Oval, Floats]:
    """Pupil and iris as they appear, and the affine map that turns the eyeball."""
    angle = np.radians(np.hypot(*gaze_deg))
    direction = float(np.arctan2(gaze_deg[1], gaze_deg[0]))
    axis = np.array((np.cos(direction), np.sin(direction)))
    squeeze = np.eye(2) - (1 - np.cos(angle)) * np.outer(axis, axis)
    centre = np.array(CENTRE)
    moved = centre + RADIUS_PX * EYEBALL * np.sin(angle) * axis
    turn = np.column_stack((squeeze, moved - squeeze @ centre))
    core = moved + RADIUS_PX * squeeze @ np.array(eye.pupil[:2])
    tilt, narrow = float(np.degrees(direction)), float(np.cos(angle))
    pupil = Oval(core[0], core[1], RADIUS_PX * eye.pupil[2] * narrow, RADIUS_PX * eye.pupil[2], tilt)
    return pupil, Oval(moved[0], moved[1], RADIUS_PX * narrow, RADIUS_PX, tilt), turn.astype(np.float32)


def _shine(image: Floats, eye: EyeMaster) -> None:
    """The lamps' reflections on the cornea; they stay while the eye turns."""
    light = np.zeros(CANVAS, np.uint8)
    for x, y, radius in eye.glints:
        centre = round(16 * (CENTRE[0] + x * RADIUS_PX)), round(16 * (CENTRE[1] + y * RADIUS_PX))
        cv2.circle(light, centre, round(16 * radius * RADIUS_PX), (255,), -1, cv2.LINE_AA, 4)
    np.maximum(image, light, out=image)


def _skin(eye: EyeMaster, below_upper: Floats) -> Floats:
    """Skin, with the crease above the upper lid and the lid's darker rim."""
    crease = 0.18 * np.exp(-(((below_upper + 0.55) / 0.06) ** 2))
    rim = 0.3 * np.exp(-((below_upper / 0.05) ** 2))
    return (eye.greys.skin * eye.skin * (1 - crease - rim)).astype(np.float32)


def _draw_lashes(image: Floats, eye: EyeMaster, openness: float) -> Floats:
    """Draw the lashes onto the image; 1 where they hide something, else 0."""
    hidden = np.zeros(CANVAS, np.uint8)
    curves = eye.lids.curves(openness)
    for lash in eye.lashes:
        height, bend = curves[0] if lash.is_upper else curves[1]
        points = _lash_line(lash, height + eye.lids.tilt * lash.root + bend * lash.root**2)
        cv2.polylines(hidden, [points], False, (255,), lash.width, cv2.LINE_AA, 4)
    share = hidden.astype(np.float32) / 255
    image += (LASH_GREY - image) * (0.9 * share)
    return (share > 0.5).astype(np.float32)


def _lash_line(lash: Lash, lid: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """The lash from the lid's edge: first over the eye, then away from it, in 16ths of canvas pixels."""
    along = np.linspace(0, 1, 7)
    hang = HANG * abs(lash.reach[1]) * (1 if lash.is_upper else -1)
    x = lash.root + lash.reach[0] * along
    y = lid + 4 * hang * along * (1 - along) + lash.reach[1] * along**2
    points = np.stack((CENTRE[0] + x * RADIUS_PX, CENTRE[1] + y * RADIUS_PX), axis=1)
    return np.rint(16 * points).astype(np.int32)
