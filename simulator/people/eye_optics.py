"""What the iris camera makes of a view: distance, focus, movement, lamps, glare, noise.

Optics: 3 um pixels and 16 mm f/5.6 focused at 280 mm, 850 nm light from beside the lens. Brightness grows
with the lamps' time and falls with the square of the distance (the lamps' way; the lens collects as much of
a nearer eye).
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.eye_view import IRIS_PX, LAMP, EyeView, Oval, Pixels
from simulator.people.iris_texture import Floats

FRAME = (480, 640)  # rows, columns
BEST_MM = 280.0
FOCAL_MM = 16.0
PX_PER_MM = IRIS_PX / 5.85
BLUR_PX = 57.7  # blur disc's diameter = this x |distance - BEST_MM| / distance, by the thin lens
FULL_WELL_E = 7000.0  # electrons at 255
READ_NOISE_E = 12.0
USUAL_ON_US = 2000  # of the lamps, each frame
GLOW = (0.3, 61)  # of a mirrored lamp: share of its brightness, pixels around it


@dataclass(frozen=True, slots=True)
class EyePose:
    """How an eye is held before the iris camera; the default is what it wants.

    shift_mm: of the eye to the picture's right and down. openness: of the lids, 0..1. gaze_deg: to the right
    and down. motion_px: path of the image during the exposure, to the right and down, besides what speed_mm_s
    makes of it. defocus_px: diameter of a blur disc besides what the distance makes. light: lamp power, 1 is
    right; on_us: how long the lamps are on in each frame. glare: 0 (no spectacles) to 1 (lamps mirrored all
    over the eye), in patches that glare_seed places. noise: of the sensor, 1 is usual.
    """

    distance_mm: float = BEST_MM
    shift_mm: tuple[float, float] = (0.0, 0.0)
    openness: float = 1.0
    gaze_deg: tuple[float, float] = (0.0, 0.0)
    roll_deg: float = 0.0
    motion_px: tuple[float, float] = (0.0, 0.0)
    speed_mm_s: tuple[float, float] = (0.0, 0.0)
    defocus_px: float = 0.0
    light: float = 1.0
    on_us: int = USUAL_ON_US
    glare: float = 0.0
    glare_seed: int = 0
    noise: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class EyeTruth:
    """What is true of a frame, in its pixels.

    seen: FRAME bool, where iris is to be seen. usable: the share of the iris, 0..1, that is. lids: the edges
    of the upper and the lower one, (n, 2) of x and y each.
    """

    pupil: Oval
    iris: Oval
    seen: NDArray[np.bool_] = field(repr=False)
    usable: float
    lids: tuple[Floats, Floats] = field(repr=False)
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


def brightness(pose: EyePose) -> float:
    """Of the picture, relative to the usual one."""
    return pose.light * pose.on_us / USUAL_ON_US * scale_at(pose.distance_mm) ** 2


def path_px(pose: EyePose) -> tuple[float, float]:
    """How far the image moves to the right and down while the lamps are on."""
    per_mm_s = pose.on_us * 1e-6 * PX_PER_MM * scale_at(pose.distance_mm)
    right, down = (
        path + per_mm_s * speed for path, speed in zip(pose.motion_px, pose.speed_mm_s, strict=True)
    )
    return right, down


def expose(seen: EyeView, pose: EyePose, grain: Grain, rng: np.random.Generator) -> Pixels:
    """One frame: FRAME uint8."""
    moved = cv2.warpAffine(
        seen.image,
        placement(seen, pose),
        FRAME[::-1],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if pose.glare > 0:
        lamps = mirrored(pose)
        glow = cv2.blur(cv2.blur(lamps, (GLOW[1], GLOW[1])), (GLOW[1], GLOW[1]))
        moved = np.maximum(np.minimum(cv2.addWeighted(moved, 1.0, glow, GLOW[0], 0), LAMP - 1), lamps)
    blurred = _blurred(moved, blur_px(seen, pose), path_px(pose))
    return developed(blurred, brightness(pose), pose.noise, grain.cut(rng))


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


def mirrored(pose: EyePose) -> cv2.typing.MatLike:
    """Lamps mirrored in spectacles, blown-out patches near the middle: FRAME uint8, 255 there, else 0."""
    rng = np.random.default_rng(pose.glare_seed)
    lamps = np.zeros(FRAME, np.uint8)
    for _ in range(1 + round(2 * pose.glare)):
        centre = [round(float(side / 2 + rng.normal(0, 40))) for side in FRAME[::-1]]
        axes = [round(float(pose.glare * rng.uniform(30, 70))) for _ in range(2)]
        cv2.ellipse(lamps, centre, axes, float(rng.uniform(0, 180)), 0, 360, (255,), -1, cv2.LINE_AA)
    return lamps


def developed(image: cv2.typing.MatLike, light: float, noise: float, grain: Floats) -> Pixels:
    """Photons to grey levels: shot noise, read noise, 8 bits.

    The noise of each grey level is looked up; `noise` multiplies it. 255 is a lamp seen in a mirror: it
    saturates in any light of its own.
    """
    level = np.minimum(np.arange(256, dtype=np.float32) * np.float32(light), 300)
    level[LAMP] = 300 if light > 0 else 0
    spread = np.sqrt(level / 255 * FULL_WELL_E + READ_NOISE_E**2) * (255 / FULL_WELL_E) * np.float32(noise)
    lit = cv2.LUT(image, level) + cv2.LUT(image, spread.astype(np.float32)) * grain
    return np.clip(lit + 0.5, 0, 255).astype(np.uint8)


def truth_of(seen: EyeView, pose: EyePose) -> EyeTruth | None:
    """What is true of a frame of this view; None for a view nobody knows the truth of."""
    if seen.pupil is None or seen.iris is None or seen.seen is None or seen.lids is None:
        return None
    turn = placement(seen, pose)
    pupil, iris = _moved(seen.pupil, turn), _moved(seen.iris, turn)
    bare = cv2.warpAffine(seen.seen, turn, FRAME[::-1], flags=cv2.INTER_NEAREST) > 0
    if pose.glare > 0:
        bare &= mirrored(pose) == 0
    ring = iris.mask(FRAME) > pupil.mask(FRAME)
    usable = float(np.count_nonzero(bare) / max(np.count_nonzero(ring), 1))
    upper, lower = ((lid @ turn[:, :2].T + turn[:, 2]).astype(np.float32) for lid in seen.lids)
    return EyeTruth(pupil, iris, bare, usable, (upper, lower), blur_px(seen, pose))


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
