"""What the iris camera makes of a view: distance, focus, movement, lamps, glare, noise.

Optics: 3 um pixels and 17.1 mm f/5.6 focused at 300 mm, 850 nm light from beside the lens.
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.eye_view import EyeView, Oval
from simulator.people.eyes import IRIS_PX
from simulator.people.iris_texture import Floats

FRAME = (480, 640)  # rows, columns
BEST_MM = 300.0
FOCAL_MM = 17.1
PX_PER_MM = IRIS_PX / 5.85
BLUR_PX = 61.4  # blur disc's diameter = this x |distance - BEST_MM| / distance, by the thin lens
FULL_WELL_E = 7000.0  # electrons at 255
READ_NOISE_E = 12.0


@dataclass(frozen=True, slots=True)
class EyePose:
    """How an eye is held before the iris camera; the default is what it wants.

    shift_mm: of the eye to the picture's right and down. openness: of the lids, 0..1. gaze_deg: to the right
    and down. motion_px: path of the image during the exposure, to the right and down. defocus_px: diameter
    of a blur disc besides what the distance makes. light: lamp power, 1 is right. glare: 0 (no spectacles)
    to 1 (lamps mirrored all over the eye), in patches that glare_seed places.
    """

    distance_mm: float = BEST_MM
    shift_mm: tuple[float, float] = (0.0, 0.0)
    openness: float = 1.0
    gaze_deg: tuple[float, float] = (0.0, 0.0)
    roll_deg: float = 0.0
    motion_px: tuple[float, float] = (0.0, 0.0)
    defocus_px: float = 0.0
    light: float = 1.0
    glare: float = 0.0
    glare_seed: int = 0
    noise: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class EyeTruth:
    """What is true of a frame, in its pixels. usable: share of the iris, 0..1, that nothing hides."""

    pupil: Oval
    iris: Oval
    usable: float
    blur_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Grain:
    """A sheet of unit noise, cut anew for every frame: drawing it anew would cost most of the frame."""

    sheet: Floats = field(repr=False)

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> "Grain":
        """A sheet larger than a frame."""
        return cls(rng.standard_normal((FRAME[0] + 256, FRAME[1] + 256), np.float32))

    def cut(self, rng: np.random.Generator) -> Floats:
        """One frame's noise: FRAME float32, standard deviation 1."""
        top, left = (int(offset) for offset in rng.integers(0, 256, 2))
        return self.sheet[top : top + FRAME[0], left : left + FRAME[1]]


def scale_at(distance_mm: float) -> float:
    """Size of the image relative to BEST_MM."""
    return (BEST_MM - FOCAL_MM) / (distance_mm - FOCAL_MM)


def blur_px(seen: EyeView, pose: EyePose) -> float:
    """Diameter of the blur disc; never less than what the lens itself leaves."""
    defocus = BLUR_PX * abs(pose.distance_mm - BEST_MM) / pose.distance_mm + pose.defocus_px
    return float(np.hypot(seen.lens_px, defocus))


def placement(seen: EyeView, pose: EyePose) -> NDArray[np.float64]:
    """The affine map from the view's canvas to the frame: (2, 3)."""
    scale = scale_at(pose.distance_mm)
    turn = cv2.getRotationMatrix2D(seen.focus, -pose.roll_deg, scale * seen.magnification)
    turn[0, 2] += (FRAME[1] - 1) / 2 - seen.focus[0] + pose.shift_mm[0] * PX_PER_MM * scale
    turn[1, 2] += (FRAME[0] - 1) / 2 - seen.focus[1] + pose.shift_mm[1] * PX_PER_MM * scale
    return turn.astype(np.float64)


def expose(seen: EyeView, pose: EyePose, grain: Grain, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One frame: FRAME uint8."""
    moved = cv2.warpAffine(
        seen.image,
        placement(seen, pose),
        FRAME[::-1],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if pose.glare > 0:
        _add_glare(moved, pose.glare, np.random.default_rng(pose.glare_seed))
    blurred = _blurred(moved, blur_px(seen, pose), pose.motion_px)
    light = pose.light * scale_at(pose.distance_mm) ** 2
    return developed(blurred, light, pose.noise, grain.cut(rng))


def _blurred(image: cv2.typing.MatLike, diameter: float, path: tuple[float, float]) -> cv2.typing.MatLike:
    if diameter > 1:
        image = cv2.filter2D(image, -1, disc(diameter), borderType=cv2.BORDER_REPLICATE)
    if np.hypot(*path) > 1:
        image = cv2.filter2D(image, -1, streak(path), borderType=cv2.BORDER_REPLICATE)
    return image


def disc(diameter: float) -> Floats:
    """The blur of a lens out of focus: an evenly filled disc, its edge smooth to a fraction of a pixel."""
    reach = int(np.ceil(diameter / 2))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(diameter / 2 + 0.5 - np.hypot(x, y), 0, 1)
    return (kernel / kernel.sum()).astype(np.float32)


def streak(path: tuple[float, float]) -> Floats:
    """The blur of an even movement along `path` (right, down) in pixels."""
    reach = int(np.ceil(max(abs(path[0]), abs(path[1])) / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for along in np.linspace(-0.5, 0.5, 8 * reach):
        x, y = reach + along * path[0], reach + along * path[1]
        kernel[round(y), round(x)] += 1
    return kernel / kernel.sum()


def _add_glare(image: cv2.typing.MatLike, glare: float, rng: np.random.Generator) -> None:
    """Lamps mirrored in spectacles: blown-out patches near the middle."""
    for _ in range(1 + round(2 * glare)):
        centre = [round(float(side / 2 + rng.normal(0, 40))) for side in FRAME[::-1]]
        axes = [round(float(glare * rng.uniform(30, 70))) for _ in range(2)]
        cv2.ellipse(image, centre, axes, float(rng.uniform(0, 180)), 0, 360, (255,), -1, cv2.LINE_AA)


def developed(image: cv2.typing.MatLike, light: float, noise: float, grain: Floats) -> NDArray[np.uint8]:
    """Photons to grey levels: shot noise, read noise, 8 bits.

    The noise of each grey level is looked up; `noise` multiplies it. 255 is a lamp seen in a mirror: it
    saturates in any light.
    """
    level = np.minimum(np.arange(256, dtype=np.float32) * np.float32(light), 300)
    level[255] = 300
    spread = np.sqrt(level / 255 * FULL_WELL_E + READ_NOISE_E**2) * (255 / FULL_WELL_E) * np.float32(noise)
    lit = cv2.LUT(image, level) + cv2.LUT(image, spread.astype(np.float32)) * grain
    return np.clip(lit + 0.5, 0, 255).astype(np.uint8)


def truth_of(seen: EyeView, pose: EyePose) -> EyeTruth | None:
    """What is true of a frame of this view; None for a view nobody knows the truth of."""
    if seen.pupil is None or seen.iris is None or seen.usable is None:
        return None
    turn = placement(seen, pose)
    return EyeTruth(_moved(seen.pupil, turn), _moved(seen.iris, turn), seen.usable, blur_px(seen, pose))


def _moved(oval: Oval, turn: NDArray[np.float64]) -> Oval:
    x, y = turn @ np.array((oval.x, oval.y, 1.0))
    scale = float(np.hypot(turn[0, 0], turn[1, 0]))
    tilt = float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0])))
    return replace(
        oval,
        x=float(x),
        y=float(y),
        along=oval.along * scale,
        across=oval.across * scale,
        tilt_deg=oval.tilt_deg + tilt,
    )
