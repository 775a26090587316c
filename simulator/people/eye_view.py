"""One eye as it looks for a moment: how far the lids are open and where it gazes."""

from dataclasses import dataclass, field
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.eyeball import CANVAS, CENTRE, RADIUS_PX, Matrix, draw_eyeball, grid, outline
from simulator.people.eyes import EyeMaster, Light
from simulator.people.iris_texture import Floats

Pixels: TypeAlias = NDArray[np.uint8]

IRIS_PX = 118.0  # radius of an iris of 11.7 mm in a frame from the best distance
LASH_GREY = 38.0
LENS_PX = 2.4
SHADOW = 0.10  # how far the upper lid's shadow falls, in iris radii
GLINT_TURNING = 0.97  # how far the cornea's centre lies before the eyeball's centre of turning: 5.7 mm
LAMP = 255  # a lamp that mirrors; everything else is darker


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

    image: (rows, columns) uint8, LAMP where a lamp mirrors. focus: the point that the camera is pointed at.
    magnification: from the canvas to a frame from the best distance. lens_px: blur disc that the lens adds
    at best focus. seen: 255 where iris is to be seen, else 0. lids: the edges of the upper and the lower
    one, (n, 2) each.
    """

    image: Pixels = field(repr=False)
    focus: tuple[float, float]
    magnification: float = 1.0
    lens_px: float = 0.0
    pupil: Oval | None = None
    iris: Oval | None = None
    seen: Pixels | None = field(default=None, repr=False)
    lids: tuple[Floats, Floats] | None = field(default=None, repr=False)


def view(eye: EyeMaster, openness: float = 1.0, gaze_deg: tuple[float, float] = (0.0, 0.0)) -> EyeView:
    """The eye with its lids `openness` (0..1) apart, gazing right and down; a squint comes on top."""
    turned = eye.traits.squint_deg[0] + gaze_deg[0], eye.traits.squint_deg[1] + gaze_deg[1]
    ball = eye.straight if turned == eye.traits.squint_deg else draw_eyeball(eye.ball, turned)
    x, y = grid()
    upper, lower = eye.lids.edges(openness, x)
    below_upper, above_lower = y - upper, lower - y
    gap = np.minimum(below_upper, above_lower)
    image = (ball * (1 - 0.45 * np.exp(-np.maximum(below_upper, 0) / SHADOW))).astype(np.float32)
    image += 40 * np.exp(-np.square(above_lower / 0.03)) + _veil(eye.light, x, y)
    lamps = _lamps(eye.light, turned)
    image += (_skin(eye, below_upper, above_lower) - image) * np.clip(0.5 - gap * RADIUS_PX / 2, 0, 1)
    hidden = _draw_lashes(image, eye, upper, lower)
    image *= 1 + eye.light.slope[0] * x + eye.light.slope[1] * y
    grey = np.clip(image, 0, LAMP - 1).astype(np.uint8)
    shining = (lamps > 127) & (gap > 0) & (hidden < 128)
    grey[shining] = LAMP
    shape = outline(eye.ball, turned)
    pupil, iris = oval(shape.pupil_centre, shape.pupil), oval(shape.iris_centre, shape.iris)
    tissue = (iris.mask(CANVAS) > pupil.mask(CANVAS)) & (gap > 0) & (hidden < 128) & ~shining
    edges = _edge(x, upper), _edge(x, lower)
    seen = tissue.astype(np.uint8) * np.uint8(255)
    return EyeView(grey, CENTRE, IRIS_PX / RADIUS_PX, LENS_PX, pupil, iris, seen, edges)


def oval(centre: Matrix, matrix: Matrix) -> Oval:
    """The ellipse of the points centre + matrix @ (cos, sin), from iris radii to pixels of the canvas."""
    axes, (along, across), _ = np.linalg.svd(matrix)
    tilt = float(np.degrees(np.arctan2(axes[1, 0], axes[0, 0])))
    x, y = np.array(CENTRE) + RADIUS_PX * centre
    return Oval(float(x), float(y), RADIUS_PX * float(along), RADIUS_PX * float(across), tilt)


def _edge(x: Floats, height: Floats) -> Floats:
    points = np.stack((CENTRE[0] + x[0] * RADIUS_PX, CENTRE[1] + height[0] * RADIUS_PX), axis=1)
    return points[::8].astype(np.float32)


def _veil(light: Light, x: Floats, y: Floats) -> Floats:
    """What else mirrors in the cornea: a soft patch of brightness."""
    column, row, radius, strength = light.veil
    beside = np.exp(-np.square((x - column) / radius))
    above = np.exp(-np.square((y - row) / radius))
    return (strength * beside * above).astype(np.float32)


def _lamps(light: Light, turned_deg: tuple[float, float]) -> Pixels:
    """The lamps' reflections on the cornea; they follow the eye's turning by half."""
    lamps = np.zeros(CANVAS, np.uint8)
    right, down = (GLINT_TURNING * float(np.sin(np.radians(angle))) for angle in turned_deg)
    for x, y, radius in light.glints:
        centre = (
            round(16 * (CENTRE[0] + (x + right) * RADIUS_PX)),
            round(16 * (CENTRE[1] + (y + down) * RADIUS_PX)),
        )
        cv2.circle(lamps, centre, round(16 * radius * RADIUS_PX), (255,), -1, cv2.LINE_AA, 4)
    return lamps


def _skin(eye: EyeMaster, below_upper: Floats, above_lower: Floats) -> Floats:
    """Skin, with the crease above the upper lid, the lid's darker rim and wrinkles below the lower one."""
    crease = 0.22 * eye.traits.crease * np.exp(-np.square((below_upper + 0.45) / 0.05))
    rim = 0.3 * np.exp(-np.square(below_upper / 0.05))
    age = 0.12 + 0.1 * (eye.traits.age_years > 45)
    wrinkles = age * np.exp(-np.square((above_lower + 0.25) / 0.04)) * (above_lower < 0)
    return (eye.skin_grey * eye.skin * (1 - crease - rim - wrinkles)).astype(np.float32)


def _draw_lashes(image: Floats, eye: EyeMaster, upper: Floats, lower: Floats) -> Pixels:
    """Draw the lashes onto the image; how much of each pixel they cover, 0..255."""
    hidden = np.zeros(CANVAS, np.uint8)
    for lash in eye.lashes:
        column = round(float(np.clip(CENTRE[0] + lash.root * RADIUS_PX, 0, CANVAS[1] - 1)))
        points = lash.line(float((upper if lash.is_upper else lower)[0, column]))
        pixels = np.rint(16 * (np.array(CENTRE) + points * RADIUS_PX)).astype(np.int32)
        cv2.polylines(hidden, [pixels], False, (255,), lash.width, cv2.LINE_AA, 4)
    image += (LASH_GREY - image) * (np.float32(0.9 / 255) * hidden)
    return hidden
